"""Records of a sheet, a path of labels and its value each, as the rows that they stand for.

Databases export a value a line: 收到申请/本年新收/自然人,7. Written out, every label of a path that
the one above does not have stands in a row of its own, the last one beside its value.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from pipeline.readers.document_builder import Spot

_MARKS = ("/", ">", "→", "|", "\\", "::", "—")
_VALUE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?%?")
_FEWEST = 8

Path = tuple[str, ...]


def written_out(rows: Sequence[list[Spot]]) -> Sequence[list[Spot]]:
    """The rows of a sheet, its records written out as the rows of a table.

    Args:
        rows: The rows, which are given back where they are no records.
    """
    texts = [[spot.text for spot in row if spot.text] for row in rows]
    mark = next((mark for mark in _MARKS if _are_records(texts, mark)), None)
    if mark is None:
        return rows
    first = next(n for n, row in enumerate(texts) if _path(row, mark))
    # Only the line right above is the head of the records; others say when and whose they are.
    written = [["　".join(row)] for row in texts[: max(first - 1, 0)]]
    above: Path = ()
    for row in texts[len(written) :]:
        path = _path(row, mark)
        shared = len(_shared(above, path))
        written += [[label] for label in path[shared:-1]]
        written.append([*path[-1:], *row[1:]] if path else row)
        above = path
    return [[Spot(text, n, col) for col, text in enumerate(row)] for n, row in enumerate(written)]


def _are_records(rows: Sequence[Sequence[str]], mark: str) -> bool:
    """Whether most values stand behind a path, and most paths go on from the one above."""
    paths = [path for row in rows if (path := _path(row, mark))]
    deep = [path for path in paths if len(path) > 1]
    go_on = sum(bool(_shared(above, below)) for above, below in pairwise(paths))
    return len(deep) >= _FEWEST and len(deep) * 4 >= len(paths) * 3 and go_on * 2 >= len(deep)


def _path(row: Sequence[str], mark: str) -> Path:
    """The labels of a record, none of a row that is no record."""
    if len(row) < 2 or not _VALUE.fullmatch(row[-1]):
        return ()
    return tuple([label.strip() for label in row[0].split(mark) if label.strip()])


def _shared(above: Path, below: Path) -> list[tuple[str, str]]:
    """The labels that two paths begin with, but for the one beside the value below."""
    return list(takewhile(lambda pair: pair[0] == pair[1], zip(above, below[:-1], strict=False)))
