"""A file that ends inside a number: the number is withheld, and that is said."""

import pytest

from pipeline.model.document import Document
from pipeline.model.observation import Status
from pipeline.readers.html.html_reader import read_html
from pipeline.readers.text.delimited import read_csv
from pipeline.readers.text.plain_text import read_text
from tests.unit.extract.tables.found_tables import found_in

HEADS = "统计指标\t单位\t2016年\t2017年\n"
ROW = "主动公开信息数\t条\t3000\t3209\n其中：全文电子化的主动公开信息数\t条\t3209\t"


def test_a_number_that_ends_the_text_as_the_beginning_of_the_one_beside_it_is_withheld():
    found = found_in(read_text(f"{HEADS}{ROW}3".encode()), 2017)
    assert found.observations[-1].value_status is Status.UNREADABLE
    assert any("may be cut short" in notice for notice in found.notices)


@pytest.mark.parametrize("end", ["3", "3209", "41"])
def test_a_number_that_ends_the_text_in_the_middle_of_a_form_is_withheld(end):
    found = found_in(read_text(f"{HEADS}{ROW}{end}".encode()), 2017)
    assert found.observations[-1].value_status is Status.UNREADABLE


APPLICANTS = "\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计\n"


@pytest.mark.parametrize(("end", "kept"), [("25", 25), ("2", None)])
def test_a_total_that_ends_the_text_is_kept_where_the_sum_bears_it_out(end, kept):
    rows = "一、本年新收政府信息公开申请数量\t20\t5\t0\t0\t0\t0\t25\n"
    rows += f"二、上年结转政府信息公开申请数量\t20\t5\t0\t0\t0\t0\t{end}"
    found = found_in(read_text(f"申请人情况{APPLICANTS}{rows}".encode()), 2022)
    assert found.observations[-1].value == kept


@pytest.mark.parametrize("mark", ["{}\t", "| {} | "])
@pytest.mark.parametrize("behind_group", [" ", ""])
def test_a_total_cut_short_is_withheld_late_in_the_form_and_behind_the_name_of_its_group(
    mark, behind_group
):
    names = ["", *APPLICANTS.split(), f"（三）不予公开{behind_group}8.属于行政查询事项"]
    rows = [names[:8], ["一、本年新收政府信息公开申请数量", *"2050007"], [names[8], *"097000", "1"]]
    text = "\n".join("".join(map(mark.format, row)) for row in rows)
    found = found_in(read_text(text.rstrip("\t |").encode()), 2022)
    assert found.observations[-1].value_status is Status.UNREADABLE
    assert any("may be cut short" in notice for notice in found.notices)


def test_a_sheet_that_ends_in_the_middle_of_a_row_loses_its_last_number_and_says_so():
    sheet = f"{APPLICANTS}一、本年新收政府信息公开申请数量\t20\t5\t0\t0\t0\t0\t2".replace("\t", ",")
    cut, whole = read_csv(sheet[:-4].encode()), read_csv(sheet.encode())
    assert isinstance(cut, Document)
    assert isinstance(whole, Document)
    assert any("middle of a row" in notice for notice in cut.notices)
    assert not whole.notices


@pytest.mark.parametrize(("end", "is_kept"), [("3", False), ("3\n", True), ("3\r\n", True)])
def test_a_sheet_that_ends_in_a_number_withholds_it_as_a_text_does(end: str, is_kept: bool) -> None:
    found = found_in(read_csv(f"{HEADS}{ROW}{end}".replace("\t", ",").encode()), 2017)
    assert (found.observations[-1].value == 3) is is_kept
    assert any("may be cut short" in notice for notice in found.notices) is not is_kept


@pytest.mark.parametrize("end", ["3\n", "3209\n", "41\n"])
def test_a_number_that_is_whole_is_kept(end):
    found = found_in(read_text(f"{HEADS}{ROW}{end}".encode()), 2017)
    assert found.observations[-1].value == int(end)
    assert not any("may be cut short" in notice for notice in found.notices)


def test_a_page_that_ends_in_a_number_loses_it_and_says_so():
    prose = "<p>全年主动公开政府信息的有关情况如下，请予监督。"
    page = f"<html><body>{prose}<table><tr><td>行政处罚<td>5<tr><td>行政强制<td>32"
    document = read_html(page.encode())
    assert isinstance(document, Document)
    assert "32" not in document.text
    assert any("middle of a number" in notice for notice in document.notices)
    whole = read_html(f"{page}</table>".encode())
    assert isinstance(whole, Document)
    assert "32" in whole.text


def test_the_number_that_ends_the_last_row_of_a_form_is_kept():
    rows = "（二）举办各类培训班数\t次\t1\t2\n（三）接受培训人员数\t人次\t3200\t3"
    found = found_in(read_text(f"{HEADS}（一）召开会议数\t次\t4\t5\n{rows}".encode()), 2017)
    assert found.observations[-1].value == 3
    assert not any("may be cut short" in notice for notice in found.notices)
