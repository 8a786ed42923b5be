"""Statistics tables to observations: rows aligned, read, and parted into numbers."""

import itertools
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from pipeline.extract.identity.segmentation import Part
from pipeline.extract.tables.decide import decide
from pipeline.extract.tables.emit import observations_of
from pipeline.extract.tables.match.column_pairs import are_pairs
from pipeline.extract.tables.match.form_matching import Recognition, recognise
from pipeline.extract.tables.propose.proposal import Rows
from pipeline.extract.tables.propose.values_elsewhere import with_grids_beside
from pipeline.extract.tables.row_reader import RowReader
from pipeline.extract.tables.rows import RowReading
from pipeline.extract.tables.tables_of_rows import LONGEST_REST, tables_of
from pipeline.extract.tables.tokens import Layout
from pipeline.extract.tables.unlabelled_rows import rows_without_header
from pipeline.extract.tables.unmapped import unmapped_labels, unmapped_observations, unmapped_rows
from pipeline.lexis.letters import Letters
from pipeline.model.document import Document, Table
from pipeline.model.observation import Observation

_LONGEST_ROW = 60
_LEAST_BARE_LABELS = 8
_PLAIN = ("text/plain", "text/csv", "text/markdown")


@dataclass(frozen=True, slots=True)
class TableFindings:
    """What the tables of a report say.

    Attributes:
        template: Letter of the form, ``none`` where no table was recognised.
        observations: One a value cell, in reading order.
        taken: Ranges of offsets that the tables fill, so that prose is read without them.
        notices: What was doubted, a sentence each.
        head_years: Years that head the value columns.
    """

    template: str
    observations: tuple[Observation, ...]
    taken: tuple[tuple[int, int], ...]
    notices: tuple[str, ...]
    head_years: frozenset[int]


def observe_tables(
    document: Document, part: Part, year: int | None, *, is_of_region: bool = False
) -> TableFindings:
    """Reads the statistics tables of a report.

    The year tells forms apart that the print does not, and a table of another year printed
    beside the report's own. A report of a whole region may print tables of a part of it.
    """
    text = Letters(document.text, part.start, part.end, traditional=part.is_traditional)
    grids = [block for block in document.blocks if isinstance(block, Table)]
    tables = [
        block
        for block in part.blocks
        if isinstance(block, Table) and _has_rows(block) and not are_pairs(block)
    ]
    layout = Layout(document.text, tables)
    recognition, rows = _read(text, layout, part, recognise(text, layout, year))
    rows = with_grids_beside(rows, tables, document.text)
    report = replace(
        _in_tables(rows, document, recognition.form.form.form, year), is_of_region=is_of_region
    )
    readings, notices = decide(report)
    number_of = {id(table): _number_in(grids, table) for table in tables}
    following = itertools.count(len(grids) + 1)
    sections = [readings[own.start : own.stop] for own in report.tables]
    numbered = [
        (number_of.get(id(own[0].window.table)) or next(following), own) for own in sections
    ]
    observations = [
        *_observe(numbered, document.text),
        *unmapped_observations(document.text, tables, readings, number_of),
        *unmapped_rows(document.text, numbered),
        *unmapped_labels(layout, recognition.unaligned, readings),
    ]
    return TableFindings(
        template=report.form if readings else "none",
        observations=tuple(sorted(observations, key=attrgetter("char_start"))),
        taken=tuple(_taken(readings)),
        notices=notices + tuple(_unread(rows, recognition) if not readings else ()),
        head_years=frozenset(
            column.year for reading in readings for column in reading.printed if column.year
        ),
    )


def _read(
    text: Letters, layout: Layout, part: Part, recognition: Recognition
) -> tuple[Recognition, list[RowReading]]:
    """The rows of a report by position; what heads a row without headings has no row itself."""
    rows = list(RowReader(text, layout, part, recognition).read())
    unheaded = list(rows_without_header(text, layout, recognition, rows))
    if not unheaded:
        return recognition, rows
    # What belongs to no row ends the one before it.
    anchors = (anchor for anchor, _ in unheaded)
    recognition = replace(recognition, unaligned=(*recognition.unaligned, *anchors))
    rows = [*RowReader(text, layout, part, recognition).read(), *(row for _, row in unheaded)]
    return recognition, sorted(rows, key=attrgetter("label_start"))


def _in_tables(rows: Sequence[RowReading], document: Document, form: str, year: int | None) -> Rows:
    """The rows that form tables, and which of them each table has."""
    tables = tables_of(rows, document.text)
    ends = itertools.accumulate(map(len, tables))
    ranges = [range(end - len(own), end) for own, end in zip(tables, ends, strict=True)]
    is_open = document.media_type in _PLAIN and document.text[-1:].isdecimal()
    every = tuple(itertools.chain(*tables))
    return Rows(every, tuple(ranges), document.text, form, year, is_open)


def _unread(rows: Sequence[RowReading], recognition: Recognition) -> Iterator[str]:
    """A notice where many labels of a form have no values, so that no table was read."""
    bare = [row for row in rows if not row.is_heading and not row.window.tokens]
    if len(bare) >= _LEAST_BARE_LABELS:
        form = recognition.form.form.form
        yield f"{len(bare)} labels of form {form} have no values beside them; no table was read"


def _number_in(grids: Sequence[Table], table: Table) -> int:
    """The number of the grid of a document that a table is, or is rows of."""
    return bisect_right(grids, table.place.start, key=lambda grid: grid.place.start)


def _has_rows(table: Table) -> bool:
    """Whether a grid keeps rows apart; a whole form on one line, cells between tabs, does not."""
    in_a_row = Counter(cell.row for cell in table.cells).values()
    are_alike = len(in_a_row) > 1 and len(set(in_a_row)) == 1
    return are_alike or max(in_a_row, default=0) <= _LONGEST_ROW


def _observe(
    sections: Sequence[tuple[int, Sequence[RowReading]]], text: str
) -> Iterator[Observation]:
    """Observations of all rows, each under the labels of the headings above it."""
    for table_no, section in sections:
        paths: dict[int | None, tuple[str, ...]] = {}
        for row_no, reading in enumerate(section, 1):
            above = paths.get(reading.form_row.parent, ())
            paths[reading.form_row.index] = (*above, reading.label_raw)
            yield from observations_of(reading, text, above, table_no, row_no)


def _taken(readings: Sequence[RowReading]) -> Iterator[tuple[int, int]]:
    """Stretches that rows fill, small gaps between them (heads, group labels) included.

    Labels without a number behind the last that has one are sentences' too: 行政复议:维持1件.
    """
    stretches: list[list[RowReading]] = []
    behind = 0
    for reading in readings:
        if not stretches or reading.label_start > behind + LONGEST_REST:
            stretches.append([])
            behind = 0
        stretches[-1].append(reading)
        behind = max(behind, reading.end)
    for stretch in stretches:
        ends = [one.end for one in itertools.dropwhile(_is_bare, reversed(stretch))]
        if ends:
            yield stretch[0].label_start, max(ends)


def _is_bare(reading: RowReading) -> bool:
    return not (reading.has_values or reading.unsegmented)
