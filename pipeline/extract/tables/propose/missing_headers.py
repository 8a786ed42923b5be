"""The row of reviews and lawsuits where its headings are not printed.

Below a title, or below outcomes alone, nothing but place and sums says what fifteen numbers
are. They are read where every block of the form is four outcomes and their sum; otherwise
they are kept under no indicator.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import dropwhile, repeat, takewhile

from pipeline.extract.tables.match.alignment import Occurrence
from pipeline.extract.tables.match.form_matching import Recognition
from pipeline.extract.tables.propose.blocks import adds_up, dealt, shows_order
from pipeline.extract.tables.propose.proposal import Proposal, Rows
from pipeline.extract.tables.row_reader import is_made_of, row_below, years_apart
from pipeline.extract.tables.rows import RowReading
from pipeline.extract.tables.tokens import Layout, Slot, Window
from pipeline.forms.arithmetic import sums_within
from pipeline.forms.indexed_form import FormRow
from pipeline.lexis.letters import Letters

_TITLE = re.compile("复议[和与及]?(?:行政)?诉讼的?(?:情况)?(?:统计)?表?(?:单位件)?")
_LEAST_VALUES = 5
_LEAST_DIGITS_RUN_TOGETHER = 10


def headless_rows(
    text: str,
    own: Letters,
    layout: Layout,
    recognition: Recognition,
    readings: Sequence[RowReading],
) -> Iterator[tuple[Occurrence, RowReading]]:
    """Rows below heads of columns, of a table whose headings were not found; each with these."""
    if any(one.row.unlabelled and (one.has_values or one.glued) for one in readings):
        return
    taken: set[int] = set()
    labels = [own.offset(match.occurrence.start) for match in recognition.matches]
    for table_id, row in recognition.form.unlabelled.items() if readings else ():
        heading = next(one for one in recognition.form.rows if one.table.id == table_id)
        explained = partial(is_made_of, recognition.form.alphabets[table_id])
        for anchor in _anchors(own, heading, recognition):
            end = own.offset(anchor.end - 1) + 1
            label = "".join(text[own.offset(anchor.start) : end].split())
            border = min([own.end, *(one for one in labels if one >= end)])
            below = layout.rows_below(end, border, explained)
            if anchor.weight:
                below = below._replace(
                    slots=tuple(dropwhile(lambda slot: not slot.is_value, below.slots))
                )
            for year, window in years_apart(below):
                slots = tuple(_own(window, explained))
                values = [slot for slot in slots if slot.is_value]
                # A page number or a year in a sentence is no row.
                is_row = len(values) >= _LEAST_VALUES or any(
                    len(slot.text) >= _LEAST_DIGITS_RUN_TOGETHER and slot.text.isdecimal()
                    for slot in values
                )
                if is_row and values[0].start not in taken:
                    taken.add(values[0].start)
                    read = window._replace(slots=slots)
                    reading = RowReading(heading, row, label, end, end, 1.0, read, is_headless=True)
                    yield anchor, row_below(reading, year, explained)


def settle_headless(report: Rows) -> Iterator[Proposal]:
    """Keeps the meaning of rows without headings where their sums bear it out; a notice says so."""
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
            cells = dealt(reading, repeat(None), reading.label_raw)
            outcome = "its values do not show which is which and are kept under no indicator"
            proved = ()
        notice = f"Table {table.id}: its heads are not those of the form; {outcome}"
        yield Proposal(number, cells, identities=proved, notice=notice)


def _anchors(own: Letters, heading: FormRow, recognition: Recognition) -> Iterator[Occurrence]:
    """What such a row may stand below: heads of columns, titles, the last heading of its table."""
    for pattern in (_heads(heading), _TITLE):
        for match in pattern.finditer(own.text):
            yield Occurrence(match.group(), match.start(), match.end(), 0.0)
    rows = recognition.form.rows
    of_table = [one for one in recognition.matches if rows[one.row].table is heading.table]
    yield from (match.occurrence for match in of_table[-1:])


def _heads(heading: FormRow) -> re.Pattern[str]:
    """The letters of all heads of a block, in any order, once or for every block."""
    columns = heading.table.columns
    heads = {head for column in columns for head in column.heads}
    block = len({column.heads[0] for column in columns})
    return re.compile(rf"(?:{'|'.join(sorted(heads))}){{{block},}}")


def _own(window: Window, explained: Callable[[str], bool]) -> list[Slot]:
    """The pieces up to the first word that is no head; a number it touches is not theirs."""
    own = list(takewhile(lambda slot: not slot.is_word or explained(slot.text), window.slots))
    behind = window.slots[len(own) :]
    if own and behind and not own[-1].is_word and own[-1].end == behind[0].start:
        own.pop()
    return own
