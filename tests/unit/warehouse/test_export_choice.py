"""What of a warehouse is exported, and the panel as other programs read it."""

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest
from msgspec import structs
from stated_corpus import GAOQING, Corpus, report

from pipeline.forms.catalogue import indicators
from pipeline.warehouse.exports.choice import Choice, ChoiceError, selections
from pipeline.warehouse.exports.export import PANEL_FORMATS, export
from pipeline.warehouse.exports.panel import FLAG, LONGEST, variable_name
from pipeline.warehouse.publishing.publication import Publication, Publisher
from pipeline.warehouse.queries.name_lookup import NotFoundError
from pipeline.warehouse.schema import tables

pytestmark = pytest.mark.around

RECEIVED = "req_recv"


@pytest.fixture(scope="module")
def publication(shared_corpus: Corpus) -> Publication:
    values = {"disclosure.items": "17", "requests.received": "0.5"}
    shared_corpus.add("a.txt", report(values))
    shared_corpus.add("b.txt", report({"disclosure.items": "0"}, year=2017))
    shared_corpus.build()
    published = Publisher(shared_corpus.settings).current()
    assert published is not None
    return published


def test_names_of_variables_are_short_and_each_its_own() -> None:
    names = [variable_name(one) for one in indicators()]
    assert len(set(names)) == len(names)
    flags = {name + FLAG for name in names}
    assert not flags & set(names)
    assert max(map(len, flags)) <= LONGEST
    assert all(name.isidentifier() and name.isascii() for name in names)


def test_what_is_chosen_and_nothing_else_is_written(
    publication: Publication, tmp_path: Path
) -> None:
    choice = Choice(("facts",), (2018,), (), ("requests.received",))
    (written,) = export(publication, tmp_path / "out", "csv", choice)
    rows = pd.read_csv(tmp_path / "out" / written.path, dtype=str)
    assert rows[["year", "indicator_id", "value"]].to_numpy().tolist() == [
        ["2018", "requests.received", "0.5"]
    ]
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text("utf-8"))
    assert described["choice"]["years"] == [2018]
    assert described["licenses"] and described["sources"] and described["citation"]


def test_a_year_narrows_observations_by_their_report(
    publication: Publication, tmp_path: Path
) -> None:
    (written,) = export(publication, tmp_path / "out", "csv", Choice(("observation",), (2017,)))
    assert written.rows == 1


@pytest.mark.parametrize(
    "choice",
    [
        Choice(tables=("nosuch",)),
        Choice(provinces=("火星",)),
        Choice(indicators=("nosuch",)),
        Choice(years=(2030,)),
    ],
)
def test_what_is_not_there_is_refused_and_leaves_no_folder(
    publication: Publication, tmp_path: Path, choice: Choice
) -> None:
    with pytest.raises(NotFoundError):
        export(publication, tmp_path / "out", "csv", choice)
    assert not list(tmp_path.iterdir())


def test_a_publication_of_another_version_is_told_from_a_fault() -> None:
    with duckdb.connect() as connection:
        for table in tables().values():
            connection.execute(table.ddl)
        connection.execute("ALTER TABLE fact_gap DROP COLUMN candidates")
        with pytest.raises(ChoiceError, match=r"fact_gap lacks candidates.*gongkai build"):
            selections(connection, Choice())


@pytest.mark.parametrize("form", PANEL_FORMATS)
def test_the_panel_is_one_row_an_agency_and_year(
    publication: Publication, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "out"
    export(publication, out, form, as_panel=True)
    match form:
        case "csv":
            panel = pd.read_csv(out / "panel.csv")
        case "xlsx":
            panel = pd.read_excel(out / "gongkai.xlsx", sheet_name="panel", engine="openpyxl")
            assert "codebook" in openpyxl.load_workbook(out / "gongkai.xlsx").sheetnames
        case "parquet":
            panel = pd.read_parquet(out / "panel" / "panel.parquet")
        case _:
            panel = pd.read_stata(out / "panel.dta", convert_categoricals=False)
    assert panel["agency_id"].tolist() == [GAOQING.agency_id] * 2
    assert panel["year"].tolist() == [2017, 2018]
    assert panel["disc_items"].astype(float).tolist() == [0, 17]
    assert pd.isna(panel[RECEIVED][0]), "a gap is no zero"
    assert float(panel[RECEIVED][1]) == 0.5
    assert pd.isna(panel[RECEIVED + FLAG][0]) and panel[RECEIVED + FLAG][1] == 1
    assert panel["facts"].tolist() == [1, 2]


def test_the_panel_names_the_variables_that_are_counted_otherwise(
    corpus: Corpus, tmp_path: Path
) -> None:
    stated = report({"disclosure.items": "17", "requests.received": "3"})
    facts = tuple(structs.replace(one, unit="条") for one in stated.facts)
    corpus.add("a.txt", replace(stated, facts=facts))
    corpus.add("b.txt", report({"requests.received": "3"}, year=2017))
    corpus.build()
    published = Publisher(corpus.settings).current()
    assert published is not None
    export(published, tmp_path / "out", "csv", as_panel=True)
    panel = pd.read_csv(tmp_path / "out" / "panel.csv", keep_default_na=False)
    assert panel["other_units"].tolist() == ["", "requests.received 条"]


def test_a_data_set_of_stata_brings_chinese_labels(
    publication: Publication, tmp_path: Path
) -> None:
    export(publication, tmp_path / "out", "dta", as_panel=True)
    with pd.io.stata.StataReader(tmp_path / "out" / "panel.dta") as reader:
        labels, values = reader.variable_labels(), reader.value_labels()
    assert labels["name_zh"].startswith("机关全称")
    assert labels["disc_items"].startswith("主动公开政府信息数（条）")
    assert set(values) >= {"disc_items" + FLAG}
    assert values["disc_items" + FLAG][1] == "无争议 undisputed"
    codebook = pd.read_csv(tmp_path / "out" / "codebook.csv").set_index("variable")
    assert codebook.loc["disc_items", "indicator_id"] == "disclosure.items"
