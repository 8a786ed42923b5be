"""Files to take away: opened again, they hold what was shown and compute nothing."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

from openpyxl import load_workbook

from pipeline.explorer.downloads import as_csv, as_png, as_xlsx
from pipeline.explorer.plots import bars
from pipeline.explorer.rendering import number, picture
from pipeline.explorer.screens.compare_page import ranked

HOSTILE = ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", "#N/A", "<b>x</b>", '甲"乙', "甲,乙\n丙"]
ROWS = [
    {
        "name_zh": name,
        "value": Decimal("17.5000"),
        "n": 3,
        "on": date(2018, 1, 2),
        "ids": ["=a", "b"],
    }
    for name in HOSTILE
]


def test_csv_has_a_bom_and_no_formula() -> None:
    data = as_csv(ROWS)
    assert data.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == list(ROWS[0])
    assert [row[0].removeprefix("'") for row in rows[1:]] == HOSTILE
    for row in rows[1:]:
        for value in row:
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert rows[1][1] == "17.5"


def test_xlsx_has_texts_for_texts_and_numbers_for_numbers() -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx(ROWS))).active
    assert sheet is not None
    for row, name in zip(sheet.iter_rows(min_row=2), HOSTILE, strict=True):
        assert row[0].value == name
        assert row[0].data_type == "s"
        assert row[1].value == 17.5
        assert row[4].value == "=a;b" and row[4].data_type == "s"


def test_a_workbook_says_what_was_chosen_on_a_second_sheet() -> None:
    book = load_workbook(io.BytesIO(as_xlsx(ROWS, ["予以公开，2023 年", "=1+1"])))
    assert [row[0].value for row in book["notes"].iter_rows()] == ["予以公开，2023 年", "=1+1"]
    assert book["notes"]["A2"].data_type == "s"


def test_files_without_rows_open_too() -> None:
    assert as_csv([]).decode("utf-8-sig") == ""
    assert load_workbook(io.BytesIO(as_xlsx([]))).active is not None


def test_times_with_a_zone_and_letters_a_sheet_cannot_hold() -> None:
    rows = [{"at": datetime(2018, 1, 2, tzinfo=UTC), "name": "甲\x00乙", "none": None, "yes": True}]
    sheet = load_workbook(io.BytesIO(as_xlsx(rows))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [datetime(2018, 1, 2), "甲乙", None, True]


def agencies(*values: float) -> list[dict[str, object]]:
    return [
        {
            "agency_id": str(n),
            "name_zh": f"第{n}局",
            "value": Decimal(str(value)),
            "other": n,
            "scope": "agency",
            "standing": "undisputed",
        }
        for n, value in enumerate(values)
    ]


def test_ranks_are_shared_and_percentiles_need_five() -> None:
    rows = ranked(agencies(1, 5, 5, 2, 9))
    assert [row["rank"] for row in rows] == [1, 2, 2, 4, 5]
    assert [row["percentile"] for row in rows] == [100.0, 50.0, 50.0, 25.0, 0.0]
    assert [row["percentile"] for row in ranked(agencies(1, 5, 2, 9))] == [None] * 4


def test_a_government_is_not_ranked_among_the_bureaus_it_adds_up() -> None:
    rows = agencies(120, 5, 7, 90)
    rows[0]["scope"] = rows[3]["scope"] = "region"
    found = ranked(rows)
    assert [(row["value"], row["rank"]) for row in found] == [(120, 1), (90, 2), (7, 1), (5, 2)]


def test_a_number_that_its_report_contradicts_is_shown_last_without_a_rank() -> None:
    rows = agencies(0, 5, 7)
    rows[0]["standing"] = "disputed"
    found = ranked(rows)
    assert [(row["value"], row["rank"]) for row in found] == [(7, 1), (5, 2), (0, None)]


def test_a_picture_stands_alone_and_computes_nothing() -> None:
    rows = [{**row, "doubt": "▲" if n else ""} for n, row in enumerate(agencies(1, 5, 9))]
    rows[0]["name_zh"] = "<script>x</script>"
    svg = picture(bars(rows, "甲，2023 年", number, "三个机关"), ["n = 3", "<b>注</b>"])
    assert "<script" not in svg and "&lt;script&gt;" in svg and "&lt;b&gt;注" in svg
    assert "var(--" not in svg, "a picture alone has no page to take its colours from"
    png = as_png(svg)
    assert png.startswith(b"\x89PNG") and len(png) > 3_000
