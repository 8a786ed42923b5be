"""Numbers as people type them, where the cell alone does not tell what is meant."""

import pytest

from pipeline.extract.tables.table_reader import TableFindings
from pipeline.model.observation import Status
from pipeline.readers.html.html_reader import read_html
from tests.unit.extract.tables.found_tables import found_in

HEADS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RECEIVED = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"
GRANTED = "（一）予以公开"
CARRIED_IN = "requests.carried_in"


def applicants(*rows: str) -> TableFindings:
    """A table of applicants, a row a string, cells parted by bars."""
    printed = "".join(
        f"<tr><td>{label}{''.join(f'<td>{cell}' for cell in row.split('|'))}"
        for label, row in zip((RECEIVED, CARRIED, GRANTED), rows, strict=False)
    )
    head = "".join(f"<td>{head}" for head in HEADS)
    page = f"<p>三、收到和处理政府信息公开申请情况</p><table><tr><td>{head}{printed}</table>"
    return found_in(read_html(f"<html><body>{page}</body></html>".encode()), 2023)


def carried_in(row: str, other: str = "5|5|5|5|5|5|30") -> list[object]:
    found = applicants(other, row).observations
    return [one.value for one in found if (one.indicator_id or "").startswith(CARRIED_IN)]


@pytest.mark.parametrize(
    ("row", "total"),
    [
        ("1 234|1|0|0|0|0|1 235", 1235),
        ("1&nbsp;234|1|0|0|0|0|1&nbsp;235", 1235),
        ("05|01|00|00|00|00|06", 6),
        ("00123|00001|0|0|0|0|00124", 124),
        ("（5）|1|0|0|0|0|（6）", 6),
        ("二十三|一|0|0|0|0|二十四", 24),
        ("十|〇|〇|〇|〇|〇|十", 10),
    ],
)
def test_a_row_keeps_its_numbers_however_they_are_typed(row, total):
    values = carried_in(row)
    assert values[-1] == total
    assert sum(values[:-1]) == total


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("1 234||0|0|0|0|9", 0),  # two cells in one, the next left blank
        ("1 234||0|0|0|0|", 0),  # and the total, too
        ("12 34|1|0|0|0|0|1235", 0),  # no thousands
        ("000123|1|0|0|0|0|124", 0),  # more digits than anybody pads
        ("05|1|0|0|0|0|9", 0),  # 0 and 5 of two cells: the row does not add up by it
        ("3*|1|0|0|0|0|39", 0),  # the star hides a digit
        ("一|3|0|0|0|0|3", 0),  # a dash
        ("一|3|0|0|0|0|", 0),
        ("—5|6|0|0|0|0|1", 0),  # a count is not negative
        ("−5|1|0|0|0|0|−4", 0),
    ],
)
def test_what_may_be_something_else_is_no_number(row, cell):
    found = applicants("5|5|5|5|5|5|30", row).observations
    own = [one for one in found if (one.indicator_id or "").startswith(CARRIED_IN)]
    assert own[cell].value is None
    assert own[cell].value_status is Status.UNREADABLE


def test_brackets_around_a_change_may_mean_less_and_around_a_count_mean_nothing():
    page = (
        "<html><body><table><tr><td colspan=4>第二十条第（五）项</td></tr>"
        "<tr><td>信息内容<td>上一年项目数量<td>本年增/减<td>处理决定数量</tr>"
        "<tr><td>行政许可<td>（30）<td>（5）<td>12</tr></table></body></html>"
    )
    found = {
        one.indicator_id: one.value for one in found_in(read_html(page.encode()), 2019).observations
    }
    assert found["licensing.items_last_year"] == 30
    assert found["licensing.items_change"] is None


def test_stars_are_marks_once_the_rows_add_up_without_them():
    assert carried_in("5*|1|0|0|0|0|6", "3|4*|0|0|0|0|7") == [5, 1, 0, 0, 0, 0, 6]


def test_a_numeral_before_a_label_is_the_number_of_that_label():
    page = (
        "<html><body><table><tr><td colspan=2>第二十条第（五）项</td></tr>"
        "<tr><td>信息内容<td>本年处理决定数量</tr><tr><td>行政许可<td>12</tr>"
        "<tr><td colspan=2>第二十条第（六）项</td></tr>"
        "<tr><td>信息内容<td>本年处理决定数量</tr>"
        "<tr><td>行政处罚<td></tr><tr><td>二<td>行政强制<td>4</tr></table></body></html>"
    )
    found = {
        one.indicator_id: one.value for one in found_in(read_html(page.encode()), 2023).observations
    }
    assert found["penalties.decisions"] is None
    assert found["licensing.decisions"] == 12


def test_one_row_that_adds_up_does_not_say_that_all_stars_are_marks():
    assert carried_in("5*|1|0|0|0|0|", "3|4*|0|0|0|0|7")[0] is None


def test_two_rows_that_add_up_say_that_all_stars_are_marks():
    found = applicants("5*|1|0|0|0|0|6", "3|4*|0|0|0|0|7", "2*|1|0|0|0|0|").observations
    persons = {one.indicator_id: one.value for one in found}
    assert persons["requests.processed.granted:natural_person"] == 2
