"""What the agencies of a publication are called, for whoever looks one up."""

from collections.abc import Iterator

import duckdb

from pipeline.agencies.finding import Named
from pipeline.warehouse.asked.lineage import NotFoundError

NAMES = """
SELECT a.agency_id, a.name_zh, coalesce(list(s.alias ORDER BY s.alias), []) AS aliases
FROM dim_agency AS a LEFT JOIN agency_alias AS s
    ON s.agency_id = a.agency_id AND s.alias <> a.name_zh
GROUP BY a.agency_id, a.name_zh
"""


_PROVINCES = """
SELECT DISTINCT province FROM dim_agency WHERE province IS NOT NULL ORDER BY province
"""


def provinces_called(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Returns the province that a name means: its full name, or what that begins with.

    Raises:
        NotFoundError: No agency is in one, or several begin so.
    """
    known = [province for (province,) in connection.execute(_PROVINCES).fetchall()]
    if name in known:
        return [name]
    found = [province for province in known if name and province.startswith(name)]
    if len(found) != 1:
        raise NotFoundError(
            f"no agency here is in the province {name}; there are {'、'.join(known)}"
        )
    return found


def named(connection: duckdb.DuckDBPyConnection) -> Iterator[Named]:
    """Yields every agency with the names that reports print of it."""
    for agency_id, name, aliases in connection.execute(NAMES).fetchall():
        yield Named(agency_id, name, tuple(alias for alias in aliases if alias))
