"""The queue of doubtful cases, ordered by the facts that settling them would add, with forms."""

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.explorer.listings import NOBODY, WHY_NOBODY
from pipeline.explorer.rendering import PageContent
from pipeline.explorer.visit import Visit
from pipeline.facts.reviewing import letters
from pipeline.warehouse.records import Record
from pipeline.warehouse.reviewed.decisions import WrittenDecision

SIZE = 10
_MOST = 500


def review_page(
    visit: Visit, decisions: Sequence[WrittenDecision], token: str, fault: str = ""
) -> PageContent:
    """Returns the page.

    Args:
        visit: The visit.
        decisions: What the file of decisions holds, built or not.
        token: What a form of this page sends along.
        fault: Why an answer was not taken, empty where nothing went wrong.
    """
    decided = {(one.report_id, letters(one.expect.quote)) for one in decisions}
    taken = {row["decision_id"] for row in visit.rows(_TAKEN)}
    every = visit.rows(_QUEUE, most=_MOST)
    waiting = [row for row in every if (row["report_id"], letters(row["quote"])) not in decided]
    indicators = visit.rows(_INDICATORS)
    first = visit.first_row()
    shown: dict[str, Any] = {
        "rows": waiting[first : first + SIZE],
        "total": len(waiting),
        "size": SIZE,
        "token": token,
        "fault": fault,
        "pending": [one for one in decisions if one.decision_id not in taken],
        "unfit": visit.rows(_UNFIT),
        "labels": {one["indicator_id"]: visit.say.column(one, "label") for one in indicators},
        "proof_of": _proof_of(visit),
    }
    return PageContent(
        "review.html", visit.say("review.title"), shown, "review", 400 if fault else 200
    )


def _proof_of(visit: Visit) -> Callable[[Record], str | None]:
    """Where the evidence of a row stands."""

    def address(row: Record) -> str | None:
        if row["observation_id"]:
            return visit.link("evidence", observation=row["observation_id"])
        return visit.link("evidence", report=row["report_id"])

    return address


_TAKEN = "SELECT decision_id FROM decision"

_UNFIT = "FROM decision WHERE NOT is_applied ORDER BY decided_on DESC, decision_id LIMIT 50"

_INDICATORS = """
SELECT indicator_id, label_zh, label_en FROM dim_indicator
WHERE period = 'year' ORDER BY indicator_id
"""

# A row that ran together is one thing to settle, however many numbers it holds.
_QUEUE = f"""
WITH unread AS (
    SELECT
        'reading' AS kind,
        count(*) AS adds,
        g.report_id,
        o.quote,
        arg_min(g.observation_id, o.char_start * 1000 + coalesce(o.col_no, 0)) AS observation_id,
        list(g.indicator_id ORDER BY o.char_start, o.col_no,
            string_split(g.observation_id, '.')[-1]::INTEGER) AS indicators,
        any_value(g.candidates) AS candidates,
        NULL AS printed,
        g.status AS why
    FROM fact_gap AS g JOIN observation AS o USING (observation_id)
    WHERE g.status IN ('unreadable', 'disagreeing', 'masked') AND trim(o.quote) <> ''
    GROUP BY g.report_id, o.quote, g.status
),
nobody AS (
    SELECT
        'agency' AS kind,
        count(DISTINCT o.indicator_id) AS adds,
        r.report_id,
        coalesce(r.title, r.agency_stated, arg_min(o.quote, o.char_start)) AS quote,
        NULL AS observation_id,
        [] AS indicators,
        [] AS candidates,
        r.agency_stated AS printed,
        {WHY_NOBODY} AS why
    FROM dim_report AS r
    JOIN observation AS o ON o.report_id = r.report_id AND o.value IS NOT NULL
    WHERE ({NOBODY}) AND r.is_current AND r.doc_type = 'annual_report' AND r.year IS NOT NULL
    GROUP BY r.report_id, r.title, r.agency_stated
),
unmapped AS (
    SELECT
        'label' AS kind,
        1 AS adds,
        o.report_id,
        CASE WHEN contains(o.quote, o.label_raw) THEN o.quote
            ELSE o.label_raw || chr(9) || o.quote END AS quote,
        o.observation_id,
        [] AS indicators,
        [] AS candidates,
        o.value_raw AS printed,
        o.label_raw AS why
    FROM observation AS o JOIN dim_report AS r USING (report_id)
    WHERE o.indicator_id IS NULL AND o.source = 'table' AND o.value_status = 'reported'
        AND r.is_current AND r.doc_type = 'annual_report' AND r.year IS NOT NULL
),
disputed AS (
    SELECT
        'confirm' AS kind,
        0 AS adds,
        f.report_id,
        o.quote,
        f.observation_id,
        [f.indicator_id] AS indicators,
        [] AS candidates,
        o.value_raw AS printed,
        f.errors_failing::VARCHAR AS why
    FROM fact_indicator AS f JOIN observation AS o USING (observation_id)
    WHERE f.standing = 'disputed' AND f.source IN ('table', 'narrative', 'reconstructed')
)
SELECT
    q.*,
    r.document_id,
    r.part,
    r.media_type,
    r.source_path,
    r.year,
    r.agency_id,
    coalesce(a.name_zh, r.agency_stated) AS name_zh
FROM (
    FROM unread UNION ALL BY NAME FROM nobody UNION ALL BY NAME
    FROM unmapped UNION ALL BY NAME FROM disputed
) AS q
JOIN dim_report AS r USING (report_id)
LEFT JOIN dim_agency AS a ON a.agency_id = r.agency_id
ORDER BY q.adds DESC, q.kind, r.source_path, q.quote
LIMIT $most
"""
