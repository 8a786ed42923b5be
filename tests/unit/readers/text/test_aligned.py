"""Columns that only the eye aligns: what stands below a head is its own, a gap is a blank."""

import unicodedata
from collections.abc import Callable

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.text.aligned import aligned_tables
from pipeline.readers.text.plain_text import read_text

HEADS = ["类别", "自然人", "商业企业", "科研机构", "总计"]
ROWS = [
    ["一、本年新收数量", "12", "", "3", "15"],
    ["二、上年结转“数量”", "", "4", "", "4"],
    ["三、部分公开", "", "", "", ""],
    ["四、结转下年度继续办理", "1", "", "", "1"],
]


def wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wide_quotes(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def left(text: str, room: int) -> str:
    return text + " " * room


def right(text: str, room: int) -> str:
    return " " * room + text


def centred(text: str, room: int) -> str:
    return " " * (room // 2) + text + " " * (room - room // 2)


def written(
    rows: list[list[str]], measure: Callable[[str], int], pad: Callable[[str, int], str]
) -> str:
    widths = [max(measure(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for label, *cells in rows:
        line = [left(label, widths[0] - measure(label))]
        line += [
            pad(cell, width - measure(cell)) for cell, width in zip(cells, widths[1:], strict=True)
        ]
        lines.append("   ".join(line).rstrip())
    return "\n".join(lines)


def read(text: str) -> list[list[list[str]]]:
    document = read_text(text.encode())
    assert isinstance(document, Document)
    grids = [block for block in document.blocks if isinstance(block, Table)]
    for grid in grids:
        for cell in grid.cells:
            assert document.text[cell.place.start : cell.place.end] == cell.text
    return [[[cell.text for cell in row] for row in grid.rows()] for grid in grids]


@pytest.mark.parametrize("measure", [wide, wide_quotes, len])
@pytest.mark.parametrize("pad", [left, right, centred])
def test_a_blank_cell_stays_blank_however_wide_characters_are(
    measure: Callable[[str], int], pad: Callable[[str, int], str]
):
    text = f"前言。\n\n{written([HEADS, *ROWS], measure, pad)}\n\n后记。\n"
    assert read(text) == [[HEADS, *ROWS]]


def test_a_label_too_long_for_its_room_may_push_its_row():
    lines = written([HEADS, *ROWS], wide, right).splitlines()
    lines[2] = lines[2].replace("上年结转“数量”", "上年结转的“数量”", 1)
    (grid,) = read("\n".join(lines) + "\n")
    assert [row[1:] for row in grid] == [row[1:] for row in [HEADS, *ROWS]]


def test_a_table_begins_anew_where_heads_do():
    fees = [["类别", "项目数量", "收费总金额"], ["收费", "", "18"]]
    text = written([HEADS, *ROWS], wide, right) + "\n\n二、收费\n\n" + written(fees, wide, right)
    assert read(text + "\n") == [[HEADS, *ROWS], fees]


def test_a_head_over_several_columns_spans_them():
    text = (
        "行政复议                      行政诉讼\n"
        "维持  纠正  其他  未结  总计  维持  纠正  总计\n"
        "   3                 1     4           2     2\n"
    )
    document = read_text(text.encode())
    assert isinstance(document, Document)
    (grid,) = [block for block in document.blocks if isinstance(block, Table)]
    spans = {cell.text: (cell.col, cell.colspan) for cell in grid.cells if cell.row == 0}
    assert spans["行政诉讼"][0] == 5
    assert [cell.text for cell in grid.cells if cell.row == 2] == [
        *("3", "", "", "1", "4"),
        *("", "2", "2"),
    ]


def test_numbers_that_count_the_lines_are_no_column():
    rows = [[f"{n}   {label}", *cells] for n, (label, *cells) in enumerate([HEADS, *ROWS])]
    assert read(written(rows, wide, right) + "\n") == [[HEADS, *ROWS]]


def test_figures_below_no_head_make_no_table():
    """One more column than heads: nobody can tell which figure belongs to which."""
    text = (
        "          维持      纠正\n"
        "甲局         3         1        4\n"
        "乙局         2                  2\n"
        "丙局                   5        5\n"
    )
    assert read(text) == []


def test_paragraphs_with_wide_gaps_stay_paragraphs():
    text = (
        "联系人：张三    电话：12345678\n一是公开2021年报告  3 篇，二是答复申请  5 件，均已办结。\n"
    )
    assert read(text) == []


def test_figures_one_blank_apart_are_not_aligned():
    """Zeros left out and blanks run together: which column a figure has, nobody can tell."""
    lines = [" ".join(filter(None, row)) for row in [HEADS, *ROWS]]
    assert read("\n".join(lines) + "\n") == []


@pytest.mark.parametrize(("pushed", "are_columns"), [((), 1), ((1,), 1), ((1, 3), 0)])
def test_one_row_of_six_may_be_pushed_out_of_line_and_two_may_not(
    pushed: tuple[int, ...], are_columns: int
):
    lines = ["类别          结果维持的件数      结果纠正的件数      办理件数的总计"]
    for n, label in enumerate("甲乙丙丁戊己"):
        push = " " * (4 * pushed.index(n) + 4) if n in pushed else ""
        cells = (str(n + 1), " " if n == 5 else str(n + 2), str(2 * n + 3))
        lines.append(f"{label}局          {push}{(' ' * 19).join(cells)}")
    cells = [cell.text for table in aligned_tables(lines) for cell in table.cells]
    assert cells.count("结果维持的件数") == are_columns


def test_sentences_with_figures_set_apart_are_no_rows():
    text = (
        "全年收到申请   12   件，其中当面申请   3   件。\n全年答复   15   件，其中公开   4   件。\n"
    )
    assert read(text * 3) == []


def test_a_table_below_a_blank_line_and_a_title_has_columns_of_its_own():
    other = [["维持", "纠正", "其他结果", "总计"], ["2", "", "", "2"]]
    first = written([HEADS, *ROWS], wide, left)
    below = written([["", *row] for row in other], wide, left)
    grids = read(f"{first}\n\n四、复议和诉讼情况\n{below}\n")
    assert grids[0][-1] == ["四、结转下年度继续办理", "1", "", "", "1"]
    assert grids[1][-2:] == other


def test_a_row_without_figures_below_a_blank_line_stays_in_its_table():
    lines = written([HEADS, *ROWS], wide, left).split("\n")
    lines.insert(3, "")
    assert read("\n".join(lines)) == [[HEADS, *ROWS]]


def test_blank_lines_of_a_drawn_page_part_nothing():
    rows = [
        *ROWS[:3],
        ["四、不予公开", "", "", "", ""],
        ["五、结转下年度继续办理", "1", "", "", "1"],
    ]
    lines = written([HEADS, *rows], wide, left).splitlines()
    length = max(map(len, lines))
    drawn = [part.ljust(length) for line in lines for part in (line, "")]
    assert read("\n".join(drawn)) == [[HEADS, *rows]]


def test_heads_of_a_table_left_blank_are_not_those_of_the_next_section():
    empty = "      类别                采购项目数量          采购总金额\n      政府采购\n"
    below = written([["", *row] for row in [HEADS, *ROWS]], wide, left)
    assert read(f"{empty}三、收到和处理申请情况\n{below}\n") == [[HEADS, *ROWS]]


def test_figures_beside_the_middle_of_a_label_are_those_of_its_row():
    lines = [
        ["三、本年度办理结果", "2", "", "2"],
        ["1.申请人无正当理由逾期不补", "", "", ""],
        ["正、行政机关不再处理其政府", "", "4", "4"],
        ["信息公开申请", "", "", ""],
        ["2.其他行政法规禁止", "", "", ""],
        ["", "1", "", "1"],
        ["公开的信息", "", "", ""],
    ]
    (grid,) = read(written([["类别", "自然人", "法人", "总计"], *lines], wide, left) + "\n")
    assert [row for row in grid if any(row[1:])][2:] == [
        ["1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "", "4", "4"],
        ["2.其他行政法规禁止", "1", "", "1"],
    ]


def test_a_row_below_the_heading_of_its_group_keeps_its_figures():
    rows = [["一、新收", "3", "", "3"], ["（三）不予公开", "", "", ""]]
    rows += [["属于国家秘密的", "1", "", "1"], ["其他", "", "2", "2"]]
    (grid,) = read(written([["类别", "自然人", "法人", "总计"], *rows], wide, left) + "\n")
    assert grid[1:] == rows


def test_words_of_a_title_over_the_heads_make_no_columns_of_their_own():
    """A third column without figures would make blanks of cells that nobody left out."""
    lines = ["      某县信息公开情况 统计表（2012 年度）", "指标          代码          数量"]
    lines += ["甲类          01            2477", "乙类          02            39908"]
    assert not list(aligned_tables([*lines, "丙类          03            65"]))


def test_a_short_label_between_those_of_its_parts_keeps_its_figures():
    lines = ["类别              自然人    法人    总计", "一、收到             3                 3"]
    lines += ["        1.当面", "小计                 4         1       5"]
    lines += ["        2.传真       1                 1"]
    (grid,) = read("\n".join(lines))
    assert grid[-3:-1] == [["1.当面", "", "", ""], ["小计", "4", "1", "5"]]


def test_figures_beside_their_heads_are_told_by_rows_that_have_one_for_each():
    lines = [
        "类别                自然人    法人    总计",
        "一、收到                 14      27      41",
    ]
    lines += [
        "二、转来                          9       9",
        "三、公开                  5               5",
    ]
    (grid,) = read("\n".join(lines) + "\n")
    assert grid[2:] == [["二、转来", "", "9", "9"], ["三、公开", "5", "", "5"]]


def test_a_page_that_repeats_no_heads_has_its_columns_elsewhere():
    first = written([HEADS, *ROWS[:2]], len, right)
    rows = [
        ["不予公开的", "", "5", "", "5"],
        ["结转", "1", "5", "3", "9"],
        ["其他", "", "", "2", "2"],
    ]
    second = written([["", *[" " * 9] * 4], *rows], len, right).split("\n", 1)[1]
    (grid,) = read(f"{first}\n\f{second}\n")
    assert grid == [HEADS, *ROWS[:2], *rows]


def test_figures_without_their_total_keep_no_columns():
    """Zeros are left out, but a total of what stands beside it is none."""
    lines = written([HEADS, *ROWS], wide, right).splitlines()
    lines[1] = lines[1].replace("12         ", "         12").replace("15", "  ")
    document = read_text(("\n".join(lines) + "\n").encode())
    assert isinstance(document, Document)
    (grid,) = [block for block in document.blocks if isinstance(block, Table)]
    row = [cell for cell in grid.cells if cell.row == 1]
    assert row[0].text == ROWS[0][0]
    assert all(cell.colspan > 1 for cell in row[1:])


def test_the_end_of_a_label_below_its_figures_belongs_to_it():
    label = "五、申请人无正当理由逾期不补"
    rows = [
        *ROWS,
        [label, "", "2", "", "2"],
        ["正的", "", "", "", ""],
        ["六、其他", "1", "", "", "1"],
    ]
    (grid,) = read(written([HEADS, *rows], wide, left) + "\n")
    assert [f"{label}正的", "", "2", "", "2"] in grid


def test_a_title_over_all_heads_is_the_head_of_no_column():
    lines = written([HEADS, *ROWS], wide, left).splitlines()
    (grid,) = read("\n".join([f"{'':30}第二十条第（一）项", *lines]) + "\n")
    assert [row[1:] for row in grid[-4:]] == [row[1:] for row in ROWS]


def test_a_first_label_of_two_lines_is_no_title_of_a_section():
    rows = [["一、本年新收", "", "", ""], ["", "3", "", "3"], ["的申请数量", "", "", ""]]
    rows += [["二、转来", "", "2", "2"]]
    heads = ["      类别", "自然人", "法人", "总计"]
    (grid,) = read(written([heads, *rows], wide, left) + "\n")
    assert [row[1:] for row in grid if any(row[1:])][1:] == [["3", "", "3"], ["", "2", "2"]]


def test_labels_behind_their_figures_are_read_as_before_them():
    rows = [HEADS, *ROWS[:2], ROWS[3]]
    behind = [[*cells, "  " + label] for label, *cells in rows]
    text = written([["", *row] for row in behind], wide, right)
    assert read(text + "\n") == [rows]


def test_numbers_that_count_blank_lines_are_no_figures_before_a_label():
    blank = [[label, "", "", "", ""] for label, *_ in ROWS[:3]]
    rows = [HEADS, ROWS[0], *blank, ROWS[3]]
    lines = [[f"{n}   {label}", *cells] for n, (label, *cells) in enumerate(rows)]
    assert read(written(lines, wide, right) + "\n") == [rows]


def test_the_first_label_of_a_table_may_have_its_figures_between_two_lines():
    lines = [
        ["类别", "自然人", "法人", "总计"],
        ["一、本年新收政府信息公", "", "", ""],
        ["", "2", "", "2"],
        ["开申请数量", "", "", ""],
        ["二、上年结转政府信息公", "", "", ""],
        ["开申请数量", "", "", ""],
        ["三、结转下年度", "", "4", "4"],
    ]
    (grid,) = read(written(lines, wide, left) + "\n")
    assert grid[1:] == [
        ["一、本年新收政府信息公开申请数量", "2", "", "2"],
        ["二、上年结转政府信息公开申请数量", "", "", ""],
        ["三、结转下年度", "", "4", "4"],
    ]


FIGURES_ALONE = [
    ["类别", "自然人", "法人", "总计"],
    ["一、新收", "5", "6", "11"],
    ["1.属于国家秘密", "", "", ""],
    ["", "2", "", "2"],
    ["2.其他法律禁止", "", "", ""],
    ["3.三安全", "", "4", "4"],
]


def test_figures_alone_between_two_labels_are_those_of_the_nearer():
    lines = written(FIGURES_ALONE, wide, left).splitlines()
    (grid,) = read("\n".join([*lines[:3], "", *lines[3:]]) + "\n")
    assert ["2.其他法律禁止", "2", "", "2"] in grid


def test_figures_as_near_to_one_label_as_to_the_other_are_neithers():
    (grid,) = read(written(FIGURES_ALONE, wide, left) + "\n")
    assert not [row for row in grid if row[0] and "2" in row[1:]]
    assert ["", "2", "", "2"] in grid


def test_heads_may_stand_at_the_end_of_a_page_without_figures():
    rows = [["一、本年制发", "", "", "", ""], *ROWS, ["五、合计", "13", "4", "3", "20"]]
    lines = written([HEADS, *rows], wide, right).splitlines()
    text = "\n".join([*lines[:2], "\f" + lines[2], *lines[3:]])
    assert [row[0] for row in read(text + "\n")[0]] == [row[0] for row in [HEADS, *rows]]


def test_a_page_without_heads_has_columns_that_nothing_names():
    """A blank between figures would look like one of as many columns as there are."""
    rows = [
        [f"{n}.属于其他", *(str(n) if (n * m) % 3 else "" for m in range(4)), "7"] for n in range(6)
    ]
    rows += [["9.没有", "", "", "", "", ""], ["（七）总计", "", "1", "2", "3", "6"]]
    lines = written([["类别", "自然人", "企业", "机构", "团体", "总计"], *rows], wide, right)
    document = read_text(("前言。\n" + lines.split("\n", 1)[1] + "\n").encode())
    assert isinstance(document, Document)
    (grid,) = [block for block in document.blocks if isinstance(block, Table)]
    places = {
        cell.row: [(one.text, one.col) for one in row[1:]] for row in grid.rows() for cell in row
    }
    assert places[1] == [("1", 1), ("1", 2), ("7", 4)]
    assert places[6] == [("", 1)]


BESIDE_GROUPS = [
    ("", "自然人 企业 机构 总计"),
    ("一、本年新收政府信息数量", "4 2 1 7"),
    ("三、本年  （一）予以公开", "1 0 0 1"),
    ("度办理结  （三）不  1.属于国", "0 0 1 1"),
    ("果     予公开   家秘密", ""),
    ("            2.其他法", "2 0 0 2"),
    ("            律行政法", ""),
    ("            规禁止公", ""),
    ("            开", ""),
    ("            3.危及“三", "0 2 0 2"),
    ("            安全”", ""),
    ("      （七）总计", "3 2 1 6"),
    ("四、结转下年度继续办理", "1 0 0 1"),
]


def beside_groups(rows: list[tuple[str, str]]) -> str:
    """Labels and figures in columns, all characters as wide, as ``pdftotext`` sets them."""
    lines = [f"{label:24}" + "".join(f"{word:8}" for word in own.split()) for label, own in rows]
    return "\n".join(map(str.rstrip, lines)) + "\n"


def test_lines_of_a_group_and_of_a_label_beside_it_are_not_one_label():
    (grid,) = read(beside_groups(BESIDE_GROUPS))
    labels = [row[0] for row in grid[1:]]
    assert labels == [
        "一、本年新收政府信息数量",
        "三、本年度办理结果",
        "（一）予以公开",
        "（三）不予公开",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全”",
        "（七）总计",
        "四、结转下年度继续办理",
    ]
    assert [row[1:] for row in grid if row[0].startswith(("1.", "2.", "3."))] == [
        ["0", "0", "1", "1"],
        ["2", "0", "0", "2"],
        ["0", "2", "0", "2"],
    ]


def test_a_line_below_a_label_that_leaves_room_beside_a_group_is_not_its_end():
    short = {"2.其他法": "2.其", "律行政法": "其中", "规禁止公": "", "开": ""}
    rows = [
        (label.replace(label.strip(), short.get(label.strip(), label.strip())), own)
        for label, own in BESIDE_GROUPS
    ]
    (grid,) = read(beside_groups([row for row in rows if any(map(str.strip, row))]))
    assert ["2.其", "2", "0", "0", "2"] in grid
    assert ["其中", "", "", "", ""] in grid


def with_groups_repeated(gap: str) -> str:
    """Rows whose group is called again before the label of each, and labels of two lines."""
    rows = [
        ["一、本年新收政府信息数量", "", "4 2 1 7"],
        ["三、本年度结果  （一）予以公开", "", "1 0 0 1"],
        [f"                （三）不予公开{gap}1.属于国家", "秘密", "0 0 1 1"],
        [f"                （三）不予公开{gap}2.其他法律", "禁止公开", "2 0 0 2"],
        [f"                （三）不予公开{gap}3.危及安全", "", "0 2 0 2"],
        ["                （七）总计", "", "3 2 1 6"],
        ["四、结转下年度继续办理", "", "1 0 0 1"],
    ]
    lines = [" " * 44 + "自然人    企业    机构    总计"]
    for label, end, figures in rows:
        lines.append(label + " " * (45 - wide(label)) + "       ".join(figures.split()))
        lines += [" " * 16 + end] if end else []
    return "\n".join(lines) + "\n"


def test_a_group_called_again_in_each_row_has_one_line():
    (grid,) = read(with_groups_repeated(" "))
    assert grid[1:] == [
        ["一、本年新收政府信息数量", "4", "2", "1", "7"],
        ["三、本年度结果", "", "", "", ""],
        ["（一）予以公开", "1", "0", "0", "1"],
        ["（三）不予公开", "", "", "", ""],
        ["1.属于国家秘密", "0", "0", "1", "1"],
        ["2.其他法律禁止公开", "2", "0", "0", "2"],
        ["3.危及安全", "0", "2", "0", "2"],
        ["（七）总计", "3", "2", "1", "6"],
        ["四、结转下年度继续办理", "1", "0", "0", "1"],
    ]
