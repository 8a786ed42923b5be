"""Cells of a sheet are read as they are shown: formats and fonts may hide what they hold."""

import io
import zipfile

import openpyxl
import pytest
from declared_table import grid, saved
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from pipeline.model.document import Document
from pipeline.readers.office.ods import read_ods
from pipeline.readers.office.sheet_looks import looks_in_xlsx, shows_nothing
from pipeline.readers.office.sheets import read_sheets


def book() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    for row in (["条", 5], ["件", 84], ["项", 0], ["类", 7]):
        made.active.append(row)
    return made


def figures(made: openpyxl.Workbook) -> list[str]:
    read = read_sheets(saved(made))
    assert isinstance(read, Document)
    return [row[1] for row in grid(read)[0]]


@pytest.mark.parametrize("font", [{"strike": True}, {"color": "FFFFFF"}, {"sz": 1.4}])
def test_a_figure_that_a_font_withdraws_is_not_read(font):
    made = book()
    made.active["B2"].font = Font(**font)
    assert figures(made) == ["5", "", "0", "7"]


@pytest.mark.parametrize("font", [{"strike": False}, {"color": "FF0000"}, {"sz": 1.5}, {"b": True}])
def test_a_figure_in_another_font_is_read(font):
    made = book()
    made.active["B2"].font = Font(**font)
    assert figures(made) == ["5", "84", "0", "7"]


def test_a_white_figure_on_a_filled_cell_is_read():
    made = book()
    made.active["B2"].font = Font(color="FFFFFF")
    made.active["B2"].fill = PatternFill("solid", fgColor="1F4E79")
    assert figures(made) == ["5", "84", "0", "7"]


def test_the_struck_part_of_a_cell_does_not_join_the_rest():
    made = book()
    struck = TextBlock(InlineFont(strike=True), "88")
    made.active["B2"] = CellRichText(struck, "84")
    made.active["B3"] = CellRichText("7", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    assert figures(made) == ["5", "84", "7", "7"]


@pytest.mark.parametrize("font", [{"color": "FFFFFFFF"}, {"sz": 1}])
def test_the_part_of_a_cell_that_no_one_sees_does_not_join_the_rest(font):
    made = book()
    made.active["B2"] = CellRichText(TextBlock(InlineFont(**font), "88"), "84")
    assert figures(made)[1] == "84"


def test_the_white_part_of_a_filled_cell_is_read_with_the_rest():
    made = book()
    made.active["B2"] = CellRichText(TextBlock(InlineFont(color="FFFFFFFF"), "88"), "84")
    made.active["B2"].fill = PatternFill("solid", fgColor="1F4E79")
    assert figures(made)[1] == "8884"


def test_zeros_that_a_sheet_does_not_show_are_blank():
    made = book()
    made.active.sheet_view.showZeros = False
    assert figures(made) == ["5", "84", "", "7"]


def test_zeros_that_a_format_does_not_show_are_blank_and_told():
    made = book()
    for cell in made.active["B"]:
        cell.number_format = "0;-0;;@"
    assert figures(made) == ["5", "84", "", "7"]
    read = read_sheets(saved(made))
    assert isinstance(read, Document)
    assert any("show less than they hold" in notice for notice in read.notices)


@pytest.mark.parametrize(
    ("code", "number", "hidden"),
    [
        ("General", 0, False),
        ("0", 0, False),
        ("#,##0", 0, False),
        ("#", 0, True),
        ("#", 5, False),
        ("#", 0.4, True),
        ("#", -0.5, False),
        ("#", 0.5, False),
        ("#,###", 0, True),
        (";;;", 5, True),
        ("0;-0;", 0, True),
        ("0;-0", 0, False),
        ("0;-0;;@", 0, True),
        ("0;-0;;@", -5, False),
        ('0;-0;"-"', 0, False),
        ('[=0]"";General', 0, True),
        ('[=0]"";General', 3, False),
        ('0"件"', 0, False),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', 0, False),
        ('0;"";0', -5, True),
        ("0.00", 0, False),
        ("#.##", 0, False),
        ("@", 0, False),
        ("yyyy/m/d", 0, False),
    ],
)
def test_which_formats_show_nothing(code, number, hidden):
    assert shows_nothing(code, number) is hidden


OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = (
    " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "table", "text", "style"))
    + f' xmlns:fo="{OASIS}:xsl-fo-compatible:1.0"'
)
STRUCK = (
    '<style:style style:name="Old" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Older" style:parent-style-name="Old"/>'
    '<style:style style:name="Round" style:parent-style-name="Circle"/>'
    '<style:style style:name="Circle" style:parent-style-name="Round"/>'
    '<style:style style:name="Up"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
    + "".join(
        f'<style:style style:name="{size}"><style:text-properties fo:font-size="{size}"/>'
        "</style:style>"
        for size in ("1.4pt", "1.5pt", "14%", "15%")
    )
)


FLOAT = 'office:value-type="float" office:value'


def flat(cell: str) -> bytes:
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{label}</text:p></table:table-cell>{value}"
        "</table:table-row>"
        for label, value in (("条", number("5")), ("件", cell), ("项", number("7")))
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return (
        f'<office:document {NAMES} office:mimetype="{kind}"><office:automatic-styles>{STRUCK}'
        f"</office:automatic-styles><office:body><office:spreadsheet><table:table>{rows}"
        "</table:table></office:spreadsheet></office:body></office:document>"
    ).encode()


def number(value: str) -> str:
    return f'<table:table-cell {FLOAT}="{value}"><text:p>{value}</text:p></table:table-cell>'


def words(content: str, name: str = "") -> str:
    styled = f' table:style-name="{name}"' if name else ""
    return f"<table:table-cell{styled}><text:p>{content}</text:p></table:table-cell>"


def span(text: str, name: str) -> str:
    return f'<text:span text:style-name="{name}">{text}</text:span>'


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (words("84"), "84"),
        (words(span("9", "Older") + "84"), "84"),
        (words(span("9", "Round") + "84"), "984"),
        (words(span("9", "1.4pt") + "84"), "84"),
        (words(span("9", "1.5pt") + "84"), "984"),
        (words(span("9", "14%") + "84"), "84"),
        (words(span("9", "15%") + "84"), "984"),
        (words("84" + span("1", "Up")), "84"),
        (words(span("84", "Up")), "84"),
        (words("84", "Old"), ""),
        (f'<table:table-cell {FLOAT}="0"/>', ""),
        # More columns than any sheet has are none.
        (words("84").replace(">", ' table:number-columns-repeated="99999999">', 1), "84"),
        (f'<table:table-cell {FLOAT}="1284.5"><text:p>1,285</text:p></table:table-cell>', "1284.5"),
        (
            f'<table:table-cell {FLOAT.replace("float", "currency")}="1284.5">'
            "<text:p>￥1,285</text:p></table:table-cell>",
            "1284.5",
        ),
        (f'<table:table-cell {FLOAT}="10"><text:p>10</text:p></table:table-cell>', "10"),
        (f'<table:table-cell {FLOAT}="10.0"><text:p>10</text:p></table:table-cell>', "10"),
    ],
)
def test_cells_of_an_open_document_sheet_packed_or_flat(cell, read):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", flat(cell))
    for data in (flat(cell), packed.getvalue()):
        document = read_ods(data)
        assert isinstance(document, Document)
        assert grid(document)[0] == [["条", "5"], ["件", read], ["项", "7"]]


def test_a_struck_figure_is_not_read_however_far_below_another_cell_stands():
    made = book()
    made.active["B2"].font = Font(strike=True)
    made.active["A150000"] = "完"
    assert looks_in_xlsx(saved(made)) == {"Sheet": {(1, 1): ""}}
