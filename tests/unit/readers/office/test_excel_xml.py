"""Workbooks of Excel 2003 in XML: cells where they are shown, and only those that are."""

from declared_table import assert_places, declared_cells, grid

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.office.excel_xml import read_excel_xml

STYLES = """
<Styles>
 <Style ss:ID="Default"/>
 <Style ss:ID="old"><Font ss:StrikeThrough="1"/></Style>
 <Style ss:ID="tiny"><Font ss:Size="1"/></Style>
 <Style ss:ID="white"><Font ss:Color="#ffffff"/></Style>
 <Style ss:ID="nothing"><NumberFormat ss:Format=";;;"/></Style>
</Styles>
"""


def number(value: str, attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="Number">{value}</Data></Cell>'


def words(text: str) -> str:
    return f'<Cell><Data ss:Type="String">{text}</Data></Cell>'


HEAD = f"<Row>{words('指标')}{words('数')}</Row>"


def read(*sheets: str) -> Document | Rejection:
    return read_excel_xml(
        (
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:html="http://www.w3.org/TR/REC-html40" '
            'xmlns:x="urn:schemas-microsoft-com:office:excel">'
            + STYLES
            + "".join(sheets)
            + "</Workbook>"
        ).encode()
    )


def sheet(rows: str, options: str = "") -> str:
    return f'<Worksheet ss:Name="表"><Table>{rows}</Table>{options}</Worksheet>'


def document(*sheets: str) -> Document:
    content = read(*sheets)
    assert isinstance(content, Document), content
    assert_places(content)
    return content


def test_indexes_and_spans_place_cells_where_they_are_shown():
    merged = number("1", 'ss:MergeAcross="1" ss:MergeDown="1"') + number("2.50")
    below = number("3E2", 'ss:Index="3"')
    last = f'<Row ss:Index="4">{number("4")}{number("5")}</Row>'
    content = document(sheet(f"{HEAD}<Row>{merged}</Row><Row>{below}</Row>{last}"))
    (cells,) = declared_cells(content)
    assert [(*one,) for one in cells[2:5]] == [
        ("1", 1, 0, 2, 2),
        ("2.5", 1, 2, 1, 1),
        ("300", 2, 2, 1, 1),
    ]
    assert [one.text for one in cells[-2:]] == ["4", "5"]


def test_struck_white_tiny_and_empty_formats_are_not_read_and_told():
    row = (
        number("9", 'ss:StyleID="old"')
        + number("9", 'ss:StyleID="tiny"')
        + number("9", 'ss:StyleID="white"')
        + number("9", 'ss:StyleID="nothing"')
        + '<Cell><ss:Data ss:Type="String"><html:S>9</html:S>5</ss:Data></Cell>'
        + number("7")
    )
    content = document(sheet(f"{HEAD}<Row>{row}</Row>"))
    assert grid(content)[0][1] == ["", "", "", "", "5", "7"]
    assert content.notices == ("5 struck or hidden texts of row 2 were not read",)


def test_hidden_rows_columns_and_sheets_are_not_read_and_told():
    columns = '<Column/><Column ss:Hidden="1"/>'
    first = f'<Row ss:Hidden="1" ss:Span="1">{number("9")}</Row>'
    last = f'<Row ss:Index="4">{number("1")}{number("9")}{number("2")}</Row>'
    hidden = "<x:WorksheetOptions><x:Visible>SheetVeryHidden</x:Visible></x:WorksheetOptions>"
    content = document(sheet(columns + HEAD + first + last), sheet(HEAD, hidden))
    assert "9" not in content.text
    assert len(content.notices) == 2


def test_a_broken_and_an_empty_workbook_are_refused():
    broken = read_excel_xml(b"<Workbook>")
    assert isinstance(broken, Rejection)
    assert broken.reason is Reason.DAMAGED
    empty = read(sheet(""))
    assert isinstance(empty, Rejection)
    assert empty.reason is Reason.NO_TEXT


def test_a_row_far_below_costs_no_memory():
    large = read(sheet(f'<Row ss:Index="9999999">{number("1")}{number("2")}</Row>'))
    assert isinstance(large, Rejection)
    assert large.reason is Reason.TOO_LARGE


def test_a_row_further_below_than_any_stands_where_it_is_written():
    content = document(sheet(f'{HEAD}<Row ss:Index="99999999">{number("1")}{number("2")}</Row>'))
    assert grid(content) == [[["指标", "数"], ["1", "2"]]]
