"""Everything the warehouse knows about one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.warehouse.records import Record, records

if TYPE_CHECKING:
    import duckdb


class NotFoundError(Exception):
    """The agency, the indicator or the fact is not in the warehouse; the message helps on."""


@dataclass(frozen=True, slots=True)
class Story:
    """One number with what stands around it.

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
    """

    fact: Record
    observation: Record
    report: Record
    others: Sequence[Record]
    checks: Sequence[Record]
    history: Sequence[Record]
    decisions: Sequence[Record] = ()
    status: str = "fact"


def tell(connection: "duckdb.DuckDBPyConnection", agency: str, year: int, indicator: str) -> Story:
    """Returns the story of one number, whether or not it became a fact.

    Args:
        connection: The published warehouse.
        agency: Id, full name or another name of the agency.
        year: Year of the fact.
        indicator: Id or Chinese label.

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
    )


def _in_its_place(connection: "duckdb.DuckDBPyConnection", key: Record) -> Record:
    """What was seen of a number that is no fact.

    Raises:
        NotFoundError: Nothing was, or it is withheld.
    """
    found = records(connection, IN_ITS_PLACE, key)
    if not found or found[0]["status"] == "withheld" or not found[0]["observation_id"]:
        status = found[0]["status"] if found else "no_report"
        raise NotFoundError(_no_fact(connection, key, status))
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

_AGENCY = """
SELECT DISTINCT a.agency_id, a.name_zh
FROM dim_agency AS a LEFT JOIN agency_alias AS s USING (agency_id)
WHERE a.agency_id = $name OR a.name_zh = $name OR s.alias = $name
ORDER BY a.agency_id
"""

_AGENCY_OF_THE_PAST = """
SELECT agency_id, max_by(name_zh, until) AS name_zh
FROM agency_past
WHERE agency_id NOT IN (SELECT agency_id FROM dim_agency)
GROUP BY agency_id
HAVING agency_id = $name OR bool_or(name_zh = $name)
ORDER BY agency_id
"""
"""Agencies that were published once, and are not there any more."""

_SIMILAR_AGENCY = """
SELECT name_zh FROM dim_agency
WHERE contains(name_zh, $name) OR contains($name, name_zh)
    OR jaro_winkler_similarity(name_zh, $name) > 0.8
ORDER BY jaro_winkler_similarity(name_zh, $name) DESC, name_zh LIMIT 5
"""

_REPORTED = """
SELECT indicator_id FROM fact_indicator
WHERE agency_id = $agency AND year = $year AND list_contains($ids::VARCHAR[], indicator_id)
ORDER BY indicator_id
"""

_SIMILAR_INDICATOR = """
SELECT indicator_id FROM dim_indicator
WHERE contains(indicator_id, $name) OR contains(label_zh, $name)
    OR jaro_winkler_similarity(indicator_id, $name) > 0.8
ORDER BY jaro_winkler_similarity(indicator_id, $name) DESC, indicator_id LIMIT 5
"""


_WHY = {
    "no_report": "no annual report of it is known for that year",
    "not_printed": "its report leaves that row out",
    "not_on_this_form": "the form of that year has no such row",
}


def find_key(
    connection: "duckdb.DuckDBPyConnection",
    agency: str,
    year: int,
    indicator: str,
    *,
    of_the_past: bool = False,
) -> Record:
    """Returns what queries about one number ask for: ``agency``, ``year`` and ``indicator``.

    Args:
        connection: The published warehouse.
        agency: Id, full name or another name of the agency.
        year: Year of the fact.
        indicator: Id or Chinese label.
        of_the_past: Whether an agency that is not there any more may be meant as well.

    Raises:
        NotFoundError: The agency or the indicator is unknown or ambiguous.
    """
    agency_id = find_agency(connection, agency, of_the_past=of_the_past)
    indicator_id = find_indicator(connection, indicator, agency_id, year)
    return {"agency": agency_id, "year": year, "indicator": indicator_id}


def find_agency(
    connection: "duckdb.DuckDBPyConnection", name: str, *, of_the_past: bool = False
) -> str:
    """Returns the id of the agency that is meant.

    Args:
        connection: The published warehouse.
        name: Id, full name or another name of it.
        of_the_past: Whether one that is not there any more may be meant as well.

    Raises:
        NotFoundError: No agency bears that id or name, or several do.
    """
    found = records(connection, _AGENCY, {"name": name})
    if of_the_past and not found:
        found = records(connection, _AGENCY_OF_THE_PAST, {"name": name})
    if len(found) == 1:
        return str(found[0]["agency_id"])
    if found:
        ids = ", ".join(f"{one['agency_id']} ({one['name_zh']})" for one in found)
        raise NotFoundError(f"{name} may be any of {ids}; give the id")
    # Whoever gives a name that is there need not wait for what is known of all names.
    from pipeline.agencies.finding import ranked
    from pipeline.agencies.resolver import resolve
    from pipeline.warehouse.asked.agency_names import named

    known = {one.agency_id: one for one in named(connection)}
    meant = resolve(name).agency
    if meant is not None:
        by_id = {"name": meant.agency_id}
        if meant.agency_id in known or (
            of_the_past and records(connection, _AGENCY_OF_THE_PAST, by_id)
        ):
            return meant.agency_id
    similar = [known[agency_id].name for agency_id in ranked(name, known.values())[:5]]
    similar += [one["name_zh"] for one in records(connection, _SIMILAR_AGENCY, {"name": name})]
    similar = list(dict.fromkeys(similar))[:5]
    raise NotFoundError(f"no agency {name} in the warehouse" + _did_you_mean(similar))


def find_indicator(
    connection: "duckdb.DuckDBPyConnection", name: str, agency_id: str, year: int
) -> str:
    """Returns the id of the indicator that is meant.

    Raises:
        NotFoundError: No indicator bears that id or label, or several do.
    """
    # What forms print is data of another room, loaded where a label is asked for alone.
    from pipeline.warehouse.asked.indicator_names import indicators_called

    found = indicators_called(connection, name)
    if len(found) > 1:
        key = {"agency": agency_id, "year": year, "ids": found}
        found = [one["indicator_id"] for one in records(connection, _REPORTED, key)] or found
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(f"{name} may be any of {', '.join(found)}; give the id")
    similar = [
        one["indicator_id"] for one in records(connection, _SIMILAR_INDICATOR, {"name": name})
    ]
    raise NotFoundError(f"no indicator {name} in the catalogue" + _did_you_mean(similar))


def _no_fact(connection: "duckdb.DuckDBPyConnection", key: Record, status: str) -> str:
    for withheld in records(connection, _WITHHELD, key):
        return (
            f"{key['agency']} has no fact {key['indicator']} for {key['year']}: the printed "
            f"{withheld['expect'].normalize():f} was withheld on {withheld['decided_on']} "
            f"({withheld['reason']})"
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
    has = f"; it has one for {known}" if known else "; it never reported it"
    why = _WHY.get(status, status)
    return f"{agency['name_zh']} has no fact {key['indicator']} for {key['year']}: {why}{has}"


def _did_you_mean(names: list[str]) -> str:
    return f"; did you mean {', '.join(names)}?" if names else ""
