"""Narrow columns, and tables that a page break cuts unevenly."""

from dataclasses import replace

import pytest
from test_pdf_reader import cells, part, pdf_of, ruled, shown, texts

from pipeline.readers.pdf.grids import continued, filled, table_of
from pipeline.readers.pdf.lines import PdfLine
from pipeline.readers.pdf.pages import PdfPage, document_of
from pipeline.readers.pdf.pdf_reader import read_pdf


@pytest.mark.parametrize("width", [5.0, 7.0])
def test_a_column_as_narrow_as_one_figure_is_a_column(width: float) -> None:
    rules = ruled([100, 200, 200 + width, 300], [600, 700])
    figure = shown("1", 200 + width / 2 - 3.3, 650)
    page = rules + shown("a", 110, 650) + figure + shown("2", 250, 650)
    assert texts(read_pdf(pdf_of(page))) == [["a", "1", "2"]]


def test_a_word_alone_below_a_row_of_two_cells_is_a_row_of_its_own() -> None:
    above = part([["1.很长的标签", "5"]])
    below = part([["已获取信息", ""], ["2.重新出具", "6"]])
    joined = cells(continued(above, below))
    assert ("1.很长的标签", 0, 0, 1) in joined
    assert ("已获取信息", 1, 0, 1) in joined
    assert ("2.重新出具", 2, 0, 1) in joined


@pytest.mark.parametrize(
    ("label", "rest", "is_one"),
    [
        ("1.无正当理由逾", "期不补正、行政机\n关不再处理", True),
        ("1.重复申请", "要求行政机关确认\n或重新出具", False),
        ("1.无正当理由逾", "2.期不补正、行政\n关不再处理", False),
        ("无正当理由逾期", "期不补正、行政机\n关不再处理", False),
    ],
)
def test_a_label_cut_between_full_lines_is_joined_beside_the_name_of_its_group(
    label: str, rest: str, *, is_one: bool
) -> None:
    above = part([["其", label, "5", "6"]])
    below = part([["他", rest, "", ""], [None, "3.其他", "7", "8"]])
    joined = cells(continued(above, below))
    assert (f"{label}\n{rest}", 0, 1, 2) in joined or not is_one
    assert (rest, 1, 1, 1) in joined or is_one


@pytest.mark.parametrize(("shift", "is_one"), [(6.0, True), (-6.0, True), (8.0, False)])
def test_a_table_goes_on_where_the_next_page_is_set_off_a_little(
    shift: float, *, is_one: bool
) -> None:
    above, below = part([["指标", "数"], ["甲", "1"]]), part([["乙", "2"]])
    moved = replace(below, edges=tuple(edge + shift for edge in below.edges))
    assert (continued(above, moved) is not None) is is_one


def test_a_page_that_says_again_what_stood_above_the_break_is_not_dropped() -> None:
    """No header repeats without a row below it: these are two rows that look alike."""
    joined = cells(continued(part([["其他", "0"]]), part([["其他", "0"]])))
    assert [(text, row) for text, row, *_ in joined] == [
        ("其他", 0),
        ("0", 0),
        ("其他", 1),
        ("0", 1),
    ]


def test_a_repeated_head_is_dropped_where_a_row_stands_below_it() -> None:
    joined = cells(
        continued(part([["指标", "数"], ["甲", "1"]]), part([["指标", "数"], ["乙", "2"]]))
    )
    assert [text for text, *_ in joined] == ["指标", "数", "甲", "1", "乙", "2"]


def test_a_blank_row_at_the_top_of_both_pages_is_no_repeated_head() -> None:
    joined = cells(continued(part([["", ""], ["甲", "1"]]), part([["", ""], ["乙", "2"]])))
    assert [row for text, row, *_ in joined if text] == [1, 1, 3, 3]


def wide(text: str, x0: float, x1: float, top: float = 0.0) -> tuple[tuple[float, ...], list[dict]]:
    chars = [
        {"text": one, "x0": x0 + 6 + 6 * n, "x1": x0 + 12 + 6 * n, "top": top + 4}
        | {"bottom": top + 16, "upright": True}
        for n, one in enumerate(text)
    ]
    return (x0, top, x1, top + 20), chars


def test_cells_of_unlike_width_are_not_joined_over_the_break() -> None:
    above = part([["1.很长的标签", "甲", "5"]])
    row = [wide("已获取信息", 0, 200), wide("", 200, 300)]
    rows = [*row, wide("2.重新出具", 0, 100, 20), wide("乙", 100, 200, 20), wide("6", 200, 300, 20)]
    chars = [char for _, own in rows for char in own]
    below = table_of(filled([box for box, _ in rows], chars), 2)
    joined = cells(continued(above, below))
    assert ("1.很长的标签", 0, 0, 1) in joined
    assert ("已获取信息", 1, 0, 1) in joined


@pytest.mark.parametrize(
    ("above", "rowspan"), [([["甲", "5"], [None, "6"]], 3), ([["乙", "5"], ["甲", "6"]], 1)]
)
def test_only_a_cell_of_several_rows_goes_on_below_the_break_without_words(
    above: list[list[str]], rowspan: int
) -> None:
    joined = cells(continued(part(above), part([["", "7"], ["丙", "8"]])))
    (label,) = [one for one in joined if one[0] == "甲"]
    assert label[3] == rowspan
    assert [text for text, *_ in joined if text.isdecimal()] == ["5", "6", "7", "8"]


@pytest.mark.parametrize("label_first", [True, False])
def test_a_label_and_its_figures_on_either_side_of_a_break_are_one_row(
    *, label_first: bool
) -> None:
    halves = [["部分公开", "", "", ""], ["", "8", "—", "12"]]
    above, below = halves if label_first else halves[::-1]
    joined = cells(
        continued(part([["甲", "1", "1", "2"], above]), part([below, ["乙", "3", "3", "6"]]))
    )
    assert [(text, row) for text, row, *_ in joined if row == 1] == [
        ("部分公开", 1),
        ("8", 1),
        ("—", 1),
        ("12", 1),
    ]


@pytest.mark.parametrize(
    "below",
    [
        ["部分公开", "", "9", ""],  # a row with figures of its own
        ["2", "", "", ""],  # no label
        ["", "", "", ""],
    ],
)
def test_a_row_that_is_no_half_keeps_to_itself(below: list[str]) -> None:
    joined = cells(continued(part([["", "8", "4", "12"]]), part([below, ["乙", "3", "3", "6"]])))
    assert [text for text, row, *_ in joined if row == 1] == below


def test_a_label_with_two_figures_below_the_break_is_not_known_for_its_row() -> None:
    joined = cells(continued(part([["甲", "", ""]]), part([["", "8", "12"]])))
    assert [text for text, row, *_ in joined if row == 1] == ["", "8", "12"]


def test_lines_of_each_of_two_columns_go_on_where_their_own_column_ends() -> None:
    def half(number: int, left: float, *lines: str) -> PdfPage:
        wide = [(line, left + 240.0 if len(line) > 4 else left + 100.0) for line in lines]
        boxes = [(left, 14.0 * n, right, 14.0 * n + 10) for n, (_, right) in enumerate(wide)]
        items = [PdfLine(line, box, 10.0) for line, box in zip(lines, boxes, strict=True)]
        return PdfPage(1, 300.0, tuple(items), part=number, left=left - 40)

    left = half(1, 40.0, "全年收到申请", "三件。")
    title = PdfLine("两栏之上的标题", (100.0, -30.0, 500.0, -16.0), 14.0)
    left = replace(left, items=(title, *left.items))
    read = document_of([left, half(2, 340.0, "上年结转申请", "一件。")], "application/pdf", None)
    assert read.text == "两栏之上的标题\n全年收到申请三件。\n上年结转申请一件。\n"


def lines_at(text: str, x0: float, top: float) -> list[dict]:
    return [
        {"text": one, "x0": x0 + 6 * n, "x1": x0 + 6 * n + 6, "top": top, "bottom": top + 12}
        | {"upright": True}
        for n, one in enumerate(text)
    ]


def test_a_label_that_runs_over_the_rules_of_its_row_takes_no_line_to_the_row_above() -> None:
    boxes = [(x, y, x + 100.0, y + 16.0) for y in (0.0, 16.0, 32.0) for x in (0.0, 100.0)]
    printed = [("行政许可", 5, 2), ("其他对外管理", 5, 9), ("服务事项", 5, 25), ("处罚", 5, 34)]
    printed += [("0", 105, 2), ("277", 105, 18), ("6", 105, 34)]
    chars = [char for one in printed for char in lines_at(*one)]
    assert [spot.text for spot in table_of(filled(boxes, chars), 1).spots] == [
        *("行政许可", "0"),
        *("其他对外管理\n服务事项", "277"),
        *("处罚", "6"),
    ]


def test_a_figure_set_low_in_its_row_stays_in_it() -> None:
    boxes = [(x, y, x + 100.0, y + 16.0) for y in (0.0, 16.0) for x in (0.0, 100.0)]
    printed = [("甲", 5, 2), ("乙", 5, 18), ("3", 105, 9), ("4", 105, 25)]
    chars = [char for one in printed for char in lines_at(*one)]
    texts = [spot.text for spot in table_of(filled(boxes, chars), 1).spots]
    assert texts == ["甲", "3", "乙", "4"]


@pytest.mark.parametrize(("lower", "is_dropped"), [(3, True), (3.1, False)])
def test_the_head_of_the_second_page_stands_as_high_as_that_of_the_first(
    lower: float, *, is_dropped: bool
) -> None:
    pages = [shown("annual report", 72, 800 - at) + shown("words", 72, 700) for at in (0, lower)]
    heads = [text for text in texts(read_pdf(pdf_of(*pages))) if text == "annual report"]
    assert len(heads) == (1 if is_dropped else 2)
