"""The panel as a data set of Stata, in the format 118, which holds Chinese."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipeline.warehouse.exports import csv_files
from pipeline.warehouse.exports.choice import Selection
from pipeline.warehouse.exports.export_request import ExportRequest, Resource
from pipeline.warehouse.exports.panel import FLAG, NAME
from pipeline.warehouse.schema import TableSchema
from pipeline.warehouse.standing_levels import standings

_LONGEST_LABEL = 80
_LONGEST_TEXT = 2_045
"""Bytes; a longer text is kept in another way."""


def write(request: ExportRequest) -> Iterator[Resource]:
    """Writes the panel with its labels, the codebook as CSV, and yields both."""
    for one in request.chosen:
        if one.table.name == NAME:
            file = request.folder / f"{NAME}.dta"
            yield request.resource(file, one, _write(request, file, one))
        else:
            yield csv_files.write_table(request, one)


def _write(request: ExportRequest, file: Path, chosen: Selection) -> int:
    table = chosen.table
    found = pa.Table.from_batches(request.batches(chosen), schema=table.arrow)
    frame = pd.DataFrame({column.name: _values(found[column.name]) for column in table.columns})
    long = [name for name in frame if _longest(frame[name]) > _LONGEST_TEXT]
    ranks: dict[float, str] = {
        number: f"{one.zh} {name}" for number, (name, one) in enumerate(standings().items(), 1)
    }
    frame.to_stata(
        file,
        write_index=False,
        version=118,
        convert_strl=long,
        data_label=table.zh[:_LONGEST_LABEL],
        variable_labels={
            column.name: f"{column.zh} {column.en}"[:_LONGEST_LABEL] for column in table.columns
        },
        value_labels=dict.fromkeys(_flags(table), ranks),
    )
    return len(frame)


def _values(column: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_string(column.type):
        return pd.Series(column.fill_null("").to_pylist(), dtype=object)
    return pd.Series(column.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False))


def _longest(column: pd.Series) -> int:
    return max((len(one.encode()) for one in column if isinstance(one, str)), default=0)


def _flags(table: TableSchema) -> list[str]:
    names = {column.name for column in table.columns}
    return [name for name in names if name.endswith(FLAG) and name.removesuffix(FLAG) in names]
