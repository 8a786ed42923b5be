"""A report with every number seen in it."""

from pipeline.explorer.context import Explorer
from pipeline.explorer.document_view import Mark, paper
from pipeline.explorer.elements import Column, agency_link, alert, cards, empty, pairs
from pipeline.explorer.markup import Content, el, link, show
from pipeline.explorer.screens.sources import REPORT, nothing, original_of, shown_value


def report(explorer: Explorer, report_id: str) -> None:
    """Shows the page of a report.

    Args:
        explorer: The visit.
        report_id: The report.
    """
    say = explorer.say
    found = explorer.rows(REPORT, report=report_id)
    if not found:
        show(el("h1", say("evidence.title")), empty(*nothing(explorer)))
        return
    (described,) = found
    seen = explorer.rows(_SEEN, report=report_id)
    original = original_of(explorer, described)
    start = min((one["char_start"] for one in seen), default=0)
    marks = [Mark("here", start, start, "", is_main=False)]
    document: Content = (
        alert(original)
        if isinstance(original, str)
        else paper(original.document, marks, say("evidence.document"), say("evidence.cut"))
    )
    show(
        el("h1", [agency_link(explorer, described), f" · {described['year'] or '—'}"]),
        el("p", described["title"] or say("name.untitled")),
        pairs(
            [
                (say("column.file"), described["source_path"]),
                ("SHA-256", el("code", described["document_id"])),
            ]
        ),
        el("ul", [el("li", notice) for notice in described["notices"]]),
        el("h2", say("evidence.document")),
        document,
        el("h2", say("evidence.seen", n=len(seen))),
        cards(
            say("evidence.seen_note"),
            [
                Column(say("column.label")),
                Column(say("column.value"), True),
                Column(say("column.source")),
                Column(say("column.indicator")),
            ],
            [
                [
                    one["label_raw"] or "—",
                    link(
                        shown_value(one) or say("name.blank"),
                        explorer.address("evidence", observation=one["observation_id"]),
                    ),
                    say.name("source", one["source"]),
                    one["indicator_id"] or "—",
                ]
                for one in seen
            ],
        ),
    )


_SEEN = "FROM observation WHERE report_id = $report ORDER BY char_start, observation_id"
