"""Tables of pages without rules: which lines are of one cell, and what goes over several pages."""

from collections.abc import Sequence

import pytest

from pipeline.readers.pdf.aligned_pages import with_aligned_tables
from pipeline.readers.pdf.grids import PdfTable
from pipeline.readers.pdf.lines import Char, PdfLine, lines_of
from pipeline.readers.pdf.pages import PdfPage
from tests.some import some

XS = (300, 350, 400, 450)
HEADS = ("甲", "乙", "丙", "总计")
Grid = list[list[str]]


def put(text: str, x: float, top: float) -> list[Char]:
    """Text that begins at x: letters ten points high, Chinese ones as wide and others half."""
    chars: list[Char] = []
    for one in text:
        width = 10 if one > "\u2e80" else 5
        chars.append(
            {"text": one, "x0": x, "x1": x + width, "top": top, "bottom": top + 10, "upright": True}
        )
        x += width
    return chars


def row(figures: str, top: float, label: str = "") -> list[Char]:
    """A label, and figures that end where their columns do; _ is a blank cell."""
    cells = zip(figures.split(), XS, strict=True)
    printed = [put(one, x + 20 - 5 * len(one), top) for one, x in cells if one != "_"]
    return [*put(label, 80, top), *(char for cell in printed for char in cell)]


def heads(top: float) -> list[Char]:
    return [
        char
        for one, x in zip(HEADS, XS, strict=True)
        for char in put(one, x + 20 - 10 * len(one), top)
    ]


def page(*parts: Sequence[Char], number: int = 1, width: float = 600) -> PdfPage:
    lines = lines_of([char for part in parts for char in part])
    return PdfPage(number, width, tuple(lines))


def tables_on(*pages: PdfPage) -> list[list[Grid]]:
    """The tables of each page, spans left out."""
    found = []
    for one in with_aligned_tables(pages):
        tables = [item for item in one.items if isinstance(item, PdfTable)]
        found.append([_grid(table) for table in tables])
    return found


def _grid(table: PdfTable) -> Grid:
    rows: Grid = [[] for _ in range(table.rows)]
    for spot in table.spots:
        rows[spot.row].append(spot.text.replace("\n", "/"))
    return rows


def labels(*parts: Sequence[Char]) -> list[str]:
    ((grid,),) = tables_on(page(heads(60), *parts))
    return [own[0] for own in grid[1:]]


def test_a_row_of_blanks_and_figures_stands_below_its_heads() -> None:
    printed = page(
        heads(80),
        row("1 2 3 6", 100, "1.全"),
        row("_ 12 _ 12", 120, "2.缺"),
        row("7 _ 7 14", 140, "3.也缺"),
    )
    ((grid,),) = tables_on(printed)
    assert grid[-2:] == [["2.缺", "", "12", "", "12"], ["3.也缺", "7", "", "7", "14"]]


def test_lines_counted_in_the_margin_break_no_table_below_heads_on_a_counted_line() -> None:
    """Courts count every fifth line: digits stand before heads, and alone between rows."""
    printed = page(
        [*put("10", 20, 80), *put("信息内容", 200, 80), *heads(80)],
        row("1 2 3 6", 100, "1.全"),
        row("4 12 4 20", 120, "2.又"),
        put("15", 20, 131),
        row("7 _ 7 14", 140, "3.缺"),
    )
    ((grid,),) = tables_on(printed)
    figures = {own[0]: own[-4:] for own in grid}
    assert [figures[label] for label in ("1.全", "2.又", "3.缺")] == [
        ["1", "2", "3", "6"],
        ["4", "12", "4", "20"],
        ["7", "", "7", "14"],
    ]


def test_a_table_goes_on_below_the_heads_of_the_page_before() -> None:
    first = page(heads(80), row("1 2 3 6", 100, "1.全"), row("_ 12 _ 12", 120, "2.缺"))
    second = page(row("_ _ 4 4", 80, "3.少"), row("7 _ _ 7", 100, "4.也少"), number=2)
    (grid,), rest = some(tables_on(first, second))
    assert grid[-2:] == [["3.少", "", "", "4", "4"], ["4.也少", "7", "", "", "7"]]
    assert rest == []


def test_a_table_over_two_pages_stands_where_it_does_on_the_first() -> None:
    first = page(heads(480), row("1 2 3 6", 500, "1.全"), row("_ 12 _ 12", 520, "2.缺"))
    second = page(row("_ _ 4 4", 80, "3.少"), row("7 _ _ 7", 100, "4.也少"), number=2)
    found, _ = some(with_aligned_tables([first, second]))
    (table,) = [item for item in found.items if isinstance(item, PdfTable)]
    assert table.box == (80, 480, 470, 530)


def test_a_page_of_another_width_has_columns_of_its_own() -> None:
    first = page(heads(80), row("1 2 3 6", 100, "1.全"), row("_ 12 _ 12", 120, "2.缺"))
    second = page(row("_ _ 4 4", 80, "3.少"), row("7 _ _ 7", 100, "4.也少"), number=2, width=800)
    (grid,), rest = some(tables_on(first, second))
    assert [own[0] for own in grid[1:]] == ["1.全", "2.缺"]
    assert rest == []


def test_a_page_with_ruled_tables_stays_as_it_is() -> None:
    printed = page(heads(80), row("1 2 3 6", 100, "1.全"), row("_ 12 _ 12", 120, "2.缺"))
    ruled = PdfTable((), (80, 500), (80, 300, 500, 400), 1)
    both = PdfPage(1, 600, (*printed.items, ruled))
    assert with_aligned_tables([both]) == [both]


def test_what_stands_around_a_table_stays_a_line() -> None:
    printed = page(
        put("上文。", 80, 20),
        heads(80),
        row("1 2 3 6", 100, "1.全"),
        row("_ 12 _ 12", 120, "2.缺"),
        put("下文。", 80, 200),
    )
    (found,) = with_aligned_tables([printed])
    kept = [item.text for item in found.items if isinstance(item, PdfLine)]
    assert kept == ["上文。", "下文。"]
    assert [type(item) for item in found.items] == [PdfLine, PdfTable, PdfLine]
    table = next(item for item in found.items if isinstance(item, PdfTable))
    assert table.box == (80, 80, 470, 130)
    assert {spot.page for spot in table.spots if spot.text} == {1}
    assert next(spot.box for spot in table.spots if spot.text == "1.全") == (80, 100, 100, 110)


@pytest.mark.parametrize(("apart", "is_one"), [(13, True), (17.9, True), (18.1, False)])
def test_lines_closer_than_rows_are_of_one_label(apart: float, is_one: bool) -> None:
    found = labels(
        row("1 _ _ 1", 80, "1.甲"),
        row("2 _ _ 2", 100, "2.乙"),
        row("3 _ _ 3", 140, "丙丙丙丙"),
        put("丁丁丁", 80, 140 + apart),
        row("4 _ _ 4", 200, "4.戊"),
    )
    assert found[2:-1] == (["丙丙丙丙/丁丁丁"] if is_one else ["丙丙丙丙", "丁丁丁"])


def test_figures_outside_the_rows_do_not_set_lines_of_a_label_apart() -> None:
    found = labels(
        row("1 _ _ 1", 80, "1.甲"),
        row("2 _ _ 2", 100, "2.乙"),
        row("3 _ _ 3", 140, "3.丙丙丙"),
        put("丁丁丁", 80, 153),
        row("4 _ _ 4", 200, "4.戊"),
        # Each alone on its line, closer than the rows.
        put("2022", 500, 260),
        put("15", 505, 272),
    )
    assert "3.丙丙丙/丁丁丁" in found


@pytest.mark.parametrize(
    ("last", "found"), [("4.戊", ["3.丙丙丙丁丁丁", "4.戊"]), ("戊", ["3.丙丙丙", "丁丁丁", "戊"])]
)
def test_numbers_of_all_rows_tell_labels_whose_lines_are_as_far_apart_as_rows(
    last: str, found: list[str]
) -> None:
    own = labels(
        row("1 _ _ 1", 80, "1.甲"),
        row("2 _ _ 2", 92, "2.乙"),
        row("3 _ _ 3", 104, "3.丙丙丙"),
        put("丁丁丁", 80, 116),
        row("4 _ _ 4", 128, last),
    )
    assert own[2:] == found


def test_figures_stand_beside_the_first_line_of_a_label_or_its_middle() -> None:
    beside_middle = labels(
        row("1 _ _ 1", 80, "1.甲"),
        row("2 _ _ 2", 100, "2.乙"),
        put("3.丙丙丙", 80, 133),
        row("3 _ _ 3", 140),
        put("丁丁丁", 80, 147),
        row("4 _ _ 4", 180, "4.戊"),
    )
    assert beside_middle[2:] == ["3.丙丙丙/丁丁丁", "4.戊"]


@pytest.mark.parametrize(
    ("below", "found"),
    [
        (4, [["3.丙丙丙/丁丁丁/戊戊戊", "3"], ["4.己", "4"]]),
        (6, [["3.丙丙丙/丁丁丁", "3"], ["4.己", "4"]]),
    ],
)
def test_figures_less_than_half_a_line_below_the_first_are_all_the_lines(
    below: float, found: list[list[str]]
) -> None:
    printed = page(
        heads(60),
        row("1 _ _ 1", 80, "1.甲"),
        row("2 _ _ 2", 100, "2.乙"),
        put("3.丙丙丙", 80, 140),
        row("3 _ _ 3", 140 + below),
        put("丁丁丁", 80, 153),
        put("戊戊戊", 80, 166),
        row("4 _ _ 4", 200, "4.己"),
    )
    ((grid,),) = tables_on(printed)
    assert [own[:2] for own in grid[3:] if own[1]] == found


@pytest.mark.parametrize(
    ("last", "found"), [("丁丁丁", ["3.丙丙丙/丁丁丁"]), ("4.丁丁", ["3.丙丙丙/4.丁丁", ""])]
)
def test_figures_beside_the_last_line_are_the_labels_unless_a_number_begins_there(
    last: str, found: list[str]
) -> None:
    own = labels(
        row("1 _ _ 1", 80, "1.甲"),
        row("2 _ _ 2", 100, "2.乙"),
        put("3.丙丙丙", 80, 127),
        row("3 _ _ 3", 140, last),
        row("5 _ _ 5", 180, "5.戊"),
    )
    assert own[2:] == [*found, "5.戊"]


def test_a_label_behind_lines_around_figures_is_one_of_its_own() -> None:
    found = labels(
        row("1 _ _ 1", 80, "1.甲"),
        row("2 _ _ 2", 100, "2.乙"),
        put("3.丙丙丙", 80, 133),
        row("3 _ _ 3", 140),
        put("丁丁丁", 80, 147),
        put("4.戊戊戊", 80, 161),
        row("5 _ _ 5", 200, "5.己"),
    )
    assert found[2:] == ["3.丙丙丙/丁丁丁", "4.戊戊戊", "5.己"]


def test_lines_as_near_to_the_next_label_as_to_the_last_are_of_the_nearer() -> None:
    found = labels(
        row("1 _ _ 1", 80, "1.甲甲甲"),
        put("乙乙乙", 80, 93),
        row("2 _ _ 2", 120, "2.丙丙丙"),
        put("丁丁丁", 80, 133),
        row("3 _ _ 3", 160, "3.戊"),
    )
    assert found == ["1.甲甲甲/乙乙乙", "2.丙丙丙/丁丁丁", "3.戊"]


@pytest.mark.parametrize(
    ("left", "found"), [(85, ["丙丙丙丙丙丙丙/丁丁丁"]), (87, ["丙丙丙丙丙丙丙", "丁丁丁"])]
)
def test_words_below_each_other_at_no_common_place_are_two_cells(
    left: float, found: list[str]
) -> None:
    own = labels(
        row("1 _ _ 1", 80, "1.甲"),
        row("2 _ _ 2", 100, "2.乙"),
        row("3 _ _ 3", 140, "丙丙丙丙丙丙丙"),
        put("丁丁丁", left, 153),
        row("4 _ _ 4", 200, "4.戊"),
    )
    assert own[2:-1] == found


@pytest.mark.parametrize(
    ("second", "alone", "last"),
    [
        ("999 1 2 9", "", ["", "12 345"]),
        ("3000 1 2 9", "", ["12", "345"]),
        ("3000 _ 2 _", "", ["12", "345"]),
        # A number alone on its line is of no table.
        ("999 1 2 9", "3000", ["", "12 345"]),
    ],
)
def test_digits_that_a_blank_parts_are_one_number_unless_thousands_have_no_mark(
    second: str, alone: str, last: list[str]
) -> None:
    rows = [
        char
        for n, figures in enumerate(("1 2 3 6", second, "_ _ 12 345", "5 6 7 18"))
        for one, x in zip(figures.split(), (320, 370, 420, 440), strict=True)
        if one != "_"
        for char in put(one, x - 5 * len(one), 80 + 20 * n)
    ]
    named = [put(f"{n}.行", 80, 80 + 20 * n) for n in range(4)]
    tops = [put(one, x, 60) for one, x in zip("甲乙丙丁", (310, 360, 410, 430), strict=True)]
    ((grid,),) = tables_on(page(*tops, *named, rows, put(alone, 500, 300)))
    assert grid[3] == ["2.行", "", "", *last]


def test_a_table_left_blank_above_another_gives_it_no_heads() -> None:
    blank = [put("信息内容", 80, 60), put("数量", 320, 60), put("办件", 450, 60)]
    printed = page(
        *blank,
        put("规章", 80, 80),
        put("信息内容", 80, 120),
        put("收费", 340, 120),
        put("决定", 450, 120),
        row("_ 5 _ 8", 140, "许可"),
        row("_ _ _ 9", 160, "处罚"),
    )
    ((grid,),) = tables_on(printed)
    assert grid[0][0] == "信息内容"
    assert "数量" not in [text for own in grid for text in own]


def test_the_title_of_a_section_above_other_heads_ends_the_rows_before_it() -> None:
    printed = page(
        heads(60),
        row("1 2 3 6", 80, "许可"),
        row("_ 2 _ 2", 100, "处罚"),
        put("三、收到申请", 80, 120),
        *(put(one, x, 140) for one, x in zip("子丑寅卯", (200, 260, 320, 380), strict=True)),
        *(put(one, x, 160) for one, x in (("新收", 80), ("4", 205), ("5", 325), ("9", 385))),
        *(put(one, x, 180) for one, x in (("结转", 80), ("7", 265), ("7", 385))),
    )
    ((first, second),) = tables_on(printed)
    assert first[-1] == ["处罚", "", "2", "", "2"]
    assert second[-2:] == [["新收", "4", "", "5", "9"], ["结转", "", "7", "", "7"]]


@pytest.mark.parametrize(("apart", "value"), [(6.9, "2"), (7.1, "")])
def test_a_figure_set_a_little_off_its_label_is_on_its_line(apart: float, value: str) -> None:
    lines = lines_of([*put("培训次数", 80, 100), *put("2", 300, 100 - apart)])
    assert [line.text for line in lines] == (["培训次数 2"] if value else ["2", "培训次数"])


def test_the_head_of_a_group_is_no_first_line_of_the_head_below_its_middle() -> None:
    xs = (300, 350, 400)
    group = put("组名", 350, 66)
    below = [
        char
        for one, x in zip(("左侧", "其他", "右侧"), xs, strict=True)
        for char in put(one, x, 80)
    ]
    rows = [row(f"{n} {n} {n} _", 80 + 20 * n, f"{n}.行") for n in (1, 2, 3)]
    ((grid,),) = tables_on(page(group, below, *rows))
    assert any({"左侧", "其他", "右侧"} <= set(heads) for heads in grid)


def test_a_head_of_two_lines_beside_another_is_one() -> None:
    above = [*put("结果", 300, 66), *put("结果", 350, 66), *put("其他", 400, 66)]
    below = [*put("维持", 300, 80), *put("纠正", 350, 80), *put("结果", 400, 80)]
    rows = [row(f"{n} {n} {n} _", 80 + 20 * n, f"{n}.行") for n in (1, 2, 3)]
    ((grid,),) = tables_on(page(above, below, *rows))
    assert any({"结果/维持", "结果/纠正", "其他/结果"} <= set(heads) for heads in grid)


@pytest.mark.parametrize("marked", ["12①", "12*", "12件", "约12", "(12)"])
def test_a_figure_with_a_mark_or_a_word_is_a_cell_not_the_end_of_its_label(marked: str) -> None:
    printed = page(
        heads(60),
        row("1 2 3 6", 80, "1.全"),
        [*put("2.标", 80, 100), *put(marked, 370 - 5 * len(marked), 100)],
        row("_ _ 3 15", 100),
        row("7 _ 7 14", 120, "3.缺"),
    )
    ((grid,),) = tables_on(printed)
    assert grid[2] == ["2.标", "", marked, "3", "15"]


def test_a_label_with_a_number_below_a_figure_of_the_page_is_no_figure() -> None:
    printed = page(
        put("3", 80, 20),
        put("项。", 100, 20),
        heads(60),
        row("1 2 3 6", 80, "2.甲"),
        row("_ 2 _ 2", 100, "3.其他"),
    )
    ((grid,),) = tables_on(printed)
    assert grid[-1] == ["3.其他", "", "2", "", "2"]


def below_heads(*first: Sequence[Char]) -> PdfPage:
    """Figures in two columns, and a head over labels that stand left of it."""
    named = [put(one, 80, 100 + 20 * n) for n, one in enumerate(("许可", "处罚", "强制"))]
    tops = [put("信息内容", 150, 80), put("本年处理决定数量", 300, 80), put("办件数量", 450, 80)]
    others = [put("0", 330, 120), put("7", 330, 140), put("0", 465, 120), put("3", 465, 140)]
    return page(*tops, *named, *others, put("5", 465, 100), *first)


def first_row(printed: PdfPage) -> list[str]:
    """The first row below the heads."""
    ((grid,),) = tables_on(printed)
    return next(own for own in grid if own[0] == "许可")


@pytest.mark.parametrize("above", [["2022"], ["20221234"], ["2021", "2022"]])
def test_years_or_a_number_above_a_table_part_no_thousands(above: list[str]) -> None:
    numbers = [put(one, 300 + 100 * n, 20) for n, one in enumerate(above)]
    printed = below_heads(*numbers, put("6 898", 330, 100))
    assert first_row(printed) == ["许可", "", "6 898", "5"]


def test_a_number_with_a_blank_as_wide_as_a_letter_is_no_two_figures() -> None:
    blank: Char = {**put("中", 335, 100)[0], "text": "\u00a0"}
    printed = below_heads([*put("6", 330, 100), blank, *put("898", 345, 100)])
    assert first_row(printed) == ["许可", "", "6 898", "5"]


def test_two_figures_below_one_head_are_not_those_of_the_head_over_labels() -> None:
    printed = below_heads(put("6", 330, 100), put("898", 345, 100))
    assert not {"6", "898"} & set(first_row(printed))


def test_a_row_whose_total_has_a_blank_for_thousands_stays_below_its_heads() -> None:
    printed = page(
        heads(80),
        row("1 2 3 6", 100, "1.全"),
        row("700 _ 862 _", 120, "2.多"),
        put("1 562", 445, 120),
        row("7 _ 7 14", 140, "3.缺"),
    )
    ((grid,),) = tables_on(printed)
    assert grid[2] == ["2.多", "700", "", "862", "1 562"]
