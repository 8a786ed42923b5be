"""What can be compared: every rate and every indicator that some agency reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.explorer.context import Context
from pipeline.explorer.plots import Show
from pipeline.explorer.rendering import number, percent
from pipeline.forms.rates import rates
from pipeline.warehouse.records import Record

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
        """Its code in an address that names several measures."""
        return f"rate:{self.id}" if self.is_rate else self.id

    def choice(self) -> Record:
        """Returns the query parameter that chooses the measure."""
        return {"rate": self.id} if self.is_rate else {"indicator": self.id}

    def show(self) -> Show:
        """Returns how its values are written."""
        return percent if self.is_rate else number


def measures(context: Context) -> dict[str, Measure]:
    """Returns everything that can be compared by its code: rates first, then by subject."""
    say, found = context.say, {}
    years = _rate_years(context)
    for rate_id, rate in rates().rates.items():
        if rate_id in years:
            topic = rates().topics[rate.topic]
            label, group = (getattr(one, say.language) for one in (rate, topic))
            one = Measure(rate_id, True, label, "", group, years[rate_id], {})
            found[one.code] = one
    for row in context.rows(_INDICATORS):
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


def _rate_years(context: Context) -> dict[str, list[int]]:
    """Returns the years in which forms print all that a rate is made of, the latest first.

    Whether one agency reports all of it, only its values tell; to ask for those of every rate
    takes seconds over millions of facts.
    """
    printed = {
        (row["form"], row["indicator_id"]): set(row["years"]) for row in context.rows(_FORMS)
    }
    found: dict[str, set[int]] = {}
    for row in context.rows(_TERMS):
        years = [printed.get((row["template"], one), set()) for one in row["indicators"]]
        found.setdefault(row["rate_id"], set()).update(set.intersection(*years))
    return {rate_id: sorted(years, reverse=True) for rate_id, years in found.items() if years}


def tree(found: dict[str, Measure]) -> list[tuple[str, list[Measure]]]:
    """Returns measures by the group they are listed under."""
    groups: dict[str, list[Measure]] = {}
    for one in found.values():
        groups.setdefault(one.group, []).append(one)
    return list(groups.items())


def points(context: Context, one: Measure, since: int, until: int, **peers: object) -> list[Record]:
    """Returns the values of a measure, agency by agency and by year.

    Args:
        context: The context of the request.
        one: The measure.
        since: First year.
        until: Last year.
        peers: ``level``, ``function``, ``province``, ``city``, ``agencies``; empty for all.
    """
    asked = {"since": since, "until": until, **peers}
    return asked_of(context, one.id, _POINTS, is_rate=one.is_rate, **asked)


def asked_of(
    context: Context, one_id: str, sql: str, *, is_rate: bool, **parameters: object
) -> list[Record]:
    """Returns the rows of a query over ``{table}``: all values of a rate or an indicator.

    It has ``agency_id`` but nothing else of the agency; ``value`` is NULL where the whole is too
    small for a rate.
    """
    values, opened = _OF_A_RATE if is_rate else _OF_AN_INDICATOR, context.opened
    with opened.cache.table(opened.connection, values, {"id": one_id}) as table:
        return context.rows(sql.format(table=table), **parameters)


def years_of(context: Context, one: Measure) -> list[int]:
    """Returns the years in which some agency has a value, the latest first."""
    if not one.is_rate:
        return list(one.years)
    return [row["year"] for row in asked_of(context, one.id, _YEARS, is_rate=True)]


def usual_since(context: Context, one: Measure, until: int, **peers: object) -> int:
    """Returns the first year that half as many agencies have a value of as of the last."""
    rows = asked_of(context, one.id, _COUNTED, is_rate=one.is_rate, until=until, **peers)
    last = next((row["n"] for row in rows if row["year"] == until), 0)
    return min((row["year"] for row in rows if row["n"] * 2 >= last), default=until)


def changes(
    context: Context, one: Measure, since: int, until: int, **peers: object
) -> dict[str, Record]:
    """Returns by agency the first year's value and worth, and whether a break lies before the last.

    Only of those that have a value in both years, of the same unit and scope.
    """
    asked = {"since": since, "until": until, **peers}
    rows = asked_of(context, one.id, _CHANGES, is_rate=one.is_rate, **asked)
    return {row["agency_id"]: row for row in rows}


def without(
    context: Context, one: Measure, year: int, **peers: object
) -> list[tuple[str, list[Record]]]:
    """Returns the agencies that have no number, by the reason."""
    if one.is_rate:
        rows = asked_of(context, one.id, _NO_RATE, is_rate=True, year=year, **peers)
    else:
        rows = context.rows(_NO_NUMBER, id=one.id, year=year, **peers)
    grouped = groupby(rows, key=lambda row: row["status"])
    return [(str(status), list(group)) for status, group in grouped]


GROUP = """
    ($level = '' OR level = $level)
    AND ($function = '' OR function = $function)
    AND ($province = '' OR province = $province)
    AND ($city = '' OR starts_with(agency_id, $city))
    AND (len($agencies) = 0 OR list_contains($agencies, agency_id))
"""
"""Peers, of any table or view that has these columns."""

_FORMS = """
SELECT i.indicator_id, f.form, f.years
FROM dim_indicator AS i JOIN (
    SELECT indicator_no, form, list(DISTINCT year) AS years FROM fact_indicator GROUP BY ALL
) AS f USING (indicator_no)
"""

_TERMS = """
SELECT rate_id, template, list(DISTINCT indicator_id) AS indicators
FROM rate_term GROUP BY rate_id, template
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

_OF_A_RATE = """
SELECT agency_id, scope, year, rate AS value, '' AS unit, numerator, denominator, rate_low,
    rate_high, numerator_ids, denominator_ids, template, confidence, errors_failing,
    warnings_failing, standing, method_break, note_zh, note_en
FROM rates WHERE rate_id = $id
"""

_OF_AN_INDICATOR = """
SELECT agency_id, scope, year, value, unit, [indicator_id] AS numerator_ids, form AS template,
    confidence, errors_failing, warnings_failing, value_standing AS standing, method_break,
    note_zh, note_en
FROM indicator_trend WHERE indicator_id = $id
"""

_POINTS = f"""
SELECT a.agency_id, a.name_zh, a.province, a.level, a.function, p.* EXCLUDE (agency_id)
FROM {{table}} AS p JOIN dim_agency AS a USING (agency_id)
WHERE p.year BETWEEN $since AND $until AND p.value IS NOT NULL AND {GROUP}
ORDER BY a.name_zh, agency_id, p.year
"""

_YEARS = """
SELECT DISTINCT year FROM {table} WHERE value IS NOT NULL ORDER BY year DESC
"""

_COUNTED = f"""
SELECT p.year, count(*) AS n
FROM {{table}} AS p JOIN dim_agency AS a USING (agency_id)
WHERE p.year <= $until AND p.value IS NOT NULL AND {GROUP}
GROUP BY p.year
"""

_CHANGES = f"""
SELECT p.agency_id, min(p.value) FILTER (p.year = $since) AS value_before,
    min(p.standing) FILTER (p.year = $since) AS standing_before,
    coalesce(bool_or(p.method_break IS NOT NULL) FILTER (p.year > $since), false) AS is_broken
FROM {{table}} AS p JOIN dim_agency AS a USING (agency_id)
WHERE p.year BETWEEN $since AND $until AND $since < $until AND p.value IS NOT NULL AND {GROUP}
GROUP BY p.agency_id
HAVING count(DISTINCT struct_pack(u := p.unit, s := p.scope))
        FILTER (p.year IN ($since, $until)) = 1
    AND count(*) FILTER (p.year IN ($since, $until)) = 2
"""

_NO_NUMBER = f"""
SELECT c.agency_id, c.name_zh, c.year, c.indicator_id, c.status, c.value_raw, c.candidates
FROM indicator_coverage AS c
WHERE c.indicator_id = $id AND c.year = $year
    AND c.status NOT IN ('fact', 'zero', 'not_yet_established', 'abolished') AND {GROUP}
ORDER BY c.status, c.name_zh
"""

_NO_RATE = f"""
WITH here AS (
    SELECT agency_id, name_zh, year, status
    FROM coverage
    WHERE year = $year AND status IN ('present', 'no_facts', 'gap', 'missing') AND {GROUP}
),
known AS (SELECT agency_id, value AS rate FROM {{table}} WHERE year = $year)
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
