"""The content of one agency's page, for the explorer and for a report in a file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import duckdb

from pipeline.declared import Declaration, declared
from pipeline.warehouse.queries.lineage import SEVEREST_FIRST, TAKEN_FROM
from pipeline.warehouse.queries.name_lookup import NotFoundError
from pipeline.warehouse.records import Record, records

TABLES = {
    # What no view reads of a fact; it would cost as much again. A new column comes along.
    "fact_indicator": "* EXCLUDE (observation_id, qualifier)",
    "check_result": "*",
}

VIEWS = ("coverage", "series", "channel_mix", "rate_sums", "rates", "request_outcomes")
"""Views that say of an agency what its own facts say, each after those it reads from.

``agency_comparison`` is none of them.
"""


class ProfileContents(Declaration):
    """What a page shows: ``data/page.yml``.

    Attributes:
        series: Series across forms, by id.
        indicators: Indicators that no series has.
    """

    series: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyProfile:
    """One agency.

    Attributes:
        agency: The row of ``dim_agency``.
        aliases: Other names it reports under.
        kin: Agencies before and after it.
        years: Every year of the corpus with its status, number of facts and delay, by year.
        numbers: Facts of the indicators chosen, in the order of the choice, by year; without
            a value where the printed one is withheld.
        series: Points of the series chosen, in the order of the choice, by year.
        rates: The rates at the head of a page, in their order, by year.
        channels: How requests came and information went out, latest year first.
        outcomes: What became of requests, latest year first.
        contradictions: Failed checks with both sides as printed, the worst first.
        reports: Its documents, the latest first.
    """

    agency: Record
    aliases: Sequence[str]
    kin: Sequence[Record]
    years: Sequence[Record]
    numbers: Sequence[Record]
    series: Sequence[Record]
    rates: Sequence[Record]
    channels: Sequence[Record]
    outcomes: Sequence[Record]
    contradictions: Sequence[Record]
    reports: Sequence[Record]


@cache
def choice() -> ProfileContents:
    """Returns what a page shows."""
    return declared("pipeline.warehouse", "page", ProfileContents)


def read_profile(connection: duckdb.DuckDBPyConnection, agency_id: str) -> AgencyProfile:
    """Returns what is known of an agency.

    Raises:
        NotFoundError: There is no agency of that id.
    """
    key = {"agency": agency_id}
    found = records(connection, _AGENCY, key)
    if not found:
        raise NotFoundError(f"no agency {agency_id} in the warehouse")
    wanted = choice()
    series = list(wanted.series)
    with narrowed(connection, agency_id) as own:
        return AgencyProfile(
            agency=found[0],
            aliases=[row["alias"] for row in records(own, _ALIASES, key)],
            kin=records(own, _KIN, key),
            years=records(own, _YEARS, key),
            numbers=records(own, _NUMBERS, {**key, "wanted": [*wanted.indicators, *series]}),
            series=records(own, _SERIES, {**key, "wanted": series}),
            rates=records(own, _RATES, {**key, "wanted": list(RATES)}),
            channels=records(own, _CHANNELS, key),
            outcomes=records(own, _OUTCOMES, key),
            contradictions=records(own, _CONTRADICTIONS, key),
            reports=records(own, _REPORTS, key),
        )


RATES = ("granted", "partly_granted", "denied", "carried_out", "review.corrected", "court.lost")
"""Rates at the head of the page."""

WORST_FIRST = f"c.override_reason IS NOT NULL, {SEVEREST_FIRST}"
"""Order of checks ``c`` that fail: those let pass after all others."""

_AGENCY = "FROM dim_agency WHERE agency_id = $agency"

_ALIASES = """
SELECT DISTINCT alias FROM agency_alias JOIN dim_agency USING (agency_id)
WHERE agency_id = $agency AND alias <> name_zh ORDER BY alias
"""

_KIN = """
SELECT s.agency_id = $agency AS is_later, s.year, s.relation,
    CASE WHEN is_later THEN s.successor_id ELSE s.agency_id END AS other_id,
    CASE WHEN is_later THEN s.successor_name_zh ELSE a.name_zh END AS name_zh,
    EXISTS (FROM dim_agency AS d WHERE d.agency_id = other_id) AS is_known
FROM agency_succession AS s
LEFT JOIN dim_agency AS a ON a.agency_id = s.agency_id
WHERE $agency IN (s.agency_id, s.successor_id)
ORDER BY s.year, other_id
"""

_YEARS = """
SELECT year, status, facts, checks_failed, due_on, days_late
FROM coverage
WHERE agency_id = $agency AND status IN ('present', 'no_facts', 'gap', 'missing')
ORDER BY year
"""

_NUMBERS = """
WITH withheld AS (
    SELECT DISTINCT r.agency_id, r.year, c.indicator_id
    FROM correction AS c JOIN dim_report AS r USING (report_id)
    ANTI JOIN fact_indicator AS f
        ON f.agency_id = r.agency_id AND f.year = r.year AND f.indicator_id = c.indicator_id
    WHERE c.is_applied
)
SELECT n.agency_id, n.year, n.indicator_id, i.label_zh, i.label_en, n.value,
    coalesce(n.unit, i.unit) AS unit, n.standing,
    CASE WHEN n.scope <> lag(n.scope) OVER line THEN lag(n.scope) OVER line || '→' || n.scope END
        AS method_break,
    CASE WHEN method_break IS NOT NULL THEN '两年统计口径不同，不可相比' END AS note_zh,
    CASE WHEN method_break IS NOT NULL
        THEN 'the two years are of different scopes and not to be compared'
    END AS note_en
FROM (FROM fact_indicator UNION ALL BY NAME FROM withheld) AS n
JOIN dim_indicator AS i USING (indicator_id)
WHERE n.agency_id = $agency AND list_contains($wanted, n.indicator_id)
WINDOW line AS (PARTITION BY n.indicator_id ORDER BY n.year)
ORDER BY list_position($wanted, n.indicator_id), n.year
"""

_SERIES = """
SELECT series_id AS id, label_zh, label_en, unit, year, value, expression, method_break,
    note_zh, note_en, standing
FROM series
WHERE agency_id = $agency AND list_contains($wanted, series_id)
ORDER BY list_position($wanted, series_id), year
"""

_RATES = """
SELECT * FROM rates
WHERE agency_id = $agency AND list_contains($wanted, rate_id)
ORDER BY list_position($wanted, rate_id), year
"""

_CHANNELS = """
SELECT * FROM channel_mix WHERE agency_id = $agency
ORDER BY year DESC, subject DESC, value DESC, indicator_id
"""

_OUTCOMES = """
SELECT * FROM request_outcomes WHERE agency_id = $agency
ORDER BY year DESC, denominator_id DESC, numerator DESC, outcome
"""

_CONTRADICTIONS = f"""
SELECT c.*, a.name_zh, r.source_path
FROM check_result AS c
JOIN dim_report AS r USING (report_id)
JOIN dim_agency AS a ON a.agency_id = c.agency_id
WHERE c.agency_id = $agency AND c.outcome = 'fail' AND {TAKEN_FROM}
ORDER BY {WORST_FIRST}, c.year DESC, c.rule_id, c.message_zh
"""

_REPORTS = """
SELECT * FROM dim_report WHERE agency_id = $agency
ORDER BY year DESC NULLS LAST, is_current DESC, published_on DESC NULLS LAST, report_id
"""


@contextmanager
def narrowed(
    connection: duckdb.DuckDBPyConnection, agency_id: str
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Gives a connection on which ``TABLES`` and ``VIEWS`` hold one agency alone."""
    with connection.cursor() as cursor:
        published = cursor.execute(_VIEWS, {"names": list(VIEWS)}).fetchall()
        for table, columns in TABLES.items():
            sql = _TABLE.format(table=table, columns=columns)
            cursor.execute(sql, {"agency": agency_id})
        for (sql,) in published:
            cursor.execute(str(sql).replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
        yield cursor


# The name of a table is found among the temporary ones only once that is there. Which rows are
# the agency's is settled first: to read all columns of all rows takes more than twice as long.
_TABLE = """
CREATE TEMP TABLE {table} AS SELECT {columns} FROM {table}
WHERE rowid IN (SELECT rowid FROM {table} WHERE agency_id = $agency)
"""

_VIEWS = """
SELECT sql FROM duckdb_views() WHERE NOT temporary AND list_contains($names, view_name)
ORDER BY list_position($names, view_name)
"""
