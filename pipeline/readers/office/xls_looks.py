"""Cells of an XLS workbook that show something else than their value."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.readers.office.sheet_hidden import SHEET, records
from pipeline.readers.office.sheet_looks import SMALLEST, Shown, shows_nothing

_FONT, _FORMAT, _STYLE, _WINDOW = 0x31, 0x41E, 0xE0, 0x23E
_NUMBER, _FORMULA, _SHORT, _SHORTS = 0x203, 0x06, 0x27E, 0xBD
_WORDS = frozenset({0xFD, 0x204, 0xD6})
_IS_STRUCK, _SHOWS_ZEROS, _IS_WIDE = 0x08, 0x10, 0x01
_WHITE = (1, 9)
_FILL_AT = 26
_TWIPS = 20
# No font has the number four: those behind it are counted one too high.
_MISSING_FONT = 4
_NO_NUMBER = 0xFFFF


@dataclass(slots=True)
class _Styles:
    """Fonts that hide text, white fonts, number formats, and those that each cell style uses.

    Of a style that is its font, its format, and whether it paints behind the words.
    """

    hiding: list[bool] = field(default_factory=list)
    white: list[bool] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    used: list[tuple[int, int, bool]] = field(default_factory=list)

    def hides(self, style: int, number: float | None) -> bool:
        """Whether a cell of a style shows nothing: its number, or None for words."""
        if style >= len(self.used):
            return False
        font, code, is_painted = self.used[style]
        font -= font > _MISSING_FONT
        if font < len(self.hiding) and (self.hiding[font] or (self.white[font] and not is_painted)):
            return True
        return number is not None and shows_nothing(self.formats.get(code, "General"), number)


def looks_in_xls(book: bytes) -> list[Shown]:
    """What the cells of an XLS file show, in the order of its sheets; empty if not to be told.

    Returns:
        Only cells that show nothing of what they hold.
    """
    try:
        styles, starts = _Styles(), []
        for kind, record in records(book, 0):
            _note(styles, kind, record)
            if kind == SHEET:
                starts.append(struct.unpack_from("<I", record)[0])
        return [_looks(list(records(book, start)), styles) for start in starts]
    except (struct.error, ValueError, IndexError):
        return []


def _note(styles: _Styles, kind: int, record: bytes) -> None:
    if kind == _FONT:
        height, flags, colour = struct.unpack_from("<HHH", record)
        styles.white.append(colour in _WHITE)
        styles.hiding.append(bool(flags & _IS_STRUCK) or 0 < height < SMALLEST * _TWIPS)
    elif kind == _FORMAT:
        number, length, flags = struct.unpack_from("<HHB", record)
        is_wide = bool(flags & _IS_WIDE)
        code = record[5 : 5 + length * (1 + is_wide)]
        styles.formats[number] = code.decode("utf-16-le" if is_wide else "latin-1")
    elif kind == _STYLE:
        font, code = struct.unpack_from("<HH", record)
        fill = struct.unpack_from("<I", record, 14)[0] >> _FILL_AT if len(record) > 17 else 1
        styles.used.append((font, code, bool(fill)))


def _looks(sheet: Sequence[tuple[int, bytes]], styles: _Styles) -> Shown:
    windows = [struct.unpack_from("<H", record)[0] for kind, record in sheet if kind == _WINDOW]
    shows_zeros = all(flags & _SHOWS_ZEROS for flags in windows)
    return {
        (row, col): ""
        for kind, record in sheet
        for row, col, style, number in _cells(kind, record)
        if styles.hides(style, number) or (number == 0 and not shows_zeros)
    }


def _cells(kind: int, record: bytes) -> Iterator[tuple[int, int, int, float | None]]:
    """Row, column, style and number of the cells of a record; no number where it holds words."""
    if kind in (_NUMBER, _FORMULA):
        row, col, style = struct.unpack_from("<HHH", record)
        is_number = kind == _NUMBER or struct.unpack_from("<H", record, 12)[0] != _NO_NUMBER
        yield row, col, style, struct.unpack_from("<d", record, 6)[0] if is_number else None
    elif kind == _SHORT:
        row, col, style, short = struct.unpack_from("<HHHI", record)
        yield row, col, style, _number(short)
    elif kind == _SHORTS:
        row, first = struct.unpack_from("<HH", record)
        for n in range((len(record) - 6) // 6):
            style, short = struct.unpack_from("<HI", record, 4 + 6 * n)
            yield row, first + n, style, _number(short)
    elif kind in _WORDS:
        yield (*struct.unpack_from("<HHH", record), None)


def _number(short: int) -> float:
    """A number stored in four bytes (RK): half a double or an integer, perhaps in hundredths."""
    if short & 2:
        number = float(struct.unpack("<i", struct.pack("<I", short))[0] >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, short & 0xFFFFFFFC))[0]
    return number / 100 if short & 1 else number
