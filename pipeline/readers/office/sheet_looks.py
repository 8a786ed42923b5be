"""Cells of a sheet that show something else than their value.

A number format may show nothing for a zero, a font may strike or hide what is in a cell or a
part of it. The library that reads the cells tells none of this; the one asked here takes longer
and is asked only where the file's styles speak of such things.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock

from pipeline.readers.footnotes import MARK_OF_NOTE
from pipeline.readers.sniffing import UNREADABLE_ZIP

_IN_TEXTS = re.compile(
    rb"<strike\s*/>|<strike\s+val=\"(?:1|true)\"|<vertAlign|showZeros=\"(?:0|false)\""
    rb"|<color\s+(?:rgb=\"(?:FF|00)?FFFFFF\"|theme=\"0\"|indexed=\"[19]\")|<sz\s+val=\"[01](?:\.|\")",
    re.IGNORECASE,
)
_TEXTS = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml")
_STYLES = "xl/styles.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TRIED = (0.0, 1.0, -1.0)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_NO_TEXT = re.compile(r'\[[^\]]*\]|[_*].|\\(?=.)|"[^"]*"')
_QUOTED = re.compile('"([^"]*)"')
_WHITE = ("FFFFFFFF", "00FFFFFF", "FFFFFF")
SMALLEST = 1.5

Shown = Mapping[tuple[int, int], str]
"""What cells show, by row and column from 0; those that show what they hold are left out."""


def looks_in_xlsx(data: bytes) -> dict[str, Shown]:
    """What the cells of an XLSX file show, by the name of their sheet.

    Returns:
        Only cells that show something else than they hold, nothing or a part of it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            texts = [name for name in archive.namelist() if _TEXTS.fullmatch(name)]
            if not _may_hide(archive.read(_STYLES)) and not any(
                _IN_TEXTS.search(archive.read(name)) for name in texts
            ):
                return {}
        book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    except (*UNREADABLE_ZIP, KeyError, TypeError, AttributeError, SyntaxError):
        return {}
    return {sheet.title: dict(_looks(sheet)) for sheet in book.worksheets}


def _may_hide(styles: bytes) -> bool:
    """Whether some style in use may hide the content of cells."""
    root = ElementTree.fromstring(styles)
    fonts = root.find(f"{_MAIN}fonts")
    hiding = {str(n) for n, font in enumerate(() if fonts is None else fonts) if _hides(font)}
    formats = {
        one.get("numFmtId")
        for one in root.iter(f"{_MAIN}numFmt")
        if any(shows_nothing(one.get("formatCode", ""), number) for number in _TRIED)
    }
    used = root.find(f"{_MAIN}cellXfs")
    return any(
        one.get("fontId") in hiding or one.get("numFmtId") in formats
        for one in (() if used is None else used)
    )


def _hides(font: ElementTree.Element) -> bool:
    strike, size, colour = (font.find(f"{_MAIN}{tag}") for tag in ("strike", "sz", "color"))
    is_struck = strike is not None and strike.get("val", "1") not in ("0", "false")
    is_tiny = size is not None and float(size.get("val", "10")) < SMALLEST
    is_white = colour is not None and (
        colour.get("rgb") in _WHITE or colour.get("theme") == "0" or colour.get("indexed") == "9"
    )
    return is_struck or is_tiny or is_white


def _looks(sheet: Any) -> Iterator[tuple[tuple[int, int], str]]:
    shows_zeros = sheet.sheet_view.showZeros is not False
    is_styled = bool(sheet.tables) or bool(sheet.conditional_formatting)
    # Those that there are: to walk over rows makes all the others up, beside one far below.
    for cell in sheet._cells.values():
        if cell.value is None:
            continue
        shown = _shown(cell, cell.value, shows_zeros=shows_zeros, is_styled=is_styled)
        if shown is not None:
            yield (cell.row - 1, cell.column - 1), shown


def _shown(cell: Any, value: Any, *, shows_zeros: bool, is_styled: bool) -> str | None:
    """The text that a cell shows; None where it shows its value."""
    if isinstance(value, CellRichText):
        return _seen_part(value, is_painted=is_styled or bool(cell.fill.fill_type))
    font = cell.font
    if font is not None and (font.strike or 0 < (font.sz or 10) < SMALLEST):
        return ""
    if font is not None and not is_styled and _is_white(font.color) and not cell.fill.fill_type:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_hidden = value == 0 and not shows_zeros
        return "" if is_hidden or shows_nothing(cell.number_format or "", float(value)) else None
    return None


def _seen_part(value: Any, *, is_painted: bool) -> str | None:
    """The parts of a text that are seen, and no raised mark of a note."""
    kept: list[str] = []
    marks: list[str] = []
    for part in value:
        text = part.text if isinstance(part, TextBlock) else str(part)
        font = part.font if isinstance(part, TextBlock) else None
        if font is not None and (
            font.strike
            or 0 < (font.sz or 10) < SMALLEST
            or (not is_painted and _is_white(font.color))
        ):
            continue
        is_raised = font is not None and font.vertAlign in ("superscript", "subscript")
        (marks if is_raised and MARK_OF_NOTE.fullmatch(text) else kept).append(text)
    text = "".join(kept)
    text = text if text.strip() else "".join(marks)
    return None if text == str(value) else text.strip()


def _is_white(colour: Any) -> bool:
    if colour is None:
        return False
    if colour.type == "rgb":
        return colour.rgb in _WHITE
    return (colour.type == "theme" and colour.theme == 0 and not colour.tint) or (
        colour.type == "indexed" and colour.indexed in (1, 9)
    )


def shows_nothing(code: str, number: float) -> bool:
    """Whether a number format shows nothing of a number: ``0;-0;;@`` of a zero, ``;;;`` of any."""
    sections = _sections(code)
    section = _section_for(sections, number)
    if section is None or "general" in section.lower():
        return False
    bare = _NO_TEXT.sub("", section).strip()
    if not bare:
        return not "".join(_QUOTED.findall(section)).strip()
    is_only_optional = not any(char in bare for char in "0?@") and not re.search(r"[^#,.\s]", bare)
    return is_only_optional and abs(number) < 0.5 and "." not in bare


def _sections(code: str) -> list[str]:
    """The sections of a format; a semicolon in quotes parts none."""
    sections, quoted = [""], False
    for char in code:
        quoted ^= char == '"'
        if char == ";" and not quoted:
            sections.append("")
        else:
            sections[-1] += char
    return sections


def _section_for(sections: list[str], number: float) -> str | None:
    conditions = [_CONDITION.search(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(condition[1], number, float(condition[2])):
                return section
        return None
    if len(sections) == 1:
        return sections[0]
    if number == 0 and len(sections) > 2:
        return sections[2]
    return sections[1] if number < 0 else sections[0]


def _holds(sign: str, number: float, other: float) -> bool:
    return {
        "<": number < other,
        ">": number > other,
        "=": number == other,
        "<=": number <= other,
        ">=": number >= other,
        "<>": number != other,
    }[sign]
