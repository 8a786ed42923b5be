"""Which province a name means, wherever one is typed."""

import duckdb

from pipeline.warehouse.asked.lineage import NotFoundError

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
