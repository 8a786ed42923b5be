"""Comma-separated files: a sheet's rows, and prose that only bears the ending."""

import csv
import io

import openpyxl
import pytest
from declared_table import assert_places, grid

from pipeline.model.document import Document, Paragraph
from pipeline.parsing import parse_file
from pipeline.readers.reading import read
from pipeline.readers.text.delimited import read_csv
from pipeline.settings import ROOT

FORM = ROOT / "tests" / "golden" / "formats" / "form.xlsx"


def document(text: str, encoding: str = "utf-8") -> Document:
    content = read_csv(text.encode(encoding))
    assert isinstance(content, Document), content
    assert_places(content)
    return content


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rows_keep_their_blanks_commas_and_line_ends(encoding: str) -> None:
    text = '某局年报\n指标,单位,数量\n主动公开,条,"1,234"\n"依申请\n公开",件,\n'
    made = document(text, encoding)
    assert grid(made) == [
        [["指标", "单位", "数量"], ["主动公开", "条", "1,234"], ["依申请\n公开", "件", ""]]
    ]
    assert [one.text for one in made.blocks if isinstance(one, Paragraph)] == ["某局年报"]


def test_sentences_under_the_ending_stay_sentences() -> None:
    made = document("2018年，共主动公开政府信息31条。\n未收到申请。\n")
    assert not grid(made)
    assert made.media_type == "text/plain"


def test_a_name_that_ends_in_csv_does_not_hide_a_web_page() -> None:
    (found,) = read("a.csv", b"<html><body><table><tr><td>1</td></tr></table><p>x</body></html>")
    assert found.content.media_type == "text/html"


def test_saved_sheets_give_the_values_of_the_workbook() -> None:
    saved = io.StringIO()
    for sheet in openpyxl.load_workbook(FORM).worksheets:
        csv.writer(saved).writerows(
            ["" if value is None else value for value in row] for row in sheet.values
        )
    values = {
        name: {one.indicator_id: one.value for part in parsed.reports for one in part.observations}
        for name, data in (("a.xlsx", FORM.read_bytes()), ("a.csv", saved.getvalue().encode()))
        for parsed in parse_file(name, data)
    }
    assert len(values["a.csv"]) > 200
    assert values["a.csv"] == values["a.xlsx"]


@pytest.mark.parametrize(
    ("last", "cells"),
    [
        ("传真申请,件,1,30", ["件", "1", "30"]),
        ("传真申请,件,1,30\n", ["件", "1", "30"]),
        ("传真申请,件,1", ["件"]),
    ],
)
def test_only_a_row_that_is_shorter_than_the_one_above_was_cut(last: str, cells: list[str]) -> None:
    made = document(f"指标,单位,数量,累计\n当面申请,件,7,9\n{last}")
    ((*_, row),) = grid(made)
    assert [cell for cell in row if cell] == ["传真申请", *cells]
    assert bool(made.notices) is (len(cells) < 3)


def test_numbers_kept_from_excel_are_read() -> None:
    made = document('指标,单位,数量\n当面申请,件,"=""7"""\n传真申请,件,"=""1,234"""\n')
    assert [row[-1] for row in grid(made)[0]] == ["数量", "7", "1,234"]
