"""Exports as other people's programs read them, with their defaults."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyreadstat
import pysdmx.io
import pytest
from pysdmx.model import Codelist, Dataflow, DataStructureDefinition
from python_calamine import CalamineWorkbook

from pipeline.settings import Settings
from pipeline.warehouse.exports.choice import Choice
from pipeline.warehouse.exports.csv_files import cell
from pipeline.warehouse.exports.export import export
from pipeline.warehouse.exports.panel import FLAG, variable_name
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.standing_levels import standings
from tests.some import some

FACTS = "SELECT * FROM facts ORDER BY agency_id, year, indicator_id"
MAIN = """
SELECT agency_id, year, indicator_id, value::DOUBLE AS value, rank
FROM facts_main JOIN dim_standing USING (standing)
"""


@pytest.fixture(scope="module")
def folders(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    publication = Publisher(settings).current()
    assert publication is not None
    root = tmp_path_factory.mktemp("out")
    for form in ("csv", "parquet", "sdmx-csv"):
        export(publication, root / form, form)
    export(publication, root / "xlsx", "xlsx", Choice(tables=("facts",)))
    for form in ("csv", "parquet", "xlsx", "dta"):
        export(publication, root / f"panel-{form}", form, as_panel=True)
    return {folder.name: folder for folder in root.iterdir()}


def asked(settings: Settings, query: str) -> pa.Table:
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        return connection.sql(query).to_arrow_table()


@pytest.fixture(scope="module")
def facts(settings: Settings) -> list[tuple[str, int, str, float]]:
    rows = asked(settings, FACTS).to_pylist()
    assert any(row["value"] != int(row["value"]) for row in rows), "no fraction to lose"
    return [keyed(row) for row in rows]


def keyed(row: dict[str, object]) -> tuple[str, int, str, float]:
    return (
        str(row["agency_id"]),
        int(str(row["year"]).partition(".")[0]),
        str(row["indicator_id"]),
        float(str(row["value"])),
    )


def test_polars_and_pandas_read_the_facts_of_a_csv_alike(
    folders: dict[str, Path], facts: list[tuple[str, int, str, float]]
) -> None:
    file = folders["csv"] / "facts.csv"
    by_polars, by_pandas = pl.read_csv(file), pd.read_csv(file)
    assert by_polars.schema["value"] == pl.Float64
    assert list(by_polars.columns) == list(by_pandas.columns)
    assert [keyed(row) for row in by_polars.to_dicts()] == facts
    assert [keyed(row) for row in by_pandas.to_dict("records")] == facts


def test_polars_and_pandas_read_every_table_of_a_csv(folders: dict[str, Path]) -> None:
    for file in some(folders["csv"].glob("*.csv")):
        by_polars = pl.read_csv(file, infer_schema_length=None)
        assert by_polars.shape == pd.read_csv(file, low_memory=False).shape, file.name


def test_values_that_begin_whole_are_no_whole_numbers(tmp_path: Path) -> None:
    """What the first hundred lines are is what polars takes the rest for."""
    values = [Decimal(number) for number in range(200)] + [Decimal("0.5")]
    lines = ["value", *map(cell, values)]
    (tmp_path / "x.csv").write_text("\n".join(lines), "utf-8")
    assert pl.read_csv(tmp_path / "x.csv")["value"].to_list() == [float(one) for one in values]


def test_polars_reads_parquet_to_the_last_digit(
    settings: Settings, folders: dict[str, Path]
) -> None:
    for folder in some(one for one in folders["parquet"].iterdir() if one.is_dir()):
        read = pl.read_parquet(folder / "*.parquet")
        columns = ", ".join(f'"{name}"' for name in read.columns)
        stored = asked(settings, f"SELECT {columns} FROM {folder.name}")
        assert read.height == stored.num_rows, folder.name
        if "value" in read.columns:
            given = sorted(one for one in stored["value"].to_pylist() if one is not None)
            assert sorted(read["value"].drop_nulls().to_list()) == given


def test_calamine_and_pandas_read_the_facts_of_a_workbook(
    folders: dict[str, Path], facts: list[tuple[str, int, str, float]]
) -> None:
    file = folders["xlsx"] / "gongkai.xlsx"
    head, *rows = CalamineWorkbook.from_path(file).get_sheet_by_name("facts").to_python()
    assert [keyed(dict(zip(map(str, head), row, strict=True))) for row in rows] == facts
    frame = pd.read_excel(file, sheet_name="facts", engine="openpyxl")
    assert [keyed(row) for row in frame.to_dict("records")] == facts


def panels(folders: dict[str, Path]) -> Iterator[tuple[str, pd.DataFrame]]:
    yield "pyreadstat", pyreadstat.read_dta(folders["panel-dta"] / "panel.dta")[0]
    stata = folders["panel-dta"] / "panel.dta"
    yield "pandas, dta", pd.read_stata(stata, convert_categoricals=False)
    yield "pandas, csv", pd.read_csv(folders["panel-csv"] / "panel.csv")
    yield "polars, csv", pl.read_csv(folders["panel-csv"] / "panel.csv").to_pandas()
    parquet = folders["panel-parquet"] / "panel" / "panel.parquet"
    yield "polars, parquet", pl.read_parquet(parquet).to_pandas()
    yield "pandas, parquet", pd.read_parquet(parquet)
    book = folders["panel-xlsx"] / "gongkai.xlsx"
    yield "openpyxl", pd.read_excel(book, sheet_name="panel", engine="openpyxl")
    yield "calamine", pd.read_excel(book, sheet_name="panel", engine="calamine")


def test_every_reader_of_a_panel_finds_every_number_and_no_other(
    settings: Settings, folders: dict[str, Path]
) -> None:
    facts = asked(settings, MAIN).to_pylist()
    names = {row["indicator_id"]: variable_name(row["indicator_id"]) for row in facts}
    assert len(facts) > 50
    for reader, panel in panels(folders):
        rows = {(row["agency_id"], int(row["year"])): row for row in panel.to_dict("records")}
        assert int(panel[list(names.values())].notna().to_numpy().sum()) == len(facts), reader
        for fact in facts:
            row, name = rows[fact["agency_id"], fact["year"]], names[fact["indicator_id"]]
            assert float(row[name]) == pytest.approx(fact["value"], rel=1e-15), reader
            assert int(row[name + FLAG]) == fact["rank"], reader


def test_pyreadstat_finds_chinese_labels(folders: dict[str, Path]) -> None:
    frame, meta = pyreadstat.read_dta(folders["panel-dta"] / "panel.dta")
    assert meta.file_label.startswith("面板")
    assert meta.column_names_to_labels["name_zh"].startswith("机关全称")
    flags = [name for name in frame if name.endswith(FLAG)]
    labels = {
        number: f"{one.zh} {name}" for number, (name, one) in enumerate(standings().items(), 1)
    }
    assert flags and all(meta.variable_value_labels[name] == labels for name in flags)
    assert frame["name_zh"].str.contains(r"[一-鿿]").all()


def test_pysdmx_reads_facts_by_the_structure_beside_them(
    folders: dict[str, Path], settings: Settings
) -> None:
    """The message is held against the standard's own schema first."""
    file = folders["sdmx-csv"] / "facts.sdmx.csv"
    structure = folders["sdmx-csv"] / "structure.sdmx.json"
    message = pysdmx.io.read_sdmx(structure, validate=True)
    lists = {one.id: one for one in message.structures or () if isinstance(one, Codelist)}
    (described,) = (
        one for one in message.structures or () if isinstance(one, DataStructureDefinition)
    )
    assert any(isinstance(one, Dataflow) for one in message.structures or ())
    (read,) = pysdmx.io.get_datasets(file)
    by_pandas = pd.read_csv(file, dtype=str, keep_default_na=False)
    assert list(by_pandas)[3:] == [one.id for one in described.components]
    for name in ("AGENCY", "INDICATOR", "BREAKDOWN", "OBS_STATUS", "STANDING"):
        codes = {code.id for code in lists[f"CL_{name}"].codes}
        used = set(by_pandas[name]) - {""}
        assert used and used <= codes, name
        assert set(read.data[name].dropna()) - {""} == used
    expected = asked(settings, "SELECT sum(value)::DOUBLE AS total FROM fact_indicator")
    given = by_pandas.loc[by_pandas["OBS_VALUE"] != "", "OBS_VALUE"].astype(float).sum()
    assert given == pytest.approx(expected["total"][0].as_py(), rel=1e-12)
    named = json.loads(structure.read_text("utf-8"))["data"]["codelists"][0]["codes"]
    assert all(code["names"]["zh"] for code in named)
