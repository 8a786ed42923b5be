"""Documents with their marks: the right cell, the right sentence, and nothing but text."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from pipeline.explorer.document_view import Highlight, Paper, Run, block_of, paper
from pipeline.explorer.picture import bytes_of, page_picture
from pipeline.explorer.rendering import environment
from pipeline.explorer.texts import Translator
from pipeline.model.document import Cell, Document, Locator, Table
from pipeline.readers.hashing import sha256_of
from pipeline.readers.reading import read
from pipeline.settings import ROOT

GAOQING = next((ROOT / "data" / "raw").glob("002*/*.txt"))
PDF = ROOT / "tests" / "golden" / "reports" / "hongze_2024.pdf"


def document(data: bytes, name: str = "a") -> Document:
    (reading,) = read(name, data)
    assert isinstance(reading.content, Document)
    return reading.content


def fields(shown: Paper) -> Iterator[tuple[bool, Cell]]:
    for block in shown.blocks:
        for is_marked, cells in block.rows:
            for cell, _ in cells:
                yield is_marked, cell


def runs(shown: Paper) -> list[Run]:
    return [run for block in shown.blocks for run in block.runs]


def text(shown: Paper) -> str:
    """Everything that is shown, as the template writes it."""
    return HTMLParser(rendered(shown)).text()


def rendered(shown: Paper) -> str:
    page = environment().from_string(
        "{% from 'paper.html' import show with context %}{{ show(p) }}"
    )
    return page.render(p=shown, say=Translator("zh"))


def mark_of(source: Document, words: str, name: str, is_main: bool, printed: str = "") -> Highlight:
    start = source.text.index(words)
    return Highlight(name, start, start + len(words), printed or words, is_main)


def test_the_cell_and_the_sentence_are_marked() -> None:
    source = document(GAOQING.read_bytes())
    cell = Highlight("here", 1834, 1836, "17", is_main=True)
    sentence = mark_of(source, "县质监局共主动公开政府信息 33 条。", "other-1", False, "33")
    tree = HTMLParser(rendered(paper(source, [cell, sentence])))
    (found,) = tree.css("#here")
    assert (found.tag, found.text()) == ("td", "17")
    assert "data-reveal" in found.attributes
    row = found.parent
    assert row is not None and row.attributes["class"] == "trace"
    assert "主动公开政府信息数" in row.text()
    (prose,) = tree.css("#other-1")
    assert "33 条" in prose.text()
    assert "data-reveal" not in prose.attributes


def test_marking_loses_no_letter_whatever_overlaps() -> None:
    source = document("甲局共公开信息 33 条，其中网站 12 条。\n\n另收到申请 5 件。".encode())
    plain = text(paper(source, []))
    marks = [
        mark_of(source, "网站 12 条", "here", True, "12"),
        mark_of(source, "甲局共公开信息 33 条，其中网站 12 条。", "other-1", False, "33"),
        mark_of(source, "另收到申请 5 件。", "other-2", False, "5"),
    ]
    page = paper(source, marks)
    assert text(page) == plain
    marked = {run.mark.id: run for run in runs(page) if run.mark}
    assert marked.keys() == {"here", "other-2"}
    here = marked["here"]
    assert (here.text, here.number, here.after) == ("网站 ", "12", " 条")


def test_a_page_that_scripts_is_text() -> None:
    html = (
        "<html><body><p>甲局2018年政府信息公开年度报告</p><script>alert(1)</script>"
        "<table><tr><td>&lt;script&gt;x&lt;/script&gt;</td><td onclick='y()'>17</td></tr></table>"
        f"<p>{'现将本年度情况公布如下。' * 30}</p></body></html>"
    )
    page = paper(document(html.encode()), [])
    tree = HTMLParser(rendered(page))
    assert tree.body is not None
    tags = {one.tag for one in tree.body.css("*")}
    assert tags <= {"body", "div", "p", "table", "tbody", "tr", "td"}
    assert "<script>x</script>" in text(page)
    assert not [one for one in tree.css("*") if {"onclick", "src", "href"} & set(one.attributes)]
    assert [cell.text for _, cell in fields(page)][-1] == "17"


def test_a_long_document_is_shown_around_its_mark() -> None:
    source = document("\n\n".join(f"第{n}段，公开信息{n}条。" for n in range(20_000)).encode())
    page = paper(source, [mark_of(source, "第10000段", "here", True)])
    shown = text(page)
    assert page.is_cut_before and page.is_cut_after
    assert "第10000段" in shown
    assert "第1段" not in shown.replace("第10", "")
    assert len(shown) < 100_000


def test_a_number_in_a_pdf_is_boxed_on_its_page() -> None:
    data = PDF.read_bytes()
    source = document(data, PDF.name)
    table = next(block for block in source.blocks if isinstance(block, Table))
    cell = next(one for one in table.cells if one.text.strip().isdigit())
    place = block_of(source, Highlight("here", cell.place.start, cell.place.end, cell.text, True))
    assert place is not None and place.page is not None and place.box is not None
    picture = page_picture(data, place)
    assert picture is not None
    assert picture.address.startswith("data:image/png;base64,")
    assert 0 < picture.middle < 1
    bare = page_picture(data, Locator(place.start, place.end, place.page))
    assert bare is not None and bare.address != picture.address


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"%PDF-1.4 broken", Locator(0, 1, page=1)),
        (b"no pdf", Locator(0, 1, page=1)),
        (PDF.read_bytes(), Locator(0, 1, page=9_999)),
        (PDF.read_bytes(), Locator(0, 1)),
    ],
)
def test_what_cannot_be_drawn_is_no_picture(data: bytes, place: Locator) -> None:
    assert page_picture(data, place) is None


def test_the_original_is_found_by_its_bytes_in_archives_too(tmp_path: Path) -> None:
    data = GAOQING.read_bytes()
    with ZipFile(tmp_path / "inner.zip", "w") as archive:
        archive.writestr("deep/report.txt", data)
    with ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("other.txt", b"1")
        archive.write(tmp_path / "inner.zip", "inner.zip")
    found = bytes_of(tmp_path, "outer.zip!/inner.zip!/deep/report.txt", sha256_of(data))
    assert found == data


def test_a_file_that_changed_or_went_is_not_taken_for_the_original(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(b"other words")
    digest = sha256_of(GAOQING.read_bytes())
    assert bytes_of(tmp_path, "report.txt", digest) is None
    assert bytes_of(tmp_path, "nothing.txt", digest) is None


def test_no_path_leads_out_of_the_raw_folder(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (raw / "link.txt").symlink_to(tmp_path / "secret.txt")
    for path in ("../secret.txt", str(tmp_path / "secret.txt"), "link.txt", "."):
        assert bytes_of(raw, path, sha256_of(b"secret")) is None
