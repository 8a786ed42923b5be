"""A report with every number seen in it."""

from pipeline.explorer.context import Context
from pipeline.explorer.document_view import Highlight, paper
from pipeline.explorer.rendering import PageContent
from pipeline.explorer.sources import REPORT, document_of, nothing, shown_value


def whole_report_page(context: Context, report_id: str) -> PageContent:
    """Returns the page of a report."""
    say = context.say
    found = context.rows(REPORT, report=report_id)
    if not found:
        why, remedy = nothing(context)
        content = {"why": why, "remedy": remedy}
        return PageContent("message.html", say("evidence.title"), content, "evidence", 404)
    (report,) = found
    report = {**report, "name_zh": report["name_zh"] or report["agency_stated"]}
    seen = context.rows(_SEEN, report=report_id)
    document = document_of(context, report)
    start = min((one["char_start"] for one in seen), default=0)
    mark = Highlight("here", start, start, "", is_main=False)
    shown = {
        "report": report,
        "seen": seen,
        "paper": None if isinstance(document, str) else paper(document, [mark]),
        "unavailable": document if isinstance(document, str) else None,
        "shown_value": shown_value,
    }
    title = f"{report['name_zh'] or say('name.none')} · {report['year'] or '—'}"
    return PageContent("whole_report.html", title, shown, "evidence")


_SEEN = "FROM observation WHERE report_id = $report ORDER BY char_start, observation_id"
