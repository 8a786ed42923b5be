"""Rows that stand together as a table, told from sentences that use the same words."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.rows import CellReading, RowReading, of_year
from pipeline.forms.form import OF_ORGANISATIONS, FormTable
from pipeline.lexis.normalise import letters
from pipeline.lexis.units import UNITS
from pipeline.lexis.values import NUMBER, read_value
from pipeline.lexis.years import Use, mentions

LONGEST_REST = 60
_LEAST_ROWS_IN_PROSE = 5
_LEAST_EVIDENCE = 2
_LEAST_ROWS_OF_A_COPY = 5
_LONGEST_CAPTION = 200
_DIGITS = 4
_LONGEST_NUMBERING = 8
_LONGEST_UNKNOWN_ROWS = 300
_SENTENCE_MARKS = "，。；"
_IN_A_SENTENCE = re.compile(rf"\s*(?:(?:{UNITS})\s*[，。；、,;]|[，。；;])")
_ROW_OF_A_LIST = re.compile(rf"\s*[:：]\s*(?:{NUMBER})\s*(?:{UNITS})?\s*[，。；、,;]?\s*")
_DIGIT = re.compile(r"\d")
_OF_NOBODY_HERE = re.compile(
    r"[^\n。；]*(?:[填样范]\S{0,3}示?例[^\n。；]{0,20}|仅供参考|非本(?:单位|机关|部门)"
    r"|(?<![及和与含、])(?:所属|下属|直属|所辖|下辖)(?:各)?(?:单位|机构|乡镇|街道|部门)\S{0,12}(?:表|情况))[^\n。；]*"
)
_LAST_DIGIT = re.compile(r"\d(?=\D*\Z)")


def tables_of(readings: Iterable[RowReading], text: str) -> list[list[RowReading]]:
    """The tables that the rows of a report form."""
    own = (reading for reading in readings if not _is_sentence(reading, text))
    return list(_tables(list(_sections(own))))


def date_captions(report: Rows) -> Iterator[Proposal]:
    """Gives a table printed beside the report's own the year that its caption names."""
    if report.year is None or not report.has_copies:
        return
    tables = [report.rows[rows.start : rows.stop] for rows in report.tables]
    rows_of = report.rows_of
    are_copies = [_are_copies(rows, set().union(*rows_of[:n])) for n, rows in enumerate(rows_of)]
    if not any(are_copies):
        return
    years = _years_of(tables, report.text)
    for n, rows in enumerate(report.tables):
        if years[n] in (None, report.year):
            continue
        own_too = (m for m in range(n + 1, len(tables)) if years[m] == report.year)
        if are_copies[n] or any(_are_copies(rows_of[n], rows_of[m]) for m in own_too):
            for number in rows:
                reading = of_year(report.rows[number], years[n])
                yield Proposal(number, reading.cells, reading.glued)


def head_captions(report: Rows) -> Iterator[Proposal]:
    """Gives the only value of every row to the kind of applicant that its table's caption names.

    Some print the requests as a small table for each kind.
    """
    if not report.has_copies:
        return
    end = 0
    found: dict[int, range] = {}
    for rows in report.tables:
        first = report.rows[rows.start]
        above = report.text[max(end, first.label_start - LONGEST_REST) : first.label_start]
        column = _column_named(first.form_row.table, letters(above))
        end = report.rows[rows.stop - 1].end
        are_single = any(len(report.rows[number].glued) == 1 for number in rows)
        if column is not None and column not in found and are_single:
            found[column] = rows
    for column, rows in found.items() if {0} < found.keys() else ():
        for number in rows:
            reading = report.rows[number]
            if len(reading.glued) == 1:
                (slot,) = reading.glued
                head = reading.form_row.table.columns[column].name
                yield Proposal(number, (CellReading(column, slot, read_value(slot.text), head),))


def _column_named(table: FormTable, caption: str) -> int | None:
    """The only column that the letters of a caption name, if its table is of applicants."""
    if not table.columns[0].suffix:
        return None
    plain = caption.replace(OF_ORGANISATIONS, "")
    columns = [[letters(head) for head in column.heads] for column in table.columns]
    named = [n for n, heads in enumerate(columns) if any(head in plain for head in heads)]
    return named[0] if len(named) == 1 else None


def disown_captions(report: Rows) -> Iterator[Proposal]:
    """Takes the meaning from a copy whose caption makes it an example, or another body's."""
    if not report.has_copies:
        return
    rows_of = report.rows_of
    tables = [report.rows[rows.start : rows.stop] for rows in report.tables]
    captions = _captions_of(tables, report.text)
    own = [rows for rows, caption in zip(rows_of, captions, strict=True) if caption is None]
    for n, caption in enumerate(captions):
        if caption is None or not any(_are_copies(rows_of[n], rows) for rows in own):
            continue
        said = f"The table below {caption!r} repeats the report's own and was left aside"
        for number in report.tables[n]:
            cells = tuple([one._replace(column=None) for one in report.rows[number].cells])
            yield Proposal(number, cells, notice=said)
            said = ""


def _captions_of(tables: Sequence[Sequence[RowReading]], text: str) -> list[str | None]:
    """The words above every table by which it is not the report's own, None where there are none.

    A table with no words above it is of the kind of the one before.
    """
    found: list[str | None] = []
    end = 0
    for table in tables:
        first = table[0].label_start
        above = text[max(end, first - _LONGEST_CAPTION) : first]
        disowned = _OF_NOBODY_HERE.search(above)
        is_bare = bool(found) and not letters(above)
        found.append(disowned[0].strip() if disowned else found[-1] if is_bare else None)
        end = table[-1].end
    return found


def _are_copies(one: Set[int], other: Set[int]) -> bool:
    return bool(one) and len(one & other) * 2 >= len(one)


def _years_of(tables: Sequence[Sequence[RowReading]], text: str) -> list[int | None]:
    """The year that the caption of every table names.

    A table that goes on where the one before ended is of the same year, unless it has a
    caption with a year of its own.
    """
    years: list[int | None] = []
    row = end = 0
    for table in tables:
        first = table[0].label_start
        # What stands behind the last number of a row may have been taken for another one.
        caption = mentions(text, max(end - _DIGITS, first - _LONGEST_CAPTION), first)
        captions = [named.year for named in caption if named.use in (Use.YEAR, Use.DAY)]
        goes_on = bool(years) and table[0].form_row.index > row
        inherited = years[-1] if goes_on else None
        years.append(captions[-1] if captions else inherited)
        row, end = table[-1].form_row.index, table[-1].end
    return years


def _is_sentence(reading: RowReading, text: str) -> bool:
    """Whether a number behind a label goes on as words do, with comma or full stop."""
    values = [slot for slot in reading.slots if not slot.is_word and _DIGIT.search(slot.text)]
    if not values or any(slot.cell for slot in values):
        return False
    if reading.slots and reading.slots[0].is_word and reading.slots[0].is_unit:
        return False
    if len(values) >= max(len(reading.cells), _LEAST_EVIDENCE):
        return False
    if _has_a_line_of_its_own(reading, text):
        return False
    behind = (
        slot.start + digit.end() for slot in values for digit in _LAST_DIGIT.finditer(slot.text)
    )
    return any(_IN_A_SENTENCE.match(text, at) for at in behind)


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
    between = sum([len(letters(slot.text)) for slot in before.rest])
    is_prose = any(mark in slot.text for slot in before.rest for mark in _SENTENCE_MARKS)
    return between > (LONGEST_REST if is_prose else _LONGEST_UNKNOWN_ROWS)


def _is_table(section: Sequence[RowReading]) -> bool:
    """Whether rows are those of a table, and not words of a sentence that look alike."""
    if section[0].window.table is not None and len(section) >= _LEAST_EVIDENCE:
        return True
    filled = sum(reading.has_values and not reading.is_heading for reading in section)
    if section[0].window.table is not None:
        return bool(filled)
    headed = sum(
        reading.form_row.row is None or bool(reading.printed and reading.printed[0].col)
        for reading in section
    )
    unlabelled = any(reading.row.unlabelled and reading.has_values for reading in section)
    return filled >= _LEAST_ROWS_IN_PROSE or bool(headed and filled) or unlabelled
