"""Tables set otherwise than forms are: their rows and columns stand where forms have them."""

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.arrangement import arranged
from pipeline.readers.html.html_reader import read_html

PROSE = "<p>本年度政府信息公开工作有序开展，现将有关情况报告如下，请予监督。</p>"
HEAD = ["项目", "自然人", "企业", "总计"]
LABELS = ["新收数量", "结转数量", "予以公开", "部分公开", "不予公开", "继续办理"]
ROWS = [[label, str(n), str(n * 7 % 5), str(n + n * 7 % 5)] for n, label in enumerate(LABELS, 4)]


def read(rows: list[list[str]]) -> list[list[str]]:
    cells = "".join(f"<tr><td>{'<td>'.join(row)}" for row in rows).replace("\n", "<br>")
    return grid(f"{PROSE}<table>{cells}</table>")


def grid(page: str) -> list[list[str]]:
    document = read_html(f"<body>{page}".encode())
    assert isinstance(document, Document)
    (table,) = [block for block in arranged(document).blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for row in table.rows()]


def test_labels_behind_their_values_stand_before_them() -> None:
    assert read([row[::-1] for row in [HEAD, *ROWS]]) == [HEAD, *ROWS]


@pytest.mark.parametrize(
    "rows",
    [
        [["序号", "项目"], *([str(n * n), label] for n, label in enumerate(LABELS))],
        [["第", "项目"], *([str(n % 3 + 1), label] for n, label in enumerate(LABELS))],
        [["数量", "单位"], *(["7", "件"] for _ in LABELS)],
        [["项目", "数量", "说明"], *([label, "7", "详见附件"] for label in LABELS)],
    ],
    ids=["numbers of rows", "numbers that begin anew", "units", "remarks"],
)
def test_what_counts_rows_or_stands_behind_values_is_no_label(rows: list[list[str]]) -> None:
    assert read(rows) == rows


def test_a_table_that_goes_on_beside_itself_is_one_below_the_other() -> None:
    beside = [[*one, *other] for one, other in zip(ROWS[:3], ROWS[3:], strict=True)]
    assert read([[*HEAD, *HEAD], *beside]) == [HEAD, *ROWS]


def test_parts_beside_each_other_keep_heads_of_their_own() -> None:
    left, right = [HEAD, *ROWS[:3]], [["项目", "上年", "本年", "增减"], *ROWS[3:]]
    sections = [["第一项", "", "", ""], ["第二项", "", "", ""]]
    beside = [[*one, *other] for one, other in zip(left, right, strict=True)]
    found = read([[*sections[0], *sections[1]], *beside])
    assert found == [sections[0], *left, sections[1], *right]


def test_copies_that_name_the_same_rows_are_no_one_table() -> None:
    rows = [[*HEAD, *HEAD], *([*row, *row] for row in ROWS)]
    assert read(rows) == rows


def test_rows_that_go_on_from_left_to_right_keep_their_order() -> None:
    numbered = [[f"{n}.{row[0]}", *row[1:]] for n, row in enumerate(ROWS, 1)]
    rows = [[*HEAD, *HEAD]]
    rows += [[*one, *other] for one, other in zip(numbered[::2], numbered[1::2], strict=True)]
    assert read(rows) == rows


def test_a_head_printed_above_every_block_names_no_row() -> None:
    head = [*HEAD[:3], "其他", "总计"]
    rows = [[*row[:3], "0", row[3]] for row in ROWS]
    assert read([head, *rows[:2], head, *rows[2:4], head, *rows[4:]]) == [head, *rows]


def test_a_head_that_names_its_block_too_leaves_that_name() -> None:
    heads = [[f"第{n}组", *HEAD[1:3], "其他", "总计"] for n in "一二"]
    rows = [[*row[:3], "0", row[3]] for row in ROWS]
    found = read([heads[0], *rows[:3], heads[1], *rows[3:]])
    assert found == [heads[0], *rows[:3], ["第二组"], *rows[3:]]


@pytest.mark.parametrize("step", [1, -1], ids=["label above", "label below"])
def test_rows_of_labels_and_rows_of_figures_by_turns_are_one_row_each(step: int) -> None:
    rows = [one for row in ROWS for one in ([row[0]], row[1:])[::step]]
    assert read([HEAD[1:], *rows]) == [HEAD[1:], *ROWS]


def test_a_label_that_goes_on_in_a_row_of_its_own_is_whole() -> None:
    rows = [[f"{n}.{row[0]}的", *row[1:]] for n, row in enumerate(ROWS, 1)]
    broken = [one for row in rows for one in (row, ["申请数量", "", "", ""])]
    assert read([HEAD, *broken]) == [HEAD, *([f"{row[0]}申请数量", *row[1:]] for row in rows)]


def test_headings_above_rows_without_a_number_are_no_part_of_their_labels() -> None:
    rows = [one for n, row in enumerate(ROWS, 1) for one in ([f"{n}.{'很' * n}好"], row)]
    assert read([HEAD, *rows]) == [HEAD, *rows]


def as_table(rows: list[list[str]]) -> str:
    return f"<table>{''.join('<tr><td>' + '<td>'.join(row) for row in rows)}</table>"


@pytest.mark.parametrize("behind", [1, 0], ids=["labels again", "no labels"])
@pytest.mark.parametrize("between", ["", "<p>续表</p>"])
def test_columns_in_a_table_of_their_own_are_those_of_its_rows(behind: int, between: str) -> None:
    whole = [HEAD, *ROWS]
    further = [[*row[:behind], *row[2:]] for row in whole]
    page = f"{PROSE}{as_table([row[:2] for row in whole])}{between}{as_table(further)}"
    document = read_html(f"<body>{page}".encode())
    assert isinstance(document, Document)
    tables = [block for block in arranged(document).blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in tables[0].rows()] == whole
    assert len(tables) == 1


@pytest.mark.parametrize(
    "other",
    [
        [["类别", *HEAD[1:]], *ROWS],
        [["项目", "上年"], *([f"其他{row[0]}", row[1]] for row in ROWS)],
        [["项目", "上年"], *([row[0], row[1]] for row in ROWS[:-1])],
    ],
    ids=["the same columns", "other rows", "fewer rows"],
)
def test_a_table_of_its_own_is_no_further_column(other: list[list[str]]) -> None:
    page = f"<body>{PROSE}{as_table([HEAD, *ROWS])}{as_table(other)}"
    document = read_html(page.encode())
    assert isinstance(document, Document)
    assert arranged(document) is document


def test_columns_with_their_labels_again_may_stand_below_the_name_of_their_group() -> None:
    whole = [HEAD, *ROWS]
    further = as_table([[row[0], *row[2:]] for row in whole])
    page = f"{PROSE}{as_table([row[:2] for row in whole])}<p>（三）不予公开的各种情形</p>"
    document = read_html(f"<body>{page}{further}".encode())
    assert isinstance(document, Document)
    (table,) = [block for block in arranged(document).blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row] for row in table.rows()] == whole


def test_codes_that_stand_in_the_column_of_the_figures_are_parted_from_them() -> None:
    labels = [f"第{n}类申请数" for n in "一二三四五六七八"]
    coded = [[label, "件", f"{n:02} {n * n}"] for n, label in enumerate(labels, 9)]
    apart = [[label, "件", f"{n:02}", str(n * n)] for n, label in enumerate(labels, 9)]
    heads = ["指标名称", "计量单位", "代码 统计数"]
    assert read([heads, *coded]) == [[*heads[:2], "代码", "统计数"], *apart]


def test_two_figures_in_a_cell_are_no_code_and_figure() -> None:
    rows = [["项目", "数量"], *([f"{label}数", f"{n * n} 5"] for n, label in enumerate(LABELS * 2))]
    assert read(rows) == rows


def test_figures_below_each_other_in_every_cell_are_those_of_two_columns() -> None:
    rows = [[label, "7", f"{n % 2}\n{n}", f"0\n{n * 9}"] for n, label in enumerate(LABELS)]
    apart = [[label, "7", f"{n % 2}", f"{n}", "0", f"{n * 9}"] for n, label in enumerate(LABELS)]
    assert read(rows) == apart


@pytest.mark.parametrize(
    "figures",
    [["1\n2", "3\n0", "1\n1", "4\n5"], ["0\n2", "30", "0\n1", "0\n5"], ["0\n2", "", "", "1\n1"]],
    ids=["digits of a number broken in two", "one figure in a row", "few"],
)
def test_what_may_be_one_figure_over_two_lines_stays_in_its_cell(figures: list[str]) -> None:
    rows = [[label, "7", figure] for label, figure in zip(LABELS, figures, strict=False)]
    assert read(rows) == rows
