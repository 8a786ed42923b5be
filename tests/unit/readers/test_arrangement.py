"""Tables set otherwise than forms are: their rows and columns stand where forms have them."""

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.html.html_reader import read_html

PROSE = "<p>本年度政府信息公开工作有序开展，现将有关情况报告如下，请予监督。</p>"
HEAD = ["项目", "自然人", "企业", "总计"]
LABELS = ["新收数量", "结转数量", "予以公开", "部分公开", "不予公开", "继续办理"]
ROWS = [[label, str(n), str(n * 7 % 5), str(n + n * 7 % 5)] for n, label in enumerate(LABELS, 4)]


def read(rows: list[list[str]]) -> list[list[str]]:
    cells = "".join(f"<tr><td>{'<td>'.join(row)}" for row in rows)
    document = read_html(f"<body>{PROSE}<table>{cells}</table>".encode())
    assert isinstance(document, Document)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
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
