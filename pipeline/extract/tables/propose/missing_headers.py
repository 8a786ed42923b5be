"""The row of reviews and lawsuits where its headings are not printed.

Below a title, or below outcomes alone, nothing but place and sums says what fifteen numbers
are. They are read where every block of the form is four outcomes and their sum; otherwise
they are kept under no indicator.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import dropwhile, takewhile
from typing import NamedTuple

from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.match.form_matching import Recognition
from pipeline.extract.tables.match.labels import FormRow
from pipeline.extract.tables.propose.blocks import adds_up, shows_order, unclaimed
from pipeline.extract.tables.propose.printed_columns import PrintedColumn
from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.row_reader import is_made_of, years_apart
from pipeline.extract.tables.rows import RowReading, of_year, read_row
from pipeline.extract.tables.tokens import Layout, Slot, Window
from pipeline.forms.arithmetic import sums_within
from pipeline.forms.form import Row
from pipeline.lexis.normalise import Letters

_TITLE = re.compile("复议[和与及]?(?:行政)?诉讼的?(?:情况)?(?:统计)?表?(?:单位件)?")
_LONGEST_RUN = 600
_LEAST_VALUES = 5
_LEAST_DIGITS_RUN_TOGETHER = 10


class Headless(NamedTuple):
    """A row without headings.

    Attributes:
        anchor: The title or the heads that it stands below.
        row: The row as read.
    """

    anchor: Occurrence
    row: RowReading


def headless_rows(
    text: str,
    own: Letters,
    layout: Layout,
    recognition: Recognition,
    readings: Sequence[RowReading],
) -> Iterator[Headless]:
    """Rows that stand below heads of columns, of a table whose headings were not found."""
    if any(one.row.unlabelled and (one.has_values or one.glued) for one in readings):
        return
    taken: set[int] = set()
    for table_id, row in recognition.form.unlabelled.items() if readings else ():
        heading = next(one for one in recognition.form.rows if one.table.id == table_id)
        explained = partial(is_made_of, recognition.form.alphabets[table_id])
        for anchor in (*_anchors(own, heading), *_last_heading(recognition, table_id)):
            end = own.offset(anchor.end - 1) + 1
            label = "".join(text[own.offset(anchor.start) : end].split())
            border = _border(own, recognition, end)
            window = layout.window(end, border, None, whole_rows=True)
            below = layout.going_on_below(window, border, explained)
            if anchor.weight:
                below = below._replace(slots=tuple(dropwhile(_is_no_value, below.slots)))
            for year, window in years_apart(below):
                found = _reading(heading, row, label, year, window, explained)
                if found and found.label_start not in taken:
                    taken.add(found.label_start)
                    yield Headless(anchor, found)


def _reading(
    heading: FormRow,
    row: Row,
    label: str,
    year: int | None,
    window: Window,
    explained: Callable[[str], bool],
) -> RowReading | None:
    """The numbers of a stretch as the row of a table; None where they are no row."""
    slots = _own(window, explained)
    values = [slot for slot in slots if not _is_no_value(slot)]
    if not _is_a_row(values):
        return None
    at = values[0].start
    own = window._replace(slots=tuple(slots))
    reading = RowReading(heading, row, label, at, at, 1.0, own, is_headless=True)
    columns = [PrintedColumn(c.name, n, c) for n, c in enumerate(heading.table.columns)]
    return of_year(read_row(reading, columns, explained), year)


def settle_headless(report: Rows) -> Iterator[Proposal]:
    """Keeps the meaning of rows without headings where their sums bear it out.

    Yields:
        A proposal with a notice for every such row.
    """
    for number, reading in enumerate(report.rows):
        if not reading.is_headless:
            continue
        table = reading.form_row.table
        is_headed = _heads(reading.form_row).fullmatch(reading.label_raw) is not None
        if adds_up(reading) and (is_headed or shows_order(reading)):
            cells = tuple([cell._replace(is_reconstructed=True) for cell in reading.cells])
            outcome = "its values were told by their order and their sums"
            proved = tuple([rule.rule_id for rule in sums_within(reading.indicators)])
        else:
            cells = unclaimed(reading, reading.label_raw)
            outcome = "its values do not show which is which and are kept under no indicator"
            proved = ()
        notice = f"Table {table.id}: its heads are not those of the form; {outcome}"
        yield Proposal(number, cells, identities=proved, notice=notice)


def _anchors(own: Letters, heading: FormRow) -> Iterator[Occurrence]:
    """What such a row may stand below: heads of columns, then titles."""
    for pattern in (_heads(heading), _TITLE):
        for match in pattern.finditer(own.text):
            yield Occurrence(match.group(), match.start(), match.end(), 0.0)


def _last_heading(recognition: Recognition, table_id: str) -> Iterator[Occurrence]:
    """The last heading of a table: heads that nobody knows may stand below it."""
    of_table = [
        match.occurrence
        for match in recognition.matches
        if recognition.form.rows[match.row].table.id == table_id
    ]
    yield from of_table[-1:]


def _heads(heading: FormRow) -> re.Pattern[str]:
    """The letters of all heads of a block, in any order, once or for every block."""
    columns = heading.table.columns
    heads = {head for column in columns for head in column.heads}
    block = len({column.heads[0] for column in columns})
    return re.compile(rf"(?:{'|'.join(sorted(heads))}){{{block},}}")


def _border(own: Letters, recognition: Recognition, start: int) -> int:
    """Offset where the row must have ended: the next known label, or far enough."""
    labels = (own.offset(match.occurrence.start) for match in recognition.matches)
    return min([start + _LONGEST_RUN, own.end, *(label for label in labels if label >= start)])


def _own(window: Window, explained: Callable[[str], bool]) -> list[Slot]:
    """The pieces up to the first word that is no head; a number it touches is not theirs."""
    own = list(takewhile(lambda slot: not slot.is_word or explained(slot.text), window.slots))
    behind = window.slots[len(own) :]
    if own and behind and not own[-1].is_word and own[-1].end == behind[0].start:
        own.pop()
    return own


def _is_no_value(slot: Slot) -> bool:
    return slot.is_word or not slot.text.strip()


def _is_a_row(values: Sequence[Slot]) -> bool:
    """Whether there are too many numbers for a page number or a year in a sentence."""
    return len(values) >= _LEAST_VALUES or any(
        len(slot.text) >= _LEAST_DIGITS_RUN_TOGETHER and slot.text.isdecimal() for slot in values
    )
