"""Where past publications are kept, for whoever only reads: nothing that publishes is loaded."""

from datetime import datetime
from pathlib import Path

import duckdb

FOLDER = "history"
"""Beside the publications, in the folder of the warehouse."""

PAST = {"fact_indicator": "fact_past", "dim_report": "report_past", "dim_agency": "agency_past"}
"""Tables whose rows of the past are kept, and where those go once they are replaced or dropped."""


def led_back_at(
    connection: duckdb.DuckDBPyConnection, warehouse: Path, known: int
) -> datetime | None:
    """Since when readers saw what the published file does not know of, None for never.

    It was written down beside the file; readers were led back to an earlier one afterwards.

    Args:
        connection: Any that may read files.
        warehouse: The folder of the warehouse.
        known: The number of the last publication that the published file knows of.
    """
    kept = [str(path) for path in (warehouse / FOLDER).glob("*/batch-*/vintage.parquet")]
    if not kept:
        return None
    query = "SELECT min(published_at) FROM read_parquet($kept) WHERE vintage > $known"
    (moment,) = connection.execute(query, {"kept": kept, "known": known}).fetchall()[0]
    return moment  # type: ignore[no-any-return]
