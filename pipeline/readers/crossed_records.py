"""Records of an item, a kind and a value each, as the rows and columns that they stand for.

Systems export a table as a list, a value a row: 部分公开,自然人,7 and 部分公开,科研机构,0. Items
that name the same kinds in the same order are rows below one head.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from msgspec import Struct, structs

from pipeline.readers.document_builder import Spot

_VALUE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?|[-—/]{0,2}")
# A hyphen between words joins the names of a group and of what is in it.
_JOINT = re.compile(r"(?<=[^\W\d_）”])[-—](?=[^\W\d_（“]|\d+\.)")
_HEAD_OF_ITEMS = "项目"
_FEWEST = 8
_MOST_FIGURES = 2
_LEAST_COLUMNS = 3


class _Record(Struct, frozen=True):
    """A value with the names of its item and of its kind, each behind the names of its groups."""

    item: tuple[str, ...]
    kind: tuple[str, ...]
    value: str


def crossed(rows: Sequence[Sequence[Spot]]) -> list[list[Spot]]:
    """Sets records out as a table.

    Returns:
        The rows that the records stand for, below those above them; none where rows hold no
        such records, or something behind them.
    """
    # Most tables have fewer rows than a list of their values would need, or more figures in one.
    if len(rows) < _FEWEST or _figures(rows[-1]) > _MOST_FIGURES:
        return []
    texts = list(_filled_down(rows))
    if _record(texts[-1]) is None:
        return []
    found = [_record(row) for row in texts]
    first = next((n for n, one in enumerate(found) if one), len(found))
    records = [one for one in found[first:] if one]
    if len(records) < len(found) - first:
        return []
    if not _are_crossed(records):
        records = _by_item(records)
        if not _are_crossed(records):
            return []
    above = [" ".join(filter(None, row)) for row in texts[: max(first - 1, 0)]]
    written = [*([Spot(line, 0, 0)] for line in above if line), *_written(records)]
    return [[structs.replace(spot, row=n) for spot in row] for n, row in enumerate(written)]


def _figures(row: Sequence[Spot]) -> int:
    """How many figures a row has; a record has its value, and a number that counts rows."""
    return sum(_VALUE.fullmatch(spot.text) is not None for spot in row if spot.text)


def _filled_down(rows: Sequence[Sequence[Spot]]) -> Iterator[list[str]]:
    """The texts of each row by column; one that spans rows is that of each of them."""
    width = max((spot.col + spot.colspan for row in rows for spot in row if spot.text), default=0)
    open_below: dict[int, tuple[int, str]] = {}
    for row in rows:
        texts = [""] * width
        for col, (left, text) in open_below.items():
            texts[col] = text if left else ""
        for spot in (spot for spot in row if spot.col < width):
            texts[spot.col] = spot.text
            open_below[spot.col] = (spot.rowspan, spot.text)
        open_below = {col: (left - 1, text) for col, (left, text) in open_below.items() if left > 1}
        yield texts


def _record(row: Sequence[str]) -> _Record | None:
    """The record in a row, without a number in front that counts rows; None where there is none."""
    own = row[1:] if row and row[0].isdecimal() else row
    if len(own) < _LEAST_COLUMNS or not all(own[:-1]) or not _VALUE.fullmatch(own[-1]):
        return None
    *item, kind, value = own
    if any(_VALUE.fullmatch(name) for name in (*item, kind)):
        return None
    names = [name.strip() for cell in item for name in _JOINT.split(cell)]
    return _Record(tuple(names), tuple(name.strip() for name in _JOINT.split(kind)), value)


def _are_crossed(records: Sequence[_Record]) -> bool:
    """Whether more items than kinds name the same kinds in the same order, and each kind once."""
    kinds = [tuple(one.kind for one in own) for _, own in _items(records)]
    if any(len(set(own)) < len(own) for own in kinds) or not kinds:
        return False
    same, count = Counter(kinds).most_common(1)[0]
    return 1 < len(same) < count and count >= _FEWEST


def _by_item(records: Sequence[_Record]) -> list[_Record]:
    """Records listed kind by kind, item by item: where each kind has the same items."""
    kinds = [tuple(one.kind for one in own) for _, own in _items(records)]
    if len(set(kinds)) > 1 or len(kinds) < _LEAST_COLUMNS:
        return []
    turned = [_Record(one.kind, one.item, one.value) for one in records]
    return [one for n in range(len(kinds[0])) for one in turned[n :: len(kinds[0])]]


def _items(records: Sequence[_Record]) -> Iterator[tuple[tuple[str, ...], list[_Record]]]:
    """Items, each with its records."""
    for item, own in groupby(records, key=lambda one: one.item):
        yield item, list(own)


def _written(records: Sequence[_Record]) -> Iterator[list[Spot]]:
    """Heads where kinds or sections change, groups of items, and items with their values."""
    before: tuple[tuple[str, ...], list[_Record]] = ((), [])
    for above, (item, own) in pairwise((before, *_items(records))):
        kinds = [one.kind for one in own]
        section = _section(item)
        is_new = section != _section(above[0])
        if section and is_new:
            yield [Spot(item[0], 0, 0)]
        if is_new or kinds != [one.kind for one in above[1]]:
            yield from _heads(kinds)
        for n, name in enumerate(item[1:-1], 1):
            if item[: n + 1] != above[0][: n + 1]:
                yield [Spot(name, 0, 0)]
        yield [Spot(text, 0, n) for n, text in enumerate([item[-1], *(one.value for one in own)])]


def _section(item: Sequence[str]) -> Sequence[str]:
    """The outermost group of an item, if it is in any."""
    return item[:1] if len(item) > 1 else ()


def _heads(kinds: Sequence[tuple[str, ...]]) -> Iterator[list[Spot]]:
    """The rows of column heads: group heads over several columns, then the heads of columns."""
    columns = list(enumerate(kinds, 1))
    over = [
        Spot(name, 0, run[0][0], 1, len(run))
        for name, group in groupby(columns, key=lambda one: "".join(one[1][:-1]))
        if (run := list(group)) and name
    ]
    if over:
        yield over
    yield [Spot(_HEAD_OF_ITEMS, 0, 0), *(Spot(kind[-1], 0, n) for n, kind in columns)]
