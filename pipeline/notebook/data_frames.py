"""Rows of the warehouse as pandas data frames that say what their columns are."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

_LABELS = """
SELECT column_name, comment
FROM duckdb_columns()
WHERE schema_name = 'main' AND table_name = $name AND comment IS NOT NULL
ORDER BY column_index
"""
_STANDINGS = "SELECT standing, meaning_en FROM dim_standing ORDER BY rank"


def frame(
    connection: "duckdb.DuckDBPyConnection",
    sql: str,
    parameters: Mapping[str, object],
    *,
    view: str = "",
    source: str = "",
) -> "pd.DataFrame":
    r"""Returns what a query gives.

    Args:
        connection: The published warehouse.
        sql: One SELECT.
        parameters: Values of its ``$name``\\ s.
        view: The table or view the columns come from; its comments become labels.
        source: Where the rows come from, for ``attrs``.

    Returns:
        The rows; ``attrs`` holds ``source``, ``labels`` (column → Chinese and English), ``units``
        (indicator or series → unit) and ``standing`` (what its words mean).
    """
    result = connection.execute(sql, dict(parameters))
    texts = [name for name, kind, *_ in result.description or [] if str(kind) == "VARCHAR"]
    # A column without any text is one of texts still.
    found = result.df().astype(dict.fromkeys(texts, "str"))
    found.attrs["source"] = source
    if view:
        labels = dict(connection.execute(_LABELS, {"name": view}).fetchall())
        found.attrs["labels"] = {name: labels[name] for name in found.columns if name in labels}
    if "standing" in found:
        found.attrs["standing"] = dict(connection.execute(_STANDINGS).fetchall())
    found.attrs["units"] = _units(found)
    return found


def _units(found: "pd.DataFrame") -> dict[str, Any]:
    """The unit of each indicator or series that has one unit alone; a list where it has more."""
    key = next((name for name in ("indicator_id", "series_id") if name in found), "")
    if not key or "unit" not in found:
        return {}
    pairs = found[[key, "unit"]].astype(str).drop_duplicates()
    several = {name: sorted(group["unit"]) for name, group in pairs.groupby(key)}
    return {str(name): units[0] if len(units) == 1 else units for name, units in several.items()}
