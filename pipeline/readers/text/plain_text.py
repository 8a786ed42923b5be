"""Plain text to paragraphs and tables.

Every layout of a table in text is read as the same thing, a run of *fragments* that
delimiters open or close. Bars close a cell, or open one where they begin its line; tabs
open one, runs of spaces part columns; a line without a delimiter continues the cell
that stands open.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from itertools import pairwise
from types import MappingProxyType

from pipeline.lexis.units import UNITS, is_unit
from pipeline.model.document import Cell, Document, Locator, Paragraph, Rejection, Table
from pipeline.readers.encodings import Decoded, decode
from pipeline.readers.text.bars import bar_opened, barred, begins_opened_row
from pipeline.readers.text.grid_tables import with_grids
from pipeline.readers.text.text_lines import (
    LONGEST_CELL,
    LONGEST_UNIT,
    Rows,
    TextLine,
    lines_of,
    width,
)
from pipeline.readers.text.word_control_chars import MARK, as_rows
from pipeline.readers.text.wrapped_labels import OPENED_BRACKET, beginnings

# Whoever took the tags out of a page may have left its entities in.
_SPACE_OF_HTML = re.compile(r"&(?:nbsp|e[mn]sp|#160|#xa0);", re.IGNORECASE)
# Struck in Markdown; between two ranges such as 3~~5 stands more than a number.
_STRUCK = re.compile(r"(?<![\d~])~~\d[\d.,]{0,12}[\u4e00-\u9fff]{0,2}~~(?!~)")
# What programs that know no blank cells print in them: as many blanks keep columns aligned.
_NOTHING = re.compile(r"(?<![^\s|])(?:NaN|Unnamed: \d+|\\)(?![^\s|])")
_RULE_OF_RST = re.compile(r"^=+(?: +=+)+$", re.MULTILINE)
# Over a slim column it has but two dashes, which nobody could tell from a value.
_RULE_IN_PIECES = re.compile(r"^ *-{5,}(?: +-{2,})+ *$", re.MULTILINE)
_GAP = re.compile(r"[ \u3000]{2,}")
# One blank parts the unit from its neighbours where it is as wide as its column: 万元 5.5.
_UNIT_BEFORE_FIGURE = re.compile(
    rf"(?<=\S)(?P<before>[ \u3000]+)(?:{UNITS})(?P<behind>[ \u3000]+)\d[\d,.]*\Z"
)
_RULE = re.compile(r"\s*[-─━═=]{5,}(?:\s+[-─━═=]{2,})*\s*")
_NUMBER = re.compile(r"[+-]?\d[\d,.]*%?")
_RUN_TOGETHER = re.compile(r"(?!\d{1,3}(?: \d{3})+\Z)\d+(?: \d+)+")
_LONGEST_COLUMN_CELL = 45
_MIN_ROWS = 3
_MIN_PIECES = 3
_CLASHES_AMONG = 4
_MIN_TAB_CELLS = 6
_FEWEST_BROKEN = 2
_MOST_WRAPPED = 5


def read_text(data: bytes) -> Document | Rejection:
    """Reads a plain text, tab- or bar-delimited text, or Markdown file.

    Args:
        data: The whole file.

    Returns:
        The document; a rejection where the bytes are no text.
    """
    decoded = decode(data)
    return decoded if isinstance(decoded, Rejection) else document_of(decoded)


def document_of(decoded: Decoded) -> Document:
    """Reads a decoded text, see ``read_text``."""
    notices = []
    if decoded.damaged:
        notices.append(f"{decoded.damaged} places could not be decoded and read U+FFFD")
    text = unescape(decoded.text) if _SPACE_OF_HTML.search(decoded.text) else decoded.text
    text = as_rows(text) if MARK in text else text
    text, struck = _STRUCK.subn("", text) if "~~" in text else (text, 0)
    if struck:
        notices.append(f"{struck} struck figures were not read")
    if "NaN" in text or "Unnamed: " in text or _RULE_OF_RST.search(text):
        text = _NOTHING.sub(lambda match: " " * len(match[0]), text)
    text, drawn = with_grids(text)
    text = _RULE_IN_PIECES.sub(lambda rule: "-" * len(rule[0]), text)
    return Document(
        text=text,
        blocks=blocks_of(text, drawn),
        media_type="text/plain",
        encoding=decoded.encoding,
        notices=tuple(notices),
    )


def blocks_of(
    text: str, drawn: Mapping[int, Table] = MappingProxyType({})
) -> tuple[Paragraph | Table, ...]:
    """Divides a text into paragraphs (a line each) and tables.

    Args:
        text: The decoded text.
        drawn: Tables that are known, by the offset they begin at.

    Returns:
        The blocks in reading order, places counted in ``text``.
    """
    lines = list(lines_of(text))
    blocks: list[Paragraph | Table] = []
    at = 0
    while at < len(lines):
        known = drawn.get(lines[at].start)
        if known is not None:
            blocks.append(known)
            while at < len(lines) and lines[at].start <= known.place.end:
                at += 1
            continue
        rows, behind = _rows_at(lines, at)
        if rows:
            blocks.append(_table(text, rows))
        else:
            blocks.extend(_paragraph(line) for line in lines[at:behind] if not line.blank)
        at = behind
    return tuple(blocks)


def _paragraph(line: TextLine) -> Paragraph:
    text = line.text.strip()
    start = line.start + len(line.text) - len(line.text.lstrip())
    return Paragraph(text, Locator(start, start + len(text)))


def _rows_at(lines: Sequence[TextLine], at: int) -> tuple[Rows, int]:
    """The table rows that begin at a line, none if it is prose, and the line behind them."""
    line = lines[at]
    if not line.may_be_row:
        return [], at + 1
    if begins_opened_row(lines, at):
        rows, behind = bar_opened(lines, at)
        if rows:
            return rows, behind
    if line.has_bars:
        return barred(lines, at)
    if "\t" in line.text.strip():
        return _tabbed(lines, at)
    if line.text.startswith("\t"):
        return _tab_opened(lines, at)
    if _RULE.fullmatch(line.text):
        return [], at + 1
    begins = _GAP.search(line.text.strip()) and _column_pieces(line)
    if begins or _breaks_in_brackets(line, lines[at + 1 : at + 2]):
        return _spaced(lines, at)
    return [], at + 1


def _breaks_in_brackets(line: TextLine, following: Sequence[TextLine]) -> bool:
    """Whether a label goes on below the values of its row."""
    is_label = len(line.text.strip()) <= _LONGEST_COLUMN_CELL
    opened = is_label and OPENED_BRACKET.search(line.text) is not None
    return opened and any(below.may_be_row and _column_pieces(below) for below in following)


def _tabbed(lines: Sequence[TextLine], at: int) -> tuple[Rows, int]:
    """A row a line, cells parted by tabs; blank lines (old page breaks) end nothing."""
    rows: Rows = []
    loose: Rows = []
    end = at + 1
    for index in range(at, len(lines)):
        line = lines[index]
        if line.blank:
            continue
        if not line.has_tabs:
            if len(line.text) > LONGEST_CELL or len(loose) == 2:
                break
            loose.append([Locator(line.start, line.end)])
            continue
        rows.extend(loose)
        loose = []
        rows.append(_tab_cells(line))
        end = index + 1
    found = sum(len(row) for row in rows) >= 4 and not _is_prose(rows)
    return (rows if found else []), end


def _tab_cells(line: TextLine) -> list[Locator]:
    cells = []
    left = 0
    for part in line.text.split("\t"):
        cells.append(Locator(line.start + left, line.start + left + len(part)))
        left += len(part) + 1
    return cells


def _tab_opened(lines: Sequence[TextLine], at: int) -> tuple[Rows, int]:
    """A cell a line, each opened by a tab; the line right below without one continues it."""
    cells: list[Locator] = []
    end = at + 1
    for index in range(at, len(lines)):
        line = lines[index]
        if line.blank and not line.text.startswith("\t"):
            continue
        if len(line.text) > LONGEST_CELL:
            break
        if line.text.startswith("\t"):
            cells.append(Locator(line.start + 1, line.end))
        elif end == index and not line.has_tabs:
            cells[-1] = Locator(cells[-1].start, line.end)
        else:
            break
        end = index + 1
    rows = [[cell] for cell in cells]
    found = len(cells) >= _MIN_TAB_CELLS and not _is_prose(rows)
    return (rows if found else []), end


def _is_prose(rows: Rows) -> bool:
    """Whether the cells are really indented paragraphs: no table lacks short cells."""
    lengths = [cell.end - cell.start for row in rows for cell in row]
    return sum(length <= 12 for length in lengths) < len(lengths) / 3


def _column_pieces(line: TextLine) -> list[Locator]:
    """The pieces of a line that runs of spaces set apart, if it may be a table row."""
    stripped = line.text.rstrip()
    left = len(stripped) - len(stripped.lstrip())
    gaps = {gap.span() for gap in _GAP.finditer(stripped, left)}
    counted = _UNIT_BEFORE_FIGURE.search(stripped)
    if counted:
        gaps |= {counted.span("before"), counted.span("behind")}
    if not gaps:
        return []
    pieces = []
    for start, end in sorted(gaps):
        pieces.append(Locator(line.start + left, line.start + start))
        left = end
    pieces.append(Locator(line.start + left, line.start + len(stripped)))
    short = all(piece.end - piece.start <= _LONGEST_COLUMN_CELL for piece in pieces)
    return pieces if short else []


def _spaced(lines: Sequence[TextLine], at: int) -> tuple[Rows, int]:
    """Columns aligned by spaces: pieces fall into the columns whose extent they touch."""
    members: list[tuple[TextLine, list[Locator]]] = []
    end = at + 1
    for index in range(at, len(lines)):
        line = lines[index]
        if line.blank or _RULE.fullmatch(line.text):
            continue
        pieces = _column_pieces(line)
        if pieces:
            end = index + 1
        elif not line.may_be_row or line.has_bars or line.has_tabs or _ends(lines[end:index]):
            break
        elif len(line.text.strip()) <= _LONGEST_COLUMN_CELL:
            pieces = [_paragraph(line).place]
        else:
            break
        members.append((line, pieces))
    members = [member for member in members if member[0].start < lines[end - 1].end]
    if sum(len(pieces) >= _MIN_PIECES for _, pieces in members) < _MIN_ROWS:
        return [], end
    extents = min(
        ([_extents(*member, measure) for member in members] for measure in (width, len)),
        key=_scattering,
    )
    columns = _columns([extent for extent in extents if len(extent) >= _MIN_PIECES])
    placed = [[_nearest(columns, extent) for extent in row] for row in extents]
    is_table = _are_aligned(members, placed) and not _are_broken(members, placed)
    if not is_table or _are_in_doubt(members, placed):
        return [], end
    rows = [
        _align(line, pieces, row, len(columns))
        for (line, pieces), row in zip(members, placed, strict=True)
    ]
    return _wrapped_around_values([line for line, _ in members], rows), end


def _ends(between: Sequence[TextLine]) -> bool:
    """Whether lines behind a row are more than those that labels of two rows go on in."""
    return len(between) > (1 if any(line.blank for line in between) else _MOST_WRAPPED)


def _are_aligned(
    members: Sequence[tuple[TextLine, Sequence[Locator]]], placed: Sequence[Sequence[int]]
) -> bool:
    """Whether lines share their columns: no two numbers in one, few other pieces."""
    wide = clashing = 0
    for (line, pieces), row in zip(members, placed, strict=True):
        if len(set(row)) < len(row):
            numbers = [
                column
                for column, piece in zip(row, pieces, strict=True)
                if _NUMBER.fullmatch(line.text, piece.start - line.start, piece.end - line.start)
            ]
            if len(set(numbers)) < len(numbers):
                return False
        if len(pieces) >= _MIN_PIECES:
            wide += 1
            clashing += len(set(row)) < len(row)
    return clashing * _CLASHES_AMONG <= wide


def _are_in_doubt(
    members: Sequence[tuple[TextLine, Sequence[Locator]]], placed: Sequence[Sequence[int]]
) -> bool:
    """Whether a row lacks figures that a row beside it has, or that its heads announce.

    Whose the figures are, columns as loose as these do not tell; nor where two have run together.
    """
    heads: set[int] = set()
    before: set[int] = set()
    for (line, pieces), row in zip(members, placed, strict=True):
        figures = {
            column
            for column, piece in zip(row, pieces, strict=True)
            if _NUMBER.fullmatch(line.text, piece.start - line.start, piece.end - line.start)
        }
        if any(_runs_together(line, piece) for piece in pieces[1:]):
            return True
        if not figures and len(row) > 1:
            heads, before = set(row[1:]) if len(row) >= _MIN_PIECES else set(), set()
        elif figures:
            if not heads.issubset(row) or figures < before or set() < before < figures:
                return True
            before = figures
    return False


def _runs_together(line: TextLine, piece: Locator) -> bool:
    """Whether a piece is several figures, a blank apart, and no thousands of one."""
    return (
        _RUN_TOGETHER.fullmatch(line.text, piece.start - line.start, piece.end - line.start)
        is not None
    )


def _are_broken(
    members: Sequence[tuple[TextLine, Sequence[Locator]]], placed: Sequence[Sequence[int]]
) -> bool:
    """Whether values stand below their labels, in the column of the labels."""
    broken = 0
    for ((above, _), over), ((line, pieces), row) in pairwise(zip(members, placed, strict=True)):
        begins = line.text[pieces[0].start - line.start : pieces[0].end - line.start]
        is_value = len(begins) <= LONGEST_UNIT or _NUMBER.fullmatch(begins) is not None
        is_label = len(above.text.strip()) > LONGEST_UNIT
        broken += is_value and is_label and len(over) == 1 and len(row) > 1 and row[0] == over[0]
    return broken >= _FEWEST_BROKEN


def _align(
    line: TextLine, pieces: Sequence[Locator], placed: Sequence[int], columns: int
) -> list[Locator]:
    """The place of each column's text in a line, empty where no piece stands in the column."""
    row: dict[int, Locator] = {}
    for piece, column in zip(pieces, placed, strict=True):
        row[column] = Locator(row[column].start, piece.end) if column in row else piece
    places: list[Locator] = []
    for column in range(columns):
        behind = places[-1].end if places else line.start
        places.append(row.get(column, Locator(behind, behind)))
    return places


def _wrapped_around_values(lines: Sequence[TextLine], rows: Rows) -> Rows:
    """Rows, with figures that stand amid a wrapped label moved to the row it begins in."""
    texts = [
        [line.text[cell.start - line.start : cell.end - line.start].strip() for cell in row]
        for line, row in zip(lines, rows, strict=True)
    ]
    values = [n for row in texts for n, text in enumerate(row) if _is_value(text)]
    behind = max(min(values, default=1), 1)
    labels = [row[behind - 1] for row in texts]
    begun = dict(beginnings(labels, [any(row[behind:]) for row in texts]))
    figures = {first: rows[n][behind:] for n, first in begun.items()}
    return [
        [*row[:behind], *figures.get(n, row[behind:])]
        for n, row in enumerate(rows)
        if n not in begun
    ]


def _is_value(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None or is_unit(text)


def _extents(
    line: TextLine, pieces: Sequence[Locator], measure: Callable[[str], int]
) -> list[tuple[int, int]]:
    """Where pieces stand on their line, in columns of a terminal or in characters."""
    return [
        (
            measure(line.text[: piece.start - line.start]),
            measure(line.text[: piece.end - line.start]),
        )
        for piece in pieces
    ]


def _scattering(rows: Sequence[Sequence[tuple[int, int]]]) -> int:
    """How many positions pieces begin or end at, whichever are fewer: aligned pieces share them."""
    extents = [extent for row in rows if len(row) >= _MIN_PIECES for extent in row]
    return min(len({start for start, _ in extents}), len({end for _, end in extents}))


def _columns(rows: Sequence[Sequence[tuple[int, int]]]) -> list[tuple[int, int]]:
    """The extents shared by the rows: overlapping pieces belong to one column."""
    columns: list[tuple[int, int]] = []
    for extent in sorted(extent for row in rows for extent in row):
        if columns and extent[0] < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], extent[1]))
        else:
            columns.append(extent)
    return columns


def _nearest(columns: Sequence[tuple[int, int]], extent: tuple[int, int]) -> int:
    middle = sum(extent) / 2
    return min(range(len(columns)), key=lambda n: abs(sum(columns[n]) / 2 - middle))


def _table(text: str, rows: Rows) -> Table:
    cells = tuple(
        Cell(text[place.start : place.end].strip(), row, col, place)
        for row, places in enumerate(rows)
        for col, place in enumerate(places)
    )
    return Table(cells, Locator(cells[0].place.start, cells[-1].place.end))
