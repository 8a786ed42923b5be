"""What can be compared: every rate and every indicator that some agency reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.explorer.plots import Show
from pipeline.explorer.rendering import number, percent
from pipeline.explorer.visit import Visit
from pipeline.forms.rates import rates
from pipeline.warehouse.lineage import Record

USUAL_RATE = "granted"


@dataclass(frozen=True, slots=True)
class Measure:
    """A rate or an indicator.

    Attributes:
        id: Its id.
        is_rate: Which of both it is.
        label: What it is called on the page.
        unit: Unit of its values, empty for a rate.
        group: What it is listed under.
        years: Years that have it, the latest first.
        described: The row of ``dim_indicator``, empty for a rate.
    """

    id: str
    is_rate: bool
    label: str
    unit: str
    group: str
    years: Sequence[int]
    described: Record

    @property
    def code(self) -> str:
        """What stands for it in an address that names several."""
        return f"rate:{self.id}" if self.is_rate else self.id

    def choice(self) -> Record:
        """Returns what an address says to choose it."""
        return {"rate": self.id} if self.is_rate else {"indicator": self.id}

    def show(self) -> Show:
        """Returns how its values are written."""
        return percent if self.is_rate else number


def measures(visit: Visit) -> dict[str, Measure]:
    """Returns everything that can be compared by its code: rates first, then by subject."""
    say, found = visit.say, {}
    years = {row["rate_id"]: row["years"] for row in visit.rows(_RATE_YEARS)}
    for rate_id, rate in rates().rates.items():
        if rate_id in years:
            topic = rates().topics[rate.topic]
            label, group = (getattr(one, say.language) for one in (rate, topic))
            one = Measure(rate_id, True, label, "", group, years[rate_id], {})
            found[one.code] = one
    for row in visit.rows(_INDICATORS):
        unit = say.name("unit", row["unit"]) if row["unit"] else ""
        group = (row["path_zh"] or row["label_zh"]).partition(" > ")[0]
        if say.language == "en":
            group = row["indicator_id"].partition(".")[0].replace("_", " ").capitalize()
        group = f"{say.name('topic', 'counts')} · {group}"
        label = say.column(row, "label")
        found[row["indicator_id"]] = Measure(
            row["indicator_id"], False, label, unit, group, row["years"], row
        )
    return found


def tree(found: dict[str, Measure]) -> list[tuple[str, list[Measure]]]:
    """Returns measures by what they are listed under."""
    groups: dict[str, list[Measure]] = {}
    for one in found.values():
        groups.setdefault(one.group, []).append(one)
    return list(groups.items())


def points(visit: Visit, one: Measure, since: int, until: int, **peers: object) -> list[Record]:
    """Returns the values of a measure, agency by agency and by year.

    Args:
        visit: The visit.
        one: The measure.
        since: First year.
        until: Last year.
        peers: ``level``, ``function``, ``province``, ``agencies``; empty for all.
    """
    sql = _RATE_POINTS if one.is_rate else _INDICATOR_POINTS
    return visit.rows(sql, id=one.id, since=since, until=until, **peers)


def without(
    visit: Visit, one: Measure, year: int, **peers: object
) -> list[tuple[str, list[Record]]]:
    """Returns the agencies that have no number, by the reason."""
    sql = _NO_RATE if one.is_rate else _NO_NUMBER
    rows = visit.rows(sql, id=one.id, year=year, **peers)
    grouped = groupby(rows, key=lambda row: row["status"])
    return [(str(status), list(group)) for status, group in grouped]


GROUP = """
    ($level = '' OR level = $level)
    AND ($function = '' OR function = $function)
    AND ($province = '' OR province = $province)
    AND (len($agencies) = 0 OR list_contains($agencies, agency_id))
"""
"""Peers, of any table or view that has these columns."""

_RATE_YEARS = """
SELECT rate_id, list(DISTINCT year ORDER BY year DESC) AS years
FROM rates WHERE rate IS NOT NULL GROUP BY rate_id
"""

_INDICATORS = """
SELECT i.indicator_id, i.label_zh, i.label_en, i.unit, i.path_zh, i.templates, i.is_total,
    i.description, f.years
FROM dim_indicator AS i JOIN (
    SELECT indicator_id, list(DISTINCT year ORDER BY year DESC) AS years
    FROM fact_indicator GROUP BY indicator_id
) AS f USING (indicator_id)
ORDER BY i.breakdown IS NOT NULL, i.indicator_id
"""

_RATE_POINTS = f"""
SELECT agency_id, name_zh, province, level, function, scope, year, rate AS value, '' AS unit,
    numerator, denominator, rate_low, rate_high, numerator_ids, denominator_ids, template,
    confidence, errors_failing, warnings_failing, standing, method_break, note_zh, note_en
FROM rates
WHERE rate_id = $id AND year BETWEEN $since AND $until AND rate IS NOT NULL AND {GROUP}
ORDER BY name_zh, agency_id, year
"""

_INDICATOR_POINTS = f"""
SELECT agency_id, name_zh, province, level, function, scope, year, value, unit,
    [indicator_id] AS numerator_ids, form AS template, confidence, errors_failing,
    warnings_failing, standing, method_break, note_zh, note_en
FROM indicator_trend
WHERE indicator_id = $id AND year BETWEEN $since AND $until AND {GROUP}
ORDER BY name_zh, agency_id, year
"""

_NO_NUMBER = f"""
SELECT c.agency_id, c.name_zh, c.year, c.indicator_id, c.status, c.value_raw, c.candidates
FROM indicator_coverage AS c
WHERE c.indicator_id = $id AND c.year = $year AND c.status NOT IN ('fact', 'zero') AND {GROUP}
ORDER BY c.status, c.name_zh
"""

_NO_RATE = f"""
WITH here AS (
    SELECT agency_id, name_zh, year, status
    FROM coverage
    WHERE year = $year AND status IN ('present', 'no_facts', 'gap', 'missing') AND {GROUP}
),
known AS (SELECT agency_id, rate, denominator FROM rates WHERE rate_id = $id AND year = $year)
SELECT here.* EXCLUDE (status),
    CASE
        WHEN here.status <> 'present' THEN 'no_report'
        WHEN known.agency_id IS NULL THEN 'part_missing'
        ELSE 'too_few'
    END AS status
FROM here LEFT JOIN known USING (agency_id)
WHERE known.rate IS NULL
ORDER BY status, name_zh
"""
