"""The row of values below heads alone, as reviews and lawsuits have it: it has no label.

It stands behind the last heading of its table. Where the headings are not printed, below a
title or below outcomes alone, nothing but place and sums says what fifteen numbers are.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import dropwhile, takewhile

from msgspec import structs

from pipeline.extract.column_headers import PrintedColumn, year_of
from pipeline.extract.tables.cell_lines import with_blank_lines
from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.match.form_matching import Recognition
from pipeline.extract.tables.match.labels import placed
from pipeline.extract.tables.rows import RowReading, of_year, read_row
from pipeline.extract.tables.tokens import IsFormWord, Layout, Token, Window
from pipeline.forms.indexed_form import FormRow
from pipeline.lexis.letters import Letters
from pipeline.lexis.normalise import letters
from pipeline.lexis.traditional import simplified
from pipeline.model.document import Locator, Table

_TITLE = re.compile("复议[和与及]?(?:行政)?诉讼的?(?:情况)?(?:统计)?表?(?:单位件)?")
_LEAST_VALUES = 5
_LEAST_DIGITS_RUN_TOGETHER = 10
_LEAST_LETTERS = 4
_SENTENCE_MARK = re.compile(r"[，。；]")


def values_below(
    layout: Layout, stretches: Sequence[Locator], wanted: int, is_form_word: IsFormWord
) -> Iterator[tuple[int | None, Window]]:
    """The tokens below headings as a row of values, one row for each year.

    Args:
        layout: The text and its grids.
        stretches: From every heading to the next label.
        wanted: How many columns the table has.
        is_form_word: Whether a word belongs to the print of the form.
    """
    windows = [layout.rows_below(one.start, one.end, is_form_word) for one in stretches]
    tokens = [
        token
        for window in windows
        if window is windows[-1] or not _is_prose(window, is_form_word)
        for token in _without_blank_rows(window.tokens, window.table)
    ]
    window = structs.replace(windows[-1], tokens=tuple(tokens))
    if window.table is None:
        window = _with_blanks(layout.text, window, wanted, is_form_word)
    yield from _years_apart(window)


def _with_blanks(text: str, window: Window, wanted: int, is_form_word: IsFormWord) -> Window:
    """Adds the blank cells of the row that stands before the first words of prose."""
    words = (token for token in window.tokens if token.is_word and not is_form_word(token.text))
    end = next((word.start for word in words), window.end)
    own = tuple(token for token in window.tokens if token.start < end)
    row = structs.replace(window, tokens=own, end=end)
    whole = with_blank_lines(text, row, wanted)
    return window if whole is row else whole


def _without_blank_rows(tokens: Sequence[Token], table: Table | None) -> list[Token]:
    """Drops the blank cells of rows that hold no value: they fill up rows of heads.

    On a form that nobody filled in, the last row without a word is that of the values.
    """
    if table is None:
        return list(tokens)
    sizes = Counter(cell.row for cell in table.cells)
    filled = {token.cell.row for token in tokens if token.cell and token.is_value}
    if not filled:
        worded = {cell.row for cell in table.cells if cell.text.strip()}
        filled = {max((token.cell.row for token in tokens if token.cell), default=0)} - worded
    return [
        token
        for token in tokens
        if not token.cell
        or token.text.strip()
        or token.cell.row in filled
        or sizes[token.cell.row] == 1
    ]


def row_below(heading: RowReading, year: int | None, is_form_word: IsFormWord) -> RowReading:
    """The row of values below heads, read like values behind the label of a row."""
    columns = enumerate(heading.form_row.table.columns)
    printed = tuple([PrintedColumn(column.name, n, column) for n, column in columns])
    at = next((token.start for token in heading.window.tokens if token.is_value), None)
    reading = of_year(read_row(structs.replace(heading, printed=printed), is_form_word), year)
    return reading if at is None else structs.replace(reading, label_start=at, label_end=at)


def _years_apart(window: Window) -> Iterator[tuple[int | None, Window]]:
    """The rows of a grid that begin with a year each; the whole window where none does."""
    said = [(n, year_of(letters(token.text))) for n, token in enumerate(window.tokens)]
    years = [(n, year) for n, year in said if year and window.tokens[n].is_word]
    if window.table is None or not years:
        yield None, window
        return
    ends = [*(n for n, _ in years[1:]), len(window.tokens)]
    for (begin, year), end in zip(years, ends, strict=True):
        yield year, structs.replace(window, tokens=window.tokens[begin + 1 : end])


def _is_prose(window: Window, is_form_word: IsFormWord) -> bool:
    """Whether a sentence stands between a heading and the heads: its numbers are no values."""
    words = [token.text for token in window.tokens if token.is_word]
    return not all(is_form_word(word) and not _SENTENCE_MARK.search(word) for word in words)


def is_made_of(alphabet: frozenset[str], word: str) -> bool:
    """Whether a word is made of the heads of a table, in whatever order they were cut.

    One letter of a longer word may be misprinted.
    """
    plain = simplified(letters(word))
    foreign = sum(letter not in alphabet for letter in plain)
    return foreign == 0 or (foreign == 1 and len(plain) >= _LEAST_LETTERS)


def rows_without_header(
    own: Letters,
    layout: Layout,
    recognition: Recognition,
    readings: Sequence[RowReading],
) -> Iterator[tuple[Occurrence, RowReading]]:
    """Rows of a table whose headings were not found, each with the column heads above it."""
    if any(one.row.unlabelled and (one.has_values or one.unsegmented) for one in readings):
        return
    labels = [match.occurrence.place.start for match in recognition.matches]
    found: dict[int, tuple[Occurrence, RowReading]] = {}
    for table_id, row in recognition.form.unlabelled.items() if readings else ():
        heading = next(one for one in recognition.form.rows if one.table.id == table_id)
        is_form_word = partial(is_made_of, recognition.form.alphabets[table_id])
        for anchor in _anchors(own, layout, heading, recognition):
            end = anchor.place.end
            label = "".join(layout.text[anchor.place.start : end].split())
            border = min([own.end, *(one for one in labels if one >= end)])
            below = layout.rows_below(end, border, is_form_word)
            if anchor.weight:
                behind = dropwhile(lambda token: not token.is_value, below.tokens)
                below = structs.replace(below, tokens=tuple(behind))
            for year, every in _years_apart(below):
                window = _up_to_words(every, is_form_word)
                if _is_row_of_values(window):
                    bare = RowReading(heading, row, label, end, end, 1.0, window, lacks_header=True)
                    reading = row_below(bare, year, is_form_word)
                    found.setdefault(reading.label_start, (anchor, reading))
    yield from found.values()


def _is_row_of_values(window: Window) -> bool:
    """Whether figures are those of a row, and not the number of a page or a year in a sentence."""
    values = [token.text for token in window.tokens if token.is_value]
    return len(values) >= _LEAST_VALUES or any(
        len(text) >= _LEAST_DIGITS_RUN_TOGETHER and text.isdecimal() for text in values
    )


def _anchors(
    own: Letters, layout: Layout, heading: FormRow, recognition: Recognition
) -> Iterator[Occurrence]:
    """Places where such a row may begin: column heads, titles, the last heading of its table."""
    for pattern in (heading.table.heads_of_block, _TITLE):
        for match in pattern.finditer(own.text):
            yield placed(Occurrence(match.group(), *match.span(), 0.0), own, layout)
    rows = recognition.form.rows
    of_table = [one for one in recognition.matches if rows[one.row].table is heading.table]
    yield from (match.occurrence for match in of_table[-1:])


def _up_to_words(window: Window, is_form_word: IsFormWord) -> Window:
    """Tokens before the first word that is no head, without a number that touches this word."""
    own = list(takewhile(lambda one: not one.is_word or is_form_word(one.text), window.tokens))
    behind = window.tokens[len(own) :]
    if own and behind and not own[-1].is_word and own[-1].end == behind[0].start:
        own.pop()
    return structs.replace(window, tokens=tuple(own))
