"""The official form, filled, in every format office software writes: every cell must be right."""

import re
import shutil
from pathlib import Path

import docx
import pytest
from declared_table import assert_places
from docx.oxml import parse_xml

from pipeline.model.document import Document, Paragraph, Reason, Rejection, Table
from pipeline.readers.office.word import read_docx
from pipeline.readers.reading import read

FORMATS = Path(__file__).parents[2] / "golden" / "formats"
REPORTS = Path(__file__).parents[2] / "golden" / "reports"
HEADINGS = ("一、总体情况", "三、收到和处理政府信息公开申请情况", "六、其他需要报告的事项")
needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is missing"
)


def document_in(path: Path) -> Document:
    (reading,) = read(path.name, path.read_bytes())
    assert isinstance(reading.content, Document), reading.content
    return reading.content


def tables(document: Document) -> list[list[tuple[str, int, int, int, int]]]:
    """Cells of every table, white space left out: formats wrap lines differently."""
    return [
        [(bare(c.text), c.row, c.col, c.rowspan, c.colspan) for c in block.cells]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def declared():
    return tables(document_in(FORMATS / "form.docx"))


def test_every_value_of_the_declared_form_is_one_of_its_own(declared):
    numbers = [text for table in declared for text, *_ in table if text.isdecimal()]
    assert numbers == [str(n) for n in range(100, 100 + len(numbers))]
    assert len(numbers) == 10 + 25 * 7 + 15


@pytest.mark.parametrize(
    "name",
    [
        "form.html",
        "form.doc",
        "form.xlsx",
        "form.xls",
        "form.ods",
        "form_over_pages.pdf",
        "form_repeated.pdf",
        pytest.param("form.rtf", marks=[needs_office, pytest.mark.slow]),
        pytest.param("form.odt", marks=[needs_office, pytest.mark.slow]),
    ],
)
def test_every_cell_is_where_it_was_declared(declared, name):
    document = document_in(FORMATS / name)
    assert tables(document) == declared
    assert_places(document)


@pytest.mark.parametrize("name", ["form.docx", "form.html", "form.doc", "form_over_pages.pdf"])
def test_headings_stand_outside_the_tables(name):
    prose = [b.text for b in document_in(FORMATS / name).blocks if isinstance(b, Paragraph)]
    assert [text for text in prose if text in HEADINGS] == list(HEADINGS)


@pytest.mark.parametrize("name", ["form_over_pages.pdf", "form_repeated.pdf"])
def test_the_joined_table_really_crosses_pages(name):
    table = [b for b in document_in(FORMATS / name).blocks if isinstance(b, Table)][1]
    assert {cell.place.page for cell in table.cells} == {3, 4}
    assert all(cell.place.box for cell in table.cells)


def test_blank_form_has_all_labels_and_no_value():
    document = document_in(FORMATS / "form_D_blank.docx")
    texts = [text for table in tables(document) for text, *_ in table]
    assert sum(text == "" for text in texts) == 10 + 25 * 7 + 15
    assert not any(text.isdecimal() for text in texts)
    assert "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请" in texts
    assert document.text.startswith("政府信息公开工作年度报告格式模板")


def test_real_report_over_page_breaks():
    document = document_in(REPORTS / "hongze_2024.pdf")
    disposals, applications, appeals = tables(document)
    values = [text for text, *_ in disposals if text.isdecimal()]
    assert values == ["0", "0", "0", "3", "0", "8", "9487", "2776", "84", "7545"]
    rows = {}
    for text, row, col, *_ in applications:
        rows.setdefault(row, {})[col] = text
    numbers = [[row[col] for col in range(3, 10)] for row in list(rows.values())[3:]]
    natural = [row[0] for row in numbers]
    assert " ".join(natural) == "95 0 50 9 0 0 1 0 0 1 1 0 31 1 0 1 0 0 0 0 0 95 0"
    assert all(row == [row[0], "0", "0", "0", "0", "0", row[0]] for row in numbers)
    assert len(numbers) * 7 == 161
    assert ("三、本年度办理结果", 5, 0, 20, 1) in applications
    assert ("（四）无法提供", 15, 1, 3, 1) in applications
    decisions = " ".join(text for text, *_ in appeals[-15:])
    assert decisions == "1 1 0 0 2 1 0 0 0 1 2 0 1 0 3"
    assert_places(document)


def test_wrapped_prose_of_a_pdf_is_joined_and_page_numbers_are_gone():
    document = document_in(REPORTS / "hongze_2024.pdf")
    prose = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert prose[:2] == ["淮安市洪泽区人民政府", "2024年政府信息公开工作年度报告"]
    assert any("各类政府信息2428条，公开政府常务会议7期，解读信息发布7条。" in p for p in prose)
    assert not any(re.fullmatch(r"[-— ]*\d[-— ]*", text) for text in prose)


def test_title_in_the_files_own_encoding():
    document = document_in(REPORTS / "hongze_2024.pdf")
    assert document.title == "政府信息公开工作年度报告"


def test_without_libreoffice_rtf_says_what_is_missing(monkeypatch):
    monkeypatch.setenv("PATH", "")
    (reading,) = read("a.rtf", (FORMATS / "form.rtf").read_bytes())
    assert isinstance(reading.content, Rejection)
    assert reading.content.reason is Reason.NEEDS_OFFICE
    assert "LibreOffice" in reading.content.detail


def test_old_word_files_need_no_office_program(monkeypatch, declared):
    monkeypatch.setenv("PATH", "")
    assert tables(document_in(FORMATS / "form.doc")) == declared


def test_a_stand_in_for_libreoffice_is_called_and_cleaned_up(monkeypatch, tmp_path, declared):
    office = tmp_path / "soffice"
    target = FORMATS / "form.docx"
    office.write_text(
        f'#!/bin/sh\nfor last; do :; done\ncp "{target}" "$(dirname "$last")/source.docx"\n'
    )
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert tables(document_in(FORMATS / "form.rtf")) == declared
    assert [path.name for path in tmp_path.iterdir()] == ["soffice"]


def test_tracked_deletions_and_older_copies_of_text_boxes_are_left_out(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("公开")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    box = (
        '<w:r xmlns:w="{w}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        "<mc:AlternateContent><mc:Choice><w:txbxContent><w:tbl><w:tr>"
        "<w:tc><w:p><w:r><w:t>条</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>236</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:txbxContent>"
        "</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>旧</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    deleted = '<w:del xmlns:w="{w}"><w:r><w:delText>12</w:delText><w:t>12</w:t></w:r></w:del>'
    inserted = '<w:ins xmlns:w="{w}"><w:r><w:t>信息</w:t></w:r></w:ins>'
    for xml in (deleted, inserted, box):
        paragraph._p.append(parse_xml(xml.format(w=space)))
    document.save(tmp_path / "a.docx")
    read_back = read_docx((tmp_path / "a.docx").read_bytes())
    assert isinstance(read_back, Document)
    assert read_back.blocks[0].text == "公开信息"
    assert [cell.text for cell in read_back.blocks[1].cells] == ["条", "236"]
    assert len(read_back.blocks) == 2
