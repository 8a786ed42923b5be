"""Reads from the warehouse what the page of an agency shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import duckdb

from pipeline.warehouse.lineage import Record, find_agency, records
from pipeline.warehouse.pages.agency_profile import Portrait, choice, read_portrait


@dataclass(frozen=True, slots=True)
class Trend:
    """One number over the years.

    Attributes:
        label_zh: What is counted.
        label_en: The same in English.
        unit: Unit of the values.
        points: Rows with year, value, method_break and, where it breaks, the notes.
    """

    label_zh: str
    label_en: str
    unit: str
    points: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything on the page.

    Attributes:
        portrait: What the warehouse knows of the agency.
        trends: Main numbers over the years.
        peers: Where it stands in its latest year.
        publication: When and by which run the warehouse was built.
    """

    portrait: Portrait
    trends: Sequence[Trend]
    peers: Sequence[Record]
    publication: Record


def read_contents(connection: duckdb.DuckDBPyConnection, agency: str) -> Contents:
    """Returns what is known of an agency.

    Args:
        connection: The published warehouse.
        agency: Id, full name or another name of the agency.

    Raises:
        story.NotFoundError: There is no such agency, or the name fits several.
    """
    key = find_agency(connection, agency)
    portrait = read_portrait(connection, key)
    wanted = choice()

    def rows(sql: str, *ids: str) -> list[Record]:
        return records(connection, sql, {"agency": key, "wanted": list(ids)})

    return Contents(
        portrait=portrait,
        trends=[*_trends(portrait.series), *_trends(rows(_INDICATORS, *wanted.indicators))],
        peers=rows(_PEERS, *wanted.series, *wanted.indicators),
        publication=next(iter(records(connection, _PUBLICATION, {})), {}),
    )


def _trends(rows: Sequence[Record]) -> list[Trend]:
    """Groups rows, which are in order of their trend; those without any number are left out."""
    trends = []
    for _, group in groupby(rows, key=lambda row: row["id"]):
        points = list(group)
        if any(point["value"] for point in points):
            first = points[0]
            trends.append(Trend(first["label_zh"], first["label_en"], first["unit"], points))
    return trends


_INDICATORS = """
SELECT t.indicator_id AS id, t.label_zh, i.label_en, t.unit, t.year, t.value, t.method_break,
    t.note_zh, t.note_en
FROM indicator_trend AS t
JOIN dim_indicator AS i USING (indicator_id)
WHERE t.agency_id = $agency AND list_contains($wanted, t.indicator_id)
ORDER BY list_position($wanted, t.indicator_id), t.year
"""

_PEERS = """
SELECT * FROM agency_comparison
WHERE agency_id = $agency AND list_contains($wanted, indicator_id)
    AND year = (SELECT max(year) FROM fact_indicator WHERE agency_id = $agency)
ORDER BY list_position($wanted, indicator_id)
"""

_PUBLICATION = "FROM ingest_run ORDER BY run_id DESC LIMIT 1"
