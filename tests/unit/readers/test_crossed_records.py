"""Lists of a value a row: which rows and columns the values stand for."""

from itertools import product

import pytest

from pipeline.model.document import Document, Table
from pipeline.readers.arrangement import arranged
from pipeline.readers.html.html_reader import read_html
from pipeline.readers.text.delimited import read_csv

KINDS = ["自然人", "法人-企业", "法人-其他", "总计"]
ITEMS = ["新收", "结转", *(f"结果-{n}.第{n}类" for n in range(1, 8)), "继续办理"]
RECORDS = [["申请", item, kind, str(n)] for n, (item, kind) in enumerate(product(ITEMS, KINDS), 1)]


def grid(document: object) -> list[list[str]]:
    assert isinstance(document, Document)
    (table,) = [block for block in arranged(document).blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for row in table.rows()]


def as_csv(records: list[list[str]]) -> object:
    return as_csv_of(["板块", "项目", "类型", "数量"], records)


def as_csv_of(head: list[str], records: list[list[str]]) -> object:
    return read_csv("\n".join(map(",".join, [head, *records])).encode())


CROSSED = [
    ["申请"],
    ["法人"],
    ["项目", "自然人", "企业", "其他", "总计"],
    ["新收", "1", "2", "3", "4"],
    ["结转", "5", "6", "7", "8"],
    ["结果"],
    ["1.第1类", "9", "10", "11", "12"],
]


def test_items_that_name_the_same_kinds_are_rows_below_one_head() -> None:
    # The section, alone above the rest, is a line of text in a sheet.
    assert grid(as_csv(RECORDS))[: len(CROSSED) - 1] == CROSSED[1:]


def test_a_list_on_a_page_is_read_alike_and_numbers_of_its_rows_are_no_values() -> None:
    rows = [["序号", "板块", "项目", "类型", "数量"]]
    rows += [[str(n), *record] for n, record in enumerate(RECORDS, 1)]
    cells = "".join(f"<tr><td>{'<td>'.join(row)}" for row in rows)
    prose = "<p>本年度政府信息公开工作有序开展，现将有关情况报告如下，请予监督。</p>"
    found = grid(read_html(f"<body>{prose}<table>{cells}</table>".encode()))
    assert found[: len(CROSSED)] == CROSSED


def test_a_section_with_other_kinds_has_heads_of_its_own() -> None:
    others = [["审查", "复议", kind, "6"] for kind in ("维持", "纠正")]
    assert grid(as_csv([*RECORDS, *others]))[-3:] == [
        ["审查"],
        ["项目", "维持", "纠正"],
        ["复议", "6", "6"],
    ]


@pytest.mark.parametrize(
    "spoilt",
    [
        # Two values of one kind: nobody knows which is the item's.
        [record for record in RECORDS for _ in range(2)],
        # A value that says of no kind what it is.
        [*RECORDS, ["申请", "合计", "", "820"]],
        # Kinds in another order at each item are only a list.
        [RECORDS[0], *RECORDS[2:4], *RECORDS[::-1]],
    ],
)
def test_a_list_that_leaves_doubt_is_no_table_of_kinds(spoilt: list[list[str]]) -> None:
    assert ["项目", "自然人", "企业", "其他", "总计"] not in grid(as_csv(spoilt))


def test_a_list_kind_by_kind_has_the_rows_of_one_item_by_item() -> None:
    kinds, items = ["自然人", "企业", "总计"], [f"第{n}类" for n in range(1, 10)]
    records = [[item, kind, str(n)] for n, (kind, item) in enumerate(product(kinds, items), 1)]
    turned = [[kind, item, value] for item, kind, value in records]
    assert grid(as_csv_of(["类型", "项目", "数量"], turned)) == [
        ["项目", *kinds],
        *([item, *(str(n + m * len(items)) for m in range(3))] for n, item in enumerate(items, 1)),
    ]
