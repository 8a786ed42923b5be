"""One agency: its main numbers and rates, what became of requests, contradictions, documents."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import Any, Literal

from pipeline.declared import declared
from pipeline.explorer import plots
from pipeline.explorer.context import Context
from pipeline.explorer.rendering import PageContent, marked, number, percent
from pipeline.explorer.sources import citation
from pipeline.warehouse.queries.agency_profile import AgencyProfile, choice
from pipeline.warehouse.queries.name_lookup import NotFoundError
from pipeline.warehouse.records import Record

Kind = Literal["granted", "partly", "told", "denied", "unheld", "unhandled", "other", "untold"]

_MATCHES = 50
_CARDS = 5


def agency_page(context: Context, *, everything: bool = False) -> PageContent:
    """Returns the page of the agency that the address names, or of those it may mean.

    Args:
        context: The context of the request.
        everything: Whether to show all contradictions, as on a page that stands alone.
    """
    wanted = context.stated("id")
    if not wanted:
        return _finder(context)
    try:
        profile = context.profile(wanted)
    except NotFoundError:
        return _not_found(context, wanted)
    years = [row for row in profile.years if row["facts"]]
    first, last = (years[0]["year"], years[-1]["year"]) if years else (0, 0)
    chosen = context.year()
    shown: dict[str, Any] = {
        "profile": profile,
        "agency_row": profile.agency,
        "scopes": list(_scopes(context, profile.reports)),
        "first": first,
        "last": last,
        "every_year": list(range(first, last + 1)) if years else [],
        "lines": [*_rate_lines(context, profile.rates), *_number_lines(context, profile)],
        "trends": _trends(context, profile),
        "outcomes": profile.outcomes,
        "answers": _answers(context, profile.outcomes),
        "channels": [row for row in profile.channels if row["subject"] == "requests"],
        "peers": context.rows(
            _PEERS,
            agency=wanted,
            year=last,
            level=profile.agency["level"],
            function=profile.agency["function"],
            wanted=[*choice().series, *choice().indicators],
        ),
        "days_late": {row["year"]: row for row in profile.years},
        "contradictions": profile.contradictions if everything
        else profile.contradictions[:_CARDS],
        "chosen": chosen,
        "facts": context.rows(_FACTS, agency=wanted, year=chosen) if chosen else [],
        "everything": everything,
        "cite": lambda report: citation(
            context, report, f"{report['agency_stated'] or profile.agency['name_zh']}："
        ),
    }  # fmt: skip
    title, rows = str(profile.agency["name_zh"]), profile.numbers
    return PageContent("agency.html", title, shown, "agency", rows=rows)


def _not_found(context: Context, wanted: str) -> PageContent:
    """The page for an unknown agency, with agencies of similar names."""
    say = context.say
    like = context.rows(FOUND, ids=context.agencies_called(wanted)[:8])
    content = {
        "why": say("agency.not_found", name=wanted),
        "remedy": say("agency.not_found_remedy"),
        "found": [(one["name_zh"], context.link("agency", id=one["agency_id"])) for one in like],
    }
    return PageContent("message.html", say("agency.title"), content, "agency", status=404)


def facts_of(context: Context) -> PageContent:
    """Returns every fact of the agency that the address names, to take away."""
    rows = context.opened.records(_EVERYTHING, {"agency": context.stated("id")})
    return PageContent("message.html", context.stated("id"), rows=rows)


def _finder(context: Context) -> PageContent:
    say, name = context.say, context.stated("name")
    found = (
        context.rows(FOUND, ids=context.agencies_called(name)[:_MATCHES])
        if name
        else context.rows(_FIRST, shown=_MATCHES)
    )
    content = {"found": found, "name": name}
    return PageContent("agencies.html", say("agency.title"), content, "agency")


def _marked(context: Context, row: Record, indicator_id: str | None) -> Record:
    to = context.evidence(row["agency_id"], row["year"], indicator_id) if indicator_id else None
    mark = context.say.breaks(row.get("method_break"))
    return {**marked(row, context.say), "to": to, "method_break": mark}


def _scopes(context: Context, reports: Sequence[Record]) -> Iterator[str]:
    """Yields whose numbers the reports that count give, with the years of which they do."""
    dated = sorted(
        (one["year"], one["scope"]) for one in reports if one["is_current"] and one["year"]
    )
    for scope, group in groupby(dated, key=lambda one: one[1]):
        years = [year for year, _ in group]
        span = f"{years[0]}–{years[-1]}" if years[0] < years[-1] else str(years[0])
        yield f"{context.say.name('scope', scope)} ({span})"


def _rate_lines(context: Context, rows: Sequence[Record]) -> list[Record]:
    """Rates over the years, each value with the indicators it is made of."""
    lines = []
    for _, group in groupby(rows, key=lambda row: row["rate_id"]):
        points = [
            _marked(context, {**row, "value": row["rate"]}, row["numerator_ids"][0])
            for row in group
            if row["rate"] is not None
        ]
        if points:
            lines.append({
                "label": context.say.column(points[0], "label"), "unit": "", "show": percent,
                "points": points, "by_year": {row["year"]: row for row in points},
            })  # fmt: skip
    return lines


def _number_lines(context: Context, profile: AgencyProfile) -> list[Record]:
    """Main numbers over the years: across forms where a series joins them, else by indicator."""
    lines = []
    agency_id = profile.agency["agency_id"]
    withheld = {(row["indicator_id"], row["year"]): row
                for row in profile.numbers if row["value"] is None}  # fmt: skip
    joined = {row["id"] for row in profile.series}
    rows: list[Record] = [
        {**row, "agency_id": agency_id, "ids": row["expression"].split(" + ")}
        for row in profile.series
    ]
    rows += [
        {**row, "id": row["indicator_id"], "ids": [row["indicator_id"]]}
        for row in profile.numbers
        if row["value"] is not None and row["indicator_id"] not in joined
    ]
    shown = {row["id"] for row in rows}
    rows += [
        {**row, "id": row["indicator_id"], "ids": [row["indicator_id"]]}
        for row in withheld.values()
        if row["indicator_id"] not in shown
    ]
    for one_id, group in groupby(rows, key=lambda row: row["id"]):
        points = [_marked(context, row, row["ids"][0]) for row in group]
        by_year = {row["year"]: row for row in points}
        for (indicator_id, year), row in withheld.items():
            if indicator_id == one_id and year not in by_year:
                by_year[year] = _marked(context, {**row, "ids": [indicator_id]}, indicator_id)
        lines.append({
            "label": context.say.column(points[0], "label"), "unit": points[0]["unit"],
            "show": number, "points": [one for one in points if one["value"] is not None],
            "by_year": by_year,
        })  # fmt: skip
    return lines


def _trends(context: Context, profile: AgencyProfile) -> list[Record]:
    found = []
    for _, group in groupby(profile.series, key=lambda row: row["id"]):
        points = [
            _marked(context, {**row, "agency_id": profile.agency["agency_id"]},
                    row["expression"].split(" + ")[0])
            for row in group
        ]  # fmt: skip
        if not any(row["value"] for row in points):
            continue
        unit = context.say.name("unit", points[0]["unit"])
        title = f"{context.say.column(points[0], 'label')} ({unit})"
        plot = plots.trend(points, title, number)
        if plot:
            notes = [row for row in points if row["method_break"] and row["note_zh"]]
            found.append({"title": title, "plot": plot, "notes": notes, "points": points})
    return found


def _answers(context: Context, rows: Sequence[Record]) -> plots.Plot | None:
    """Outcomes year by year in one order; what is not told closes the bar."""
    order = list(outcome_kinds())
    parts = [
        _marked(
            context,
            {
                **row,
                "part": context.say.column(row, "outcome"),
                "kind": f"p-{outcome_kinds().get(row['outcome'], 'other')}",
                "value": row["share"],
            },
            row["numerator_ids"][0] if row["numerator_ids"] else None,
        )
        for row in map(_shared, rows)
        if row["share"]
    ]
    parts.sort(key=lambda row: order.index(row["outcome"]) if row["outcome"] in order else 99)
    return plots.stack(parts, context.say("agency.answered"), percent)


def _shared(row: Record) -> Record:
    """Returns an outcome with its share of the answers, of few as well as of many."""
    share = float(row["numerator"]) / float(row["denominator"]) if row["denominator"] else 0.0
    return {**row, "share": share}


_LISTED = """
SELECT a.agency_id, a.name_zh, a.province, a.level,
    (SELECT count(*) FROM dim_report AS r WHERE r.agency_id = a.agency_id) AS reports
FROM dim_agency AS a
"""

_FIRST = f"{_LISTED} ORDER BY length(a.name_zh), a.name_zh, a.agency_id LIMIT $shown"

FOUND = f"""
{_LISTED} WHERE list_contains($ids, a.agency_id) ORDER BY list_position($ids, a.agency_id)
"""
"""Agencies by their ids, in that order."""

_PEERS = """
SELECT c.*, i.label_en FROM agency_comparison AS c JOIN dim_indicator AS i USING (indicator_id)
WHERE c.agency_id = $agency AND list_contains($wanted, c.indicator_id)
    AND c.year = $year AND c.level = $level AND c.function = $function
ORDER BY list_position($wanted, c.indicator_id)
"""

_FACTS = """
SELECT f.agency_id, f.year, f.indicator_id, i.label_zh, i.label_en, f.value, f.unit, f.source,
    f.standing, f.confidence, f.errors_failing, f.warnings_failing
FROM fact_indicator AS f JOIN dim_indicator AS i USING (indicator_id)
WHERE f.agency_id = $agency AND f.year = $year
ORDER BY i.breakdown IS NOT NULL, f.indicator_id
"""

_EVERYTHING = "FROM facts WHERE agency_id = $agency ORDER BY year, indicator_id"


@cache
def outcome_kinds() -> dict[str, Kind]:
    """Returns the kind of every outcome, in the order they are drawn."""
    return declared("pipeline.explorer", "outcomes", dict[str, Kind])
