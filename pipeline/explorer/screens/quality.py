"""The operator's morning page: what contradicts itself, and what could not be used."""

from collections.abc import Callable

from pipeline.explorer import address
from pipeline.explorer.context import Explorer
from pipeline.explorer.contradiction import card
from pipeline.explorer.downloads import offer_rows
from pipeline.explorer.elements import (
    PAGE,
    Column,
    agency_link,
    cards,
    empty,
    first_row,
    number,
    rule,
    steps,
    tag,
)
from pipeline.explorer.markup import Content, el, link, show
from pipeline.warehouse.story import Record

_ANY = ""
_MOST = 100_000
_CARDS = 20


def quality(explorer: Explorer) -> None:
    """Shows the page."""
    say = explorer.say
    show(el("h1", say("quality.title")), el("p", say("quality.lead"), class_="note"))
    parts: dict[str, Callable[[Explorer], None]] = {
        "contradictions": _contradictions,
        "rules": _rules,
        "quarantine": _quarantine,
        "unmapped": _unmapped,
        "unresolved": _unresolved,
    }
    part = address.choose(
        "part", say("quality.part"), list(parts), show=lambda one: say(f"quality.{one}")
    )
    parts[part](explorer)


def _contradictions(explorer: Explorer) -> None:
    say = explorer.say
    severity = address.choose(
        "severity",
        say("column.severity"),
        [_ANY, "error", "warn", "info"],
        show=lambda one: say.name("severity", one) if one else say("compare.all"),
    )
    choice = {
        "severity": severity or None,
        "rule": address.stated("rule"),
        "agency": address.stated("agency"),
    }
    rule, agency = choice["rule"] or _ANY, choice["agency"] or _ANY
    if rule or agency:
        show(
            el(
                "p",
                say("quality.narrowed", what=" · ".join(one for one in (rule, agency) if one)),
                " ",
                link(say("quality.widen"), explorer.address("quality")),
            )
        )
    narrowed = {"severity": severity, "rule": rule, "agency": agency}
    (counted,) = explorer.rows(_COUNTED, **narrowed)
    total, first = counted["n"], first_row()
    if not total:
        show(empty(say("quality.no_contradictions"), say("quality.no_contradictions_remedy")))
        return
    rows = explorer.rows(f"{_CONTRADICTIONS} LIMIT $shown OFFSET $first", **narrowed,
                         shown=_CARDS, first=first)  # fmt: skip
    show(steps(explorer, "quality", total, choice, _CARDS))
    show([card(explorer, row) for row in rows])
    show(steps(explorer, "quality", total, choice, _CARDS))
    offer_rows(
        explorer,
        "contradictions",
        lambda: explorer.rows(f"{_CONTRADICTIONS} LIMIT $shown", **narrowed, shown=_MOST),
    )


def _rules(explorer: Explorer) -> None:
    say = explorer.say
    rows = explorer.rows(_RULES)
    if not rows:
        show(empty(say("failures.none"), say("failures.none_remedy")))
        return
    columns = [
        Column(say("column.rule")),
        Column(say("column.severity")),
        Column(say("column.kind")),
        *(Column(say.name("outcome", one), True) for one in ("fail", "not_assessable", "pass")),
        Column(say("column.example")),
    ]
    show(
        cards(
            say("quality.rules_note"),
            columns,
            [
                [
                    rule(row["rule_id"]),
                    tag(explorer, "severity", row["severity"]),
                    say.name("kind", row["kind"]),
                    link(number(row["failed"]), explorer.address("quality", rule=row["rule_id"])),
                    number(row["not_assessable"]),
                    number(row["passed"]),
                    say.column(row, "message") if row["message_zh"] else "",
                ]
                for row in rows
            ],
        )
    )
    offer_rows(explorer, "rules", lambda: rows)


def _quarantine(explorer: Explorer) -> None:
    say = explorer.say
    rows = explorer.rows("FROM quarantine ORDER BY first_seen DESC, source_path")
    if not rows:
        show(empty(say("quality.no_quarantine"), say("quality.no_quarantine_remedy")))
        return
    first = first_row()
    show(
        steps(explorer, "quality", len(rows), {"part": "quarantine"}),
        cards(
            say("quality.quarantine_note", n=number(len(rows))),
            [
                Column(say("column.file")),
                Column(say("column.reason")),
                Column(say("column.remedy")),
                Column(say("column.first_seen")),
            ],
            [
                [
                    row["source_path"],
                    say.name("reason", row["reason"]),
                    _joined(say.name("remedy", row["reason"]), row["detail"]),
                    f"{row['first_seen']:%Y-%m-%d}",
                ]
                for row in rows[first : first + PAGE]
            ],
        ),
    )
    offer_rows(explorer, "quarantine", lambda: rows)


def _joined(remedy: str, detail: str | None) -> Content:
    return [remedy, el("p", detail, class_="note") if detail else None]


def _unmapped(explorer: Explorer) -> None:
    say = explorer.say
    rows = explorer.rows(_UNMAPPED, most=_MOST)
    if not rows:
        show(empty(say("quality.no_unmapped"), say("quality.no_unmapped_remedy")))
        return
    first = first_row()
    show(
        el("p", say("quality.unmapped_note"), class_="note"),
        steps(explorer, "quality", len(rows), {"part": "unmapped"}),
        cards(
            say("quality.unmapped"),
            [
                Column(say("column.label")),
                Column(say("column.count"), True),
                Column(say("overview.reports"), True),
                Column(say("column.example")),
            ],
            [
                [
                    row["label_raw"] or say("name.none"),
                    number(row["n"]),
                    number(row["reports"]),
                    link(
                        row["quote"] or row["value_raw"] or "—",
                        explorer.address("evidence", observation=row["observation_id"]),
                    ),
                ]
                for row in rows[first : first + PAGE]
            ],
        ),
    )
    offer_rows(explorer, "unmapped", lambda: rows)


def _unresolved(explorer: Explorer) -> None:
    say = explorer.say
    rows: list[Record] = explorer.rows(_UNRESOLVED, most=_MOST)
    if not rows:
        show(empty(say("quality.no_unresolved"), say("quality.no_unresolved_remedy")))
        return
    first = first_row()
    show(
        el("p", say("quality.unresolved_note"), class_="note"),
        steps(explorer, "quality", len(rows), {"part": "unresolved"}),
        cards(
            say("quality.unresolved"),
            [
                Column(say("column.stated")),
                Column(say("column.agency")),
                Column(say("overview.reports"), True),
                Column(say("column.file")),
            ],
            [
                [
                    row["agency_stated"] or say("name.none"),
                    agency_link(explorer, row),
                    number(row["reports"]),
                    row["source_path"],
                ]
                for row in rows[first : first + PAGE]
            ],
        ),
    )
    offer_rows(explorer, "unresolved", lambda: rows)


_NARROWED = """
    ($severity = '' OR c.severity = $severity)
    AND ($rule = '' OR c.rule_id = $rule)
    AND ($agency = '' OR c.agency_id = $agency)
"""

_COUNTED = f"""
SELECT count(*) AS n
FROM check_result AS c JOIN dim_report AS r USING (report_id)
WHERE c.outcome = 'fail' AND r.is_current AND {_NARROWED}
"""

_CONTRADICTIONS = f"""
SELECT c.*, a.name_zh, r.source_path
FROM check_result AS c
JOIN dim_report AS r USING (report_id)
LEFT JOIN dim_agency AS a ON a.agency_id = c.agency_id
WHERE c.outcome = 'fail' AND r.is_current AND {_NARROWED}
ORDER BY c.override_reason IS NOT NULL,
    CASE c.severity WHEN 'error' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END,
    c.year DESC, a.name_zh, c.rule_id, c.message_zh
"""

_RULES = """
SELECT c.rule_id, c.severity, any_value(c.kind) AS kind,
    count(*) FILTER (c.outcome = 'fail') AS failed,
    count(*) FILTER (c.outcome = 'not_assessable') AS not_assessable,
    count(*) FILTER (c.outcome = 'pass') AS passed,
    min(c.message_zh) FILTER (c.outcome = 'fail') AS message_zh,
    min(c.message_en) FILTER (c.outcome = 'fail') AS message_en
FROM check_result AS c JOIN dim_report AS r USING (report_id)
WHERE r.is_current
GROUP BY c.rule_id, c.severity
ORDER BY CASE c.severity WHEN 'error' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, failed DESC, c.rule_id
"""

_UNMAPPED = """
SELECT o.label_raw, count(*) AS n, count(DISTINCT o.report_id) AS reports,
    min(o.observation_id) AS observation_id,
    arg_min(o.quote, o.observation_id) AS quote, arg_min(o.value_raw, o.observation_id) AS value_raw
FROM observation AS o
WHERE o.indicator_id IS NULL AND o.value_status <> 'header'
GROUP BY o.label_raw
ORDER BY n DESC, o.label_raw
LIMIT $most
"""

_UNRESOLVED = """
SELECT r.agency_stated, r.agency_id, any_value(a.name_zh) AS name_zh, count(*) AS reports,
    min(r.source_path) AS source_path
FROM dim_report AS r LEFT JOIN dim_agency AS a USING (agency_id)
WHERE r.agency_id IS NULL OR starts_with(r.agency_id, 'unresolved.')
GROUP BY r.agency_stated, r.agency_id
ORDER BY reports DESC, r.agency_stated
LIMIT $most
"""
