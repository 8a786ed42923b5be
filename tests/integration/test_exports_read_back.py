"""Exports read back by other tools are the warehouse, cell by cell."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from drawn_store import HOSTILE, draw, publish

from pipeline.settings import Settings
from pipeline.warehouse.exports.choice import Choice
from pipeline.warehouse.exports.export import FORMATS, export
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.schema import TableSchema, schema_version, tables

FRICTIONLESS = Path(sys.executable).with_name("frictionless")
TABLES = list(tables().values())
FORMULA = ("=", "+", "-", "@")
SHEETS = ("fact_indicator", "observation", "check_result")
NUMBERS = ("DECIMAL", "INTEGER", "BIGINT", "DOUBLE")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return publish(draw(20, seed=3), tmp_path_factory.mktemp("exported"))


@pytest.fixture(scope="module")
def folders(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    publication = Publisher(settings).current()
    assert publication is not None
    root = tmp_path_factory.mktemp("out")
    for form in FORMATS:
        chosen = Choice() if form == "sdmx-csv" else Choice(tables=tuple(tables()))
        export(publication, root / form, form, chosen)
    return {form: root / form for form in FORMATS}


def stored(settings: Settings, table: TableSchema) -> pa.Table:
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        return connection.sql(f"FROM {table.name}").to_arrow_table()


def as_text(settings: Settings, table: TableSchema) -> list[tuple[str, ...]]:
    """The rows of a table as a person would write them, in order."""
    columns = [column.to_pylist() for column in stored(settings, table).columns]
    return sorted(tuple(text(value) for value in row) for row in zip(*columns, strict=True))


def text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return ";".join(map(text, value))
        case Decimal() | float():
            return f"{Decimal(str(value)).normalize():f}"
        case pd.Timestamp():
            return str(value.floor("s"))
    return str(value).partition(".")[0] if hasattr(value, "microsecond") else str(value)


def test_the_hostile_cells_are_there(settings: Settings) -> None:
    labels = set(stored(settings, tables()["observation"])["label_raw"].to_pylist())
    assert labels >= set(HOSTILE)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_parquet_by_pyarrow_and_pandas(
    settings: Settings, folders: dict[str, Path], table: TableSchema
) -> None:
    files = sorted((folders["parquet"] / table.name).glob("*.parquet"))
    parts = [pq.ParquetFile(file).read() for file in files]
    if not parts:
        assert stored(settings, table).num_rows == 0
        return
    schema = parts[0].schema
    assert schema.metadata[b"schema_version"].decode() == str(schema_version())
    for column in table.columns:
        assert schema.field(column.name).metadata[b"comment_zh"].decode() == column.zh
    read = pa.concat_tables(parts)
    expected = stored(settings, table).cast(table.arrow)
    order = {tuple(map(repr, row.values())) for row in expected.to_pylist()}
    assert read.num_rows == expected.num_rows
    assert {tuple(map(repr, row.values())) for row in read.to_pylist()} == order
    assert sum(len(pd.read_parquet(file)) for file in files) == expected.num_rows


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_by_pandas(settings: Settings, folders: dict[str, Path], table: TableSchema) -> None:
    file = folders["csv"] / f"{table.name}.csv"
    assert file.read_bytes()[:3] == b"\xef\xbb\xbf"
    frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    assert list(frame) == [column.name for column in table.columns]
    typed = dict(zip(frame, [column.type for column in table.columns], strict=True))
    for name in frame:
        if typed[name] in ("VARCHAR", "VARCHAR[]"):
            bad = frame[name].str.startswith(FORMULA) & (frame[name].str.len() > 1)
            assert not bad.any(), f"{name}: a spreadsheet computes {frame[name][bad].iloc[0]!r}"
            frame[name] = frame[name].str.replace(r"^'(?=[=+\-@\t\r])", "", regex=True)
        elif typed[name].startswith(NUMBERS) and not typed[name].endswith("[]"):
            pd.to_numeric(frame[name][frame[name] != ""])  # no number is hidden in an apostrophe
            frame[name] = [text(Decimal(one)) if one else "" for one in frame[name]]
    assert sorted(map(tuple, frame.to_numpy().tolist())) == as_text(settings, table)


@pytest.fixture(scope="module")
def workbook(folders: dict[str, Path]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(folders["xlsx"] / "gongkai.xlsx")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_xlsx_by_openpyxl(
    settings: Settings, workbook: openpyxl.Workbook, table: TableSchema
) -> None:
    sheet = workbook[table.name]
    header, *wide = list(sheet.iter_rows())
    declared = [column.name for column in table.columns]
    places = [place for place, cell in enumerate(header) if cell.value in declared]
    assert [header[place].value for place in places] == declared
    assert all(str(cell.value).endswith("_zh") for cell in header if cell.value not in declared)
    rows = [[row[place] for place in places] for row in wide]
    numeric = [
        column.type.startswith(NUMBERS[:3]) and not column.type.endswith("[]")
        for column in table.columns
    ]
    for row in rows:
        for cell, is_number in zip(row, numeric, strict=True):
            assert cell.data_type != "f"
            assert cell.value is None or isinstance(cell.value, int | float) or not is_number
            if isinstance(cell.value, str) and cell.value.startswith(FORMULA):
                assert cell.data_type == "s" and cell.quotePrefix
    days = [column.type == "DATE" for column in table.columns]
    read = sorted(
        tuple(
            text(cell.value)[: 10 if is_day else None]
            for cell, is_day in zip(row, days, strict=True)
        )
        for row in rows
    )
    assert read == as_text(settings, table)


def test_sdmx_gives_every_fact(settings: Settings, folders: dict[str, Path]) -> None:
    frame = pd.read_csv(folders["sdmx-csv"] / "facts.sdmx.csv", dtype=str, keep_default_na=False)
    given = frame[frame["OBS_VALUE"] != ""]
    breakdown = ":" + given["BREAKDOWN"]
    ids = given["INDICATOR"] + breakdown.where(given["BREAKDOWN"] != "_T", "")
    ids, agencies = ids.str.replace("-", "."), given["AGENCY"].str.replace("-", ".")
    read = set(zip(agencies, given["TIME_PERIOD"], ids, given["OBS_VALUE"], strict=True))
    facts = stored(settings, tables()["fact_indicator"]).to_pylist()
    assert len(given) == len(facts) > 0
    assert read == {
        (f["agency_id"], str(f["year"]), f["indicator_id"], text(f["value"])) for f in facts
    }
    assert set(frame["OBS_STATUS"]) <= {"A", "E", "M", "O", "Q"}


@pytest.mark.parametrize("form", ["csv", "xlsx", "sdmx-csv"])
def test_frictionless_finds_the_package_valid(folders: dict[str, Path], form: str) -> None:
    """Parquet is left out: that reader turns whole numbers with gaps into fractions.

    Of a workbook some sheets are looked at: it opens the whole book again for each.
    """
    described = json.loads((folders[form] / "datapackage.json").read_text("utf-8"))
    if form == "xlsx":
        described["resources"] = [one for one in described["resources"] if one["name"] in SHEETS]
        assert len(described["resources"]) == len(SHEETS)
    package = folders[form] / "looked_at.json"
    package.write_text(json.dumps(described), "utf-8")
    command = [str(FRICTIONLESS), "validate", package.name, "--json"]
    done = subprocess.run(command, cwd=folders[form], capture_output=True, text=True, check=False)
    package.unlink()
    report = json.loads(done.stdout)
    errors = [error["message"] for task in report["tasks"] for error in task["errors"]]
    assert report["valid"], [*report["errors"], *errors[:5]]


def test_frictionless_finds_a_changed_cell(folders: dict[str, Path], tmp_path: Path) -> None:
    for file in folders["csv"].iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    agencies = tmp_path / "dim_agency.csv"
    agencies.write_text(agencies.read_text("utf-8").replace("county", "village"), "utf-8")
    command = [str(FRICTIONLESS), "validate", "datapackage.json", "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert not json.loads(done.stdout)["valid"]
