"""Rows of the warehouse that come with the code: indicators, aliases, succession."""

import pyarrow as pa

from pipeline.forms.catalogue import indicators
from pipeline.warehouse.schema import tables


def declared() -> dict[str, pa.Table]:
    """Returns what the statements under ``transforms`` read as ``declared_…``."""
    return {
        "declared_indicator": _indicators(),
        "declared_alias": tables()["agency_alias"].arrow.empty_table(),
        "declared_succession": tables()["agency_succession"].arrow.empty_table(),
    }


def _indicators() -> pa.Table:
    schema = tables()["dim_indicator"].arrow
    rows = [
        {name: _plain(getattr(indicator, name)) for name in schema.names}
        for indicator in indicators().values()
    ]
    return pa.Table.from_pylist(rows, schema)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
