"""What stands behind a number: its place in the document, and everything said about it."""

from collections.abc import Sequence

from pipeline.explorer import address
from pipeline.explorer.context import Explorer
from pipeline.explorer.contradiction import card
from pipeline.explorer.document_view import Mark, block_of, paper
from pipeline.explorer.elements import (
    Column,
    agency_link,
    alert,
    cards,
    empty,
    number,
    pairs,
    rule,
    tag,
)
from pipeline.explorer.markup import Content, Node, el, link, show
from pipeline.explorer.originals import Original
from pipeline.explorer.picture import page_picture
from pipeline.explorer.screens.report import report as show_report
from pipeline.explorer.screens.sources import REPORT, nothing, original_of, shown_value
from pipeline.warehouse.lineage import FAILURES_FIRST, HISTORY, IN_ITS_PLACE, OTHERS, Record

_MAIN = "here"
_MARKS = 40
_QUOTE = 400


def evidence(explorer: Explorer) -> None:
    """Shows the page of what the address names: a fact, an observation, or a report."""
    say = explorer.say
    report_id = address.stated("report")
    if report_id:
        show_report(explorer, report_id)
        return
    seen = _observation(explorer)
    if seen is None:
        show(el("h1", say("evidence.title")), empty(*nothing(explorer)))
        return
    (report,) = explorer.rows(REPORT, report=seen["report_id"])
    key = {
        "agency": report["agency_id"],
        "year": report["year"],
        "indicator": seen["indicator_id"],
    }
    facts = explorer.rows(_FACT, **key)
    fact = facts[0] if facts else None
    others = explorer.rows(OTHERS, **key, observation=seen["observation_id"])
    show(
        _head(explorer, seen, report, fact),
        None if fact else _no_value(explorer, key),
        [_withheld(explorer, one) for one in explorer.rows(_WITHHELD, **key)],
    )
    _place(explorer, seen, report, fact, others)
    ids = {"observation": seen["observation_id"], "report": seen["report_id"]}
    _checks(explorer, explorer.rows(_CHECKS, **key, **ids))
    _history(explorer, explorer.rows(HISTORY, **key))


def _observation(explorer: Explorer) -> Record | None:
    """Returns the observation that the address names, itself or by what was made from it."""
    observation_id = address.stated("observation")
    if observation_id is None:
        year = address.stated("year") or ""
        key = {
            "agency": address.stated("agency"),
            "year": int(year) if year.isdecimal() and len(year) < 5 else None,
            "indicator": address.stated("indicator"),
        }
        facts = explorer.rows(_FACT, **key)
        observation_id = facts[0]["observation_id"] if facts else _printed_of(explorer, key)
        observation_id = observation_id or _in_its_place(explorer, key)
    found = explorer.rows(_OBSERVATION, observation=observation_id) if observation_id else []
    return found[0] if found else None


def _printed_of(explorer: Explorer, key: Record) -> str | None:
    """Returns the observation of a number that is withheld."""
    for one in explorer.rows(_WITHHELD, **key):
        place = {name: one[name] for name in ("report_id", "indicator_id", "expect")}
        for seen in explorer.rows(_AS_PRINTED, **place):
            return str(seen["observation_id"])
    return None


def _in_its_place(explorer: Explorer, key: Record) -> str | None:
    """Returns the observation that stands where a number would."""
    found = explorer.rows(IN_ITS_PLACE, **key)
    return found[0]["observation_id"] if found else None


def _withheld(explorer: Explorer, one: Record) -> Node:
    """Says of a printed number that it is withheld, why, and what that hangs on."""
    say = explorer.say
    value, day = number(one["expect"]), one["decided_on"]
    return alert(
        say("evidence.withheld", value=value, day=day, reason=one["reason"]),
        say("evidence.withheld_guard", value=value, file=one["source_path"]),
    )


def _no_value(explorer: Explorer, key: Record) -> Node | None:
    """Says why there is no fact, with the readings that remain possible."""
    say = explorer.say
    for one in explorer.rows(IN_ITS_PLACE, **key):
        readings = "; ".join(one["candidates"])
        return alert(
            say("evidence.no_value", status=say.name("status", one["status"])),
            say("evidence.may_be", readings=readings) if readings else None,
        )
    return None


def _head(explorer: Explorer, seen: Record, report: Record, fact: Record | None) -> list[Node]:
    say = explorer.say
    is_fact = fact is not None and fact["observation_id"] == seen["observation_id"]
    label = say.column(seen, "label") if seen["label_zh"] else seen["label_raw"]
    title = [
        agency_link(explorer, {**report, "name_zh": report["name_zh"] or report["agency_stated"]}),
        f" · {report['year'] or '—'} · ",
        label or say("name.none"),
    ]
    value = number(seen["value"]) if seen["value"] is not None else seen["value_raw"] or "—"
    unit = (fact or {}).get("unit") if is_fact else seen["unit_raw"]
    state = say("evidence.is_fact") if is_fact else say("evidence.is_other")
    return [
        el("h1", title),
        el(
            "p",
            el("span", [value, " ", el("small", unit or "")], class_="figure"),
            " ",
            el("span", say.name("source", seen["source"]), class_="tag info"),
            " ",
            el("span", state, class_=f"tag {'pass' if is_fact else 'info'}"),
            [
                " ",
                link(
                    say("evidence.the_fact", value=number(fact["value"])),
                    explorer.evidence(fact["agency_id"], fact["year"], fact["indicator_id"]),
                ),
            ]
            if fact is not None and not is_fact
            else None,
        ),
    ]


def _place(
    explorer: Explorer,
    seen: Record,
    report: Record,
    fact: Record | None,
    others: Sequence[Record],
) -> None:
    say = explorer.say
    marks = [_mark(seen, _MAIN, is_main=True)]
    inside = [one for one in others if one["report_id"] == seen["report_id"]][:_MARKS]
    marks += [_mark(one, f"other-{n}") for n, one in enumerate(inside, 1)]
    ids = {one["observation_id"]: mark.id for one, mark in zip(inside, marks[1:], strict=True)}
    original = original_of(explorer, report)
    document: Content = (
        _unavailable(explorer, seen, original)
        if isinstance(original, str)
        else _document(explorer, original, marks)
    )
    shown_ids = {} if isinstance(original, str) else ids
    show(
        el(
            "div",
            el("section", el("h2", say("evidence.document")), document),
            el(
                "section",
                el("h2", say("evidence.printed")),
                _printed(explorer, seen, report),
                el("h2", say("evidence.others", n=len(others))),
                _others(explorer, others, shown_ids),
                el("h2", say("evidence.citation")),
                _citation(explorer, seen, report, fact),
            ),
            class_="evidence",
        )
    )


def _mark(seen: Record, name: str, *, is_main: bool = False) -> Mark:
    end = max(seen["char_end"], seen["char_start"] + 1)
    return Mark(name, seen["char_start"], end, seen["value_raw"], is_main)


def _unavailable(explorer: Explorer, seen: Record, why: str) -> list[Node]:
    """The row or sentence as the warehouse keeps it, where the document is not at hand."""
    say = explorer.say
    return [
        alert(why, say("evidence.quote_instead")),
        el("blockquote", seen["quote"] or say("name.blank"), lang="zh"),
    ]


def _document(explorer: Explorer, original: Original, marks: Sequence[Mark]) -> list[Content]:
    say = explorer.say
    place = block_of(original.document, marks[0])
    text = paper(original.document, marks, say("evidence.document"), say("evidence.cut"))
    if place is None or original.data is None:
        return [text]
    picture = page_picture(original.data, place)
    if picture is None:
        return [text]
    return [
        el("p", say("evidence.page", page=place.page), class_="note"),
        el(
            "div",
            el(
                "img",
                src=picture.address,
                width=picture.width,
                height=picture.height,
                alt=say("evidence.picture", page=place.page),
            ),
            el("span", style=f"top: {picture.middle:.2%}", data_reveal="1"),
            class_="sheet",
            tabindex=0,
            role="region",
            aria_label=say("evidence.page", page=place.page),
        ),
        el("details", el("summary", say("evidence.as_text")), text, open=""),
    ]


def _printed(explorer: Explorer, seen: Record, report: Record) -> Node:
    say = explorer.say
    told: list[tuple[str, Content]] = [
        (say("column.label"), seen["section_path"] or seen["label_raw"] or "—"),
        (say("evidence.value_raw"), f"{seen['value_raw'] or '—'} {seen['unit_raw'] or ''}"),
        (say("column.status"), say.name("value_status", seen["value_status"])),
        (say("evidence.place"), _position(explorer, seen)),
        (say("evidence.confidence"), say("evidence.agreement", value=f"{seen['confidence']:.2f}")),
        (say("column.form"), f"{report['template']} · {say.name('doc_type', report['doc_type'])}"),
        (say("column.file"), report["source_path"]),
        ("SHA-256", el("code", report["document_id"])),
    ]
    if seen["qualifier"] != "exact":
        told.insert(2, (say("evidence.qualifier"), say.name("qualifier", seen["qualifier"])))
    if seen["candidates"]:
        told.insert(3, (say("evidence.candidates"), "; ".join(seen["candidates"])))
    return pairs(told)


def _position(explorer: Explorer, seen: Record) -> str:
    say = explorer.say
    named = [
        say(f"place.{name}", n=seen[name])
        for name in ("page", "table_no", "row_no", "col_no")
        if seen[name] is not None
    ]
    named.append(say("place.characters", start=seen["char_start"], end=seen["char_end"]))
    return say("place.separator").join(named)


def _others(explorer: Explorer, others: Sequence[Record], ids: dict[str, str]) -> Content:
    say = explorer.say
    if not others:
        return el("p", say("evidence.no_others"), class_="note")
    return [
        el(
            "div",
            el(
                "p",
                link(
                    shown_value(one),
                    explorer.address("evidence", observation=one["observation_id"]),
                    title=say("evidence.open"),
                ),
                " ",
                el("span", say.name("source", one["source"]), class_="tag info"),
                [" ", link(say("evidence.jump"), "#", data_jump=ids[one["observation_id"]])]
                if one["observation_id"] in ids
                else None,
                None
                if one["is_current"]
                else el("span", [" ", say("agency.superseded")], class_="note"),
            ),
            el("blockquote", one["quote"][:_QUOTE], lang="zh"),
        )
        for one in others
    ]


def _citation(explorer: Explorer, seen: Record, report: Record, fact: Record | None) -> Node:
    say = explorer.say
    published = f"，{report['published_on']} 发布" if report["published_on"] else ""
    title = f"《{report['title'] or '政府信息公开工作年度报告'}》（{report['year'] or '年度不详'}）"
    run = next(iter(explorer.rows("FROM ingest_run ORDER BY run_id DESC LIMIT 1")), {})
    label = seen["label_zh"] or seen["label_raw"]
    unit = fact["unit"] if fact else seen["unit_raw"] or ""
    text = (
        f"{report['name_zh'] or report['agency_stated'] or ''}{title}{published}，"
        f"{label}：{_shown_number(seen)}{unit}，{report['source_path']}，"
        f"字符 {seen['char_start']}–{seen['char_end']}，"
        f"SHA-256 {report['document_id'][:16]}，gongkai {run.get('run_id', '')}"
    )
    return el(
        "div",
        el("span", text, class_="copyable", lang="zh"),
        el("button", say("evidence.copy"), type="button", data_copy=text,
           data_done=say("evidence.copied")),
        class_="citation",
    )  # fmt: skip


def _shown_number(seen: Record) -> str:
    return number(seen["value"]) if seen["value"] is not None else str(seen["value_raw"])


def _checks(explorer: Explorer, checks: Sequence[Record]) -> None:
    say = explorer.say
    failed = [check for check in checks if check["outcome"] == "fail"]
    passed = [check for check in checks if check["outcome"] != "fail"]
    show(el("h2", say("evidence.checks", n=len(checks), failed=len(failed))))
    if not checks:
        show(el("p", say("evidence.no_checks"), class_="note"))
        return
    show([card(explorer, check) for check in failed])
    if passed:
        show(
            cards(
                say("evidence.passed"),
                [
                    Column(say("column.rule")),
                    Column(say("column.outcome")),
                    Column(say("column.message")),
                ],
                [
                    [
                        rule(check["rule_id"]),
                        tag(explorer, "outcome", check["outcome"]),
                        say.column(check, "message"),
                    ]
                    for check in passed
                ],
            )
        )


def _history(explorer: Explorer, history: Sequence[Record]) -> None:
    say = explorer.say
    if not history:
        return
    show(
        el("h2", say("evidence.history")),
        cards(
            say("evidence.history_note"),
            [
                Column(say("column.value"), True),
                Column(say("evidence.valid_from")),
                Column(say("evidence.valid_to")),
                Column(say("column.file")),
            ],
            [
                [
                    number(old["value"]),
                    str(old["valid_from"]),
                    str(old["valid_to"]),
                    link(
                        old["source_path"],
                        explorer.address("evidence", report=old["report_id"]),
                    ),
                ]
                for old in history
            ],
        ),
    )


_FACT = """
FROM fact_indicator WHERE agency_id = $agency AND year = $year AND indicator_id = $indicator
"""

_WITHHELD = """
SELECT c.*, r.source_path
FROM correction AS c JOIN dim_report AS r USING (report_id)
WHERE c.is_applied AND r.agency_id = $agency AND r.year = $year AND c.indicator_id = $indicator
ORDER BY r.is_current DESC, c.report_id
"""

_AS_PRINTED = """
FROM observation
WHERE report_id = $report_id AND indicator_id = $indicator_id AND value = $expect
ORDER BY source = 'narrative', char_start LIMIT 1
"""

_OBSERVATION = """
SELECT o.*, i.label_zh, i.label_en
FROM observation AS o LEFT JOIN dim_indicator AS i USING (indicator_id)
WHERE o.observation_id = $observation
"""

# The lists are looked into only for the agency's own checks: over all, that takes its time.
_CHECKS = f"""
WITH own AS MATERIALIZED (
    SELECT c.* FROM check_result AS c JOIN dim_report AS r USING (report_id)
    WHERE r.is_current AND (r.agency_id = $agency OR r.report_id = $report)
)
SELECT c.*, a.name_zh
FROM own AS c LEFT JOIN dim_agency AS a ON a.agency_id = c.agency_id
WHERE list_contains(c.observation_ids, $observation)
    OR (c.year = $year AND list_contains(c.indicator_ids, $indicator))
ORDER BY {FAILURES_FIRST}, c.message_zh
"""
