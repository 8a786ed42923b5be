"""Tables set otherwise than forms are, as the rows and columns that they stand for.

Labels may stand behind their values, a long table may go on beside itself under a second copy
of its head, and a head may come again above every block.
"""

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from pipeline.lexis.numbering import marker
from pipeline.lexis.numerals import is_han
from pipeline.lexis.units import is_unit
from pipeline.readers.crossed_records import crossed
from pipeline.readers.document_builder import Spot

_FIGURE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")
_WORDS = re.compile(r"[一-鿿]{2}")
_COUNTED = re.compile(r"序\s*号|编\s*号|代\s*码|行\s*[次号]")
_LEAST_ROWS = 3
_LEAST_HEADS = 5
_LEAST_COLUMNS = 2

Row = Sequence[Spot]


def arranged(spots: Sequence[Spot]) -> Sequence[Spot]:
    """The cells of a table where a form would print them.

    Args:
        spots: The cells by row, then by column.

    Returns:
        The same by row and column; as they were where nothing tells of another order.
    """
    rows = [list(row) for _, row in groupby(spots, key=attrgetter("row"))]
    if len(rows) < _LEAST_ROWS:
        return spots
    found = crossed(rows) or _without_copies_of_head(_stacked(_mirrored(rows)))
    return [spot for row in found for spot in row]


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _is_label(text: str) -> bool:
    return _WORDS.search(text) is not None and not is_unit(text) and not is_han(text)


def _mirrored(rows: Sequence[Row]) -> Sequence[Row]:
    """Labels before their values, where they all stand behind them."""
    own = [[spot for spot in row if spot.text] for row in rows]
    behind = [row for row in own if len(row) > 1 and _is_label(row[-1].text)]
    figures = [row[0].text for row in behind if _is_figure(row[0].text)]
    if len(figures) < _LEAST_ROWS or _counts(figures) or any(map(_is_labelled, own)):
        return rows
    if any(spot.col == 0 and _COUNTED.fullmatch(spot.text) for row in own for spot in row):
        return rows
    width = max(spot.col + spot.colspan for row in rows for spot in row)
    return [
        [spot._replace(col=width - spot.col - spot.colspan) for spot in reversed(row)]
        for row in rows
    ]


def _is_labelled(row: Row) -> bool:
    """Whether words stand before a figure in a row."""
    first = next((n for n, spot in enumerate(row) if _is_label(spot.text)), len(row))
    return any(_is_figure(spot.text) for spot in row[first:])


def _counts(figures: Sequence[str]) -> bool:
    """Whether figures count rows: each is one more than that before, or begins anew."""
    numbers = [int(figure) if figure.isdecimal() else -1 for figure in figures]
    return numbers[0] == 1 and all(b in (a + 1, 1) for a, b in pairwise(numbers))


def _stacked(rows: Sequence[Row]) -> Sequence[Row]:
    """Parts of a table below each other, where it goes on beside itself under the same head."""
    at = next((n for n, row in enumerate(rows) if len(row) >= 2 * _LEAST_COLUMNS), None)
    starts = _starts_of_copies(rows[at]) if at is not None else []
    if at is None or not starts:
        return rows
    bounds = list(pairwise([*starts, max(s.col + s.colspan for row in rows for s in row)]))
    parts = [_between(rows[at + 1 :], *bound) for bound in bounds]
    if not _go_on(parts):
        return rows
    head = [spot for spot in rows[at] if spot.col < starts[1]]
    written = [*rows[:at], head, *(row for part in parts for row in part)]
    return [[spot._replace(row=n) for spot in row] for n, row in enumerate(written)]


def _starts_of_copies(row: Row) -> list[int]:
    """The columns in which a head and its copies begin; none where nothing comes again."""
    texts = [spot.text for spot in row]
    again = [n for n, text in enumerate(texts) if text == texts[0]]
    if len(again) == 1 or again[1] < _LEAST_COLUMNS or not _is_label(texts[0]):
        return []
    return [row[n].col for n in again] if texts == texts[: again[1]] * len(again) else []


def _between(rows: Sequence[Row], first: int, last: int) -> list[Row]:
    """What begins in some columns, moved to the left; without blank rows at the end."""
    part: list[Row] = [
        [
            spot._replace(col=spot.col - first, colspan=min(spot.colspan, last - spot.col))
            for spot in row
            if first <= spot.col < last
        ]
        for row in rows
    ]
    while part and not any(spot.text for spot in part[-1]):
        part.pop()
    return part


def _go_on(parts: Sequence[Sequence[Row]]) -> bool:
    """Whether each part has labels of its own, and they do not go on from left to right."""
    labels = [
        [row[0].text for row in part if row and row[0].col == 0 and _is_label(row[0].text)]
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


def _without_copies_of_head(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without the copies of the first that names columns."""
    head = next((row for row in rows if len(row) > 1), ())
    named = [(spot.text, spot.col) for spot in head]
    if len(named) < _LEAST_HEADS or not all(_is_label(text) or not text for text, _ in named):
        return rows
    return [row for row in rows if row is head or [(one.text, one.col) for one in row] != named]
