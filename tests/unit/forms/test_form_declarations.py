"""The declared forms against the official ones, and what a wrong declaration says."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.forms import catalogue
from pipeline.forms.catalogue import indicators
from pipeline.forms.form import Form, Row, form_in_force, forms, usual_years

GOLDEN = Path(__file__).parents[2] / "golden"
VARIANTS = {
    "001_b6ce9a87a66a1839": "label_national",
    "002_65d192663e1ca53a": "label_shandong_county",
    "004_9c3ec7b4adcdc9d2": "label_shandong_prov",
}
NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]|其中[:：])"
)

Sheet = list[dict[str, str]]


def sheet(*parts: str) -> Sheet:
    with GOLDEN.joinpath(*parts).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def plain(label: str) -> str:
    """A label without number, width and punctuation."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", NUMBER.sub("", label.strip())))


@cache
def form(letter: str) -> Form:
    return next(form for form in forms() if form.form == letter)


def with_headings(rows: tuple[Row, ...]) -> Iterator[tuple[tuple[str, ...], Row]]:
    """Each row with the plain labels of the rows above it, outermost first."""
    above: list[Row] = []
    for row in rows:
        above = [other for other in above if other.level < row.level]
        yield tuple(plain(other.label or "") for other in above), row
        above.append(row)


def names(row: Row) -> list[str]:
    return [plain(label) for label in (row.label, *row.aliases) if label]


def is_printed(row: Row, label: str) -> bool:
    """Whether a label as printed is the row's, whatever note stands behind it."""
    return any(
        plain(label) == name or (plain(label).startswith(name) and re.search(r"[）)]$", label))
        for name in names(row)
    )


# Form B: three variants as printed, with the reviewed id of every row.


def reviewed_rows() -> Iterator[tuple[str, list[str], str]]:
    """Label of each row of each variant, the labels above it, and its indicator."""
    template = sheet("forms", "templates_B.csv")
    by_code = {row["code"]: row for row in template}
    for seed, column in VARIANTS.items():
        facts = [fact for fact in sheet("narrative", "table_facts.csv") if fact["seed"] == seed]
        printed = [row for row in template if row[column] and not row["is_header_only"]]
        reviewed = {plain(fact["label_raw"]) for fact in facts}
        printed = [row for row in printed if plain(row[column]) in reviewed]
        for row, fact in zip(printed, facts, strict=True):
            assert plain(row[column]) == plain(fact["label_raw"])
            above = by_code.get(row["parent"])
            yield row[column], [above["label"]] if above else [], fact["indicator_id"]


REVIEWED = list(reviewed_rows())


def test_the_three_variants_have_197_reviewed_rows() -> None:
    assert len(REVIEWED) == 197


@pytest.mark.parametrize(("label", "above", "indicator"), REVIEWED)
def test_a_row_of_form_b_means_its_indicator(label: str, above: list[str], indicator: str) -> None:
    (table,) = form("B").tables
    found = {
        row.indicator
        for headings, row in with_headings(table.rows)
        if is_printed(row, label)
        and not row.is_heading
        and (not above or not headings or plain(above[0]).startswith(headings[-1]))
    }
    assert found == {indicator}


def test_every_label_of_form_b_is_declared_at_its_depth_with_its_unit() -> None:
    (table,) = form("B").tables
    for line in sheet("forms", "templates_B.csv"):
        rows = [row for row in table.rows if is_printed(row, line["label"])]
        assert any(row.level == int(line["level"]) for row in rows), line["label"]
        assert bool(line["is_header_only"]) in {row.is_heading for row in rows}, line["label"]
        if not line["is_header_only"]:
            units = {indicators()[row.indicator].unit for row in rows if row.indicator}
            assert line["unit"] in units, line["label"]


def test_bare_labels_of_form_b_recur_so_that_parents_decide() -> None:
    (table,) = form("B").tables
    labels = Counter(plain(row.label or "") for row in table.rows if not row.is_heading)
    assert labels["被依法纠错数"] == 2
    assert labels["其他情形数"] == 3
    keys = Counter(
        (headings, plain(row.label or ""))
        for headings, row in with_headings(table.rows)
        if not row.is_heading
    )
    assert set(keys.values()) == {1}


# Forms C and D: every cell of the official forms.


def declared_cells(letter: str) -> dict[tuple[str, str, str], str]:
    """Indicator by what stands above, beside and over a cell, in plain labels."""
    cells = {}
    for table in form(letter).tables:
        for headings, row in with_headings(table.rows):
            for index, column in enumerate(table.columns):
                if row.is_heading or column.role != "value":
                    continue
                if row.unlabelled:
                    place = (plain(table.id), plain(column.group or ""), plain(column.heads[0]))
                else:
                    group = headings[-1] if headings else plain(table.heading or "")
                    place = (group, plain(row.label or ""), plain(column.heads[0]))
                assert place not in cells, place
                cells[place] = table.ids_of(row)[index]
    return cells


def official_cells(letter: str) -> list[tuple[str, str, str]]:
    return [
        official_cell(line) for line in sheet("forms", "templates_CD.csv") if is_of(line, letter)
    ]


def is_of(line: dict[str, str], letter: str) -> bool:
    return line["template"] == letter


def official_cell(line: dict[str, str]) -> tuple[str, str, str]:
    """What stands above, beside and over a cell, as ``declared_cells`` has it."""
    column = plain(line["column_label"].partition("（单位")[0].rpartition("组织/")[2])
    row = plain(line["row_label"].partition("（区分")[0])
    if line["table"] == "表四":
        return "4", plain(line["row_label"].rpartition("/")[2]), column
    if line["table"] != "表三":
        return plain(line["table"].removeprefix("表二 ")), row, column
    if not line["parent"]:
        return "申请人情况", row, column
    group = plain(re.sub(r"^3(?:\.\d)?", "", line["parent"]))
    return group or "本年度办理结果", row, column


@pytest.mark.parametrize(("letter", "count"), [("C", 198), ("D", 200)])
def test_every_cell_of_the_official_form_is_declared(letter: str, count: int) -> None:
    official = official_cells(letter)
    assert len(set(official)) == len(official) == count
    assert set(official) <= declared_cells(letter).keys()


def test_form_c_declares_nothing_else() -> None:
    assert declared_cells("C").keys() == set(official_cells("C"))


def test_form_d_declares_the_one_row_that_older_prints_have_for_three() -> None:
    """Agencies kept the row （六）其他处理 of form C without its three parts."""
    more = declared_cells("D").keys() - set(official_cells("D"))
    assert {cell[:2] for cell in more} == {("本年度办理结果", "其他处理")}
    assert len(more) == 7


@pytest.mark.parametrize("letter", ["C", "D"])
def test_a_cell_means_what_stands_beside_and_over_it(letter: str) -> None:
    cells = declared_cells(letter)
    assert len(set(cells.values())) == len(cells)
    for (_, row, column), indicator_id in cells.items():
        indicator = indicators()[indicator_id]
        if {"A", "B"} & set(indicator.templates):
            continue
        said = plain(indicator.path_zh) + plain(indicator.label_zh.replace("本年)", ")"))
        assert row in said, (indicator_id, row)
        is_whole = column == "总计" and indicator.breakdown is None
        assert is_whole or column.removeprefix("本年") in said, (indicator_id, column)


def test_one_label_with_two_meanings_has_two_ids() -> None:
    fees = {
        letter: {
            cell for place, cell in declared_cells(letter).items() if place[1] == "行政事业性收费"
        }
        for letter in "CD"
    }
    assert fees["C"] and fees["D"]
    assert not fees["C"] & fees["D"]
    assert {indicators()[one].unit for one in fees["D"]} == {"万元"}
    assert {indicators()[one].unit for one in fees["C"]} == {"项"}


# What a wrong declaration says.


def stated() -> dict[str, Any]:
    return {
        "form": "C",
        "title": "试表",
        "source": "试",
        "counts_zh": "统计什么",
        "counts_en": "What it counts",
        "years": [2019, 2020],
        "tables": [
            {
                "id": "1",
                "columns": [{"heads": ["本年新制作数量"]}, {"heads": ["本年新公开数量"]}],
                "rows": [
                    {"label": "规章", "level": 1, "cells": ["rules.made", "rules.disclosed"]},
                    {"label": "收到申请", "level": 1, "indicator": "requests.received"},
                ],
            }
        ],
    }


def row_of(declaration: dict[str, Any], number: int) -> dict[str, Any]:
    row: dict[str, Any] = declaration["tables"][0]["rows"][number]
    return row


def test_the_stated_form_is_right_before_it_is_spoilt() -> None:
    assert Form.model_validate(stated()).form == "C"


def test_an_unknown_indicator_is_named_with_its_form() -> None:
    declaration = stated()
    row_of(declaration, 1)["indicator"] = "requests.recieved"
    with pytest.raises(ValidationError, match=r"form C: requests\.recieved is not in indicators"):
        Form.model_validate(declaration)


def test_an_unknown_cell_is_named_with_its_form() -> None:
    declaration = stated()
    row_of(declaration, 0)["cells"] = ["rules.made", "rules.shown"]
    with pytest.raises(ValidationError, match=r"form C: rules\.shown"):
        Form.model_validate(declaration)


def test_an_unknown_breakdown_is_named() -> None:
    declaration = stated()
    declaration["tables"][0]["columns"][1]["suffix"] = "foreigners"
    with pytest.raises(ValidationError, match=r"requests\.received:foreigners"):
        Form.model_validate(declaration)


def test_a_missing_cell_is_named_with_its_row() -> None:
    declaration = stated()
    row_of(declaration, 0)["cells"] = ["rules.made"]
    with pytest.raises(ValidationError, match="form C, 规章: not one cell a column"):
        Form.model_validate(declaration)


def test_a_misspelt_key_is_refused() -> None:
    declaration = stated()
    row_of(declaration, 0)["alias"] = ["规章制度"]
    with pytest.raises(ValidationError, match=r"tables\.0\.rows\.0\.alias"):
        Form.model_validate(declaration)


# The catalogue.

HEAD = "indicator_id,templates,unit,label_zh,label_en,parent_id,path_zh,breakdown\n"


@pytest.fixture
def catalogue_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Loads a catalogue of the given rows."""

    def load(*rows: str) -> dict[str, catalogue.Indicator]:
        (tmp_path / "indicators.csv").write_text(HEAD + "\n".join(rows), "utf-8")
        return indicators()

    monkeypatch.setattr(catalogue, "DATA", tmp_path)
    indicators.cache_clear()
    yield load
    indicators.cache_clear()


def test_an_indicator_declared_twice_is_named(catalogue_of: Any) -> None:
    row = "a.b,B,件,甲,A,,,"
    with pytest.raises(ValueError, match=r"indicators\.csv: a\.b stands twice"):
        catalogue_of(row, row)


def test_a_parent_that_is_not_there_is_named(catalogue_of: Any) -> None:
    with pytest.raises(ValueError, match=r"indicators\.csv: parents \['a'\]"):
        catalogue_of("a.b,B,件,甲,A,a,,")


def test_a_breakdown_that_is_not_the_suffix_is_named(catalogue_of: Any) -> None:
    with pytest.raises(ValidationError, match="a:person: breakdown people is not its suffix"):
        catalogue_of("a:person,C,件,甲,A,,,people")


def test_a_total_is_what_has_parts(catalogue_of: Any) -> None:
    found = catalogue_of(
        "a,B,件,甲,A,,,", "a.b,B,件,乙,B,a,,", "a:cumulative,A,件,丙,C,a,,cumulative"
    )
    assert {name for name, indicator in found.items() if indicator.is_total} == {"a"}


def test_the_total_of_a_column_is_a_total_too() -> None:
    """Adding up what is no total must count every request of natural persons once."""
    assert indicators()["requests.processed:natural_person"].is_total
    assert indicators()["requests.processed.denied:natural_person"].is_total
    assert not indicators()["requests.processed.granted:natural_person"].is_total


def test_every_indicator_of_a_form_is_printed_on_a_form_that_says_so() -> None:
    for letter in "CD":
        for indicator_id in declared_cells(letter).values():
            told = indicators()[indicator_id].templates
            assert letter in told or {"C", "D"} & set(told), indicator_id
    used = {cell for letter in "CD" for cell in declared_cells(letter).values()}
    only = {
        name for name, indicator in indicators().items() if set(indicator.templates) <= {"C", "D"}
    }
    assert only - used == set()


def test_an_id_is_taken_apart_into_row_applicant_and_period() -> None:
    parts = {
        one.indicator_id: (one.row_id, one.applicant, one.period) for one in indicators().values()
    }
    assert parts["meetings.held"] == ("meetings.held", None, "year")
    assert parts["requests.received"] == ("requests.received", "all", "year")
    assert parts["requests.received:research"] == ("requests.received", "research", "year")
    assert parts["requests.answered:cumulative"] == ("requests.answered", None, "cumulative")
    assert len(set(parts.values())) == len(parts)


@pytest.mark.parametrize(
    ("year", "form"),
    [
        (2003, "A"),
        (2013, "A"),
        (2014, "B"),
        (2018, "B"),
        (2019, "C"),
        (2020, "C"),
        (2021, "D"),
        (2030, "D"),
    ],
)
def test_a_year_is_reported_on_the_form_of_that_year(year: int, form: str) -> None:
    assert form_in_force(year) == form


def test_no_year_is_usual_on_two_forms() -> None:
    spans = list(usual_years().values())
    for (_, last), (first, _) in pairwise(spans):
        assert last is not None
        assert last + 1 == first
    assert spans[-1][1] is None


def test_a_breakdown_nobody_declared_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("indicators.csv", "applicants.yml"):
        text = (catalogue.DATA / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace(":research,", ":reserch,"), "utf-8")
    file = tmp_path / "indicators.csv"
    file.write_text(re.sub(r",research$", ",reserch", file.read_text("utf-8"), flags=re.M), "utf-8")
    monkeypatch.setattr(catalogue, "DATA", tmp_path)
    with pytest.raises(ValidationError, match=r"reserch is neither"):
        indicators.__wrapped__()
