"""Automatic list numbers are printed, so they are read."""

from typing import Any

import docx
import pytest
from declared_table import saved
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from pipeline.readers.office.word import read_docx
from pipeline.readers.office.word_numbering import in_format

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LEVELS = (
    f'<w:abstractNum xmlns:w="{W}" w:abstractNumId="90">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
)
NUMBER = f'<w:num xmlns:w="{W}" w:numId="91"><w:abstractNumId w:val="90"/></w:num>'


def with_list(first: int = 1) -> Any:
    document = docx.Document()
    lists = document.part.numbering_part.element
    lists.insert(0, parse_xml(LEVELS.replace('w:start w:val="1"', f'w:start w:val="{first}"', 1)))
    lists.append(parse_xml(NUMBER))
    return document


def listed(paragraph: Any, level: int) -> None:
    own = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    own.get_or_add_numId().set(qn("w:val"), "91")
    own.get_or_add_ilvl().set(qn("w:val"), str(level))


def numbered(*paragraphs: tuple[str, int | None], first: int = 1) -> list[str]:
    document = with_list(first)
    for text, level in paragraphs:
        paragraph = document.add_paragraph(text)
        if level is not None:
            listed(paragraph, level)
    return [block.text for block in read_docx(saved(document)).blocks]


def test_levels_count_on_and_begin_again_below_a_new_parent():
    paragraphs = [("概述", 0), ("组织", 1), ("制度", 1), ("正文", None), ("公开", 0), ("主动", 1)]
    assert numbered(*paragraphs) == [
        "一、概述",
        "（一）组织",
        "（二）制度",
        "正文",
        "二、公开",
        "（一）主动",
    ]


def test_a_list_goes_on_through_a_table_that_only_arranges():
    document = with_list()
    listed(document.add_paragraph("概述"), 0)
    listed(document.add_table(1, 1).cell(0, 0).paragraphs[0], 0)
    document.tables[0].cell(0, 0).paragraphs[0].add_run("公开")
    listed(document.add_paragraph("收费"), 0)
    blocks = read_docx(saved(document)).blocks
    assert [block.text for block in blocks] == ["一、概述", "二、公开", "三、收费"]


def test_a_list_begins_where_it_says():
    paragraphs = [("公开", 0), ("主动", 1), ("收费", 0)]
    assert numbered(*paragraphs, first=3) == ["三、公开", "（一）主动", "四、收费"]


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "chineseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (3, "chineseLegalSimplified", "叁"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (12, "decimalFullWidth", "１２"),
        (2, "upperLetter", "B"),
        (4, "lowerRoman", "iv"),
        (7, "somethingNew", "7"),
    ],
)
def test_number_formats(number, kind, text):
    assert in_format(number, kind) == text
