"""Workbooks that Excel 2003 writes as one XML file: merged cells once at their origin."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import NamedTuple
from xml.etree import ElementTree

from pipeline.model.document import Document, Reason, Rejection
from pipeline.readers.document_builder import Spot
from pipeline.readers.faults import damaged
from pipeline.readers.office.sheet_hidden import MOST_HIDDEN, Hidden, shown
from pipeline.readers.office.sheet_layout import MOST_CELLS, Sheet, workbook
from pipeline.readers.office.sheet_looks import SMALLEST, shows_nothing

_SHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "/".join(
    f"{{urn:schemas-microsoft-com:office:excel}}{tag}" for tag in ("WorksheetOptions", "Visible")
)
_STRUCK = "{http://www.w3.org/TR/REC-html40}S"
_WHITE = "#FFFFFF"


class _Style(NamedTuple):
    """What a style says of how its cells are seen."""

    is_struck: bool = False
    is_tiny: bool = False
    ink: str = ""
    ground: str = _WHITE
    shown_as: str = "General"

    def hides(self, number: Decimal | None) -> bool:
        """Whether a cell shows nothing; ``number`` is its value, None for text."""
        is_shown_as_nothing = number is not None and shows_nothing(self.shown_as, float(number))
        is_unseen = self.is_struck or self.is_tiny or self.ink == self.ground
        return is_unseen or is_shown_as_nothing


def read_excel_xml(data: bytes) -> Document | Rejection:
    """Reads a workbook.

    Args:
        data: The whole file.

    Returns:
        The document, what is hidden or struck named in its notices; a rejection where the file
        is broken, empty or too large.
    """
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        return damaged("The workbook is broken", error, "open it in Excel or WPS and save it again")
    styles = {one.get(f"{_SHEET}ID", ""): _style(one) for one in root.iter(f"{_SHEET}Style")}
    sheets: list[Sheet] = []
    notices: list[str] = []
    for sheet in root.iter(f"{_SHEET}Worksheet"):
        name = sheet.get(f"{_SHEET}Name", "")
        if sheet.findtext(_VISIBLE, "").endswith("Hidden"):
            notices.append(f"sheet {name!r} is hidden and was not read")
            continue
        held = dict(_numbered(sheet.iter(f"{_SHEET}Row")))
        if (max(held, default=0) + 1) * _width(held.values()) > MOST_CELLS:
            return Rejection(
                Reason.TOO_LARGE,
                f"The sheet spans more than {MOST_CELLS:,} cells; copy the filled part into a "
                "new file.",
            )
        rows = [
            list(_cells(row, held[row], styles, notices)) if row in held else []
            for row in range(max(held, default=-1) + 1)
        ]
        sheets.append(Sheet(name, shown(rows, _hidden(sheet), name, notices)))
    return workbook(sheets, "application/x-spreadsheet", notices)


def _style(style: ElementTree.Element) -> _Style:
    own = {one.tag.removeprefix(_SHEET): one.attrib for one in style}
    font, ground, number = (own.get(part, {}) for part in ("Font", "Interior", "NumberFormat"))
    return _Style(
        font.get(f"{_SHEET}StrikeThrough") == "1",
        0 < _points(font.get(f"{_SHEET}Size", "")) < SMALLEST,
        font.get(f"{_SHEET}Color", "").upper(),
        ground.get(f"{_SHEET}Color", _WHITE).upper(),
        number.get(f"{_SHEET}Format", "General"),
    )


def _points(size: str) -> float:
    try:
        return float(size)
    except ValueError:
        return 0.0


def _numbered(
    elements: Iterable[ElementTree.Element],
) -> Iterator[tuple[int, ElementTree.Element]]:
    """Rows, columns or cells with their place from 0; those left out are skipped by an index."""
    place = 0
    for element in elements:
        place = _count(element, "Index", place + 1) - 1
        yield place, element
        place += 1 + _count(element, "Span") + _count(element, "MergeAcross")


def _count(element: ElementTree.Element, name: str, otherwise: int = 0) -> int:
    written = element.get(f"{_SHEET}{name}", "")
    return int(written) if written.isdecimal() and len(written) < 8 else otherwise


def _width(rows: Iterable[ElementTree.Element]) -> int:
    return max((place + 1 for row in rows for place, _ in _numbered(row)), default=0)


def _cells(
    row: int, element: ElementTree.Element, styles: Mapping[str, _Style], notices: list[str]
) -> Iterator[Spot]:
    unseen = 0
    for col, cell in _numbered(element.iterfind(f"{_SHEET}Cell")):
        data = cell.find(f"{_SHEET}Data")
        held = "" if data is None else "".join(data.itertext()).strip()
        number = _number(data)
        named = cell.get(f"{_SHEET}StyleID") or element.get(f"{_SHEET}StyleID") or "Default"
        seen = "" if styles.get(named, _Style()).hides(number) else _seen(data, held)
        unseen += seen != held
        text = seen if number is None or not seen else format(number.normalize(), "f")
        deep, wide = (_count(cell, name) + 1 for name in ("MergeDown", "MergeAcross"))
        yield Spot(text, row, col, deep, wide)
    if unseen:
        notices.append(f"{unseen} struck or hidden texts of row {row + 1} were not read")


def _seen(data: ElementTree.Element | None, held: str) -> str:
    """The text of a cell without its struck parts."""
    struck = () if data is None else data.iter(_STRUCK)
    for part in struck:
        held = held.replace("".join(part.itertext()), "", 1)
    return held.strip()


def _number(data: ElementTree.Element | None) -> Decimal | None:
    if data is None or data.get(f"{_SHEET}Type") != "Number":
        return None
    try:
        number = Decimal("".join(data.itertext()).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _hidden(sheet: ElementTree.Element) -> Hidden:
    return Hidden(
        *(
            frozenset(
                place + n
                for place, one in _numbered(sheet.iter(f"{_SHEET}{tag}"))
                if one.get(f"{_SHEET}Hidden") == "1"
                for n in range(min(_count(one, "Span"), MOST_HIDDEN) + 1)
            )
            for tag in ("Row", "Column")
        )
    )
