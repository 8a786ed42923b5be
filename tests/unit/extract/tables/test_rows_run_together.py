"""Rows without borders between cells: what the rows around them say of their readings."""

from decimal import Decimal

import pytest
from found_tables import found_in, found_in_text, values

from pipeline.forms.form import forms
from pipeline.readers.html.html_reader import read_html

(REQUESTS,) = (
    table for form in forms() if form.form == "C" for table in form.tables if table.id == "3"
)
HEADS = [column.heads[0] for column in REQUESTS.columns]
TITLE = "三、收到和处理政府信息公开申请情况"


def numbers(found: dict[str, Decimal], measure: str) -> list[int]:
    """What all kinds of applicants have of a measure, in the order of the columns."""
    return [int(number) for name, number in found.items() if name.split(":")[0] == measure]


def processed(blank: str) -> list[int]:
    """The total of all outcomes, run together, where only one outcome has numbers."""
    printed = {"予以公开": "12 1 0 0 0 0 13", "总计": "121000013"}
    lines = [f"{row.label} {printed.get(row.label or '', blank)}" for row in REQUESTS.rows[2:-1]]
    found = found_in_text("\n".join([TITLE, " ".join(["申请人情况", *HEADS]), *lines]), 2020)
    return [
        int(n) for name, n in values(found).items() if name.split(":")[0] == "requests.processed"
    ]


@pytest.mark.parametrize("blank", ["— — — — — — —", "/ / / / / / /"])
def test_what_is_printed_as_none_adds_nothing_to_a_total_run_together(blank: str) -> None:
    """121000013 may be 12 and 1 or 1, 2 and 10: the only outcome says which."""
    assert processed(blank) == [12, 1, 0, 0, 0, 0, 13]


def received(blank_rows: int) -> list[int]:
    """The numbers of a row run together above so many rows left blank."""
    rows = [["申请人情况", *HEADS]]
    glued = {"一、本年新收政府信息公开申请数量": "1010103", "（一）予以公开": "0101013"}
    blank = [[row.label or "", *[""] * len(HEADS)] for row in REQUESTS.rows[6 : 6 + blank_rows]]
    lines = [f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (*rows, *blank)]
    lines[1:1] = [
        f'<tr><td>{label}</td><td colspan="{len(HEADS)}">{digits}</td></tr>'
        for label, digits in glued.items()
    ]
    page = f"<html><body><p>{TITLE}</p><table>{''.join(lines)}</table></body></html>"
    found = values(found_in(read_html(page.encode()), 2020))
    return numbers(found, "requests.received")


def test_five_blank_rows_show_that_noughts_are_left_out_and_four_do_not() -> None:
    """1010103 fills all cells only if noughts are printed."""
    assert received(4) == [1, 0, 1, 0, 1, 0, 3]
    assert received(5) == []


MOVED = ("本年新收政府信息公开申请数量", "予以公开", "部分公开", "属于国家秘密", "属于行政执法案卷")


@pytest.mark.parametrize(
    ("between", "is_row"),
    [("", True), ("— 4 —\n", True), ("重复申请5件。\n", False), ("情况说明\n", False)],
)
def test_a_row_behind_the_end_of_its_table_is_one_across_a_page_number_only(
    between: str, is_row: bool
) -> None:
    """Behind words it may be that of a sentence."""
    rows = [f"{label} 1 0 0 0 0 0 1" for label in (*MOVED, "总计", "结转下年度继续办理")]
    last = f"{between}上年结转政府信息公开申请数量 2 0 0 0 0 0 2"
    found = found_in_text("\n".join([TITLE, " ".join(["申请人情况", *HEADS]), *rows, last]), 2020)
    assert (values(found).get("requests.carried_in") == 2) is is_row
