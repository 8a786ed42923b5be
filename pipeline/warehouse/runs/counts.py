"""What the record of a run says of the tables that were built."""

from typing import Any

import duckdb

from pipeline.model.report import NOT_PLACED

_COUNTS = """
SELECT
    (SELECT count(*) FROM quarantine),
    (SELECT count(*) FROM dim_report),
    (SELECT count(*) FROM fact_indicator),
    (SELECT count(*) FROM contradictions),
    (SELECT count(*) FROM observation WHERE indicator_id IS NULL AND source = 'table'
        AND value_status <> 'header'),
    (SELECT count(*) FROM dim_agency WHERE starts_with(agency_id, 'unresolved.'))
"""
_COUNTED = (
    "files_quarantined",
    "reports",
    "facts",
    "checks_failed",
    "unmapped_labels",
    "unresolved_agencies",
)
"""Fields of the run's record, in the order of the counts."""


_UNRESOLVED = rf"""
SELECT coalesce(nullif(reason, ''), 'unsigned') AS reason, count(*)
FROM (
    SELECT regexp_extract(
        list_aggregate(notices, 'string_agg', ' '), '{NOT_PLACED} \((\w+)\)', 1
    ) AS reason
    FROM dim_report
    WHERE is_current AND doc_type = 'annual_report'
        AND (agency_id IS NULL OR starts_with(agency_id, 'unresolved.'))
)
GROUP BY ALL ORDER BY ALL
"""
"""Reports whose agency is not known, by the reason their notices give."""


def counted(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Returns the fields of a run's record that tables tell.

    Raises:
        duckdb.Error: They cannot be read.
    """
    counts = connection.execute(_COUNTS).fetchall()[0]
    reasons = connection.execute(
        "SELECT reason, count(*) FROM quarantine GROUP BY reason ORDER BY reason"
    ).fetchall()
    unresolved = connection.execute(_UNRESOLVED).fetchall()
    return {
        **dict(zip(_COUNTED, counts, strict=True)),
        "quarantine": dict(reasons),
        "unresolved": dict(unresolved),
    }
