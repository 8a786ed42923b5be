"""Temporary tables of one agency's rows, so that its page reads each published table once.

A page asks four views about the same agency, and each would look through all facts again.
Here the agency's rows are set aside first; the publication's own views are then laid over
them, under their own names, for the length of one connection. The statements stay the same,
and so do their answers: no view named here looks at another agency's rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

TABLES = {
    # What no view reads of a fact; it would cost as much again. A new column comes along.
    "fact_indicator": "* EXCLUDE (observation_id, qualifier)",
    "check_result": "*",
}

VIEWS = ("coverage", "series", "channel_mix", "rate_sums", "rates", "request_outcomes")
"""Views that say of an agency what its own facts say, each after those it reads from.

``agency_comparison`` is none of them.
"""


@contextmanager
def narrowed(
    connection: duckdb.DuckDBPyConnection, agency_id: str
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Gives a connection on which ``TABLES`` and ``VIEWS`` hold one agency alone.

    Args:
        connection: The published warehouse; it stays as it is.
        agency_id: Id of the agency.
    """
    with connection.cursor() as cursor:
        published = cursor.execute(_VIEWS, {"names": list(VIEWS)}).fetchall()
        for table, columns in TABLES.items():
            sql = _TABLE.format(table=table, columns=columns)
            cursor.execute(sql, {"agency": agency_id})
        for (sql,) in published:
            cursor.execute(str(sql).replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
        yield cursor


# The name of a table is found among the temporary ones only once that is there. Which rows are
# the agency's is settled first: to read all columns of all rows takes more than twice as long.
_TABLE = """
CREATE TEMP TABLE {table} AS SELECT {columns} FROM {table}
WHERE rowid IN (SELECT rowid FROM {table} WHERE agency_id = $agency)
"""

_VIEWS = """
SELECT sql FROM duckdb_views() WHERE NOT temporary AND list_contains($names, view_name)
ORDER BY list_position($names, view_name)
"""
