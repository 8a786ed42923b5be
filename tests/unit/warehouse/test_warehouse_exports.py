"""What other teams read back is what the warehouse holds."""

import csv
import hashlib
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from msgspec import structs
from stated_corpus import GAOQING, Corpus, report

from pipeline.model.observation import Qualifier, Status
from pipeline.warehouse.disk import BuildError
from pipeline.warehouse.exports import spreadsheet
from pipeline.warehouse.exports.choice import Choice, ChoiceError
from pipeline.warehouse.exports.csv_files import cell
from pipeline.warehouse.exports.export import FORMATS, export
from pipeline.warehouse.exports.export_request import Resource
from pipeline.warehouse.publishing.publication import Publication, Publisher
from pipeline.warehouse.schema import tables

pytestmark = pytest.mark.around

FACTS = Choice(tables=("fact_indicator", "facts"))


class Exported(NamedTuple):
    """A folder of files, and what they were said to be."""

    folder: Path
    resources: list[Resource]


@pytest.fixture(scope="module")
def publication(shared_corpus: Corpus) -> Publication:
    stated = report({"disclosure.items": "17", "requests.received": "0.5"})
    formula = structs.replace(
        stated.observations[1], label_raw="=1+1", unit_raw="@SUM(A1)", value_raw="-5"
    )
    masked = structs.replace(
        stated.observations[1],
        indicator_id="requests.closed",
        value_raw="XX",
        value=None,
        value_status=Status.MASKED,
    )
    about = structs.replace(stated.facts[1], qualifier=Qualifier.APPROXIMATE)
    shared_corpus.add(
        "a.txt",
        replace(
            stated,
            observations=(stated.observations[0], formula, masked),
            facts=(stated.facts[0], about),
        ),
    )
    shared_corpus.add("b.txt", report({"disclosure.items": "4"}, year=2017))
    shared_corpus.build()
    published = Publisher(shared_corpus.settings).current()
    assert published is not None
    return published


@pytest.fixture(scope="module")
def exported(
    publication: Publication, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Exported]:
    """The whole publication in every format, for who only reads."""
    root = tmp_path_factory.mktemp("exported")
    return {form: Exported(root / form, export(publication, root / form, form)) for form in FORMATS}


def records(workbook: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    head, *rows = workbook[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def written(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_parquet_has_the_declared_schema_and_all_rows(exported: dict[str, Exported]) -> None:
    files = sorted((exported["parquet"].folder / "fact_indicator").iterdir())
    assert [file.name for file in files] == [
        "fact_indicator-2017.parquet",
        "fact_indicator-2018.parquet",
    ]
    schema = pq.read_schema(files[0])
    assert schema.remove_metadata().equals(tables()["fact_indicator"].arrow.remove_metadata())
    assert schema.field("value").metadata[b"comment_en"]
    assert schema.metadata[b"schema_version"]
    values = pd.concat([pd.read_parquet(file) for file in files])["value"].tolist()
    assert sorted(values) == [Decimal("0.5"), Decimal(4), Decimal(17)]


def test_csv_opens_in_a_spreadsheet_as_it_is(exported: dict[str, Exported]) -> None:
    out = exported["csv"].folder
    file = out / "observation.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cells = {value for row in rows for value in row.values()}
    assert {"'=1+1", "'@SUM(A1)", "'-5"} <= cells
    with (out / "fact_indicator.csv").open(encoding="utf-8-sig") as stream:
        assert sorted(row["value"] for row in csv.DictReader(stream)) == ["0.5", "17.0", "4.0"]


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_text_becomes_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell([text]) == f"'{text}"


@pytest.mark.parametrize("text", ["-", "—", "甲=乙", "", "17"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_numbers_are_never_quoted() -> None:
    assert cell(Decimal("-5.5000")) == "-5.5"
    assert cell(-0.5) == "-0.5"


def test_a_number_that_may_have_decimals_always_has_its_point() -> None:
    assert cell(Decimal("-5.0000")) == "-5.0"
    assert cell(Decimal("100.0000")) == "100.0"
    assert cell(2018) == "2018"


@pytest.fixture(scope="module")
def workbook(exported: dict[str, Exported]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(exported["xlsx"].folder / "gongkai.xlsx")


def test_a_workbook_has_a_sheet_a_table_and_no_formula(workbook: openpyxl.Workbook) -> None:
    assert workbook.sheetnames[1] == "facts"
    assert set(tables()) <= set(workbook.sheetnames)
    for sheet in workbook.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert bool(sheet.auto_filter.ref) == (sheet.max_row > 1)
        if sheet.title in tables():
            names = tables()[sheet.title].arrow.names
            assert [one.value for one in sheet[1] if one.value in names] == names
        assert all(one.data_type != "f" for row in sheet.iter_rows() for one in row)
    assert "=1+1" in {value for row in workbook["observation"].values for value in row}
    assert sorted(row["value"] for row in records(workbook, "fact_indicator")) == [0.5, 4, 17]


def test_names_stand_beside_ids_in_a_workbook(workbook: openpyxl.Workbook) -> None:
    fact = next(row for row in records(workbook, "fact_indicator") if row["value"] == 17)
    assert fact["agency_zh"] == GAOQING.name_zh
    assert fact["indicator_zh"] == "主动公开政府信息数"
    seen = {row["report_zh"] for row in records(workbook, "observation")}
    assert seen == {f"{GAOQING.name_zh} 2018", f"{GAOQING.name_zh} 2017"}


def test_the_first_sheet_says_how_the_rest_is_read_and_cited(
    publication: Publication, workbook: openpyxl.Workbook
) -> None:
    notes = workbook.worksheets[0]
    told = {row[0]: row[2] for row in notes.iter_rows(values_only=True)}
    assert publication.folder.name in str(told["引用 Citation"])
    assert "Apache-2.0" in str(told["许可 Licence"])
    assert "standing = disputed" in told
    long = next(row[2] for row in notes.iter_rows() if row[0].value == "standing = disputed")
    assert long.alignment.wrap_text
    assert notes.row_dimensions[long.row].height > 2 * notes.row_dimensions[1].height


def test_a_printed_workbook_repeats_the_header_and_its_notes_are_as_wide_as_the_paper(
    workbook: openpyxl.Workbook,
) -> None:
    notes, *others = workbook.worksheets
    assert notes.sheet_properties.pageSetUpPr.fitToPage
    assert notes.page_setup.fitToHeight == 0
    for sheet in others:
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"


def test_a_table_longer_than_a_sheet_is_refused_with_a_way_out(
    publication: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Two to the power of twenty, the row of heads included.
    assert spreadsheet.ROWS_A_SHEET + 1 == 2**20
    monkeypatch.setattr(spreadsheet, "ROWS_A_SHEET", 2)
    with pytest.raises(ChoiceError, match=r"has \d+ rows, and a sheet holds 2: .*--year.*csv"):
        export(publication, tmp_path / "out", "xlsx", FACTS)
    assert not list(tmp_path.iterdir())


def test_progress_tells_rows_of_every_table(publication: Publication, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    export(publication, tmp_path / "out", "csv", FACTS, progress=lambda *one: told.append(one))
    assert ("fact_indicator", 0, 3) in told and ("fact_indicator", 3, 3) in told


def sdmx(exported: dict[str, Exported]) -> list[dict[str, str]]:
    file = exported["sdmx-csv"].folder / "facts.sdmx.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_sdmx_tells_missing_from_zero(exported: dict[str, Exported]) -> None:
    rows = sdmx(exported)
    found = {
        (row["TIME_PERIOD"], row["INDICATOR"]): (row["OBS_VALUE"], row["OBS_STATUS"])
        for row in rows
    }
    assert found == {
        ("2017", "disclosure-items"): ("4", "A"),
        ("2018", "disclosure-items"): ("17", "A"),
        ("2018", "requests-received"): ("0.5", "E"),
        ("2018", "requests-closed"): ("", "Q"),
    }
    assert {row["AGENCY"] for row in rows} == {GAOQING.agency_id.replace(".", "-")}


def test_sdmx_says_what_a_number_is_worth(exported: dict[str, Exported]) -> None:
    worth = {
        (row["SCOPE"], row["CONFIDENCE"], row["ERRORS_FAILING"], row["STANDING"])
        for row in sdmx(exported)
    }
    assert worth == {("agency", "1.0", "0", "undisputed"), ("agency", "", "", "")}


@pytest.mark.parametrize("form", FORMATS)
def test_the_descriptor_tells_rows_and_hashes(exported: dict[str, Exported], form: str) -> None:
    out, resources = exported[form]
    described = json.loads((out / "datapackage.json").read_text("utf-8"))
    assert [one["path"] for one in described["resources"]] == [one.path for one in resources]
    names = [one["name"] for one in described["resources"]]
    assert len(set(names)) == len(names)
    for one in described["resources"]:
        data = (out / one["path"]).read_bytes()
        assert one["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    files = {path.relative_to(out).as_posix() for path in written(out)}
    assert set(manifest["files"]) == files - {"manifest.json"} >= {one.path for one in resources}


@pytest.mark.parametrize("form", FORMATS)
def test_every_descriptor_brings_licence_source_and_citation(
    publication: Publication, exported: dict[str, Exported], form: str
) -> None:
    descriptors = [path for path in written(exported[form].folder) if path.suffix == ".json"]
    for path in descriptors:
        text = path.read_text("utf-8")
        if path.name != "manifest.json":
            assert "Apache-2.0" in text and "public documents of the agencies" in text
        assert publication.folder.name in text
    assert len(descriptors) == 3 + (form == "sdmx-csv")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_croissant_names_every_file_and_column(exported: dict[str, Exported], form: str) -> None:
    out, resources = exported[form]
    told = json.loads((out / "croissant.json").read_text("utf-8"))
    hashes = {one["@id"]: one["sha256"] for one in told["distribution"]}
    assert hashes == {one.path: one.sha256 for one in resources}
    for one, records_told in zip(resources, told["recordSet"], strict=True):
        columns = [field["source"]["extract"]["column"] for field in records_told["field"]]
        assert columns == [column.name for column in one.table.columns]
        assert {field["source"]["fileObject"]["@id"] for field in records_told["field"]} == {
            one.path
        }


def test_an_export_replaces_an_export_and_nothing_else(
    publication: Publication, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    export(publication, out, "csv", FACTS)
    export(publication, out, "parquet", FACTS)
    assert not list(out.glob("*.csv"))
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter.docx").write_bytes(b"years of work")
    with pytest.raises(BuildError, match="no export"):
        export(publication, other, "csv", FACTS)
    assert (other / "chapter.docx").exists()


@pytest.mark.parametrize("name", ["mine.txt", "parquet/mine.txt", ".mine"])
def test_what_somebody_put_into_an_export_is_not_deleted(
    publication: Publication, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "out"
    export(publication, out, "csv", FACTS)
    mine = out / name
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine", "utf-8")
    before = sorted(out.rglob("*"))
    with pytest.raises(BuildError, match=rf"{re.escape(name)}, which no export wrote"):
        export(publication, out, "parquet", FACTS)
    assert sorted(out.rglob("*")) == before
    assert mine.read_text("utf-8") == "mine"
    mine.unlink()
    export(publication, out, "parquet", FACTS)


def test_a_table_without_rows_is_written_with_its_schema(exported: dict[str, Exported]) -> None:
    read = pd.read_parquet(exported["parquet"].folder / "fact_history")
    assert read.empty
    assert list(read.columns) == tables()["fact_history"].arrow.names


def test_a_whole_export_is_no_list_of_what_is_not_printed_and_says_so(
    publication: Publication, exported: dict[str, Exported], tmp_path: Path
) -> None:
    for form in ("csv", "parquet", "xlsx"):
        folder, resources = exported[form]
        assert "indicator_coverage" not in {one.table.name for one in resources}
        told = json.loads((folder / "manifest.json").read_text("utf-8"))["left_out"]
        with publication.read() as connection:
            rows = connection.execute("SELECT count(*) FROM indicator_coverage").fetchone()
        assert rows == (told["indicator_coverage"]["rows"],)
    for name, choice in {
        "table": Choice(tables=("indicator_coverage",)),
        "indicator": Choice(indicators=("disclosure.items",)),
    }.items():
        resources = export(publication, tmp_path / name, "csv", choice)
        assert "indicator_coverage" in {one.table.name for one in resources}
        assert json.loads((tmp_path / name / "manifest.json").read_text("utf-8"))["left_out"] == {}


def test_sdmx_counts_its_gaps_so_that_the_rest_are_the_facts(
    exported: dict[str, Exported],
) -> None:
    folder, (resource,) = exported["sdmx-csv"]
    told = json.loads((folder / "manifest.json").read_text("utf-8"))["files"][resource.path]
    facts = sum(one.rows for one in exported["parquet"].resources if one.table.name == "facts")
    assert told["without_value"] == 1
    assert resource.rows - told["without_value"] == facts
