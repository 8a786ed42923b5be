"""The first page: the country in the last year that most have reported, and what changed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pipeline.explorer.context import Context
from pipeline.explorer.measures import USUAL_RATE, asked_of
from pipeline.explorer.provinces import Tile, provinces
from pipeline.explorer.rendering import PageContent, percent
from pipeline.explorer.tiles import tiles
from pipeline.forms.rates import rates
from pipeline.forms.rules import rules
from pipeline.warehouse.queries.lineage import SEVEREST_FIRST
from pipeline.warehouse.records import Record
from pipeline.warehouse.runs.health import Bounds

HEADLINES = (USUAL_RATE, "denied", "carried_out", "review.corrected", "court.lost")
"""Rates of the first page, in this order."""

_MOST_MOVERS = 6
_MOST_CONTRADICTIONS = 6


def overview_page(context: Context) -> PageContent:
    """Returns the page."""
    say = context.say
    content: dict[str, Any] = {"freshness": _freshness(context)}
    years = context.rows(_YEARS)
    if not years:
        content |= {"why": say("compare.no_facts"), "remedy": say("overview.never_remedy")}
        return PageContent("message.html", say("overview.title"), content)
    known = [row["year"] for row in years]
    year = next((one for one in known if one == context.year()), known[0])
    groups = asked_of(context, USUAL_RATE, _GROUPS, is_rate=True, year=year)
    # Where nobody has enough answers for a rate, there are counts at least.
    groups = groups or context.rows(_GROUPS_OF_COUNTS, year=year)
    group = _group(context, groups)
    key = {"level": group["level"], "scope": group["scope"]}
    content |= {
        "year": year,
        "years": known,
        "groups": groups,
        "group": group,
        **_numbers(context, year, key),
        **_movers(context, year, key),
        "failing": _failing(context),
        "worst": context.rows(_WORST, shown=_MOST_CONTRADICTIONS),
        **_reporting(context, year, group["level"]),
    }
    unfit = context.unfit(
        year=list(map(str, known)),
        level={one["level"] for one in groups},
        scope={one["scope"] for one in groups},
    )
    return PageContent("overview.html", say("overview.title"), content, unfit=unfit)


def _numbers(context: Context, year: int, key: Record) -> dict[str, Any]:
    """The rates and requests of a tier and scope, and the rate of each province."""
    headlines = [
        {
            **row,
            "rate_id": one,
            "label_zh": rates().rates[one].zh,
            "label_en": rates().rates[one].en,
        }
        for one in HEADLINES
        for row in asked_of(context, one, _HEADLINE, is_rate=True, year=year, **key)
    ]
    return {
        "headlines": headlines,
        "requests": next(iter(context.rows(_REQUESTS, year=year, **key)), None),
        "rate": rates().rates[USUAL_RATE],
        "tiles": _tiles(context, year, key),
        "tile_percent": lambda share: percent(share, 0),
    }


def _movers(context: Context, year: int, key: Record) -> dict[str, Any]:
    """Whose rate changed most since the year before, by more than chance would."""
    pairs = asked_of(context, USUAL_RATE, _MOVED, is_rate=True, year=year, **key)
    moved = [row for row in pairs if row["is_beyond_chance"]]
    return {
        "pairs": len(pairs),
        "up": [row for row in reversed(moved) if row["change"] > 0][:_MOST_MOVERS],
        "down": [row for row in moved if row["change"] < 0][:_MOST_MOVERS],
    }


def _reporting(context: Context, year: int, level: str) -> dict[str, Any]:
    """Of whom a report is known in a year, and of whom none is."""
    return {
        "known": context.rows(_KNOWN, year=year, level=level)[0],
        "without_report": context.rows(_WITHOUT_REPORT, year=year),
        "ended_before": context.rows(_OUTSIDE, year=year, status="after_last"),
        "begun_later": len(context.rows(_OUTSIDE, year=year, status="before_first")),
        "has_roster": bool(context.rows(_ROSTER)),
    }


def _group(context: Context, groups: Sequence[Record]) -> Record:
    """Returns the tier and scope that the address names; of a tier alone the commonest scope."""
    level, scope = context.stated("level"), context.stated("scope")
    of_level = [one for one in groups if one["level"] == level] or groups
    of_scope = [one for one in of_level if one["scope"] == scope] or of_level
    return next(iter(of_scope), {"level": "", "scope": "", "n": 0})


def last_year(context: Context) -> int | None:
    """Returns the last year that half as many agencies have reported as any, None without one."""
    return next((int(row["year"]) for row in context.rows(_YEARS)), None)


def _freshness(context: Context) -> Record | None:
    run = context.run()
    if run is None:
        return None
    finished = run["finished_at"].replace(tzinfo=UTC)
    hours = (datetime.now(UTC) - finished).total_seconds() / 3600
    return {
        "when": run["finished_at"],
        "is_stale": hours > Bounds().stale_hours,
        "age": _age(context, hours),
    }


def _age(context: Context, hours: float) -> str:
    if hours < 1:
        return context.say("overview.age_minutes", n=max(0, round(hours * 60)))
    if hours < 48:
        return context.say("overview.age_hours", n=round(hours))
    return context.say("overview.age_days", n=round(hours / 24))


def _tiles(context: Context, year: int, key: Record) -> list[Tile]:
    """Returns every province with its rate."""
    rows = asked_of(context, USUAL_RATE, _MAP, is_rate=True, year=year, **key)
    found = {row["province"]: (row["rate"], row["n"]) for row in rows}
    choice = {"rate": USUAL_RATE, "year": year, "level": key["level"]}
    choice |= {"scope": key["scope"]} if context.stated("scope") else {}
    return tiles(
        provinces(),
        found,
        context.say,
        lambda name: context.link("compare", **choice, province=name),
    )


def _failing(context: Context) -> list[Record]:
    say = context.say
    return [
        {
            **row,
            "title": say.column(rules()[row["rule_id"]].model_dump(), "title")
            if row["rule_id"] in rules()
            else say.column(row, "message"),
        }
        for row in context.rows(_FAILING, shown=_MOST_CONTRADICTIONS)
    ]


_YEARS = """
WITH reported AS (
    SELECT year, count(*) AS n FROM coverage WHERE status = 'present' GROUP BY year
)
SELECT year, n FROM reported
ORDER BY n * 2 < (SELECT max(n) FROM reported), year DESC
"""

_GROUPS = """
SELECT a.level, p.scope, count(*) AS n
FROM {table} AS p JOIN dim_agency AS a USING (agency_id)
WHERE p.year = $year AND p.value IS NOT NULL
GROUP BY a.level, p.scope
ORDER BY n DESC, a.level, p.scope
"""

_GROUPS_OF_COUNTS = """
SELECT a.level, f.scope, count(*) AS n
FROM fact_indicator AS f JOIN dim_agency AS a USING (agency_id)
WHERE f.indicator_id = 'requests.received' AND f.year = $year
GROUP BY a.level, f.scope
ORDER BY n DESC, a.level, f.scope
"""

# One tier and one scope: a government's report sums up its agencies. Of two years only the
# agencies that report both, on forms that may be joined, and nothing that is contradicted.
_PAIRED = """
WITH known AS (
    SELECT p.*, a.name_zh
    FROM {table} AS p JOIN dim_agency AS a USING (agency_id)
    WHERE p.year IN ($year, $year - 1) AND a.level = $level AND p.scope = $scope
        AND p.standing <> 'disputed' AND p.value IS NOT NULL
),
pair AS (
    SELECT n.* EXCLUDE (value), n.value AS rate, b.value AS rate_before,
        b.standing AS standing_before, b.rate_low AS low_before, b.rate_high AS high_before,
        b.numerator AS numerator_before, b.denominator AS denominator_before,
        b.value IS NOT NULL AND n.method_break IS NULL AS is_paired
    FROM known AS n
    LEFT JOIN known AS b ON b.agency_id = n.agency_id AND b.year = n.year - 1
    WHERE n.year = $year
)
"""

_HEADLINE = f"""
{_PAIRED}
SELECT count(*) AS n, sum(numerator) AS numerator, sum(denominator) AS denominator,
    (sum(numerator) / sum(denominator))::DOUBLE AS rate,
    count(*) FILTER (is_paired) AS pairs,
    (sum(numerator) FILTER (is_paired) / sum(denominator) FILTER (is_paired))::DOUBLE
        AS rate_of_pairs,
    (sum(numerator_before) FILTER (is_paired) / sum(denominator_before) FILTER (is_paired))::DOUBLE
        AS rate_before
FROM pair HAVING count(*) > 0
"""

_MOVED = f"""
{_PAIRED}
SELECT agency_id, name_zh, year, rate, rate_before, numerator, denominator, numerator_before,
    denominator_before, numerator_ids, standing, standing_before, rate - rate_before AS change,
    rate_low > high_before OR rate_high < low_before AS is_beyond_chance
FROM pair WHERE is_paired ORDER BY change, name_zh
"""

_REQUESTS = """
WITH known AS (
    SELECT s.* FROM series AS s JOIN dim_agency AS a USING (agency_id)
    WHERE s.series_id = 'requests.received' AND s.year IN ($year, $year - 1)
        AND a.level = $level AND s.scope = $scope AND s.standing <> 'disputed'
),
pair AS (
    SELECT n.*, b.value AS value_before, b.value IS NOT NULL AND n.method_break IS NULL AS is_paired
    FROM known AS n LEFT JOIN known AS b ON b.agency_id = n.agency_id AND b.year = n.year - 1
    WHERE n.year = $year
)
SELECT any_value(label_zh) AS label_zh, any_value(label_en) AS label_en, any_value(unit) AS unit,
    count(*) AS n, sum(value) AS total, count(*) FILTER (is_paired) AS pairs,
    sum(value) FILTER (is_paired) AS total_of_pairs,
    sum(value_before) FILTER (is_paired) AS total_before
FROM pair HAVING count(*) > 0
"""

_MAP = """
SELECT a.province, count(*) AS n, (sum(p.numerator) / sum(p.denominator))::DOUBLE AS rate
FROM {table} AS p JOIN dim_agency AS a USING (agency_id)
WHERE p.year = $year AND a.level = $level AND p.scope = $scope AND p.standing <> 'disputed'
    AND p.value IS NOT NULL AND a.province IS NOT NULL
GROUP BY a.province
"""

# What one rule says of each kind of applicant is one rule to a reader.
_FAILING = f"""
SELECT split_part(c.rule_id, ':', 1) AS family, c.severity, min(c.rule_id) AS rule_id,
    count(*) AS n, count(DISTINCT c.agency_id) AS agencies,
    min(c.message_zh) AS message_zh, min(c.message_en) AS message_en
FROM check_result AS c JOIN dim_report AS r USING (report_id)
WHERE c.outcome = 'fail' AND r.is_current AND c.override_reason IS NULL
GROUP BY family, c.severity
ORDER BY {SEVEREST_FIRST}, n DESC, family
LIMIT $shown
"""

# A rule that fails in thirty cells of a report is one fault of it; that two papers of an agency
# differ (I-T2) is none of either.
_WORST = """
SELECT c.agency_id, a.name_zh,
    count(DISTINCT (c.report_id, split_part(c.rule_id, ':', 1)))
        FILTER (c.severity = 'error') AS errors,
    count(DISTINCT (c.report_id, split_part(c.rule_id, ':', 1)))
        FILTER (c.severity = 'warn') AS warnings
FROM check_result AS c JOIN dim_report AS r USING (report_id)
JOIN dim_agency AS a ON a.agency_id = c.agency_id
WHERE c.outcome = 'fail' AND r.is_current AND c.override_reason IS NULL AND c.severity <> 'info'
    AND c.rule_id <> 'I-T2'
GROUP BY c.agency_id, a.name_zh
ORDER BY errors DESC, warnings DESC, a.name_zh
LIMIT $shown
"""

_WITHOUT_REPORT = """
SELECT agency_id, name_zh, province, status FROM coverage
WHERE year = $year AND status IN ('gap', 'missing')
ORDER BY status <> 'gap', province NULLS LAST, name_zh
"""

# These are not missing: of most of them nothing more was ever collected.
_OUTSIDE = """
SELECT agency_id, name_zh, province FROM coverage WHERE year = $year AND status = $status
ORDER BY province NULLS LAST, name_zh
"""

_KNOWN = """
SELECT count(*) AS known, count(*) FILTER (status IN ('present', 'no_facts')) AS reported
FROM coverage
WHERE level = $level AND year = $year AND status NOT IN ('not_yet_established', 'abolished')
"""

_ROSTER = "SELECT agency_id FROM roster LIMIT 1"
