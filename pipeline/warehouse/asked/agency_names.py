"""What the agencies of a publication are called, for whoever looks one up."""

from collections.abc import Iterator

import duckdb

from pipeline.agencies.finding import Named

NAMES = """
SELECT a.agency_id, a.name_zh, coalesce(list(s.alias ORDER BY s.alias), []) AS aliases
FROM dim_agency AS a LEFT JOIN agency_alias AS s
    ON s.agency_id = a.agency_id AND s.alias <> a.name_zh
GROUP BY a.agency_id, a.name_zh
"""


def named(connection: duckdb.DuckDBPyConnection) -> Iterator[Named]:
    """Yields every agency with the names that reports print of it."""
    for agency_id, name, aliases in connection.execute(NAMES).fetchall():
        yield Named(agency_id, name, tuple(alias for alias in aliases if alias))
