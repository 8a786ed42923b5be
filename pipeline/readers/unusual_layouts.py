"""Ways to set a table that no form has: each undone where rows tell of it, else left alone."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, compress, pairwise

from msgspec import structs

from pipeline.lexis.numbering import marker
from pipeline.lexis.numerals import is_han
from pipeline.lexis.units import is_unit
from pipeline.readers.document_builder import Row, Spot, filled_cells

_FIGURE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_WORDS = re.compile(r"[一-鿿]{2}")
_CODED = re.compile(r"(\d{1,3})\s+[+-]?\d[\d,]*(?:\.\d+)?")
_LEAST_CODES = 8
_ZERO_ABOVE = "0\n"
_COUNTED = re.compile(r"序\s*号|编\s*号|代\s*码|行\s*[次号]")
_LEAST_ROWS = 3
_LEAST_HEADS = 5
_LEAST_COLUMNS = 2
_SAME_WIDTH = 2
_OF_WHICH = "其中"
_OTHER = "h"


def is_figure(text: str) -> bool:
    """Whether a cell holds a number and nothing else."""
    return _FIGURE.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether a cell holds words that may name a row or column: no unit, no numeral."""
    return _WORDS.search(text) is not None and not is_unit(text) and not is_han(text)


def is_labelled(row: Row) -> bool:
    """Whether words stand before a figure in a row."""
    first = next((n for n, spot in enumerate(row) if is_label(spot.text)), len(row))
    return any(is_figure(spot.text) for spot in row[first:])


def mirrored(rows: Sequence[Row]) -> Sequence[Row]:
    """Turns rows round whose labels all stand behind their values, units perhaps behind those."""
    filled = [filled_cells(row) for row in rows]
    own = [row[:-1] if row and is_unit(row[-1].text) else row for row in filled]
    behind = [row for row in own if len(row) > 1 and is_label(row[-1].text)]
    figures = [row[0].text for row in behind if is_figure(row[0].text)]
    if len(figures) < _LEAST_ROWS or _counts(figures) or any(map(is_labelled, own)):
        return rows
    if any(spot.col == 0 and _COUNTED.fullmatch(spot.text) for row in own for spot in row):
        return rows
    width = _width(rows)
    turned = [
        [structs.replace(spot, col=width - spot.col - spot.colspan) for spot in reversed(row)]
        for row in rows
    ]
    return turned if own == filled else list(map(_unit_behind_label, turned))


def _unit_behind_label(row: Row) -> Row:
    """A row whose first two cells have changed places."""
    ends = [spot.colspan for spot in row if spot.col < _LEAST_COLUMNS]
    if ends != [1, 1]:
        return row
    unit, label, *others = row
    return [structs.replace(label, col=0), structs.replace(unit, col=1), *others]


def _counts(figures: Sequence[str]) -> bool:
    """Whether figures count rows: each is one more than that before, or begins anew."""
    numbers = [int(figure) if figure.isdecimal() else -1 for figure in figures]
    return all(b in (a + 1, 1) for a, b in pairwise(numbers))


def labels_reaching_down(rows: Sequence[Row]) -> Sequence[Row]:
    """Labels over the blank cells below them that were parts of theirs.

    What stands beside those is no label of a row: it comes again beside other labels.
    """
    if all(row[0].text for row in rows[1:]):
        return rows
    labelled = list(map(is_labelled, rows))
    named = Counter((s.col, s.text) for row in compress(rows, labelled) for s in row)
    written: list[list[Spot]] = []
    above: dict[int, tuple[int, int]] = {}
    for n, row in enumerate(rows):
        blank = next((k for k, spot in enumerate(row) if spot.text), len(row))
        goes_on = labelled[n] and any(
            is_label(spot.text) and named[spot.col, spot.text] > 1
            for spot in row[blank : blank + 1]
        )
        begun = {s.col: above[s.col] for s in row[:blank] if goes_on and s.col in above}
        for spot in row[:blank]:
            if spot.col in begun:
                at, place = begun[spot.col]
                height = spot.row + spot.rowspan - written[at][place].row
                written[at][place] = structs.replace(written[at][place], rowspan=height)
        own = [spot for spot in row if spot.col not in begun]
        written.append(own)
        labels = {spot.col: (n, k) for k, spot in enumerate(own) if is_label(spot.text)}
        above = begun | labels
    return written if any(len(a) < len(b) for a, b in zip(written, rows, strict=True)) else rows


def lines_parted(rows: Sequence[Row]) -> Sequence[Row]:
    """Returns figures in a column each, where every cell of a column has as many, a line each.

    A number that is broken over lines begins with no zero: 0 above 12 are two. A column with a
    head is left alone: nobody can tell what it names.
    """
    begun = {s.col for row in rows for s in row if s.text.startswith(_ZERO_ABOVE)}
    for col in sorted(begun, reverse=True):
        lines = [s.text.split("\n") for row in rows for s in filled_cells(row) if s.col == col]
        sizes = set(map(len, lines))
        if len(lines) >= _LEAST_ROWS and len(sizes) == 1 and all(map(is_figure, chain(*lines))):
            (count,) = sizes
            rows = [[part for spot in row for part in _in_lines(spot, col, count)] for row in rows]
    return rows


def _in_lines(spot: Spot, col: int, count: int) -> list[Spot]:
    """Returns a cell, one for each line if it stands in a column of several; others make room."""
    if spot.col > col:
        return [structs.replace(spot, col=spot.col + count - 1)]
    if spot.col < col or not spot.text:
        reaches = spot.col + spot.colspan > col
        return [structs.replace(spot, colspan=spot.colspan + (count - 1 if reaches else 0))]
    return [
        structs.replace(spot, text=text, col=col + n)
        for n, text in enumerate(spot.text.split("\n"))
    ]


def codes_parted(rows: Sequence[Row]) -> Sequence[Row]:
    """Codes of rows and their figures in a column each, where one holds both."""
    coded: dict[int, list[int]] = {}
    for row in rows:
        for spot in row:
            if spot.colspan == 1 and (found := _CODED.fullmatch(spot.text)):
                coded.setdefault(spot.col, []).append(int(found[1]))
    for col, codes in sorted(coded.items()):
        if len(codes) >= _LEAST_CODES and codes == list(range(codes[0], codes[0] + len(codes))):
            return [[part for spot in row for part in _parted(spot, col)] for row in rows]
    return rows


def _parted(spot: Spot, col: int) -> list[Spot]:
    """A cell, split in two in a column of codes and figures, moved on behind that column."""
    if spot.col > col:
        return [structs.replace(spot, col=spot.col + 1)]
    if spot.col < col:
        reaches = spot.col + spot.colspan > col
        return [structs.replace(spot, colspan=spot.colspan + reaches)]
    if spot.colspan > 1:
        return [structs.replace(spot, colspan=spot.colspan + 1)]
    # The head of both says last what the figures are.
    parts = spot.text.rsplit(maxsplit=1)
    code, figure = ["", *parts][-2:] if parts else ("", "")
    return [structs.replace(spot, text=code), structs.replace(spot, text=figure, col=col + 1)]


def wrapped_joined(rows: Sequence[Row]) -> Sequence[Row]:
    """Labels whole, where what did not fit into their column stands in a row of its own.

    A label that goes on is as long as the others that do, has a number, and the rest has none.
    """
    filled = [filled_cells(row) for row in rows]
    joints = [n for n, pair in enumerate(pairwise(filled)) if _is_wrapped(*pair)]
    begun = [filled[n][0].text for n in joints]
    lengths = list(map(len, begun))
    if len(set(begun)) < max(_LEAST_ROWS, len(begun)) or max(lengths) - min(lengths) > _SAME_WIDTH:
        return rows
    written: list[Row] = []
    for n, row in enumerate(rows):
        if n - 1 in joints:
            whole = f"{filled_cells(written[-1])[0].text}{filled_cells(row)[0].text}"
            values = max((row, written[-1]), key=lambda one: len(filled_cells(one)))
            label = filled_cells(values)[0]
            at = written.pop()[0].row
            written.append(
                [
                    structs.replace(structs.replace(s, text=whole) if s is label else s, row=at)
                    for s in values
                ]
            )
        else:
            written.append(row)
    return written


def _is_wrapped(one: Row, other: Row) -> bool:
    """Whether one of two rows, blanks apart, is the rest of a label that the other begins."""
    # Most rows are whole: what is asked first is what tells the most of them.
    return (
        (len(one) == 1) != (len(other) == 1)
        and bool(one and other)
        and (one[0].col, one[0].rowspan) == (other[0].col, 1)
        and not is_figure(other[0].text)
        and not other[0].text.startswith(_OF_WHICH)
        and any(is_figure(spot.text) for spot in max(one, other, key=len)[1:])
        and marker(one[0].text) is not None
        and marker(other[0].text) is None
    )


def alternating_joined(rows: Sequence[Row]) -> Sequence[Row]:
    """Labels and figures in one row, where rows of a label and rows of figures alternate."""
    if _kind(rows[-1]) == _OTHER:
        return rows
    kinds = "".join(map(_kind, rows))
    run = re.search(rf"(?:l+f){{{_LEAST_ROWS},}}\Z|(?:fl){{{_LEAST_ROWS},}}\Z", kinds)
    if run is None:
        return rows
    first = run.start()
    are_below = kinds[first] == "f"
    right = any(
        s.col == 0 and s.text for n in range(first, len(rows)) if kinds[n] == "f" for s in rows[n]
    )
    moved = [[structs.replace(s, col=s.col + right) for s in row] for row in rows]
    written: list[Row] = [*moved[:first]]
    for n in range(first, len(rows)):
        if kinds[n] == "l":
            continue
        beside = n + 1 if are_below else n - 1
        label = structs.replace(
            filled_cells(rows[beside])[0], row=moved[n][0].row, col=0, rowspan=1, colspan=1
        )
        own = [spot for spot in moved[n] if spot.col]
        written.append([label, *own])
    headings = [
        [filled_cells(row)[0]]
        for n, row in enumerate(rows[first:], first)
        if kinds[n : n + 2] == "ll" and not are_below
    ]
    return sorted([*written, *headings], key=lambda row: row[0].row)


def _kind(row: Row) -> str:
    """L for a row of a label alone, f for one of figures alone, h for any other."""
    filled = filled_cells(row)
    if len(filled) == 1 and is_label(filled[0].text):
        return "l"
    return "f" if len(filled) > 1 and all(is_figure(spot.text) for spot in filled) else _OTHER


def halves_stacked(rows: Sequence[Row]) -> Sequence[Row]:
    """Stacks the parts of a table that stand side by side under repeated heads."""
    at = next(
        (n for n, row in enumerate(rows) if len(filled_cells(row)) >= 2 * _LEAST_COLUMNS), None
    )
    starts = _starts_of_heads(filled_cells(rows[at])) if at is not None else []
    if at is None or not starts:
        return rows
    # What names the rows of a part may have no head: it stands behind the part before.
    ends = [*starts[1:], _width(rows) + starts[0]]
    bounds = [(start - starts[0], end - starts[0]) for start, end in zip(starts, ends, strict=True)]
    begins = {first for first, _ in bounds}
    first = at - bool(at and begins <= {spot.col for spot in rows[at - 1]})
    parts = [_between(rows[first:], *bound) for bound in bounds]
    if not _go_on(parts):
        return rows
    height = rows[-1][0].row + 1
    head = _printed(parts[0][0])
    return [
        *rows[:first],
        *(
            [structs.replace(spot, row=spot.row + n * height) for spot in row]
            for n, part in enumerate(parts)
            for row in part[bool(n) and _printed(part[0]) == head :]
        ),
    ]


def _starts_of_heads(row: Row) -> list[int]:
    """The columns where a head and its repetitions begin; none where it is not repeated."""
    texts = [spot.text for spot in row]
    again = [n for n, text in enumerate(texts) if text == texts[0]]
    lengths = {end - start for start, end in pairwise([*again, len(texts)])}
    are_heads = len(again) > 1 and len(lengths) == 1 and min(lengths) >= _LEAST_COLUMNS
    return [row[n].col for n in again] if are_heads and is_label(texts[0]) else []


def _between(rows: Sequence[Row], first: int, last: int) -> list[Row]:
    """What begins in some columns, moved to the left; without blank rows."""
    part = (
        [
            structs.replace(spot, col=spot.col - first, colspan=min(spot.colspan, last - spot.col))
            for spot in row
            if first <= spot.col < last
        ]
        for row in rows
    )
    return [row for row in part if any(spot.text for spot in row)]


def _go_on(parts: Sequence[Sequence[Row]]) -> bool:
    """Whether each part has labels of its own, and they do not go on from left to right."""
    labels = [
        [
            row[0].text
            for row in part
            if row[0].col == 0 and is_label(row[0].text) and is_labelled(row)
        ]
        for part in parts
    ]
    every = [label for own in labels for label in own]
    if min(map(len, labels)) < _LEAST_ROWS or len(set(every)) < len(every):
        return False
    across = [_follows(*beside) for beside in zip(*labels[:2], strict=False)]
    return 2 * sum(across) < len(across)


def _follows(label: str, beside: str) -> bool:
    """Whether the number of a label is the next after that of another."""
    one, other = marker(label), marker(beside)
    return (
        one is not None
        and other is not None
        and (one.level, one.ordinal + 1) == (other.level, other.ordinal)
    )


def without_copies_of_head(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows without repeated heads; another label in a repeated head is kept."""
    head = next((row for row in rows if len(filled_cells(row)) > 1), ())
    named = _printed(head)
    if len(named) < _LEAST_HEADS or not all(is_label(text) or not text for text, _ in named):
        return rows
    written: list[Row] = []
    for row in rows:
        is_copy = row is not head and _printed(row[1:]) == named[1:]
        if not is_copy or not row:
            written.append(row)
        elif row[0].text and row[0].text != head[0].text:
            written.append(row[:1])
    return written


def _printed(row: Row) -> list[tuple[str, int]]:
    return [(spot.text, spot.col) for spot in row]


def _width(rows: Sequence[Row]) -> int:
    return max(spot.col + spot.colspan for row in rows for spot in row)
