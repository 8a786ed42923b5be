"""Rows of the warehouse that come with the code: indicators, crosswalk, aliases, succession."""

import pyarrow as pa

from pipeline.forms.catalogue import indicators
from pipeline.forms.crosswalk import crosswalk
from pipeline.warehouse.schema import tables


def declared() -> dict[str, pa.Table]:
    """Returns what the statements under ``transforms`` read as ``declared_…``."""
    return {
        "declared_indicator": _indicators(),
        "declared_crosswalk": _crosswalk(),
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


def _crosswalk() -> pa.Table:
    rows = [
        {
            "series_id": name,
            "label_zh": series.zh,
            "label_en": series.en,
            "unit": series.unit,
            "template": form,
            "indicator_id": indicator_id,
            "members": len(part.sum),
            "relation": part.relation,
            "note_zh": part.zh,
            "note_en": part.en,
        }
        for name, series in crosswalk().series.items()
        for form, part in series.forms.items()
        for indicator_id in part.sum
    ]
    return pa.Table.from_pylist(rows, tables()["crosswalk"].arrow)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
