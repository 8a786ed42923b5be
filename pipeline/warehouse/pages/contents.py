"""Reads from the warehouse what the page of an agency shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict

from pipeline.warehouse.story import find_agency, records

Record = dict[str, Any]

CONTRADICTIONS = 100
"""So many contradictions are shown; the page says how many more there are."""


class Choice(BaseModel):
    """What a page shows: ``data/page.yml``.

    Attributes:
        series: Series across forms, by id.
        indicators: Indicators that no series has.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    series: tuple[str, ...]
    indicators: tuple[str, ...]


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
        agency: The row of ``dim_agency``.
        aliases: Other names it reports under.
        successions: Agencies before and after it.
        years: Every year of the corpus with its status, number of facts and form.
        trends: Main numbers over the years.
        channels: How requests came and information went out, latest year first.
        outcomes: What became of requests, latest year first.
        peers: Where it stands in its latest year.
        contradictions: Failed checks with both quotes, the worst first.
        contradictions_in_all: How many there are, shown or not.
        reports: Its documents, the latest first.
        publication: When and by which run the warehouse was built.
    """

    agency: Record
    aliases: Sequence[str]
    successions: Sequence[Record]
    years: Sequence[Record]
    trends: Sequence[Trend]
    channels: Sequence[Record]
    outcomes: Sequence[Record]
    peers: Sequence[Record]
    contradictions: Sequence[Record]
    contradictions_in_all: int
    reports: Sequence[Record]
    publication: Record


@cache
def choice() -> Choice:
    """Returns what a page shows."""
    text = (files("pipeline.warehouse") / "data" / "page.yml").read_text("utf-8")
    return Choice.model_validate(yaml.load(text, yaml.CSafeLoader))


def read_contents(connection: duckdb.DuckDBPyConnection, agency: str) -> Contents:
    """Returns what is known of an agency.

    Args:
        connection: The published warehouse.
        agency: Id, full name or another name of the agency.

    Raises:
        story.NotFoundError: There is no such agency, or the name fits several.
    """
    key = {"agency": find_agency(connection, agency)}

    def rows(sql: str, **more: object) -> list[Record]:
        return records(connection, sql, {**key, **more})

    (described,) = rows(_AGENCY)
    wanted = choice()
    return Contents(
        agency=described,
        aliases=[row["alias"] for row in rows(_ALIASES, name=described["name_zh"])],
        successions=rows(_SUCCESSIONS),
        years=rows(_YEARS),
        trends=[
            *_trends(rows(_SERIES, wanted=list(wanted.series))),
            *_trends(rows(_INDICATORS, wanted=list(wanted.indicators))),
        ],
        channels=rows(_CHANNELS),
        outcomes=rows(_OUTCOMES),
        peers=rows(_PEERS, wanted=[*wanted.series, *wanted.indicators]),
        contradictions=rows(f"{_CONTRADICTIONS} LIMIT {CONTRADICTIONS}"),
        contradictions_in_all=len(rows(_ALL_CONTRADICTIONS)),
        reports=rows(_REPORTS),
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


_AGENCY = "FROM dim_agency WHERE agency_id = $agency"

_ALIASES = """
SELECT DISTINCT alias FROM agency_alias WHERE agency_id = $agency AND alias <> $name ORDER BY alias
"""

_SUCCESSIONS = """
SELECT s.agency_id = $agency AS is_later, s.year, s.relation,
    CASE WHEN s.agency_id = $agency THEN s.successor_id ELSE s.agency_id END AS other_id,
    CASE WHEN s.agency_id = $agency THEN s.successor_name_zh ELSE a.name_zh END AS name_zh
FROM agency_succession AS s
LEFT JOIN dim_agency AS a ON a.agency_id = s.agency_id
WHERE $agency IN (s.agency_id, s.successor_id)
ORDER BY s.year, other_id
"""

_YEARS = """
SELECT c.year, c.status, c.facts, c.checks_failed,
    (SELECT max(r.template) FROM dim_report AS r
     WHERE r.agency_id = c.agency_id AND r.year = c.year AND r.is_current
        AND r.doc_type = 'annual_report') AS template
FROM coverage AS c
WHERE c.agency_id = $agency
ORDER BY c.year
"""

_SERIES = """
SELECT series_id AS id, label_zh, label_en, unit, year, value, template, method_break,
    coalesce(note_zh, lag(note_zh) OVER line) AS note_zh,
    coalesce(note_en, lag(note_en) OVER line) AS note_en
FROM series
WHERE agency_id = $agency AND list_contains($wanted, series_id)
WINDOW line AS (PARTITION BY series_id ORDER BY year)
ORDER BY list_position($wanted, series_id), year
"""

_INDICATORS = """
SELECT t.indicator_id AS id, t.label_zh, i.label_en, t.unit, t.year, t.value, t.method_break,
    NULL AS note_zh, NULL AS note_en
FROM indicator_trend AS t
JOIN dim_indicator AS i USING (indicator_id)
WHERE t.agency_id = $agency AND list_contains($wanted, t.indicator_id)
ORDER BY list_position($wanted, t.indicator_id), t.year
"""

_CHANNELS = """
SELECT * FROM channel_mix WHERE agency_id = $agency
ORDER BY year DESC, subject DESC, value DESC, indicator_id
"""

_OUTCOMES = """
SELECT * FROM request_outcomes WHERE agency_id = $agency
ORDER BY year DESC, denominator_id DESC, numerator DESC, outcome
"""

_PEERS = """
SELECT * FROM agency_comparison
WHERE agency_id = $agency AND list_contains($wanted, indicator_id)
    AND year = (SELECT max(year) FROM fact_indicator WHERE agency_id = $agency)
ORDER BY list_position($wanted, indicator_id)
"""

_ALL_CONTRADICTIONS = "SELECT rule_id FROM contradictions WHERE agency_id = $agency"

_CONTRADICTIONS = """
SELECT * FROM contradictions WHERE agency_id = $agency
ORDER BY override_reason IS NOT NULL,
    CASE severity WHEN 'error' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, year DESC, rule_id, message_zh
"""

_REPORTS = """
SELECT * FROM dim_report WHERE agency_id = $agency
ORDER BY year DESC NULLS LAST, is_current DESC, published_on DESC NULLS LAST, report_id
"""

_PUBLICATION = "FROM ingest_run ORDER BY run_id DESC LIMIT 1"
