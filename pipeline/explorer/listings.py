"""Long lists of the page on quality, each in two statements: how many rows, and some of them.

Nothing long is sorted or grouped: which rows are shown is settled first, and their quotes are
fetched then. So the last page of a list needs as little memory as its first.
"""

from dataclasses import dataclass

from pipeline.model.report import NOT_PLACED
from pipeline.warehouse.queries.agency_profile import WORST_FIRST
from pipeline.warehouse.queries.lineage import TAKEN_FROM


@dataclass(frozen=True, slots=True)
class PagedRows:
    """Rows that are shown some at a time.

    Attributes:
        count: Statement that gives how many there are as ``n``.
        rows: Statement that gives ``$shown`` of them after the first ``$first``.
    """

    count: str
    rows: str


_NARROWED = """
    ($severity = '' OR c.severity = $severity)
    AND ($rule = '' OR c.rule_id = $rule OR starts_with(c.rule_id, $rule || ':'))
    AND ($agency = '' OR c.agency_id = $agency)
"""

_WORST_FIRST = f"{WORST_FIRST}, c.year DESC, a.name_zh, c.rule_id, c.rowid"

CONTRADICTIONS = PagedRows(
    count=f"""
    SELECT count(*) AS n
    FROM check_result AS c JOIN dim_report AS r USING (report_id)
    WHERE c.outcome = 'fail' AND {TAKEN_FROM} AND {_NARROWED}
    """,
    rows=f"""
    SELECT c.*, a.name_zh, r.source_path
    FROM check_result AS c
    JOIN dim_report AS r USING (report_id)
    LEFT JOIN dim_agency AS a ON a.agency_id = c.agency_id
    WHERE c.rowid IN (
        SELECT c.rowid
        FROM check_result AS c
        JOIN dim_report AS r USING (report_id)
        LEFT JOIN dim_agency AS a ON a.agency_id = c.agency_id
        WHERE c.outcome = 'fail' AND {TAKEN_FROM} AND {_NARROWED}
        ORDER BY {_WORST_FIRST} LIMIT $shown OFFSET $first
    )
    ORDER BY {_WORST_FIRST}
    """,
)
"""Checks that fail, the worst first; ``$severity``, ``$rule`` and ``$agency`` narrow it down.

A rule stands for all of its kind: ``CD-E2`` for ``CD-E2:natural_person`` too.
"""

QUARANTINED = PagedRows(
    count="SELECT count(*) AS n FROM quarantine",
    rows="FROM quarantine ORDER BY first_seen DESC, source_path LIMIT $shown OFFSET $first",
)
"""Files that gave nothing."""

WITHHELD = PagedRows(
    count="SELECT count(*) AS n FROM correction",
    rows="""
    SELECT c.*, r.agency_id, coalesce(a.name_zh, r.agency_stated) AS name_zh, r.year,
        r.source_path, i.label_zh, i.label_en
    FROM correction AS c
    JOIN dim_report AS r USING (report_id)
    JOIN dim_indicator AS i USING (indicator_id)
    LEFT JOIN dim_agency AS a ON a.agency_id = r.agency_id
    ORDER BY c.is_applied, c.decided_on DESC, c.report_id, c.indicator_id
    LIMIT $shown OFFSET $first
    """,
)
"""Decisions to withhold a number; those whose guard is not met come first."""

_IS_UNMAPPED = "o.indicator_id IS NULL AND o.value_status <> 'header'"

UNMAPPED = PagedRows(
    count=f"SELECT count(DISTINCT o.label_raw) AS n FROM observation AS o WHERE {_IS_UNMAPPED}",
    rows=f"""
    WITH label AS (
        SELECT o.label_raw, count(*) AS n
        FROM observation AS o WHERE {_IS_UNMAPPED}
        GROUP BY o.label_raw ORDER BY n DESC, o.label_raw LIMIT $shown OFFSET $first
    )
    SELECT l.label_raw, l.n, count(DISTINCT o.report_id) AS reports,
        min(o.observation_id) AS observation_id,
        arg_min(o.quote, o.observation_id) AS quote,
        arg_min(o.value_raw, o.observation_id) AS value_raw
    FROM label AS l JOIN observation AS o USING (label_raw)
    WHERE {_IS_UNMAPPED}
    GROUP BY l.label_raw, l.n
    ORDER BY l.n DESC, l.label_raw
    """,
)
"""Labels that have no indicator, each with an example."""

NOBODY = "r.agency_id IS NULL OR starts_with(r.agency_id, 'unresolved.')"
"""Condition of reports ``r`` under which no agency was recognised."""

WHY_NOBODY = f"any_value(list_filter(r.notices, lambda said: contains(said, '{NOT_PLACED}'))[1])"
"""What the notices of reports ``r`` say of that."""

UNRESOLVED = PagedRows(
    count=f"""
    SELECT count(*) AS n FROM (
        SELECT DISTINCT r.agency_stated, r.agency_id FROM dim_report AS r WHERE {NOBODY}
    )
    """,
    rows=f"""
    SELECT r.agency_stated, r.agency_id, any_value(a.name_zh) AS name_zh, count(*) AS reports,
        min(r.source_path) AS source_path,
        {WHY_NOBODY} AS why
    FROM dim_report AS r LEFT JOIN dim_agency AS a USING (agency_id)
    WHERE {NOBODY}
    GROUP BY r.agency_stated, r.agency_id
    ORDER BY reports DESC, r.agency_stated, r.agency_id LIMIT $shown OFFSET $first
    """,
)
"""Names under which no agency was recognised."""
