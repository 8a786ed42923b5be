"""The published warehouse as it was on an earlier day: facts, and all that is made of them.

A row of today says since which publication it stands, and rows that a publication replaced or
dropped are kept: so what was published then is a filter, and no copy.
"""

from datetime import date, datetime, timedelta
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from pipeline.settings import Settings
from pipeline.warehouse.asked.names_meant import NotFoundError
from pipeline.warehouse.history.revisions import FACTS, KEPT
from pipeline.warehouse.history.vintages import Vintages
from pipeline.warehouse.publishing.publication import Publication
from pipeline.warehouse.publishing.steps import tables_read
from pipeline.warehouse.schema import quoted, tables

_TODAY = "as_published"
_OF_THE_PROGRAM = (
    "dim_indicator",
    "dim_standing",
    "dim_form",
    "dim_function",
    "dim_rule",
    "roster",
    "crosswalk",
    "indicator_form",
    "rate_term",
    "channel",
    "agency_alias",
    "agency_succession",
)
"""Definitions and names, which are those of today whatever the day."""

_LEDGERS = {
    "vintage": "vintage <= {number}",
    "revision": "vintage <= {number}",
    "ingest_run": "run_id <= {publication}",
    **{kept.past: "until <= {number}" for kept in KEPT},
}
"""What only ever grows."""

_KEPT = {kept.name: kept for kept in KEPT}


class NotKnownError(NotFoundError):
    """That day cannot be asked for; the message says why and which can."""


def moment_of(text: str) -> datetime:
    """Returns the last moment (UTC) that a day, or a day and time, stands for.

    Raises:
        ValueError: It is neither.
    """
    try:
        return datetime.combine(date.fromisoformat(text), datetime.max.time())
    except ValueError:
        moment = datetime.fromisoformat(text)
    return (moment - (moment.utcoffset() or timedelta())).replace(tzinfo=None)


def opened(database: Path, moment: datetime) -> duckdb.DuckDBPyConnection:
    """Returns a connection whose tables and views answer as of a moment.

    Args:
        database: The published file.
        moment: The time, UTC.

    Raises:
        NotKnownError: What was published then is not known, or cannot be told yet.
    """
    published = Publication(database.resolve().parent)
    unknown = Vintages(Settings(warehouse=published.folder.parents[1])).unknown_from(published)
    if unknown is not None and unknown <= moment:
        raise NotKnownError(
            f"readers were led back to an earlier publication: days from {unknown:%Y-%m-%d %H:%M} "
            "(UTC) on can be asked for after the next build"
        )
    connection = duckdb.connect()
    try:
        connection.execute(f"ATTACH {quoted(str(published.database))} AS {_TODAY} (READ_ONLY)")
        connection.execute("SET enable_external_access = false")
        number, publication = _vintage(connection, moment)
        for name in tables():
            select = _table(connection, name, number, publication)
            connection.execute(f"CREATE VIEW {name} AS {select}")
        connection.execute(
            "CREATE TABLE asked AS SELECT $publication AS publication, $moment::TIMESTAMP AS as_of",
            {"publication": publication, "moment": moment},
        )
        _add_views(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def publication_of(connection: duckdb.DuckDBPyConnection) -> str:
    """Returns the id of the publication that a connection from ``opened`` answers from."""
    return str(connection.execute("SELECT publication FROM asked").fetchall()[0][0])


def refused(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Returns the tables and views that a connection from ``opened`` refuses to answer from."""
    return frozenset(name for (name,) in connection.execute("FROM not_askable").fetchall())


def askable() -> frozenset[str]:
    """Returns the tables that can be asked as of a day."""
    return frozenset({*_KEPT, *_OF_THE_PROGRAM, *_LEDGERS})


def _vintage(connection: duckdb.DuckDBPyConnection, moment: datetime) -> tuple[int, str]:
    """The publication that readers saw at a moment, and until which all can be told."""
    rows = connection.execute(
        "SELECT vintage, publication, published_at, previous, lost_from "
        f"FROM {_TODAY}.vintage ORDER BY vintage DESC"
    ).fetchall()
    lost: set[int] = set()
    following: datetime | None = None
    expected = rows[0][0] if rows else None
    for number, publication, published_at, previous, lost_from in rows:
        if number != expected:
            break
        if published_at <= moment:
            if number in lost:
                raise NotKnownError(
                    f"what was published between {published_at:%Y-%m-%d %H:%M} and "
                    f"{following:%Y-%m-%d %H:%M} (UTC) is damaged and cannot be asked for"
                )
            return number, publication
        lost.update(range(lost_from, number) if lost_from is not None else ())
        following, expected = published_at, previous
        if previous is None:
            break
    begins = f"{following:%Y-%m-%d %H:%M:%S}" if following else "never"
    raise NotKnownError(
        f"nothing is known of what was published on {moment:%Y-%m-%d}: the first publication "
        f"that can be asked for is of {begins} (UTC)"
    )


def _table(connection: duckdb.DuckDBPyConnection, name: str, number: int, publication: str) -> str:
    """The SELECT that gives a table as of a publication."""
    if name in _OF_THE_PROGRAM:
        return f"FROM {_TODAY}.{name}"
    if name in _LEDGERS:
        kept = _LEDGERS[name].format(number=number, publication=quoted(publication))
        return f"FROM {_TODAY}.{name} WHERE {kept}"
    if name not in _KEPT:
        return _refusal(name)
    past = _KEPT[name].past
    columns = [one.name for one in tables()[past].columns if one.name != "until"]
    held = f"vintage <= {number}"
    ended = f"FROM {_TODAY}.{past} WHERE {held} AND until > {number}"
    is_fact = name == FACTS.name
    today = f"SELECT {', '.join(columns)}{', indicator_no' * is_fact} FROM {_TODAY}.{name}"
    if connection.execute(f"SELECT 1 {ended} LIMIT 1").fetchone() is None:
        return f"{today} WHERE {held}"
    numbered = f" JOIN {_TODAY}.dim_indicator USING (indicator_id)" * is_fact
    listed = ", ".join(f"p.{column}" for column in columns) + ", indicator_no" * is_fact
    return f"{today} WHERE {held} UNION ALL SELECT {listed} FROM (SELECT * {ended}) AS p{numbered}"


def _add_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Views, as the file defines them, over the tables as of the day."""
    found = dict(
        connection.execute(
            "SELECT view_name, sql FROM duckdb_views() "
            f"WHERE database_name = '{_TODAY}' AND NOT internal"
        ).fetchall()
    )
    reads = {name: tables_read(sql.partition(" AS ")[2].rstrip(";")) for name, sql in found.items()}
    refused = set(tables()) - askable()
    order = TopologicalSorter({name: read & found.keys() for name, read in reads.items()})
    for name in order.static_order():
        if reads[name] & refused:
            refused.add(name)
            connection.execute(f"CREATE VIEW {name} AS {_refusal(name)}")
        else:
            connection.execute(found[name])
    connection.execute("CREATE TABLE not_askable AS SELECT unnest($1)", [sorted(refused)])


def _refusal(name: str) -> str:
    """The SELECT that says why there is no answer, whatever is asked of a relation."""
    said = f"{name} cannot be asked as of a day: only facts and what is made of them can"
    # On a row that is always there: an empty relation would give its emptiness for an answer.
    return (
        f"SELECT t.* FROM (SELECT 1 AS one) AS always LEFT JOIN {_TODAY}.{name} AS t ON true "
        f"WHERE always.one = error({quoted(said)})::INTEGER"
    )
