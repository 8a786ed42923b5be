"""Records of a sheet, a value and its labels each, as the rows that they stand for.

Databases export a value a line, its labels in one cell (收到申请/本年新收/自然人,7) or in several
(收到申请,本年新收,自然人,7). Written out, every label that the record above does not have stands
in a row of its own, the last one beside its value.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from pipeline.lexis.normalise import letters
from pipeline.lexis.units import is_unit
from pipeline.readers.document_builder import Spot

_MARKS = ("/", ">", "→", "|", "\\", "::", "—")
_VALUE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST = 8

Path = tuple[str, ...]


class _Records(NamedTuple):
    """How rows hold records: their width, first and last cell of labels, the mark in these."""

    width: int
    first: int
    last: int
    mark: str | None

    def path(self, row: Sequence[str]) -> Path:
        """The labels of a record, none of a row that is no record."""
        if len(row) != self.width or not _VALUE.fullmatch(row[-1]):
            return ()
        cells = row[self.first : self.last + 1]
        parts = [
            part for cell in cells for part in (cell.split(self.mark) if self.mark else [cell])
        ]
        return tuple([part.strip() for part in parts if part.strip()])


def written_out(rows: Sequence[list[Spot]]) -> Sequence[list[Spot]]:
    """The rows of a sheet, its records written out as the rows of a table."""
    texts = [[spot.text for spot in row if spot.text] for row in rows]
    records = next((one for one in _layouts(texts) if _are_records(texts, one)), None)
    if records is None:
        return rows
    begin = next(n for n, row in enumerate(texts) if records.path(row))
    # Only the line right above is the head of the records; others say when and whose they are.
    written = [["　".join(row)] for row in texts[: max(begin - 1, 0)]]
    head = texts[begin - 1] if begin else texts[begin]
    for name, text in zip(head, texts[begin][: records.first], strict=False):
        if _YEAR.fullmatch(text) or not _VALUE.fullmatch(text):
            written.append([f"{name}：{text}年" if _YEAR.fullmatch(text) else f"{name}：{text}"])
    above: Path = ()
    for row in texts[max(begin - 1, 0) :]:
        path = records.path(row)
        shared = len(_shared(above, path))
        written += [[label] for label in path[shared:-1]]
        written.append([path[-1], *row[records.last + 1 :]] if path else row)
        above = path
    return [[Spot(text, n, col) for col, text in enumerate(row)] for n, row in enumerate(written)]


def _layouts(rows: Sequence[Sequence[str]]) -> Iterator[_Records]:
    """The ways in which rows may hold records."""
    widths = Counter(len(row) for row in rows if len(row) > 1 and _VALUE.fullmatch(row[-1]))
    for width, count in widths.most_common(1):
        if count < _FEWEST:
            return
        columns = list(zip(*[row for row in rows if len(row) == width], strict=True))
        first = sum(1 for _ in takewhile(_says_one_thing, columns[:-1]))
        last = width - 2 - sum(1 for _ in takewhile(_are_units, reversed(columns[first:-1])))
        if any(_VALUE.fullmatch(text) for column in columns[first:-1] for text in column):
            return
        if first == last:
            yield from (_Records(width, first, last, mark) for mark in _MARKS)
        elif first < last:
            labels = "".join(text for column in columns[first : last + 1] for text in column)
            mark = next((f" {mark} " for mark in _MARKS if f" {mark} " in labels), None)
            yield _Records(width, first, last, mark)


def _says_one_thing(column: Sequence[str]) -> bool:
    """Whether cells below a head all say the same, which is no count, or number the records."""
    own = column[1:]
    if len(set(own)) == 1:
        return _YEAR.fullmatch(own[0]) is not None or not _VALUE.fullmatch(own[0])
    numbers = [int(text) if text.isdecimal() else -1 for text in own]
    return all(behind - before == 1 for before, behind in pairwise(numbers))


def _are_units(column: Sequence[str]) -> bool:
    return all(is_unit(letters(text)) for text in column[1:])


def _are_records(rows: Sequence[Sequence[str]], records: _Records) -> bool:
    """Whether most values stand behind several labels, and most labels are shared."""
    paths = [path for row in rows if (path := records.path(row))]
    deep = [path for path in paths if len(path) > 1]
    go_on = sum(bool(_shared(above, below)) for above, below in pairwise(paths))
    return len(deep) >= _FEWEST and len(deep) * 4 >= len(paths) * 3 and go_on * 2 >= len(deep)


def _shared(above: Path, below: Path) -> list[tuple[str, str]]:
    """The labels that two paths begin with, but for the one beside the value below."""
    return list(takewhile(lambda pair: pair[0] == pair[1], zip(above, below[:-1], strict=False)))
