"""Documents and observations as the pages on evidence speak of them."""

import duckdb

from pipeline.explorer.context import Context
from pipeline.explorer.rendering import number
from pipeline.model.document import Document
from pipeline.warehouse.queries.lineage import IN_ITS_PLACE
from pipeline.warehouse.queries.stored_document import kept_document
from pipeline.warehouse.records import Record

REPORT = """
SELECT r.*, a.name_zh FROM dim_report AS r LEFT JOIN dim_agency AS a USING (agency_id)
WHERE r.report_id = $report
"""


def nothing(context: Context) -> tuple[str, str]:
    """Returns why there is nothing to show, and what to try."""
    say = context.say
    key = {"agency": context.stated("agency"), "year": context.year(),
           "indicator": context.stated("indicator")}  # fmt: skip
    if all(key.values()):
        for one in context.rows(IN_ITS_PLACE, **key):
            status = say.name("status", one["status"])
            return say("evidence.no_value", status=status), say("evidence.no_value_remedy")
    if context.query.keys() & {"agency", "observation", "report"}:
        return say("evidence.no_fact"), say("evidence.no_fact_remedy")
    return say("evidence.unchosen"), say("evidence.unchosen_remedy")


def document_of(context: Context, report: Record) -> Document | str:
    """Returns the document as it was read, or why it cannot be shown."""
    document_id = report["document_id"]
    try:
        document = context.answers.documents.get(
            (context.opened.key, document_id), lambda: kept_document(context.settings, document_id)
        )
    except (OSError, duckdb.Error):
        return context.say("evidence.unreachable")
    return context.say("evidence.not_kept") if document is None else document


def citation(
    context: Context,
    report: Record,
    whose: str,
    number: str | None = None,
    worth: str | None = None,
    place: str | None = None,
) -> str:
    """Returns a line to paste under what was taken from a report, in the report's language.

    Args:
        context: The context of the request.
        report: The row of ``dim_report``.
        whose: Who made it, up to its title.
        number: What it says, with its label and unit.
        worth: Whose number that is, and what is doubted of it.
        place: Where it says so.
    """
    title = f"《{report['title'] or '政府信息公开工作年度报告'}》（{report['year'] or '年度不详'}）"
    parts = (
        f"{whose}{title}",
        f"{report['published_on']} 发布" if report["published_on"] else None,
        number,
        worth,
        report["source_path"],
        place,
        f"SHA-256 {report['document_id'][:16]}",
        f"gongkai {(context.run() or {}).get('run_id', '')}",
    )
    return "，".join(one for one in parts if one is not None)


def shown_value(seen: Record) -> str:
    """Returns a number as seen, with its unit as printed."""
    unit = f" {seen['unit_raw']}" if seen["unit_raw"] else ""
    return f"{number(seen['value']) if seen['value'] is not None else seen['value_raw']}{unit}"
