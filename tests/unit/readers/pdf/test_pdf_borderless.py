"""Tables without upright rules: columns are told by where the figures stand."""

import pytest
from test_pdf_reader import pdf_of, shown, texts

from pipeline.model.document import Document, Table
from pipeline.readers.pdf.lines import Char
from pipeline.readers.pdf.pdf_reader import read_pdf
from pipeline.readers.pdf.sheets_of_two import Gutter, gutter_of
from tests.some import some

XS = (300, 350, 400, 450, 500)
ROWS = ("10 2 0 0 12", "7 0 1 0 8", "1 1 1 1 4", "120 30 0 5 155", "3 0 0 0 3")


def figures(row: str, y: float) -> str:
    cells = zip(XS, row.split(), strict=True)
    return "".join(shown(cell, x - 3.3 * len(cell), y) for x, cell in cells if cell != "_")


def table_in(content: str) -> list[list[str]]:
    document = read_pdf(pdf_of(content))
    assert isinstance(document, Document)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for row in table.rows()]


def heads() -> str:
    return "".join(shown(f"h{n}", x - 6, 720) for n, x in enumerate(XS))


def test_figures_go_into_the_columns_they_stand_in():
    content = heads() + "".join(
        shown(f"row {n}", 80, 700 - 20 * n) + figures(row, 700 - 20 * n)
        for n, row in enumerate(ROWS)
    )
    head, *rows = table_in(content)
    assert head[-5:] == ["h0", "h1", "h2", "h3", "h4"]
    assert rows == [[f"row {n}", *row.split()] for n, row in enumerate(ROWS)]


def test_zeros_left_out_leave_their_cells_blank():
    rows = (*ROWS, "_ 2 _ 9 11", "_ _ _ _ _", "4 _ _ _ 4")
    content = heads() + "".join(
        shown(f"row {n}", 80, 700 - 20 * n) + figures(row, 700 - 20 * n)
        for n, row in enumerate(rows)
    )
    found = table_in(content)
    assert ["row 5", "", "2", "", "9", "11"] in found
    assert ["row 7", "4", "", "", "", "4"] in found


def test_upright_rules_between_some_columns_do_not_tear_the_rows_apart():
    rules = "".join(f"{x} 610 m {x} 730 l S\n" for x in (325, 375, 425, 475))
    across = "".join(f"325 {y} m 475 {y} l S\n" for y in (610, 730))
    content = heads() + "".join(
        shown(f"row {n}", 80, 700 - 20 * n) + figures(row, 700 - 20 * n)
        for n, row in enumerate(ROWS)
    )
    _, *rows = table_in(rules + across + content)
    assert rows == [[f"row {n}", *row.split()] for n, row in enumerate(ROWS)]


def test_a_label_over_two_lines_belongs_to_the_figures_between_them():
    content = "".join(figures(row, 700 - 40 * n) for n, row in enumerate(ROWS))
    content += "".join(
        shown(f"upper {n}", 80, 707 - 40 * n) + shown(f"lower {n}", 80, 693 - 40 * n)
        for n in range(len(ROWS))
    )
    rows = table_in(heads().replace(" 720 ", " 730 ") + content)[1:]
    assert [row[0] for row in rows] == [f"upper {n}\nlower {n}" for n in range(len(ROWS))]


def test_a_row_without_figures_is_not_the_end_of_the_label_of_two_lines_above_it():
    at = (700, 680, 660, 636, 590, 570)
    content = heads() + "".join(figures(f"{n} 0 0 0 {n}", y) for n, y in enumerate(at))
    content += "".join(shown(f"row {n}", 80, y) for n, y in enumerate(at) if n != 3)
    content += shown("upper", 80, 643) + shown("lower", 80, 629) + shown("blank", 80, 615)
    rows = table_in(content)[1:]
    assert [row[0] for row in rows[2:6]] == ["row 2", "upper\nlower", "blank", "row 4"]
    assert [row[1] for row in rows[2:6]] == ["2", "3", "", "4"]


def test_a_group_label_beside_several_rows_has_a_line_of_its_own():
    content = heads() + "".join(
        shown(f"{n}.child", 150, 700 - 20 * n) + figures(row, 700 - 20 * n)
        for n, row in enumerate(ROWS, 1)
    )
    content += shown("group", 80, 647) + shown("label", 80, 633)
    rows = table_in(content)[1:]
    assert [row[0] for row in rows] == [
        "1.child",
        "2.child",
        "group\nlabel",
        *(f"{n}.child" for n in range(3, 6)),
    ]
    assert rows[3][1:] == ROWS[2].split()


def test_prose_with_figures_is_no_table():
    lines = ["in 2022 there were 15 of 30 and 7", "12 more than in 2021, which had 5"] * 4
    content = "".join(shown(line, 72, 700 - 16 * n) for n, line in enumerate(lines))
    assert all(isinstance(block, str) for block in some(texts(read_pdf(pdf_of(content)))))


def sheet(*halves: list[str]) -> bytes:
    content = "".join(
        shown(line, 40 + 420 * side, 560 - 18 * n).replace(" 12 Tf", " 8 Tf")
        for side, lines in enumerate(halves)
        for n, line in enumerate(lines)
    )
    return pdf_of(content).replace(b"MediaBox[0 0 595 842]", b"MediaBox[0 0 842 595]")


def test_a_wide_page_with_a_gap_in_the_middle_is_one_page_if_its_halves_are_no_pages():
    left, right = ["label one", "label two", "label three"], ["15", "30", "7"]
    (first, *_) = texts(read_pdf(sheet(left, right)))
    assert "label one" in first and "15" in first


def printed(line: str, start: int, y: int) -> list[Char]:
    return [
        {"text": char, "x0": x, "x1": x + 8, "top": y, "bottom": y + 8, "upright": True}
        for char, x in zip(line, range(start, 600, 8), strict=False)
    ]


def gutter(
    left: str, right: str, width: int = 600, across: tuple[int, ...] = (), ruled: int = 0
) -> Gutter | None:
    """The gutter of a sheet that prints a text in the left half and one in the right."""
    chars = [
        char
        for start, line in ((60, left), (width // 2 + 20, right))
        for y in range(60, 420, 60)
        for char in printed(line, start, y)
    ]
    chars += [char for y in across for char in printed(PROSE, width // 2 - 72, y)]
    edges = [
        {"x0": x, "x1": x + 200, "top": y, "bottom": y, "orientation": "h"}
        for x in (60, width // 2 + 20)
        for y in range(60, 60 + 20 * ruled, 20)
    ]
    return gutter_of(chars, edges, width, 500)


PROSE = "嘉祥县主动公开政府信息共五十六条其余"


LABELS = "收到政府信息公开申请总件数"


@pytest.mark.parametrize(("width", "is_two"), [(600, True), (599, False)])
def test_a_sheet_of_two_pages_is_wider_than_high_by_a_fifth(width, is_two):
    assert (gutter(LABELS, LABELS, width) is not None) is is_two


@pytest.mark.parametrize(
    ("right", "across", "ruled", "is_two"),
    [
        (PROSE, (), 0, True),
        (PROSE, (20,), 0, True),
        (PROSE, (20, 200), 0, False),
        (LABELS, (20,), 0, False),
        (LABELS, (20,), 3, True),
        (LABELS, (20, 200), 3, False),
    ],
)
def test_columns_of_a_page_are_prose_or_ruled_apart_below_its_title(right, across, ruled, is_two):
    found = gutter(PROSE, right, 500, across, ruled)
    assert (found is not None) is is_two
    assert found is None or found.top == (28 if across else 0)


@pytest.mark.parametrize(
    ("left", "right", "is_two"),
    [
        (PROSE, "全年受理政府信息公开申请三十一件均办结", True),
        (LABELS, LABELS, True),
        (LABELS, "办结政府信息公开申请总件数", False),
        (PROSE, "办结政府信息公开申请总件数", False),
    ],
)
def test_halves_that_are_prose_or_that_print_the_same_are_pages(left, right, is_two):
    assert (gutter(left, right) is not None) is is_two


def test_a_group_around_groups_moves_none_of_their_labels_to_other_rows():
    at = [700 - 24 * n for n in range(9)]
    content = heads() + "".join(figures(f"{n} 0 0 0 {n}", y) for n, y in enumerate(at))
    content += "".join(shown(f"{n}.child", 190, at[n]) for n in range(6))
    content += shown("one", 130, at[1]) + shown("two", 130, at[4]) + shown("alone", 130, at[6])
    content += shown("outer", 80, at[3])
    content += "".join(shown(f"last {n}", 80, at[n]) for n in (7, 8))
    rows = [row[:2] for row in table_in(content)[1:]]
    groups = [[label, ""] for label in ("one", "outer", "two")]
    assert [row for row in rows if row in groups] == groups
    assert [row for row in rows if row not in groups] == [
        *([f"{n}.child", f"{n}"] for n in range(6)),
        ["alone", "6"],
        ["last 7", "7"],
        ["last 8", "8"],
    ]


def test_a_label_in_the_column_of_groups_alone_in_its_row_is_that_of_the_row():
    at = [700 - 24 * n for n in range(9)]
    content = heads() + "".join(figures(f"{n} 0 0 0 {n}", y) for n, y in enumerate(at))
    content += "".join(shown(f"{n}.child", 190, at[n]) for n in range(7))
    content += shown("one", 130, at[1] - 12) + shown("two", 130, at[5] - 12)
    content += shown("in all", 130, at[7]) + shown("last", 80, at[8])
    rows = table_in(content)[1:]
    assert [row[:2] for row in rows[-2:]] == [["in all", "7"], ["last", "8"]]


def test_figures_of_two_columns_that_stand_close_are_two_and_a_parted_one_is_one():
    content = heads() + "".join(
        shown(f"row {n}", 80, 700 - 20 * n) + figures(row, 700 - 20 * n)
        for n, row in enumerate(ROWS)
    )
    for behind in (464.6, 467):
        close = shown("row 5", 80, 600) + figures("9 2 0 _ _", 600)
        close += shown("40", 449, 600) + shown("1219", behind, 600)
        assert ["row 5", "9", "2", "0", "40", "1219"] in table_in(content + close)
    parted = shown("row 5", 80, 600) + figures("9 2 0 0 _", 600) + shown("1 219", 480, 600)
    assert ["row 5", "9", "2", "0", "0", "1 219"] in table_in(content + parted)


def test_lines_of_a_long_label_are_no_rows_beside_figures_at_its_top():
    content = heads() + "".join(figures(row, 700 - 60 * n) for n, row in enumerate(ROWS))
    content += figures("5 0 0 0 5", 400)
    content += "".join(
        shown(f"part {n}.{line}", 80, 700 - 60 * n - 13 * line)
        for n in range(len(ROWS))
        for line in range(4)
    )
    content += shown("short", 80, 400)
    _, *rows = table_in(content)
    assert [row[0] for row in rows] == [
        *("\n".join(f"part {n}.{line}" for line in range(4)) for n in range(len(ROWS))),
        "short",
    ]


def test_the_first_and_last_label_of_a_page_keep_the_lines_beyond_their_figures():
    content = heads() + "".join(figures(row, 680 - 44 * n) for n, row in enumerate(ROWS))
    content += "".join(
        shown(f"{part} {n}", 80, 680 - 44 * n + over)
        for n in range(len(ROWS))
        for part, over in (("upper", 13), ("middle", 0), ("lower", -13))
    )
    content += shown("Words below.", 80, 440)
    _, *rows = table_in(content)
    assert [row[0] for row in rows] == [
        f"upper {n}\nmiddle {n}\nlower {n}" for n in range(len(ROWS))
    ]


def test_of_two_rules_above_the_lower_one_parts_the_heads_from_the_rows():
    content = heads() + "".join(
        shown(f"row {n}", 80, 700 - 20 * n) + figures(row, 700 - 20 * n)
        for n, row in enumerate(ROWS)
    )
    rules = "".join(f"60 {y} m 540 {y} l S\n" for y in (735, 712))
    head, *rows = table_in(rules + content)
    assert head[-5:] == ["h0", "h1", "h2", "h3", "h4"]
    assert rows == [[f"row {n}", *row.split()] for n, row in enumerate(ROWS)]
