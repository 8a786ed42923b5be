"""What was published of one number, publication by publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.warehouse.queries.lineage import FACT
from pipeline.warehouse.queries.name_lookup import NotFoundError, find_key
from pipeline.warehouse.records import Record, records
from pipeline.warehouse.statements import statement

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Change:
    """A value as it was published.

    Attributes:
        published_at: Since when, UTC.
        publication: Id of the publication.
        value: The value; None where there was no fact from then on.
        cause: As in the table ``revision``, ``first`` for what was there from the beginning.
        report_id: The report that gave it, or that gave it until then.
        source_path: The file of that report, as it was last called; None where no such report
            was ever published.
    """

    published_at: datetime
    publication: str
    value: Decimal | None
    cause: str
    report_id: str | None
    source_path: str | None


@dataclass(frozen=True, slots=True)
class Past:
    """All that was published of a number."""

    name_zh: str
    indicator_id: str
    changes: Sequence[Change]


def changes_of(
    connection: "duckdb.DuckDBPyConnection", agency: str, year: int, indicator: str
) -> Past:
    """Returns what was published of a number.

    Raises:
        NotFoundError: One of them is unknown or ambiguous, or it never was a fact.
    """
    key = find_key(connection, agency, year, indicator, of_the_past=True)
    found = [Change(**row) for row in records(connection, statement(__name__, "told_values"), key)]
    if not found or (found[0].cause == "first" and found[0].value is None):
        found = found[1:]
    if not found:
        raise NotFoundError(f"{agency} never had a fact {key['indicator']} for {year}")
    ((name,),) = connection.execute(_NAME, {"agency": key["agency"]}).fetchall()
    return Past(name, key["indicator"], found)


def fact_of(
    connection: "duckdb.DuckDBPyConnection", agency: str, year: int, indicator: str
) -> Record:
    """Returns a row of the view ``facts``, on a connection that answers as of a day.

    Raises:
        NotFoundError: One of them is unknown or ambiguous, or it was no fact on that day.
    """
    key = find_key(connection, agency, year, indicator)
    found = records(connection, FACT, key)
    if not found:
        raise NotFoundError(f"{agency} had no fact {key['indicator']} for {year} on that day")
    return found[0]


_NAME = """
SELECT coalesce(
    (SELECT name_zh FROM dim_agency WHERE agency_id = $agency),
    (SELECT max_by(name_zh, until) FROM agency_past WHERE agency_id = $agency)
)
"""
