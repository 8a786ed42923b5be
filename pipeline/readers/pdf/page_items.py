"""The characters and lines painted on a sheet to the tables and lines of text of its pages."""

from collections.abc import Sequence
from typing import Any

from pipeline.readers.pdf.grids import (
    PdfTable,
    filled,
    parts_columns_alone,
    table_of,
)
from pipeline.readers.pdf.lines import (
    UNMAPPED,
    Char,
    PdfLine,
    digit_gap_of,
    lines_of,
    text_of,
    without_page_number,
)
from pipeline.readers.pdf.pages import PdfPage
from pipeline.readers.pdf.painted_pages import Painted, has_picture, seen_on
from pipeline.readers.pdf.ruled_cells import outlines_of
from pipeline.readers.pdf.sheets_of_two import Gutter, gutter_of, halves

_BAD_SHARE = 0.01
_BAD_ALLOWED = 2


def pages_on(page: Painted) -> list[PdfPage]:
    """Reads what stands on a sheet: one page, or two side by side."""
    number: int = page.page_number
    seen = seen_on(page)
    chars = seen.chars
    bad = sum(UNMAPPED in text_of(char) for char in chars)
    if bad > max(_BAD_ALLOWED, _BAD_SHARE * len(chars)):
        page.close()
        why = (
            f"page {number} was not read: {bad} of its {len(chars)} characters have no Unicode "
            "mapping in the file's fonts"
        )
        return [PdfPage(number, page.width, (), notice=why)]
    if not chars:
        is_picture = has_picture(page)
        page.close()
        notice = f"page {number} is a picture without text" if is_picture else None
        return [PdfPage(number, page.width, (), is_picture, notice)]
    edges = seen.rules
    gutter = gutter_of(chars, edges, page.width, page.height)
    parts = [(chars, edges)] if gutter is None else _halves(chars, edges, gutter)
    items = [_items(*part, page.height, number) for part in parts]
    page.close()
    told = (
        (bad, "unmapped glyphs read U+FFFD"),
        (seen.unseen, "digits hidden, covered, struck or off the page were not read"),
        (seen.marks, "raised marks of notes were not read"),
    )
    said = ", ".join(f"{count} {what}" for count, what in told if count)
    notice = f"page {number}: {said}" if said else None
    if gutter is None:
        return [PdfPage(number, page.width, one, False, notice) for one in items]
    left, right = items
    behind = page.width - gutter.at
    return [
        PdfPage(number, gutter.at, left, False, notice, 1),
        PdfPage(number, behind, right, False, None, 2, gutter.at),
    ]


def _halves(
    chars: Sequence[Char], edges: Sequence[Any], gutter: Gutter
) -> list[tuple[list[Char], list[Any]]]:
    """The two pages on a sheet."""
    return list(zip(halves(chars, gutter), halves(edges, gutter), strict=True))


def _items(
    chars: Sequence[Char], edges: Sequence[Any], height: float, number: int
) -> tuple[PdfLine | PdfTable, ...]:
    """The ruled tables of a page and the lines around them."""
    ruled = []
    prose = list(chars)
    for cells in outlines_of(edges):
        x0, top = min(cell[0] for cell in cells), min(cell[1] for cell in cells)
        x1, bottom = max(cell[2] for cell in cells), max(cell[3] for cell in cells)
        inside: list[Char] = []
        outside: list[Char] = []
        for char in prose:
            x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
            (inside if x0 <= x <= x1 and top <= y <= bottom else outside).append(char)
        table = filled(cells, inside)
        if parts_columns_alone(table, outside):
            continue
        ruled.append(table)
        prose = outside + table.loose
    gap = digit_gap_of(held for table in ruled for held in table.held)
    tables = [table_of(table, number, gap) for table in ruled]
    lines = without_page_number(lines_of(char for char in prose if char["upright"]), height)
    found: list[PdfLine | PdfTable] = [*lines, *tables]
    return tuple(sorted(found, key=lambda item: item.box[1]))
