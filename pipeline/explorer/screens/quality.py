"""The operator's morning page: what contradicts itself, and what could not be used."""

from collections.abc import Callable, Mapping, Sequence

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
from pipeline.explorer.listings import (
    CONTRADICTIONS,
    QUARANTINED,
    UNMAPPED,
    UNRESOLVED,
    WITHHELD,
    Listing,
)
from pipeline.explorer.markup import Content, el, link, show
from pipeline.warehouse.lineage import SEVEREST_FIRST, Record

_ANY = ""
_MOST = 10_000
_CARDS = 20
_NUMBERS = ("column.count", "overview.reports", "correction.expect")


def quality(explorer: Explorer) -> None:
    """Shows the page."""
    say = explorer.say
    show(el("h1", say("quality.title")), el("p", say("quality.lead"), class_="note"))
    parts: dict[str, Callable[[Explorer], None]] = {
        "contradictions": _contradictions,
        "rules": _rules,
        "quarantine": _quarantine,
        "corrections": _corrections,
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
    (counted,) = explorer.rows(CONTRADICTIONS.count, **narrowed)
    total, first = counted["n"], first_row()
    if not total:
        show(empty(say("quality.no_contradictions"), say("quality.no_contradictions_remedy")))
        return
    rows = explorer.rows(CONTRADICTIONS.rows, **narrowed, shown=_CARDS, first=first)
    show(steps(explorer, "quality", total, choice, _CARDS))
    show([card(explorer, row) for row in rows])
    show(steps(explorer, "quality", total, choice, _CARDS))
    _offer(
        explorer,
        "contradictions",
        total,
        lambda: explorer.rows(CONTRADICTIONS.rows, **narrowed, shown=_MOST, first=0),
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
    _list(
        explorer,
        "quarantine",
        QUARANTINED,
        {
            "column.file": lambda row: row["source_path"],
            "column.reason": lambda row: say.name("reason", row["reason"]),
            "column.remedy": lambda row: _remedy(say.name("remedy", row["reason"]), row["detail"]),
            "column.first_seen": lambda row: el("time", f"{row['first_seen']:%Y-%m-%d}"),
        },
    )


def _remedy(remedy: str, detail: str | None) -> Content:
    return [remedy, el("p", detail, class_="note") if detail else None]


def _corrections(explorer: Explorer) -> None:
    """Numbers withheld, and decisions whose guard is not met, which withhold nothing."""
    say = explorer.say
    _list(
        explorer,
        "corrections",
        WITHHELD,
        {
            "column.agency": lambda row: agency_link(explorer, row),
            "column.year": lambda row: str(row["year"] or "—"),
            "column.indicator": lambda row: say.column(row, "label"),
            "correction.expect": lambda row: _judged(explorer, row),
            "column.status": lambda row: _guard(explorer, row),
            "column.reason": lambda row: row["reason"],
            "correction.decided_on": lambda row: el("time", str(row["decided_on"])),
            "column.file": lambda row: row["source_path"],
        },
    )


def _judged(explorer: Explorer, row: Record) -> Content:
    """The value judged wrong; where it is withheld, it leads to the place it is printed."""
    if not row["is_applied"]:
        return number(row["expect"])
    where = explorer.evidence(row["agency_id"], row["year"], row["indicator_id"])
    return link(number(row["expect"]), where, title=explorer.say("evidence.open"))


def _guard(explorer: Explorer, row: Record) -> Content:
    say = explorer.say
    if row["is_applied"]:
        return el("span", say("correction.applied"), class_="tag pass")
    told = (
        say("correction.nothing_found")
        if row["found"] is None
        else say("correction.other_found", value=number(row["found"]))
    )
    return [el("span", say("correction.not_applied"), class_="tag warn"), el("p", told)]


def _unmapped(explorer: Explorer) -> None:
    say = explorer.say
    _list(
        explorer,
        "unmapped",
        UNMAPPED,
        {
            "column.label": lambda row: row["label_raw"] or say("name.none"),
            "column.count": lambda row: number(row["n"]),
            "overview.reports": lambda row: number(row["reports"]),
            "column.example": lambda row: link(
                row["quote"] or row["value_raw"] or "—",
                explorer.address("evidence", observation=row["observation_id"]),
            ),
        },
    )


def _unresolved(explorer: Explorer) -> None:
    say = explorer.say
    _list(
        explorer,
        "unresolved",
        UNRESOLVED,
        {
            "column.stated": lambda row: row["agency_stated"] or say("name.none"),
            "column.agency": lambda row: agency_link(explorer, row),
            "overview.reports": lambda row: number(row["reports"]),
            "column.reason": lambda row: row["why"] or say("name.none"),
            "column.file": lambda row: row["source_path"],
        },
    )


def _list(
    explorer: Explorer,
    part: str,
    listing: Listing,
    columns: Mapping[str, Callable[[Record], Content]],
) -> None:
    """Shows the rows of a part of the page, or that there are none.

    Args:
        explorer: The visit.
        part: Name of the part; its texts begin with it.
        listing: Its rows.
        columns: Makes a cell of a row, by the text at the head of the column.
    """
    say = explorer.say
    (counted,) = explorer.rows(listing.count)
    total, first = counted["n"], first_row()
    if not total:
        show(empty(say(f"quality.no_{part}"), say(f"quality.no_{part}_remedy")))
        return
    rows = explorer.rows(listing.rows, shown=PAGE, first=first)
    show(
        el("p", say(f"quality.{part}_note", n=number(total)), class_="note"),
        steps(explorer, "quality", total, {"part": part}),
        cards(
            say(f"quality.{part}"),
            [Column(say(head), head in _NUMBERS) for head in columns],
            [[cell(row) for cell in columns.values()] for row in rows],
        ),
    )
    _offer(explorer, part, total, lambda: explorer.rows(listing.rows, shown=_MOST, first=0))


def _offer(explorer: Explorer, part: str, total: int, rows: Callable[[], Sequence[Record]]) -> None:
    offer_rows(explorer, part, rows)
    if total > _MOST:
        show(el("p", explorer.say("quality.most", n=number(_MOST)), class_="note"))


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
