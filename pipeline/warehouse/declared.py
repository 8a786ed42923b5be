"""Rows of the warehouse that come with the code: indicators, crosswalk, succession."""

from collections.abc import Callable, Mapping

import duckdb
import pyarrow as pa

from pipeline.agencies.agency import Agency, Level
from pipeline.agencies.succession import successions
from pipeline.forms.catalogue import indicators
from pipeline.forms.crosswalk import crosswalk
from pipeline.warehouse.schema import tables

Source = Callable[[duckdb.DuckDBPyConnection], pa.Table]
"""Gives the rows of a relation from the tables built before it."""


def declared() -> Mapping[str, Source]:
    """Returns what the statements under ``transforms`` read as ``declared_…``."""
    return {
        "declared_indicator": _indicators,
        "declared_crosswalk": _crosswalk,
        "declared_succession": _succession,
    }


def _indicators(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
    schema = tables()["dim_indicator"].arrow
    rows = [
        {name: _plain(getattr(indicator, name)) for name in schema.names}
        for indicator in indicators().values()
    ]
    return pa.Table.from_pylist(rows, schema)


def _crosswalk(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
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


def _succession(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    result = connection.execute("FROM dim_agency ORDER BY agency_id")
    names = [column[0] for column in result.description or []]
    agencies = [_agency(dict(zip(names, row, strict=True))) for row in result.fetchall()]
    rows = [
        {
            "agency_id": step.agency_id,
            "successor_id": step.successor.agency_id,
            "successor_name_zh": step.successor.name_zh,
            "year": step.year,
            "relation": str(step.relation),
        }
        for step in successions(agencies)
    ]
    return pa.Table.from_pylist(rows, tables()["agency_succession"].arrow)


def _agency(row: dict[str, object]) -> Agency:
    return Agency(**{**row, "level": Level(str(row["level"]))})  # type: ignore[arg-type]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
