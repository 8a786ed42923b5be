"""The first page: what is in the warehouse, how fresh, how complete, and what fails."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby

from pipeline.explorer import address, charts
from pipeline.explorer.context import Explorer
from pipeline.explorer.elements import (
    Column,
    agency_link,
    alert,
    cards,
    draw,
    empty,
    figures,
    number,
    percent,
    rule,
    table,
    tag,
)
from pipeline.explorer.markup import Node, el, link, show
from pipeline.warehouse.lineage import SEVEREST_FIRST, Record

_SINGLE_AGENCIES = 40
_STALE_HOURS = 36
_SHOWN = 10
_MATCHES = 20


def overview(explorer: Explorer) -> None:
    """Shows the page."""
    say = explorer.say
    runs = explorer.rows(_RUNS, shown=7)
    (counts,) = explorer.rows(_COUNTS)
    show(
        el("h1", say("overview.title")),
        el("p", say("overview.lead"), class_="note"),
        _freshness(explorer, runs),
        _figures(explorer, counts),
    )
    _finder(explorer)
    _coverage(explorer, counts)
    show(_failures(explorer), _worst(explorer), _last_night(explorer, runs))


def _freshness(explorer: Explorer, runs: Sequence[Record]) -> Node:
    say = explorer.say
    if not runs:
        return empty(say("overview.never"), say("overview.never_remedy"))
    finished: datetime = runs[0]["finished_at"].replace(tzinfo=UTC)
    hours = (datetime.now(UTC) - finished).total_seconds() / 3600
    told = say("overview.published", when=f"{finished:%Y-%m-%d %H:%M}", age=_age(explorer, hours))
    if hours > _STALE_HOURS:
        return alert(told, say("overview.stale"))
    return el("p", told)


def _age(explorer: Explorer, hours: float) -> str:
    if hours < 1:
        return explorer.say("age.minutes", n=max(0, round(hours * 60)))
    if hours < 48:
        return explorer.say("age.hours", n=round(hours))
    return explorer.say("age.days", n=round(hours / 24))


def _figures(explorer: Explorer, counts: Record) -> Node:
    say = explorer.say
    first, last = counts["first_year"], counts["last_year"]
    years = say("overview.no_years") if first is None else f"{first}–{last}"
    return figures(
        [
            (
                say("overview.agencies"),
                link(number(counts["agencies"]), explorer.address("agency")),
            ),
            (say("overview.years"), years),
            (say("overview.reports"), number(counts["reports"])),
            (say("overview.facts"), link(number(counts["facts"]), explorer.address("compare"))),
            (say("overview.failing"), link(number(counts["failing"]), explorer.address("quality"))),
            (
                say("overview.quarantined"),
                link(number(counts["quarantined"]), explorer.address("quality", part="quarantine")),
            ),
        ]
    )


def _finder(explorer: Explorer) -> None:
    say = explorer.say
    wanted = address.write("find", say("overview.find"), placeholder=say("overview.find_example"))
    if not wanted:
        return
    found = explorer.rows(_FOUND, ids=explorer.agencies_called(wanted)[:_MATCHES])
    if not found:
        show(empty(say("agency.not_found", name=wanted), say("agency.not_found_remedy")))
        return
    show(el("ul", [el("li", agency_link(explorer, row)) for row in found]))


def _coverage(explorer: Explorer, counts: Record) -> None:
    say = explorer.say
    show(el("h2", say("coverage.title")), el("p", say("coverage.lead"), class_="note"))
    if not counts["agencies"]:
        show(empty(say("coverage.none"), say("overview.never_remedy")))
        return
    if counts["agencies"] <= _SINGLE_AGENCIES:
        _agencies_by_year(explorer)
    else:
        _groups_by_year(explorer)


def _agencies_by_year(explorer: Explorer) -> None:
    say = explorer.say
    rows = explorer.rows(_AGENCIES_BY_YEAR)
    named = [{**row, "state": say.name("status", row["status"])} for row in rows]
    chart = charts.states_by_year(charts.told_apart(named), say)
    draw(chart, say("coverage.alt"))
    years = sorted({row["year"] for row in rows})
    show(
        table(
            say("coverage.table"),
            [Column(say("column.agency")), *(Column(str(year), True) for year in years)],
            [
                [agency_link(explorer, first), *(_state(explorer, by_year.get(y)) for y in years)]
                for first, by_year in _by_agency(rows)
            ],
        )
    )


def _by_agency(rows: Sequence[Record]) -> list[tuple[Record, dict[int, Record]]]:
    grouped = [list(group) for _, group in groupby(rows, key=lambda row: row["agency_id"])]
    return [(group[0], {row["year"]: row for row in group}) for group in grouped]


def _state(explorer: Explorer, row: Record | None) -> Node | str:
    if row is None:
        return "—"
    if row["status"] != "present":
        return explorer.say.name("status", row["status"])
    where = explorer.address("agency", id=row["agency_id"], year=row["year"])
    return link(explorer.say("coverage.facts", n=number(row["facts"])), where)


def _groups_by_year(explorer: Explorer) -> None:
    say = explorer.say
    by = address.choose(
        "by",
        say("coverage.by"),
        ["province", "level", "function"],
        show=lambda one: say(f"by.{one}"),
    )
    rows = explorer.rows(_GROUPS_BY_YEAR.format(group=by))
    named = [{**row, "label": say.name(by, row["grouped"])} for row in rows]
    chart = charts.shares_by_year(named, say)
    draw(chart, say("coverage.alt"))
    years = sorted({row["year"] for row in rows})
    groups = sorted({row["label"] for row in named})
    cells = {(row["label"], row["year"]): row for row in named}
    show(
        el(
            "details",
            el("summary", say("coverage.table")),
            table(
                None,
                [Column(say(f"by.{by}")), *(Column(str(year), True) for year in years)],
                [[group, *(_share(cells.get((group, y))) for y in years)] for group in groups],
            ),
        )
    )


def _share(row: Record | None) -> str:
    if row is None:
        return "—"
    return f"{percent(row['share'])} ({number(row['present'])}/{number(row['agencies'])})"


def _failures(explorer: Explorer) -> Node:
    say = explorer.say
    rows = explorer.rows(_FAILURES, shown=_SHOWN)
    if not rows:
        content: Node = empty(say("failures.none"), say("failures.none_remedy"))
    else:
        content = cards(
            say("failures.table"),
            [
                Column(say("column.rule")),
                Column(say("column.severity")),
                Column(say("column.kind")),
                Column(say("column.count"), True),
                Column(say("column.example")),
            ],
            [
                [
                    rule(row["rule_id"]),
                    tag(explorer, "severity", row["severity"]),
                    say.name("kind", row["kind"]),
                    link(number(row["n"]), explorer.address("quality", rule=row["rule_id"])),
                    say.column(row, "message"),
                ]
                for row in rows
            ],
        )
    return el("section", el("h2", say("failures.title")), content)


def _worst(explorer: Explorer) -> Node | None:
    say = explorer.say
    rows = explorer.rows(_WORST, shown=_SHOWN)
    if not rows:
        return None
    return el(
        "section",
        el("h2", say("worst.title")),
        table(
            say("worst.table"),
            [
                Column(say("column.agency")),
                Column(say("column.errors"), True),
                Column(say("column.warnings"), True),
            ],
            [
                [
                    agency_link(explorer, row),
                    link(
                        number(row["errors"]),
                        explorer.address("quality", agency=row["agency_id"], severity="error"),
                    ),
                    link(
                        number(row["warnings"]),
                        explorer.address("quality", agency=row["agency_id"], severity="warn"),
                    ),
                ]
                for row in rows
            ],
        ),
    )


def _last_night(explorer: Explorer, runs: Sequence[Record]) -> Node | None:
    say = explorer.say
    if not runs:
        return None
    last = runs[0]
    reports = explorer.rows(_NEW_REPORTS, since=last["started_at"], shown=_SHOWN)
    return el(
        "section",
        el("h2", say("night.title")),
        figures(
            [
                (say("night.files"), number(last["files_new"])),
                (say("night.added"), number(last["facts_added"])),
                (say("night.changed"), number(last["facts_changed"])),
                (say("night.removed"), number(last["facts_removed"])),
            ]
        ),
        None if last["facts_added"] is not None else el("p", say("night.first"), class_="note"),
        _new_reports(explorer, reports),
        table(
            say("night.runs"),
            [
                Column(say("column.finished")),
                Column(say("column.files"), True),
                Column(say("night.files"), True),
                Column(say("overview.quarantined"), True),
                Column(say("overview.facts"), True),
                Column(say("overview.failing"), True),
            ],
            [
                [
                    f"{run['finished_at']:%Y-%m-%d %H:%M}",
                    *(
                        number(run[name])
                        for name in (
                            "files_seen",
                            "files_new",
                            "files_quarantined",
                            "facts",
                            "checks_failed",
                        )
                    ),
                ]
                for run in runs
            ],
        ),
    )


def _new_reports(explorer: Explorer, reports: Sequence[Record]) -> Node:
    say = explorer.say
    if not reports:
        return el("p", say("night.no_reports"))
    return cards(
        say("night.reports"),
        [
            Column(say("column.agency")),
            Column(say("column.year"), True),
            Column(say("column.file")),
        ],
        [
            [agency_link(explorer, row), str(row["year"] or "—"), row["source_path"]]
            for row in reports
        ],
    )


_RUNS = "FROM ingest_run ORDER BY run_id DESC LIMIT $shown"

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

_FOUND = """
SELECT agency_id, name_zh FROM dim_agency WHERE list_contains($ids, agency_id)
ORDER BY list_position($ids, agency_id)
"""

_AGENCIES_BY_YEAR = """
SELECT agency_id, name_zh, year, status, facts, checks_failed
FROM coverage WHERE agency_id IS NOT NULL
ORDER BY name_zh, agency_id, year
"""

_GROUPS_BY_YEAR = """
SELECT {group} AS grouped, year, count(*) AS agencies,
    count(*) FILTER (status = 'present') AS present, present / agencies AS share
FROM coverage WHERE status IN ('present', 'no_facts', 'gap', 'missing')
GROUP BY grouped, year
ORDER BY grouped, year
"""

_FAILURES = f"""
SELECT c.rule_id, c.severity, any_value(c.kind) AS kind, count(*) AS n,
    min(c.message_zh) AS message_zh, min(c.message_en) AS message_en
FROM check_result AS c JOIN dim_report AS r USING (report_id)
WHERE c.outcome = 'fail' AND r.is_current AND c.override_reason IS NULL
GROUP BY c.rule_id, c.severity
ORDER BY {SEVEREST_FIRST}, n DESC, c.rule_id
LIMIT $shown
"""

_WORST = """
SELECT c.agency_id, a.name_zh,
    count(*) FILTER (c.severity = 'error') AS errors,
    count(*) FILTER (c.severity = 'warn') AS warnings
FROM check_result AS c JOIN dim_report AS r USING (report_id)
JOIN dim_agency AS a ON a.agency_id = c.agency_id
WHERE c.outcome = 'fail' AND r.is_current AND c.override_reason IS NULL
    AND c.severity <> 'info'
GROUP BY c.agency_id, a.name_zh
ORDER BY errors DESC, warnings DESC, a.name_zh
LIMIT $shown
"""

_NEW_REPORTS = """
SELECT r.agency_id, a.name_zh, r.year, r.source_path
FROM dim_report AS r LEFT JOIN dim_agency AS a USING (agency_id)
WHERE r.first_seen >= $since
ORDER BY r.first_seen DESC, r.source_path, r.part
LIMIT $shown
"""
