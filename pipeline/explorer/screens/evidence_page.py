"""What stands behind a number: its place in the document, and everything said about it."""

from collections.abc import Sequence
from typing import Any

from pipeline.explorer.context import Context
from pipeline.explorer.document_view import Highlight, block_of, paper
from pipeline.explorer.picture import Picture, bytes_of, page_picture
from pipeline.explorer.rendering import PageContent, number, worth
from pipeline.explorer.screens.whole_report_page import whole_report_page
from pipeline.explorer.sources import REPORT, citation, document_of, nothing, shown_value
from pipeline.explorer.texts import Translator
from pipeline.forms.identities import derived_totals
from pipeline.model.document import Document, Locator
from pipeline.warehouse.queries.lineage import (
    DECISIONS,
    FAILURES_FIRST,
    HISTORY,
    IN_ITS_PLACE,
    OTHERS,
)
from pipeline.warehouse.records import Record

_MAIN = "here"
_MARKS = 40


def evidence_page(context: Context) -> PageContent:
    """Returns the page of what the address names: a fact, an observation, or a report."""
    say = context.say
    if context.stated("report"):
        return whole_report_page(context, context.stated("report"))
    seen = _observation(context)
    if seen is None:
        return _nothing_found(context)
    (report,) = context.rows(REPORT, report=seen["report_id"])
    key = {
        "agency": report["agency_id"],
        "year": report["year"],
        "indicator": seen["indicator_id"],
    }
    fact = next(iter(context.rows(_FACT, **key)), None)
    others = context.rows(OTHERS, **key, observation=seen["observation_id"])
    is_fact = fact is not None and fact["observation_id"] == seen["observation_id"]
    label = say.column(seen, "label") if seen["label_zh"] else seen["label_raw"]
    shown: dict[str, Any] = {
        "seen": seen,
        "report": {**report, "name_zh": report["name_zh"] or report["agency_stated"]},
        "fact": fact,
        "is_fact": is_fact,
        "scope": fact["scope"] if fact is not None and is_fact else report["scope"],
        "label": label or say("name.none"),
        "value_text": _value(seen),
        "unit_text": (fact["unit"] if fact is not None and is_fact else seen["unit_raw"]) or "",
        "in_its_place": None if fact else next(iter(context.rows(IN_ITS_PLACE, **key)), None),
        "withheld": context.rows(_WITHHELD, **key),
        "decisions": context.rows(DECISIONS, report=seen["report_id"], why=seen["why"]),
        **_checks(context, seen, key, fact),
        "others": others,
        "history": context.rows(HISTORY, **key),
        "position": say("place.separator").join(_places(say, seen)),
        "citation": _cited(context, seen, report, fact),
        "shown_value": shown_value,
    }  # fmt: skip
    title = f"{shown['report']['name_zh'] or '—'} · {report['year'] or '—'} · {shown['label']}"
    return PageContent(
        "evidence.html", title, {**shown, **_document(context, seen, report, others)}, "evidence"
    )


def _nothing_found(context: Context) -> PageContent:
    """The page where the address names nothing, or something that is not there."""
    why, remedy = nothing(context)
    status = 404 if context.query.keys() & {"agency", "observation"} else 200
    content = {"why": why, "remedy": remedy}
    return PageContent("message.html", context.say("evidence.title"), content, "evidence", status)


def _checks(context: Context, seen: Record, key: Record, fact: Record | None) -> dict[str, Any]:
    """The checks that an observation or its fact takes part in, by their outcome."""
    ids = {"observation": seen["observation_id"], "report": seen["report_id"]}
    checks = context.rows(_CHECKS, **key, **ids, parts=_parts(fact))
    failed = [one for one in checks if one["outcome"] == "fail"]
    return {
        "checks": checks,
        "failed": failed,
        "errors": [
            one for one in failed if one["severity"] == "error" and not one["override_reason"]
        ],
        "passed": [one for one in checks if one["outcome"] != "fail"],
    }


def _parts(fact: Record | None) -> list[str]:
    """Returns the indicators that a derived fact adds up: what contradicts one contradicts it."""
    if fact is None or fact["source"] != "derived":
        return []
    totals = (one for one in derived_totals() if one.indicator_id == fact["indicator_id"])
    return [part for one in totals for part in one.parts]


def _value(seen: Record) -> str:
    return number(seen["value"]) if seen["value"] is not None else str(seen["value_raw"] or "—")


def _observation(context: Context) -> Record | None:
    """Returns the observation that the address names by its id or by its fact."""
    observation_id: str | None = context.stated("observation")
    if not observation_id:
        key = {"agency": context.stated("agency"), "year": context.year(),
               "indicator": context.stated("indicator")}  # fmt: skip
        if not all(key.values()):
            return None
        facts = context.rows(_FACT, **key)
        observation_id = facts[0]["observation_id"] if facts else _printed_of(context, key)
        observation_id = observation_id or _in_its_place(context, key)
    found = context.rows(_OBSERVATION, observation=observation_id) if observation_id else []
    return found[0] if found else None


def _printed_of(context: Context, key: Record) -> str | None:
    """Returns the observation of a number that is withheld."""
    for one in context.rows(_WITHHELD, **key):
        place = {name: one[name] for name in ("report_id", "indicator_id", "expect")}
        for seen in context.rows(_AS_PRINTED, **place):
            return str(seen["observation_id"])
    return None


def _in_its_place(context: Context, key: Record) -> str | None:
    """Returns the observation that stands where a number would."""
    found = context.rows(IN_ITS_PLACE, **key)
    return found[0]["observation_id"] if found else None


def _document(
    context: Context, seen: Record, report: Record, others: Sequence[Record]
) -> dict[str, Any]:
    """The document with its marks, its page as a picture, or why there is neither."""
    marks = [_mark(seen, _MAIN, is_main=True)]
    inside = [one for one in others if one["report_id"] == seen["report_id"]][:_MARKS]
    marks += [_mark(one, f"other-{n}") for n, one in enumerate(inside, 1)]
    document = document_of(context, report)
    if isinstance(document, str):
        return {"unavailable": document, "paper": None, "picture": None, "ids": {}, "number_of": 0}
    ids = {one["observation_id"]: mark.id for one, mark in zip(inside, marks[1:], strict=True)}
    place = block_of(document, marks[0])
    return {
        "unavailable": None,
        "paper": paper(document, marks),
        "picture": _picture(context, report, document, place),
        "number_of": place.page if place else None,
        "ids": ids,
    }


def _picture(
    context: Context, report: Record, document: Document, place: Locator | None
) -> Picture | None:
    if place is None or document.media_type != "application/pdf":
        return None
    data = bytes_of(context.settings.raw, report["source_path"], report["document_id"])
    return page_picture(data, place) if data is not None else None


def _mark(seen: Record, name: str, *, is_main: bool = False) -> Highlight:
    end = max(seen["char_end"], seen["char_start"] + 1)
    return Highlight(name, seen["char_start"], end, seen["value_raw"], is_main)


def _places(say: Translator, seen: Record) -> list[str]:
    """Where a number stands, as a reader counts: page, table, row, column."""
    named = [
        say(f"place.{name}", n=seen[name])
        for name in ("page", "table_no", "row_no", "col_no")
        if seen[name] is not None
    ]
    return named or [say("place.characters", start=seen["char_start"], end=seen["char_end"])]


def _cited(context: Context, seen: Record, report: Record, fact: Record | None) -> str:
    label = seen["label_zh"] or seen["label_raw"]
    unit = fact["unit"] if fact else seen["unit_raw"] or ""
    stated = f"{label}：{_value(seen)}{unit}"
    if seen["source"] == "derived":
        stated = f"{label}：推算{_value(seen)}{unit}，由 {seen['quote']} 得出"
    return citation(
        context,
        report,
        report["name_zh"] or report["agency_stated"] or "",
        stated,
        worth(fact) if fact and fact["observation_id"] == seen["observation_id"] else None,
        "".join(_places(Translator("zh"), seen)),
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
    WHERE (r.is_current AND r.agency_id = $agency) OR r.report_id = $report
)
SELECT c.*, a.name_zh
FROM own AS c LEFT JOIN dim_agency AS a ON a.agency_id = c.agency_id
WHERE list_contains(c.observation_ids, $observation)
    OR (c.year = $year AND list_contains(c.indicator_ids, $indicator))
    OR (c.outcome = 'fail' AND c.year = $year AND list_has_any(c.indicator_ids, $parts))
ORDER BY {FAILURES_FIRST}, c.message_zh
"""
