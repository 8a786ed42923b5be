"""Files to take away: opened again, they hold what was shown and compute nothing."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

pytest.importorskip("streamlit", reason="needs pip install -e '.[explorer]'")

from pipeline.explorer import charts
from pipeline.explorer.downloads import as_csv, as_png, as_xlsx
from pipeline.explorer.screens.compare import ranked
from pipeline.explorer.screens.trends import stretched
from pipeline.explorer.texts import Speech
from pipeline.warehouse.pages.function_names import Language

HOSTILE = ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", "<script>x</script>", '甲"乙', "甲,乙\n丙"]
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
            "standing": "undisputed",
        }
        for n, value in enumerate(values)
    ]


def test_ranks_are_shared_and_percentiles_need_five() -> None:
    rows = ranked(agencies(1, 5, 5, 2, 9))
    assert [row["rank"] for row in rows] == [1, 2, 2, 4, 5]
    assert [row["percentile"] for row in rows] == [100.0, 50.0, 50.0, 25.0, 0.0]
    assert [row["percentile"] for row in ranked(agencies(1, 2))] == [None, None]


def test_a_number_that_its_report_contradicts_is_shown_last_without_a_rank() -> None:
    rows = agencies(0, 5, 7)
    rows[0]["standing"] = "disputed"
    found = ranked(rows)
    assert [(row["value"], row["rank"]) for row in found] == [(7, 1), (5, 2), (0, None)]


@pytest.mark.parametrize(("language", "word"), [("zh", "有矛盾"), ("en", "Disputed")])
def test_a_chart_marks_what_must_not_be_relied_on(language: Language, word: str) -> None:
    rows = ranked(agencies(5, 7))
    rows[1]["standing"] = "disputed"
    data = charts.bars(rows, Speech(language), "甲")["datasets"]["rows"]
    assert [(row["label"], row["doubt"]) for row in data] == [
        ("第1局", ""),
        ("第0局 ▲", f"▲ {word}"),
    ]
    points = [{"year": 2018, "value": 1, "method_break": None, "standing": "doubtful"}]
    (point,) = charts.trend(stretched(points), Speech(language), "甲")["datasets"]["rows"]
    assert point["doubt"].startswith("▲")


def test_a_line_joins_neighboring_years_of_one_method_only() -> None:
    years = [(2014, None), (2015, None), (2017, None), (2018, None), (2019, "B→C")]
    points = [{"year": year, "method_break": mark} for year, mark in years]
    assert [point["stretch"] for point in stretched(points)] == [1, 1, 2, 2, 3]


def test_every_chart_is_drawn_as_a_picture() -> None:
    say = Speech("zh")
    rows = ranked(agencies(1, 5, 5.5, 0, 9, 1000))
    years = [
        {"year": 2014 + n, "value": Decimal(n), "method_break": "B→C" if n == 2 else None}
        for n in range(4)
    ]
    states = [
        {**row, "year": 2018, "state": say.name("status", "present"), "facts": 1,
         "checks_failed": 0}
        for row in charts.told_apart(rows)
    ]  # fmt: skip
    parts = [{"year": 2018, "part": part, "value": 2} for part in ("甲", "<b>乙</b>")]
    groups = [{"label": "山东省", "year": 2018, "share": 0.5, "agencies": 4}]
    for chart in (
        charts.bars(rows, say, "甲"),
        charts.spread(rows, say, "甲"),
        charts.scatter(rows, say, "甲", "乙"),
        charts.scatter(rows * 400, say, "甲", "乙"),
        charts.trend(stretched(years), say, "甲"),
        charts.shares(parts, say, "甲"),
        charts.states_by_year(states, say),
        charts.shares_by_year(groups, say),
    ):
        png = as_png(chart)
        assert png.startswith(b"\x89PNG")
        assert len(png) > 3_000


def test_namesakes_stay_apart_in_charts() -> None:
    rows = [{"agency_id": one, "name_zh": "鼓楼区教育局"} for one in ("a", "b", "b")]
    assert [row["label"] for row in charts.told_apart(rows)] == [
        "鼓楼区教育局 (a)",
        "鼓楼区教育局 (b)",
        "鼓楼区教育局 (b)",
    ]


def test_many_agencies_are_counted_in_fields_and_none_is_lost() -> None:
    rows = agencies(*range(2_000))
    chart = charts.scatter(rows, Speech("zh"), "甲", "乙")
    fields = chart["datasets"]["rows"]
    assert sum(field["agencies"] for field in fields) == len(rows)
    assert len(fields) < 1_000
    assert chart["encoding"]["x"]["title"] == "甲"


@pytest.mark.parametrize("values", [(0,), (3, 3), (0, 1, 2), (0.5, 99.25), (1, 1_000_000)])
def test_the_distribution_counts_every_agency_once(values: tuple[float, ...]) -> None:
    chart = charts.spread(agencies(*values), Speech("zh"), "甲")
    counted = chart["datasets"]["rows"]
    assert sum(row["agencies"] for row in counted) == len(values)
    for value in values:
        assert any(row["from"] <= value < row["to"] for row in counted)
