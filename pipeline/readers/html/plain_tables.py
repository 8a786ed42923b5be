"""Tables of a web page that hold nothing but words, which is most of those with figures.

Going through such a table element by element costs more than all that is made of it. As
the parser writes it out again it is so regular that it comes apart at the ends of its
cells; and cells that are written the same say the same, within a table as from one report
of a site to the next.
"""

import re
from functools import lru_cache

from msgspec import Struct

from pipeline.readers.html.web_text import BREAK, tidy

# The parser escapes what could be taken for a tag, in texts and attributes alike.
_ATTRIBUTES = r"(?: [^>]*)?"
_WITHOUT_MEANING = re.compile(
    rf"</?(?:span|font|b|strong|i|em|u|sub|sup|o:p){_ATTRIBUTES}>|<\?[^>]*>"
)
_LINE_END = re.compile(rf"</?(?:p|div|br|center|h[1-6]|ul|ol|li){_ATTRIBUTES}>")
_SPAN = re.compile(r' (row|col)span="([^"]*)"')
_FRAME = re.compile(
    rf"\s*(?:</?(?:table|tbody|thead|tfoot|tr|colgroup|col|td|th){_ATTRIBUTES}>\s*)*"
)
_OPENED = re.compile(rf"<(tr|tbody|thead|tfoot){_ATTRIBUTES}>")
_HEAD_CELL = re.compile(r"<(/?)th(?=[ >])")
_ESCAPED = (("&nbsp;", "\xa0"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
# Longer cells are no labels that come again, and would fill the memory.
_LONGEST_REMEMBERED = 1_000


class PlainCell(Struct, frozen=True):
    """A cell of words; the spans are as written, None where there are none."""

    text: str
    rowspan: str | None
    colspan: str | None


def plain_cells(table: str) -> list[list[list[PlainCell]]] | None:
    """Takes a table apart that holds nothing but words.

    Args:
        table: The element as the parser writes it out.

    Returns:
        Row groups of rows of cells; None where there is more in the table than words, or a
        caption above it.
    """
    if "<!--" in table or BREAK in table:
        return None
    groups: list[list[list[PlainCell]]] = []
    cells_alike = _HEAD_CELL.sub(r"<\1td", table) if "<th" in table else table
    *pieces, last = cells_alike.split("</td>")
    for piece in pieces:
        read = _piece(piece) if len(piece) <= _LONGEST_REMEMBERED else _piece.__wrapped__(piece)
        if read is None:
            return None
        opened, cell = read
        if opened:
            _open(groups, opened)
        groups[-1][-1].append(cell)
    behind = _opened(last)
    if behind is None:
        return None
    _open(groups, behind)
    return groups


def _open(groups: list[list[list[PlainCell]]], opened: tuple[str, ...]) -> None:
    for tag in opened:
        if tag == "tr":
            groups[-1].append([])
        else:
            groups.append([])


@lru_cache(maxsize=4096)
def _piece(piece: str) -> tuple[tuple[str, ...], PlainCell] | None:
    """What begins before a cell, and the cell; None if there is more than words."""
    frame, _, written = piece.partition("<td")
    opened, cell = _opened(frame) if frame.strip() else (), _cell(written)
    return None if opened is None or cell is None else (opened, cell)


def _opened(frame: str) -> tuple[str, ...] | None:
    """The groups and rows that begin between two cells; None if anything else does."""
    return tuple(_OPENED.findall(frame)) if _FRAME.fullmatch(frame) else None


def _cell(written: str) -> PlainCell | None:
    """A cell from behind the name of its tag to its end; None if it holds more than words."""
    attributes, _, content = written.partition(">")
    spans = dict(_SPAN.findall(attributes)) if "span" in attributes else {}
    text = content
    if "<" in text:
        text = _LINE_END.sub(BREAK, _WITHOUT_MEANING.sub("", text))
    if "<" in text:
        return None
    for escaped, char in _ESCAPED if "&" in text else ():
        text = text.replace(escaped, char)
    lines = map(tidy, text.split(BREAK))
    return PlainCell("\n".join(filter(None, lines)), spans.get("row"), spans.get("col"))
