"""Rows that stand together as a table, told from sentences that use the same words."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.extract.tables.rows import RowReading
from pipeline.lexis.normalise import letters
from pipeline.lexis.units import UNITS
from pipeline.lexis.values import NUMBER

LONGEST_REST = 60
_LEAST_ROWS_IN_PROSE = 5
_LEAST_EVIDENCE = 2
_LEAST_ROWS_OF_A_COPY = 5
_LONGEST_NUMBERING = 8
_LONGEST_UNKNOWN_ROWS = 300
_SENTENCE_MARKS = "，。；"
_IN_A_SENTENCE = re.compile(rf"\s*(?:(?:{UNITS})\s*[，。；、,;]|[，。；;])")
_SAID_ON = re.compile(rf" ?(?:{UNITS})|[（(，。；：:、一-鿿]")
_ROW_OF_A_LIST = re.compile(rf"\s*[:：]\s*(?:{NUMBER})\s*(?:{UNITS})?\s*[，。；、,;]?\s*")
_DIGIT = re.compile(r"\d")
_LAST_DIGIT = re.compile(r"\d(?=\D*\Z)")


def tables_of(readings: Iterable[RowReading], text: str) -> list[list[RowReading]]:
    """The tables that the rows of a report form."""
    own = (reading for reading in readings if not _is_sentence(reading, text))
    return list(_tables(list(_sections(own))))


def _is_sentence(reading: RowReading, text: str) -> bool:
    """Whether a number behind a label goes on as words do, with comma or full stop."""
    figures = (one for one in reading.tokens if not one.is_word and _DIGIT.search(one.text))
    first = next(figures, None)
    if first is None or first.cell:
        return False
    values = [first, *figures]
    if any(token.cell for token in values):
        return False
    ends = [token.start + one.end() for token in values for one in _LAST_DIGIT.finditer(token.text)]
    if reading.row.unlabelled:
        # 复议后起诉2件（尚未审结2件）: too few digits for a row, and words right behind them.
        digits = sum(len(_DIGIT.findall(token.text)) for token in values)
        are_few = digits < len(reading.form_row.table.columns)
        return are_few and any(_SAID_ON.match(text, at) for at in ends)
    if _has_unit_first(reading):
        return False
    if len(values) >= max(len(reading.cells), _LEAST_EVIDENCE):
        return False
    goes_on = any(_IN_A_SENTENCE.match(text, at) for at in ends)
    return goes_on and not _has_a_line_of_its_own(reading, text)


def _has_a_line_of_its_own(reading: RowReading, text: str) -> bool:
    """Whether a line says a label, a colon and a number, and nothing else: the row of a list."""
    above, below = text.rfind("\n", 0, reading.label_start), text.find("\n", reading.label_end)
    if text[above + 1 : reading.label_start].strip():
        return False
    behind = text[reading.label_end : below if below >= 0 else len(text)]
    return _ROW_OF_A_LIST.fullmatch(behind) is not None


def _tables(sections: Sequence[list[RowReading]]) -> Iterator[list[RowReading]]:
    """Sections that are tables, and rows in running text that stand right beside those.

    Rows that a report moves within its table make a fresh start on either side.
    """
    are_tables = [_is_table(section) for section in sections]
    for n, section in enumerate(sections):
        is_beside = (n and are_tables[n - 1] and _touches(sections[n - 1], section)) or (
            n + 1 < len(sections) and are_tables[n + 1] and _touches(section, sections[n + 1])
        )
        if are_tables[n] or is_beside:
            yield section


def _touches(one: Sequence[RowReading], other: Sequence[RowReading]) -> bool:
    """Whether no words stand between two sections of running text."""
    in_text = one[-1].window.table is None and other[0].window.table is None
    is_near = other[0].label_start - one[-1].end <= _LONGEST_NUMBERING
    return in_text and not one[-1].rest and is_near


def _sections(readings: Iterable[RowReading]) -> Iterator[list[RowReading]]:
    """Rows that stand together: a new table, a fresh start or words between part them."""
    section: list[RowReading] = []
    for reading in readings:
        if section and _parts(section, reading):
            yield section
            section = []
        section.append(reading)
    if section:
        yield section


def _parts(section: Sequence[RowReading], after: RowReading) -> bool:
    before = section[-1]
    if before.window.table is not after.window.table:
        return True
    is_beside = len(section) > 1 and section[-2].form_row.index < after.form_row.index
    starts_again = before.form_row.index - after.form_row.index >= _LEAST_ROWS_OF_A_COPY
    if starts_again and not is_beside:
        return True
    if before.window.table is not None:
        return False
    between = sum([len(letters(token.text)) for token in before.rest])
    is_prose = any(mark in token.text for token in before.rest for mark in _SENTENCE_MARKS)
    return between > (LONGEST_REST if is_prose else _LONGEST_UNKNOWN_ROWS)


def _is_table(section: Sequence[RowReading]) -> bool:
    """Whether rows are those of a table, and not words of a sentence that look alike."""
    filled = sum(reading.has_values and not reading.is_heading for reading in section)
    if section[0].window.table is not None:
        return filled > 0 or len(section) >= _LEAST_EVIDENCE
    is_headed = any(
        reading.form_row.row is None or bool(reading.printed and reading.printed[0].col)
        for reading in section
    )
    unlabelled = any(reading.row.unlabelled and reading.has_values for reading in section)
    in_columns = sum(map(_fills_columns, section))
    are_rows = filled >= _LEAST_ROWS_IN_PROSE or in_columns >= _LEAST_EVIDENCE
    return are_rows or (is_headed and filled > 0) or unlabelled


def _fills_columns(reading: RowReading) -> bool:
    """Whether a unit and as many numbers as the form has columns stand behind a label."""
    values = sum(token.is_value for token in reading.tokens)
    are_all = values == len(reading.cells) >= _LEAST_EVIDENCE
    return are_all and reading.has_values and _has_unit_first(reading)


def _has_unit_first(reading: RowReading) -> bool:
    """Whether a unit stands between a label and its number, where no sentence puts it."""
    first = next(iter(reading.tokens), None)
    return first is not None and first.is_word and first.is_unit
