"""OFD files: text objects and paths of a page to the same tables and lines as in a PDF."""

import io
import zipfile

import pytest

from pipeline.model.document import Document, Reason, Rejection, Table
from pipeline.readers.pdf.ofd_reader import read_ofd
from pipeline.readers.reading import read

NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
XS, YS = (20, 80, 120), (40, 50, 60)


def text(words: str, x: float, y: float, *, attributes: str = "", step: str = "g 40 4") -> str:
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="4" Boundary="{x} {y} 100 5"{attributes}>'
        f'<ofd:TextCode X="0" Y="3.4" DeltaX="{step}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    return (
        f'<ofd:PathObject ID="2" Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


GRID = "".join(stroke(x, YS[0], x, YS[-1]) for x in XS)
GRID += "".join(stroke(XS[0], y, XS[-1], y) for y in YS)
LABELS = text("行政许可", 22, 42) + text("行政处罚", 22, 52) + text("7", 90, 52)


def file_of(*pages: str, entry: str = "Doc_0/Document.xml") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        root = f"<ofd:DocBody><ofd:DocRoot>{entry}</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f"<ofd:OFD {NAMES}>{root}</ofd:OFD>")
        listed = "".join(
            f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
        )
        box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {NAMES}><ofd:CommonData>{box}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for n, content in enumerate(pages):
            archive.writestr(
                f"Doc_0/Pages/Page_{n}/Content.xml",
                f"<ofd:Page {NAMES}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content>"
                "</ofd:Page>",
            )
    return stream.getvalue()


def cells(*content: str) -> list[str]:
    document = read_ofd(file_of("".join((GRID, LABELS, *content))))
    assert isinstance(document, Document), document
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [cell.text for cell in table.cells]


def test_a_ruled_table_is_read_cell_by_cell():
    assert cells(text("84", 90, 42, step="2")) == ["行政许可", "84", "行政处罚", "7"]


@pytest.mark.parametrize(
    "hidden",
    [
        text("9", 88, 42, attributes=' Visible="false"'),
        text("9", 88, 42).replace(
            "<ofd:TextCode", '<ofd:FillColor Value="255 255 255"/><ofd:TextCode'
        ),
        text("9", 300, 42),
    ],
)
def test_what_is_not_seen_does_not_join_the_figure(hidden):
    assert cells(hidden, text("84", 90, 42, step="2"))[1] == "84"


def test_text_over_several_pages_follows_in_order():
    document = read_ofd(file_of(text("第一页的文字", 20, 20), text("第二页的文字", 20, 20)))
    assert isinstance(document, Document)
    assert [block.place.page for block in document.blocks] == [1, 2]


@pytest.mark.parametrize(("pages", "reason"), [(400, Reason.NO_TEXT), (401, Reason.TOO_LARGE)])
def test_pages_are_read_all_or_refused_and_not_left_out(pages: int, reason: Reason) -> None:
    document = read_ofd(file_of(*[""] * pages))
    assert isinstance(document, Rejection)
    assert document.reason is reason


def test_broken_and_empty_files_are_said_to_be_so():
    for data, reason in (
        (file_of(GRID, entry="Doc_1/Document.xml"), Reason.DAMAGED),
        (file_of(GRID), Reason.NO_TEXT),
        (file_of(GRID)[:300], Reason.DAMAGED),
    ):
        found = read_ofd(data)
        assert isinstance(found, Rejection)
        assert found.reason is reason


def test_the_file_is_told_by_what_is_in_it():
    (found,) = read("report.bin", file_of(GRID + LABELS))
    assert isinstance(found.content, Document)
    assert found.content.media_type == "application/ofd"


def bar(x: float, y: float, wide: float, high: float) -> str:
    """An area filled without a line around it."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x} {y} {wide} {high}" Fill="true" Stroke="false">'
        f"<ofd:AbbreviatedData>M 0 0 L {wide} 0 L {wide} {high} L 0 {high} C"
        "</ofd:AbbreviatedData></ofd:PathObject>"
    )


def has_table(*content: str) -> bool:
    document = read_ofd(file_of("".join((*content, LABELS))))
    assert isinstance(document, Document), document
    return any(isinstance(block, Table) for block in document.blocks)


@pytest.mark.parametrize(("wide", "is_rule"), [(1.05, True), (1.07, False)])
def test_areas_of_three_points_are_rules(wide: float, *, is_rule: bool) -> None:
    down = [bar(x, YS[0], wide, YS[-1] - YS[0]) for x in XS]
    across = [bar(XS[0], y, XS[-1] - XS[0], wide) for y in YS]
    assert has_table(*down, *across) is is_rule


@pytest.mark.parametrize(("off", "is_rule"), [(0.17, True), (0.18, False)])
def test_lines_half_a_point_off_are_rules(off: float, *, is_rule: bool) -> None:
    down = [stroke(x, YS[0], x + off, YS[-1]) for x in XS]
    across = [stroke(XS[0], y, XS[-1], y) for y in YS]
    assert has_table(*down, *across) is is_rule
