"""Records of a path and a value are read as the rows of the table that they stand for."""

import openpyxl
import pytest
from declared_table import assert_places, grid, saved

from pipeline.model.document import Document, Paragraph
from pipeline.readers.office.sheets import read_sheets
from pipeline.readers.text.delimited import read_csv

PATHS = [
    (f"申请{{0}}{label}{{0}}{kind}", n)
    for label in ("本年新收", "上年结转", "予以公开")
    for n, kind in enumerate(("自然人", "商业企业", "总计"))
]


def lines(mark: str) -> list[tuple[str, object]]:
    return [(path.format(mark), value) for path, value in PATHS]


def document(content: object) -> Document:
    assert isinstance(content, Document)
    assert_places(content)
    return content


@pytest.mark.parametrize("mark", ["/", " > ", "→", "|"])
def test_every_label_of_a_path_stands_in_a_row_of_its_own_once(mark: str) -> None:
    head = "某局年报\n统计期限,2021年\n指标,数值\n"
    records = "".join(f"{path},{value}\n" for path, value in lines(mark))
    content = document(read_csv((head + records).encode()))
    (table,) = grid(content)
    assert table[:7] == [
        ["统计期限　2021年"],
        ["指标", "数值"],
        ["申请"],
        ["本年新收"],
        ["自然人", "0"],
        ["商业企业", "1"],
        ["总计", "2"],
    ]
    assert [row for row in table if row == ["申请"]] == [["申请"]]
    above = [one.text for one in content.blocks if isinstance(one, Paragraph)]
    assert above == ["某局年报"]


def test_a_label_with_a_value_stands_above_those_that_belong_to_it() -> None:
    records = "".join(f"三、申请/收到/{n}.形式{n},{n}\n" for n in range(9))
    content = document(read_csv(f"指标,数值\n三、申请/收到,36\n{records}".encode()))
    assert grid(content)[0][1:4] == [["三、申请"], ["收到", "36"], ["0.形式0", "0"]]


def test_a_workbook_of_records_is_read_alike() -> None:
    book = openpyxl.Workbook()
    for row in [("指标", "数值"), *lines("/")]:
        book.active.append(row)
    assert grid(document(read_sheets(saved(book))))[0][3] == ["自然人", "0"]


def test_labels_that_hold_a_slash_are_no_paths() -> None:
    records = "".join(f"第{n}类增/减,{n}\n" for n in range(12))
    content = document(read_csv(f"指标,数值\n{records}".encode()))
    assert grid(content)[0][1] == ["第0类增/减", "0"]


def test_labels_in_cells_of_their_own_are_a_path_too() -> None:
    head = "某局年报\n序号,单位名称,年度,表,行,列,单位,数值\n"
    records = "".join(
        f"{n},某局,2021,申请,结果 / {label},{kind},件,{n * 2}\n"
        for n, (label, kind) in enumerate(
            (label, kind)
            for label in ("新收", "结转", "公开")
            for kind in ("自然人", "企业", "总计")
        )
    )
    content = document(read_csv((head + records).encode()))
    assert "单位名称：某局\n" in content.text
    assert "年度：2021年\n" in content.text
    table = grid(content)[0]
    at = table.index(["结果"])
    assert table[at : at + 4] == [["结果"], ["新收"], ["自然人", "件", "0"], ["企业", "件", "2"]]


def test_a_table_with_blanks_and_equal_numbers_is_no_list_of_records() -> None:
    rows = "".join(f"三、办理结果,（三）不予公开,{n}.理由,0,0,0\n" for n in range(1, 12))
    content = document(read_csv(f"办理结果,情形,理由,自然人,企业,总计\n{rows}".encode()))
    assert grid(content)[0][1] == ["三、办理结果", "（三）不予公开", "1.理由", "0", "0", "0"]


def paths(groups: list[object]) -> Document:
    """Records of a group and a kind each, or of a label alone."""
    records = "".join(
        f"种类{n},{n}\n" if group is None else f"组{group}/种类{n},{n}\n"
        for n, group in enumerate(groups)
    )
    return document(read_csv(f"指标,数值\n{records}".encode()))


@pytest.mark.parametrize(
    ("groups", "are_records"),
    [
        ([0] * 8, True),
        ([0] * 7, False),
        # Three of four are paths, and one of two goes on in the group of the one before.
        ([0] * 9 + [None] * 3, True),
        ([0] * 9 + [None] * 4, False),
        ([0, 0, 1, 1, 2, 2, 3, 3, 4, 4], True),
        ([0, 0, 1, 1, 2, 2, 3, 3, 4, 5], False),
    ],
)
def test_most_records_have_paths_and_half_of_them_go_on(
    groups: list[object], *, are_records: bool
) -> None:
    assert (["组0"] in grid(paths(groups))[0]) is are_records
