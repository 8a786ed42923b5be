"""A failed check as a card: what contradicts what, both sides as printed, side by side."""

from collections.abc import Sequence

from pipeline.explorer.context import Explorer
from pipeline.explorer.elements import agency_link, number, tag
from pipeline.explorer.markup import Content, Node, el, link
from pipeline.forms.rules import Rule, rules
from pipeline.warehouse.lineage import Record


def card(explorer: Explorer, check: Record) -> Node:
    """Returns the card of a failed check.

    Args:
        explorer: The visit.
        check: A row of ``check_result`` with the agency's ``name_zh``.
    """
    say = explorer.say
    explained = rules().get(check["rule_id"])
    seen = list(
        zip(
            check["observation_ids"] or [],
            check["labels"] or [],
            map(number, check["counted"] or []),
            check["quotes"] or [],
            strict=False,
        )
    )
    left = check["left_count"]
    return el(
        "article",
        el(
            "header",
            tag(explorer, "severity", check["severity"]),
            agency_link(explorer, check),
            el("span", str(check["year"] or "—")),
            el("code", check["rule_id"]),
            el("span", say.column(explained.model_dump(), "title"), class_="note")
            if explained
            else el("span", say.name("kind", check["kind"]), class_="note"),
        ),
        el("p", say.column(check, "message")),
        _difference(explorer, check, explained),
        el(
            "div",
            el("div", el("h3", say("side.left")), _side(explorer, seen[:left])),
            el("div", el("h3", say("side.right")), _side(explorer, seen[left:])),
            class_="sides",
        )
        if seen
        else None,
        el(
            "p",
            say("side.what_to_do", what=say.column(explained.model_dump(), "what_to_do")),
            class_="note",
        )
        if explained
        else None,
        el("p", say("side.let_pass", reason=check["override_reason"]), class_="note")
        if check["override_reason"]
        else None,
        class_="card",
    )


def _difference(explorer: Explorer, check: Record, explained: Rule | None) -> Node | None:
    if check["difference"] is None:
        return None
    if explained and explained.compares == "years":
        years = {side: str(int(check[side])) for side in ("actual", "expected")}
        return el("p", explorer.say("side.years", **years), class_="note")
    told = explorer.say(
        "side.difference",
        expected=number(check["expected"]),
        actual=number(check["actual"]),
        difference=number(check["difference"]),
    )
    return el("p", told, class_="note")


def _side(explorer: Explorer, seen: Sequence[tuple[str, str, str, str]]) -> Content:
    if not seen:
        return el("p", explorer.say("side.none"), class_="note")
    return [
        [
            el(
                "p",
                f"{label}：" if label else None,
                link(
                    printed or explorer.say("name.blank"),
                    explorer.address("evidence", observation=observation_id),
                    title=explorer.say("evidence.open"),
                ),
            ),
            el("blockquote", quote, lang="zh"),
        ]
        for observation_id, label, printed, quote in seen
    ]
