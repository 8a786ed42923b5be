"""Everything the warehouse knows about one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.warehouse.queries.name_lookup import NotFoundError, find_key
from pipeline.warehouse.records import Record, records

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Story:
    """One number with its print, its checks, its earlier values and what else was printed of it.

    Attributes:
        fact: The row of the view ``facts``; where there is no fact, what ``indicator_coverage``
            says of it.
        observation: The observation it was taken from, or what stands in its place.
        report: The report that holds it.
        others: Other observations of the same indicator in reports of that agency and year.
        checks: Checks it took part in, failing ones first.
        history: Values that held before.
        decisions: What people decided about it, or about who reports it.
        status: ``fact``, or why there is none, as in ``indicator_coverage``.
        ways: What the ids in ``why`` of the observation mean, in their order.
    """

    fact: Record
    observation: Record
    report: Record
    others: Sequence[Record]
    checks: Sequence[Record]
    history: Sequence[Record]
    decisions: Sequence[Record] = ()
    status: str = "fact"
    ways: Sequence[Record] = ()

    @property
    def is_left_out_now(self) -> bool:
        """Whether the report that counts for the year says nothing of the number."""
        said_there = any(one["is_current"] for one in self.others)
        return not self.report["is_current"] and not said_there


def tell(connection: "duckdb.DuckDBPyConnection", agency: str, year: int, indicator: str) -> Story:
    """Returns the story of one number, whether or not it became a fact.

    Raises:
        NotFoundError: One of them is unknown or ambiguous, or nothing was seen of it.
    """
    key = find_key(connection, agency, year, indicator)
    facts = records(connection, FACT, key)
    fact = facts[0] if facts else _in_its_place(connection, key)
    ids = {"observation": fact["observation_id"]}
    (observation,) = records(connection, _OBSERVATION, ids)
    return Story(
        fact=fact,
        observation=observation,
        report=records(connection, _REPORT, {"report": observation["report_id"]})[0],
        others=records(connection, OTHERS, {**key, "observation": ids["observation"]}),
        checks=records(connection, _CHECKS, {**key, **ids, "report": observation["report_id"]}),
        history=records(connection, HISTORY, key),
        decisions=records(
            connection,
            DECISIONS,
            {"report": observation["report_id"], "why": observation["why"]},
        ),
        status="fact" if facts else fact["status"],
        ways=records(connection, _WAYS, {"why": observation["why"]}),
    )


def _in_its_place(connection: "duckdb.DuckDBPyConnection", key: Record) -> Record:
    """What was seen of a number that is no fact.

    Raises:
        NotFoundError: Nothing was, or it is withheld.
    """
    found = records(connection, IN_ITS_PLACE, key)
    if not found or found[0]["status"] == "withheld" or not found[0]["observation_id"]:
        status = found[0]["status"] if found else "no_report"
        raise _no_fact(connection, key, status)
    return found[0]


FACT = """
SELECT * FROM facts
WHERE agency_id = $agency AND year = $year AND indicator_id = $indicator
"""
"""A fact with all its labels."""

_OBSERVATION = "SELECT * FROM observation WHERE observation_id = $observation"

IN_ITS_PLACE = """
SELECT c.agency_id, c.name_zh, c.year, c.indicator_id, c.status, c.candidates, c.value,
    i.label_zh, i.label_en, i.unit, 'exact' AS qualifier,
    coalesce(c.observation_id, (
        SELECT o.observation_id
        FROM observation AS o
        JOIN dim_report AS r USING (report_id)
        WHERE r.agency_id = $agency AND r.year = $year AND o.indicator_id = $indicator
        ORDER BY r.is_current DESC, o.source, o.char_start
        LIMIT 1
    )) AS observation_id
FROM indicator_coverage AS c
JOIN dim_indicator AS i USING (indicator_id)
WHERE c.agency_id = $agency AND c.year = $year AND c.indicator_id = $indicator
"""
"""What is known of a number that is no fact."""

_REPORT = "SELECT * FROM dim_report WHERE report_id = $report"

OTHERS = """
SELECT o.*, r.source_path, r.is_current
FROM observation AS o
JOIN dim_report AS r USING (report_id)
WHERE r.agency_id = $agency AND r.year = $year AND o.indicator_id = $indicator
    AND o.observation_id <> $observation
ORDER BY r.is_current DESC, o.source, o.char_start
"""
"""What else was seen of a key, the observation aside."""

SEVEREST_FIRST = "CASE c.severity WHEN 'error' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END"
"""Order of checks ``c``."""

FAILURES_FIRST = f"""
    CASE c.outcome WHEN 'fail' THEN 0 WHEN 'not_assessable' THEN 1 ELSE 2 END,
    {SEVEREST_FIRST}, c.rule_id"""
"""Order of checks ``c``, whatever came of them."""

DECISIONS = """
FROM decision
WHERE is_applied AND report_id = $report
    AND (kind = 'agency' OR list_contains($why::VARCHAR[], decision_id))
ORDER BY kind, decision_id
"""
"""What people decided about an observation, or about who reports it."""

_WAYS = """
SELECT
    w.id,
    coalesce(d.title_zh, r.title_zh) AS title_zh,
    coalesce(d.title_en, r.title_en) AS title_en
FROM (SELECT unnest($why::VARCHAR[]) AS id, generate_subscripts($why::VARCHAR[], 1) AS place) AS w
LEFT JOIN dim_way AS d ON d.way_id = w.id
LEFT JOIN dim_rule AS r ON r.rule_id = w.id
ORDER BY w.place
"""

TAKEN_FROM = """(r.is_current OR r.report_id IN (
    SELECT f.report_id
    FROM dim_report AS o
    JOIN fact_indicator AS f USING (report_id)
    WHERE NOT o.is_current
))"""
"""Reports ``r`` that some fact is taken from, though another may have taken their place."""

_CHECKS = f"""
SELECT c.*
FROM check_result AS c
JOIN dim_report AS r USING (report_id)
WHERE c.agency_id = $agency AND c.year = $year AND (r.is_current OR r.report_id = $report)
    AND (list_contains(c.observation_ids, $observation)
        OR list_contains(c.indicator_ids, $indicator))
ORDER BY {FAILURES_FIRST}
"""

HISTORY = """
SELECT h.*, r.source_path
FROM fact_history AS h
JOIN dim_report AS r USING (report_id)
WHERE h.agency_id = $agency AND h.year = $year AND h.indicator_id = $indicator
ORDER BY h.valid_from DESC
"""
"""Values of a key that later publications replaced."""

_WITHHELD = """
SELECT c.expect, c.reason, c.decided_on
FROM correction AS c
JOIN dim_report AS r USING (report_id)
WHERE c.is_applied AND r.agency_id = $agency AND r.year = $year AND c.indicator_id = $indicator
"""

_WHY = {
    "no_report": ("no annual report of it is known for that year", "该年没有它的年度报告"),
    "not_yet_established": (
        "it was not set up yet, or its predecessor reported that year",
        "当时尚未设立，或该年由其前身报告",
    ),
    "abolished": (
        "it was abolished by then, or its successor reports on that year",
        "当时已经撤销，或该年由其继任机关报告",
    ),
    "not_printed": ("its report leaves that row out", "其报告未列此项"),
    "not_on_this_form": ("the form of that year has no such row", "该年表式无此项"),
}


def _no_fact(connection: "duckdb.DuckDBPyConnection", key: Record, status: str) -> NotFoundError:
    for withheld in records(connection, _WITHHELD, key):
        printed, day = f"{withheld['expect'].normalize():f}", withheld["decided_on"]
        return NotFoundError(
            f"{key['agency']} has no fact {key['indicator']} for {key['year']}: the printed "
            f"{printed} was withheld on {day} ({withheld['reason']})",
            f"{key['agency']} {key['year']} 年没有 {key['indicator']}：所印的 {printed} 已于 {day} "
            f"停用（{withheld['reason']}）",
        )
    years = records(
        connection,
        "SELECT DISTINCT year FROM fact_indicator "
        "WHERE agency_id = $agency AND indicator_id = $indicator ORDER BY year",
        {"agency": key["agency"], "indicator": key["indicator"]},
    )
    known = ", ".join(str(one["year"]) for one in years)
    (agency,) = records(
        connection,
        "SELECT name_zh FROM dim_agency WHERE agency_id = $agency",
        {"agency": key["agency"]},
    )
    has = (f"; it has one for {known}", f"；有此数的年度：{known}") if known else ("", "")
    if parts := _parts(connection, key):
        named = ", ".join(parts)
        has = (
            f"; that year's form splits it into {named}, whose sum the view series has",
            f"；该年表式分列为 {named}，其和见视图 series",
        )
    en, zh = _WHY.get(status, (status, status))
    return NotFoundError(
        f"{agency['name_zh']} has no fact {key['indicator']} for {key['year']}: {en}{has[0]}",
        f"{agency['name_zh']} {key['year']} 年没有 {key['indicator']}：{zh}{has[1]}",
    )


def _parts(connection: "duckdb.DuckDBPyConnection", key: Record) -> list[str]:
    """The facts of the year that a number was split into by another form; mostly there are none."""
    # Whoever only imports gongkai need not wait for the forms.
    from pipeline.forms.crosswalk import crosswalk

    found: set[str] = set()
    for series in crosswalk().series.values():
        sums = [part.sum for part in series.forms.values()]
        if (key["indicator"],) in sums:
            found.update(*(one for one in sums if len(one) > 1))
    rows = records(connection, _REPORTED_PARTS, {**key, "ids": sorted(found)})
    return [f"{one['indicator_id']} = {one['value'].normalize():f}" for one in rows]


_REPORTED_PARTS = """
SELECT indicator_id, value FROM fact_indicator
WHERE agency_id = $agency AND year = $year AND list_contains($ids::VARCHAR[], indicator_id)
    AND indicator_id <> $indicator
ORDER BY indicator_id
"""
