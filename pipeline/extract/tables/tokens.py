"""What stands between one label and the next: the places where values may be."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter

from msgspec import Struct, structs

from pipeline.lexis.label_numbers import Cut, without_numbering
from pipeline.lexis.normalise import fold, letters
from pipeline.lexis.numerals import is_han
from pipeline.lexis.page_furniture import page_furniture
from pipeline.lexis.units import UNITS, is_unit, names_many
from pipeline.lexis.values import ABOUT, FALL, NUMBER, RISE, read_value
from pipeline.model.document import Cell, Table
from pipeline.model.observation import Status

# A unit touches the number it belongs to; a longer word that begins like one does not count.
_UNIT_BEHIND = rf"(?:{UNITS})(?![^\W\d_])"


def _token(number: str) -> re.Pattern[str]:
    """A pattern for the tokens of running text, values told from words."""
    return re.compile(
        rf"(?P<value>\+\d+/-\d+"
        rf"|(?:{ABOUT})?(?:[+<>≥≤↑↓-]|{RISE}|{FALL})?(?:{number})[万亿]?[余多]?%?(?:{_UNIT_BEHIND})?"
        r"|[—–―─_-]+|/+|[xX×*＊]+(?=\s|$))"
        rf"|(?P<word>(?:{UNITS})(?=无(?:\s|$))|[十百千]?[万亿]\s+元|[^\s\d—–―─_/+-]+|[+-])"
    )


_TOKEN = _token(NUMBER)
_BETWEEN_COMMAS = _token(rf"(?<=\")(?:{NUMBER})(?=\")|\d+(?:\.\d+)?")
_RULE = re.compile(r"[-─]{5}")
_WORDS = re.compile(r"[\u4e00-\u9fff]")
# A dash between words joins the names of a group and of what is in it.
_JOINT = re.compile(r"(?<=[\u4e00-\u9fff])[—–―─-]+(?=[\u4e00-\u9fff])")
_LONGEST_RUN = 600

IsFormWord = Callable[[str], bool]
"""Whether a word belongs to the print of a form."""

_ROW = attrgetter("row")


class Token(Struct, frozen=True):
    """A stretch of text where a value may stand; the cell it fills, None in running text."""

    text: str
    start: int
    end: int
    cell: Cell | None = None
    is_word: bool = False

    @property
    def is_unit(self) -> bool:
        """Whether the token is a unit and nothing else."""
        plain = letters(self.text)
        return is_unit(plain) or names_many(plain)

    @property
    def is_value(self) -> bool:
        """Whether the token is neither words nor blank."""
        return not self.is_word and bool(self.text.strip())


class Window(Struct, frozen=True):
    """The stretch behind a label: its tokens in reading order, and the table and row it stands in.

    A number before the next label is this row's last value if it lacks one; doubtful if it may
    just as well be the label's. The next row's code may run into the last token somewhere.
    """

    tokens: tuple[Token, ...]
    start: int
    end: int
    table: Table | None
    row: int | None
    numbering: Token | None = None
    is_doubtful: bool = False
    is_run_into: bool = False

    def has_in_row(self, token: Token) -> bool:
        """Whether a token stands in the label's own row of a grid."""
        return token.cell is not None and token.cell.row == self.row

    def without_code(self, code: str | None, behind: int) -> "Window":
        """The tokens without the code of the next row, whose label stands at ``behind``.

        They are marked where value and code run together and nobody can part them.
        """
        last = self.numbering or (self.tokens[-1] if self.tokens else None)
        if last is None or last.is_word or self.has_in_row(last):
            return self
        text = last.text.strip()
        if text != code and last.end < behind:
            return self
        if code is None or not text.endswith(code):
            return structs.replace(self, is_run_into=True)
        value = last.text[: -len(code)]
        own = (
            [structs.replace(last, text=value, end=last.start + len(value))] if text != code else []
        )
        if self.numbering:
            return structs.replace(self, numbering=own[0] if own else None)
        return structs.replace(self, tokens=(*self.tokens[:-1], *own))


@dataclass(frozen=True)
class Layout:
    """A document's text and the grids in it, by position."""

    text: str
    tables: Sequence[Table]

    @cached_property
    def _folded(self) -> str:
        return fold(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [table.place.start for table in self.tables]

    @cached_property
    def _starts_of_cells(self) -> dict[int, list[int]]:
        """Where the cells of each table begin, by its id in memory."""
        return {id(table): [cell.place.start for cell in table.cells] for table in self.tables}

    def table_of(self, offset: int) -> Table | None:
        """The table that an offset stands in, None in running text."""
        index = bisect_right(self._starts, offset) - 1
        return self.tables[index] if index >= 0 and offset < self.tables[index].place.end else None

    def cell_of(self, offset: int) -> Cell | None:
        """The cell that an offset stands in, None outside tables."""
        table = self.table_of(offset)
        return table.cells[self._index_at(table, offset)] if table else None

    def _index_at(self, table: Table, offset: int) -> int:
        """The index of the cell of a table that the character at an offset stands in."""
        index = max(bisect_right(self._starts_of_cells[id(table)], offset) - 1, 0)
        while index > 0 and table.cells[index].place.end <= offset:
            index -= 1
        return index

    def window(self, start: int, end: int, ordinal: str | None, *, whole_rows: bool) -> Window:
        """The tokens between the end of a label and the next label, or the end of its table.

        The next label's number on the form tells it from a value that touches it; ``whole_rows``
        is whether values may stand in rows below the label's.
        """
        table = self.table_of(start - 1)
        if table:
            return self._tabular(table, start, end, ordinal, whole_rows=whole_rows)
        following = (one.place.start for one in self.tables if one.place.start >= start)
        cut = without_numbering(self.text, start, min(end, next(following, end)), ordinal)
        tokens = tuple(self._tokens(start, cut.end))
        return Window(tokens, start, cut.end, None, None, self._number(cut), cut.is_doubtful)

    def beside(self, start: int, number: int, labels: int) -> Window:
        """The tokens beside one of several labels that share a cell; ``number`` counts from 0.

        Where the cell reaches over as many rows as it holds labels, each has a row of its
        own; else nobody can tell whose the values are.
        """
        table, own = self.table_of(start - 1), self.cell_of(start - 1)
        assert table and own
        is_clear = own.rowspan == labels
        rows = own.rows[number : number + 1] if is_clear else own.rows
        cells = [cell for cell in table.cells if cell.row in rows and cell.col >= own.cols.stop]
        end = max([own.place.end, *(cell.place.end for cell in cells)])
        tokens = tuple(map(cell_token, cells))
        return Window(tokens, start, end, table, rows[0], is_run_into=not is_clear)

    def rows_below(self, start: int, end: int, is_form_word: IsFormWord) -> Window:
        """The tokens below a heading; below heads without values also those of the next grid."""
        end = min(end, start + _LONGEST_RUN)
        window = self.window(start, end, None, whole_rows=True)
        behind = window.table.place.end if window.table else window.start
        grid = next((one for one in self.tables if behind <= one.place.start < end), None)
        if grid is None or any(map(str.isdigit, "".join(token.text for token in window.tokens))):
            return window
        heads = [token for token in window.tokens if token.text.strip()]
        between = self._tokens(max(behind, window.end), grid.place.start)
        below = tuple([cell_token(cell) for cell in grid.cells if cell.place.start < end])
        words = (token.text for token in (*heads, *between, *below) if token.is_word)
        if not all(map(is_form_word, words)):
            return window
        row = grid.cells[0].row
        return Window((*heads, *below), window.start, below[-1].end, grid, row)

    def _tokens(self, start: int, end: int) -> list[Token]:
        """The words and values of running text, without what pages print between rows."""
        stretch = self._folded[start:end]
        pages = list(page_furniture(stretch))
        pattern = _BETWEEN_COMMAS if stretch.lstrip().startswith(",") else _TOKEN
        tokens: list[Token] = []
        for match in pattern.finditer(stretch):
            left, right = match.span()
            is_furniture = pages and any(begin <= left < behind for begin, behind in pages)
            is_rule = stretch[left] in "-─" and _RULE.match(stretch, left, right)
            if is_furniture or is_rule or _JOINT.match(self._folded, start + left):
                continue
            is_word = match["word"] not in (None, "无")
            left, right = start + left, start + right
            tokens.append(Token(self.text[left:right], left, right, None, is_word))
        return tokens

    def _number(self, cut: Cut) -> Token | None:
        return Token(self.text[cut.value[0] : cut.value[1]], *cut.value) if cut.value else None

    def _tabular(
        self, table: Table, start: int, end: int, ordinal: str | None, *, whole_rows: bool
    ) -> Window:
        cells = table.cells
        first = self._index_at(table, start - 1)
        own = cells[first]
        last = self._index_at(table, end) if end < table.place.end else len(cells)
        is_alone = [one.row for one in cells[max(first - 1, 0) : first + 2]].count(own.row) == 1
        bottom = own.rows.stop - 1
        below = last if whole_rows or is_alone else bisect_right(cells, bottom, first, key=_ROW)
        cut = without_numbering(self.text, start, end, ordinal) if last == first else Cut(end)
        tokens = _cell_tokens(cells[first + 1 : min(last, below)])
        if start < own.place.end:
            tokens = [*self._tokens(start, min(own.place.end, cut.end)), *tokens]
        if first < last < len(cells) and end > (begin := cells[last].place.start):
            cut = without_numbering(self.text, begin, end, ordinal)
            tokens += self._tokens(begin, cut.end) if cut.end > begin else ()
        end = min(cut.end, table.place.end)
        return Window(tuple(tokens), start, end, table, own.row, self._number(cut), cut.is_doubtful)


def cell_token(cell: Cell) -> Token:
    """The token that fills a cell of a grid."""
    text, place = cell.text, cell.place
    is_word = not text.isascii() and _is_word(text, is_first=cell.col == 0)
    return Token(text, place.start, place.end, cell, is_word)


@lru_cache(maxsize=4096)
def _is_word(text: str, *, is_first: bool) -> bool:
    """Whether a cell holds words and no value; a numeral in the first column is a word."""
    return is_unit(letters(text)) or (
        _WORDS.search(text) is not None
        and read_value(text).status is Status.UNREADABLE
        and (is_first or not is_han(text))
    )


def _cell_tokens(cells: Sequence[Cell]) -> list[Token]:
    """The tokens that fill cells in reading order; a numeral before a label is its number."""
    tokens = [cell_token(cell) for cell in cells]
    for n, (token, behind) in enumerate(pairwise(tokens)):
        if token.is_word and is_han(token.text) and cells[n].row == cells[n + 1].row:
            is_word = behind.is_word and not is_han(behind.text)
            tokens[n] = structs.replace(token, is_word=is_word)
    return tokens
