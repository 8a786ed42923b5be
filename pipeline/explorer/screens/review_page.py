"""The queue of doubtful cases, ordered by the facts that settling them would add, with forms."""

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.explorer.context import Context
from pipeline.explorer.listings import NOBODY, WHY_NOBODY
from pipeline.explorer.rendering import PageContent
from pipeline.facts.reviewing import letters
from pipeline.warehouse.records import Record
from pipeline.warehouse.reviewed.decisions import WrittenDecision
from pipeline.warehouse.statements import statement

SIZE = 10
_MOST = 500


def review_page(
    context: Context, decisions: Sequence[WrittenDecision], token: str, fault: str = ""
) -> PageContent:
    """Returns the page.

    Args:
        context: The context of the request.
        decisions: What the file of decisions holds, built or not.
        token: What a form of this page sends along.
        fault: Why an answer was not taken, empty where nothing went wrong.
    """
    decided = {(one.report_id, letters(one.expect.quote)) for one in decisions}
    taken = {row["decision_id"] for row in context.rows(_TAKEN)}
    queue = statement(__name__, "review_queue")
    every = context.rows(queue.format(nobody=NOBODY, why_nobody=WHY_NOBODY), most=_MOST)
    waiting = [row for row in every if (row["report_id"], letters(row["quote"])) not in decided]
    indicators = context.rows(_INDICATORS)
    first = context.first_row()
    shown: dict[str, Any] = {
        "rows": waiting[first : first + SIZE],
        "total": len(waiting),
        "size": SIZE,
        "token": token,
        "fault": fault,
        "pending": [one for one in decisions if one.decision_id not in taken],
        "unfit": context.rows(_UNFIT),
        "labels": {one["indicator_id"]: context.say.column(one, "label") for one in indicators},
        "proof_of": _proof_of(context),
    }
    return PageContent(
        "review.html", context.say("review.title"), shown, "review", 400 if fault else 200
    )


def _proof_of(context: Context) -> Callable[[Record], str | None]:
    """Where the evidence of a row stands."""

    def address(row: Record) -> str | None:
        if row["observation_id"]:
            return context.link("evidence", observation=row["observation_id"])
        return context.link("evidence", report=row["report_id"])

    return address


_TAKEN = "SELECT decision_id FROM decision"

_UNFIT = "FROM decision WHERE NOT is_applied ORDER BY decided_on DESC, decision_id LIMIT 50"

_INDICATORS = """
SELECT indicator_id, label_zh, label_en FROM dim_indicator
WHERE period = 'year' ORDER BY indicator_id
"""
