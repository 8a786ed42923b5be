"""Pronunciations printed behind characters are no part of the words."""

import pytest

from pipeline.model.document import Document
from pipeline.parsing import parse_file
from pipeline.readers.reading import read

PAGE = (
    "嘉祥縣教育局2018年政府信息公開年度報(bào)告\n"
    "本報(bào)告由嘉祥縣教育局編(biān)制。統(tǒng)計(jì)期限自2018年1月1日起至2018年12月31日止。\n"
    "一、主動(dòng)公開情況\n2018年主動(dòng)公開政府信息173條。\n"
    "二、行政復(fù)議情況\n本年度沒有發(fā)生行政復(fù)議。\n"
)


def text_of(text: str) -> str:
    (reading,) = read("a.txt", text.encode())
    assert isinstance(reading.content, Document)
    return reading.content.text


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("報(bào)告（gào）開(kāi)", "報告開"),
        ("報(bào)告（gào）開", "報(bào)告（gào）開"),
        ("會(huì )議(yì )開(kāi)", "會議開"),
        ("公(gong)(gong)開(kai)" * 6, "公開" * 6),
        ("公(gong)" * 12, "公" * 12),
        ("公(gong)" * 11, "公(gong)" * 11),
        ("附件(a)、表(b)、圖(c)、單位(kg)", "附件(a)、表(b)、圖(c)、單位(kg)"),
        ("café(crème)(né)(dé)", "café(crème)(né)(dé)"),
    ],
)
def test_what_is_said_behind_characters_is_left_out(printed: str, read_as: str) -> None:
    assert text_of(f"{printed}。") == f"{read_as}。"


def test_a_page_full_of_them_is_a_report_like_any_other() -> None:
    (document,) = parse_file("page.txt", PAGE.encode())
    (report,) = document.reports
    assert report.agency is not None
    assert (report.agency.name_zh, report.year) == ("嘉祥县教育局", 2018)
    assert {fact.indicator_id: int(fact.value) for fact in report.facts} == {
        "disclosure.items": 173,
        "reconsideration.total": 0,
    }
