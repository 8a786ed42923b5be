"""A form laid over a text: which labels are rows of it, by line, and which are nobody's.

A label is written by its first letters and the line that it stands on.
"""

import pytest

from pipeline.extract.identity.segmentation import split
from pipeline.extract.tables.match.form_matching import recognise
from pipeline.extract.tables.tokens import Layout
from pipeline.lexis.letters import Letters
from pipeline.model.document import Document, Table
from pipeline.readers.text.plain_text import read_text

NEW, OLD, DONE = (
    "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "三、本年度办理结果",
)  # fmt: skip
GRANTED, PARTLY, DENIED = "（一）予以公开", "（二）部分公开", "（三）不予公开"
SECRET, BY_LAW, SAFE = "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"
NINE = (NEW, OLD, DONE, GRANTED, PARTLY, DENIED, SECRET, BY_LAW, SAFE)
VALUES = " 1 0 0 0 0 0 1"
ROWS = "新0 上1 年2 予3 部4 不5 国6 法7 三8"
LETTERS = {
    "本年新收": "新", "上年结转": "上", "本年度办": "年", "予以公开": "予", "部分公开": "部",
    "不予公开": "不", "属于国家": "国", "其他法律": "法", "危及“三": "三", "危及三安": "三",
    "其他处理": "他",
}  # fmt: skip


def laid(*lines: str, year: int | None = 2022) -> str:
    """The form, labels that are rows, and behind a bar those that are none."""
    document = read_text("\n".join(lines).encode())
    assert isinstance(document, Document)
    (part,) = split(document)
    tables = [block for block in part.blocks if isinstance(block, Table)]
    text = Letters(document.text, part.start, part.end, traditional=False)
    found = recognise(text, Layout(document.text, tables), year)

    def said(label: str, start: int) -> str:
        return f"{LETTERS[label[:4]]}{document.text.count(chr(10), 0, start)}"

    rows = [
        said(row.row.label, match.occurrence.place.start)
        for match in found.matches
        if (row := found.form.rows[match.row]).row
    ]
    left = [said(one.label, one.place.start) for one in found.unaligned]
    return f"{found.form.form.form} {' '.join(rows)}" + (f" | {' '.join(left)}" if left else "")


def filled(*labels: str) -> list[str]:
    return [label + VALUES for label in labels]


def in_cells(*labels: str) -> list[str]:
    return [label + VALUES.replace(" ", "\t") for label in labels]


@pytest.mark.parametrize(
    ("year", "form"), [(2019, "C"), (2020, "C"), (2021, "D"), (2030, "D"), (2016, "C"), (None, "C")]
)
def test_the_year_tells_forms_apart_that_the_print_does_not(year: int | None, form: str) -> None:
    assert laid(*filled(NEW, OLD, DONE), year=year) == f"{form} 新0 上1 年2"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (filled(*NINE), ROWS),
        # A sentence names rows that it is none of.
        (["全年本年新收政府信息公开申请数量较多，予以公开3件。", *filled(NEW, OLD, DONE, GRANTED)],
         "新1 上2 年3 予4 | 新0 予0"),
        # Rows may change places.
        (filled(OLD, NEW, DONE, GRANTED), "上0 新1 年2 予3"),
        # A row is printed twice, and twice all of them.
        ([*filled(*NINE[:4], GRANTED), *filled(*NINE[4:])],
         "新0 上1 年2 予3 予4 部5 不6 国7 法8 三9"),
        (filled(*NINE, *NINE), f"{ROWS} 新9 上10 年11 予12 部13 不14 国15 法16 三17"),
        # Behind or before a table, five labels without values are a table of their own.
        ([*filled(*NINE), *NINE[5:]], f"{ROWS} | 不9 国10 法11 三12"),
        ([*filled(*NINE), *NINE[4:]], f"{ROWS} 部9 不10 国11 法12 三13"),
        ([*NINE[5:], *filled(*NINE)], "新4 上5 年6 予7 部8 不9 国10 法11 三12 | 不0 国1 法2 三3"),
        ([*NINE[4:], *filled(*NINE)],
         "部0 不1 国2 法3 三4 新5 上6 年7 予8 部9 不10 国11 法12 三13"),
    ],
)  # fmt: skip
def test_labels_are_rows_in_the_order_of_the_form_or_make_a_table_of_their_own(
    lines: list[str], expected: str
) -> None:
    assert laid(*lines) == f"D {expected}"


@pytest.mark.parametrize(
    ("lines", "is_row"),
    [
        # It stands apart, with a value or a unit and a value behind it.
        (["其他处理 3"], True),
        (["其他处理 件 3"], True),
        (["其他处理 无"], True),
        (["（六）其他处理 3"], True),
        (["说明", "其他处理 3"], True),
        (["说明其他处理 3"], False),
    ],
)
def test_a_label_behind_the_rows_is_one_with_a_value_of_its_own(
    lines: list[str], is_row: bool
) -> None:
    above = filled(NEW, OLD, DONE, GRANTED)
    row = f" 他{3 + len(lines)}" if is_row else ""
    assert laid(*above, *lines) == f"D 新0 上1 年2 予3{row}"


@pytest.mark.parametrize(
    ("cell", "is_row"),
    [
        ("其他处理", True),
        ("（六）其他处理", True),
        ("二十六、其他处理", True),
        ("甲乙丙丁其他处理", False),
        ("123其他处理", True),
        ("其他处理（注）", True),
        ("其他处理情况", False),
    ],
)
def test_a_label_out_of_order_is_a_row_if_it_fills_its_cell(cell: str, is_row: bool) -> None:
    lines = [*in_cells(*NINE[:6]), f"{cell}\t\t\t", *in_cells(*NINE[6:])]
    row = " 他6" if is_row else ""
    assert laid(*lines) == f"D 新0 上1 年2 予3 部4 不5{row} 国7 法8 三9"


def test_heads_of_columns_alone_are_no_form() -> None:
    assert laid("其他 1", "总计 2") == "D "
