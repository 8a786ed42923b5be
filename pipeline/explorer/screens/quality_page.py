"""The operator's morning page: what contradicts itself, what could not be used, what is there."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.explorer.context import Context
from pipeline.explorer.listings import (
    CONTRADICTIONS,
    QUARANTINED,
    UNMAPPED,
    UNRESOLVED,
    WITHHELD,
    PagedRows,
)
from pipeline.explorer.rendering import PAGE, PageContent
from pipeline.warehouse.queries.lineage import SEVEREST_FIRST
from pipeline.warehouse.records import Record

PARTS = ("contradictions", "rules", "quarantine", "corrections", "unmapped", "unresolved",
         "coverage", "runs")  # fmt: skip
_LISTINGS: Mapping[str, PagedRows] = {
    "quarantine": QUARANTINED,
    "corrections": WITHHELD,
    "unmapped": UNMAPPED,
    "unresolved": UNRESOLVED,
}
_GROUPS = ("province", "level", "function")
_SINGLE_AGENCIES = 40
_CARDS = 20
_SHARES_FROM = 5
"""Fewer agencies have no share: one of one is not everybody."""

_MOST = 10_000
_RUNS_SHOWN, _NEW_SHOWN = 7, 10


def quality_page(context: Context, *, everything: bool = False) -> PageContent:
    """Returns the page.

    Args:
        context: The context of the request.
        everything: Whether the rows to take away are wanted: all, not those of one page.
    """
    part = context.stated("part") if context.stated("part") in PARTS else PARTS[0]
    shown: dict[str, Any] = {"part": part, "parts": PARTS, "cards": _CARDS, "most": _MOST}
    if part == "contradictions":
        narrowed = {name: context.stated(name) for name in ("severity", "rule", "agency")}
        shown |= {"narrowed": narrowed}
        shown |= _listed(context, CONTRADICTIONS, narrowed, None if everything else _CARDS)
    elif part == "rules":
        shown |= {"rows": context.rows(_RULES)}
    elif part == "coverage":
        shown |= _coverage(context)
    elif part == "runs":
        shown |= _runs(context)
    else:
        shown |= _listed(context, _LISTINGS[part], {}, None if everything else PAGE)
    title = context.say("quality.title")
    unfit = context.unfit(part=PARTS, by=_GROUPS)
    return PageContent("quality.html", title, shown, "quality", rows=shown["rows"], unfit=unfit)


def _listed(context: Context, listing: PagedRows, narrowed: Record, size: int | None) -> Record:
    """Returns a page of rows from the offset in the address; all rows if ``size`` is None."""
    (counted,) = context.rows(listing.count, **narrowed)
    shown, first = (_MOST, 0) if size is None else (size, context.first_row())
    rows = context.rows(listing.rows, **narrowed, shown=shown, first=first)
    return {"rows": rows, "total": counted["n"]}


def _coverage(context: Context) -> dict[str, Any]:
    """Which agencies have a report for which year, single or, where they are many, by group."""
    (counts,) = context.rows(_COUNTS)
    by = context.stated("by") if context.stated("by") in _GROUPS else _GROUPS[0]
    is_single = counts["agencies"] <= _SINGLE_AGENCIES
    rows = context.rows(_AGENCIES_BY_YEAR if is_single else _GROUPS_BY_YEAR.format(group=by))
    key = "agency_id" if is_single else "grouped"
    lines: dict[Any, dict[int, Record]] = {}
    for row in rows:
        lines.setdefault(row[key], {})[row["year"]] = row
    return {
        "counts": counts,
        "by": by,
        "groups": _GROUPS,
        "is_single": is_single,
        "lines": lines,
        "years": _every([row["year"] for row in rows]),
        "least": _SHARES_FROM,
        "rows": rows,
    }


def _every(years: Sequence[int]) -> Sequence[int]:
    """The years from the first to the last, those without anything too."""
    return range(min(years), max(years) + 1) if years else ()


def _runs(context: Context) -> dict[str, Any]:
    runs = context.rows("FROM ingest_run ORDER BY run_id DESC LIMIT $shown", shown=_RUNS_SHOWN)
    since = runs[0]["started_at"] if runs else None
    return {
        "rows": runs,
        "new": context.rows(_NEW_REPORTS, since=since, shown=_NEW_SHOWN) if runs else [],
    }


_RULES = f"""
SELECT c.rule_id, c.severity, any_value(c.kind) AS kind,
    count(*) FILTER (c.outcome = 'fail') AS failed,
    count(*) FILTER (c.outcome = 'not_assessable') AS not_assessable,
    count(*) FILTER (c.outcome = 'pass') AS passed,
    min(c.message_zh) FILTER (c.outcome = 'fail') AS message_zh,
    min(c.message_en) FILTER (c.outcome = 'fail') AS message_en
FROM check_result AS c JOIN dim_report AS r USING (report_id)
WHERE r.is_current
GROUP BY c.rule_id, c.severity
ORDER BY {SEVEREST_FIRST}, failed DESC, c.rule_id
"""

_COUNTS = """
SELECT
    (SELECT count(*) FROM dim_agency) AS agencies,
    (SELECT count(*) FROM dim_report) AS reports,
    (SELECT min(year) FROM fact_indicator) AS first_year,
    (SELECT max(year) FROM fact_indicator) AS last_year,
    (SELECT count(*) FROM fact_indicator) AS facts,
    (SELECT count(*) FROM check_result AS c JOIN dim_report AS r USING (report_id)
     WHERE c.outcome = 'fail' AND r.is_current AND c.override_reason IS NULL) AS failing,
    (SELECT count(*) FROM quarantine) AS quarantined
"""

_AGENCIES_BY_YEAR = """
SELECT agency_id, name_zh, year, status, facts, checks_failed
FROM coverage WHERE agency_id IS NOT NULL
ORDER BY name_zh, agency_id, year
"""

# Who reported before or after only is known, and without a report; that is no hint of a fault.
_GROUPS_BY_YEAR = """
SELECT {group} AS grouped, year, count(*) AS agencies,
    count(*) FILTER (status IN ('present', 'no_facts')) AS present, present / agencies AS share
FROM coverage
WHERE agency_id IS NOT NULL AND status NOT IN ('not_yet_established', 'abolished')
GROUP BY grouped, year
ORDER BY grouped NULLS LAST, year
"""

_NEW_REPORTS = """
SELECT r.agency_id, a.name_zh, r.year, r.source_path
FROM dim_report AS r LEFT JOIN dim_agency AS a USING (agency_id)
WHERE r.first_seen >= $since
ORDER BY r.first_seen DESC, r.source_path, r.part
LIMIT $shown
"""
