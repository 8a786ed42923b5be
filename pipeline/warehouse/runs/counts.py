"""What the record of a run says of the tables that were built."""

from typing import Any

import duckdb

from pipeline.model.report import NOT_PLACED
from pipeline.warehouse.records import records

_COUNTS = """
SELECT
    (SELECT count(*) FROM quarantine) AS files_quarantined,
    (SELECT count(*) FROM dim_report) AS reports,
    (SELECT count(*) FROM fact_indicator) AS facts,
    (SELECT count(*) FROM contradictions) AS checks_failed,
    (SELECT count(*) FROM observation WHERE indicator_id IS NULL AND source = 'table'
        AND value_status <> 'header') AS unmapped_labels,
    (SELECT count(*) FROM dim_agency WHERE starts_with(agency_id, 'unresolved.'))
        AS unresolved_agencies
"""

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
    (counts,) = records(connection, _COUNTS, {})
    reasons = connection.execute(
        "SELECT reason, count(*) FROM quarantine GROUP BY reason ORDER BY reason"
    ).fetchall()
    unresolved = connection.execute(_UNRESOLVED).fetchall()
    return {
        **counts,
        "quarantine": dict(reasons),
        "unresolved": dict(unresolved),
    }
