"""Tables of one column each, below the name of that column, as the columns of one table.

Some print a table once for each kind of applicant, or of review, with one figure a row below
its name. Tables of bodies, quarters or years are set alike and are no columns of one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from msgspec import structs

from pipeline.model.document import Paragraph
from pipeline.readers.document_builder import Row, Spot, filled_cells, rows_of
from pipeline.readers.unusual_layouts import is_figure, is_label

_APPLICANTS = frozenset(
    {
        *("自然人", "公民", "个人", "商业企业", "企业", "科研机构", "社会公益组织", "法律服务机构"),
        *("法人", "法人或其他组织", "法人和其他组织", "其他组织", "其他", "其它"),
        *("总计", "合计", "共计"),
    }
)
_REVIEWS = frozenset({"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "总计", "合计"})

COLUMNS_OF_A_KIND = (_APPLICANTS, _REVIEWS)
"""Names that tell the columns of one table apart, and that of all of them: a set for each."""

_LEAST_TABLES = 3
_LEAST_ROWS = 3
_LONGEST_NAME = 40
_SHORTEST_ENDING = 3
_MARKS = re.compile(r"[\s\d：:—–\-·.．、，（）()]+")

Block = Paragraph | list[Spot]
_Words = list[tuple[str, int]]


class _Single(NamedTuple):
    """A table with one figure a row, none in a heading: its name, and what it holds.

    The name stands above the table or in its first row.
    """

    name: str
    is_named_above: bool
    heads: Sequence[Row]
    labels: Sequence[Row]
    figures: Sequence[Spot | None]

    @property
    def shape(self) -> tuple[list[_Words], list[_Words]]:
        """What tables of one form have in common: their heads, and apart from these their labels.

        A label whose figure is missing would else pass for one more head.
        """
        return [_words(row) for row in self.heads], [_words(row) for row in self.labels]


def columns_by_caption(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The blocks of a document, tables of a column each as one table, and what was joined.

    Returns:
        The blocks, and a notice for every table made of several.
    """
    if sum(not isinstance(block, Paragraph) for block in blocks) < _LEAST_TABLES:
        return list(blocks), []
    singles = [found for n, block in enumerate(blocks) if (found := _single(blocks, n, block))]
    written: dict[int, Block] = dict(enumerate(blocks))
    notices: list[str] = []
    for run in _runs(singles):
        names = _names([one.name for _, one in run])
        if names:
            written.update((n - 1, []) for n, one in run if one.is_named_above)
            written.update((n, []) for n, _ in run)
            written[run[0][0]] = list(_joined(names, [one for _, one in run]))
            notices.append(f"The tables of {'、'.join(names)} were read as the columns of one")
    return [block for block in written.values() if block != []], notices


def _words(row: Row) -> _Words:
    """The words of a row, and where they stand."""
    return [(one.text, one.col) for one in row]


def _single(blocks: Sequence[Block], n: int, block: Block) -> tuple[int, _Single] | None:
    """The index of a table of one column, and what it holds; None for any other block."""
    if isinstance(block, Paragraph) or not block:
        return None
    rows = rows_of(block)
    title = filled_cells(rows[0])
    above = blocks[n - 1] if n else None
    is_named_above = len(title) != 1
    if is_named_above:
        name = above.text if isinstance(above, Paragraph) else ""
    else:
        name, rows = title[0].text, rows[1:]
    last = max(one.col for one in block)
    first = next((k for k, row in enumerate(rows) if is_figure(row[-1].text)), len(rows))
    body = rows[first:]
    if not name or len(name) > _LONGEST_NAME or len(body) < _LEAST_ROWS or not last:
        return None
    # Most tables have several figures in a row.
    if any(is_figure(one.text) for one in body[0][:-1]):
        return None
    figures = [row[-1] if row[-1].col == last else None for row in body]
    labels = [row[:-1] if figure else row for row, figure in zip(body, figures, strict=True)]
    if any(figure and is_label(figure.text) for figure in figures):
        return None
    if any(is_figure(one.text) for row in labels for one in row) or not all(labels):
        return None
    return n, _Single(name, is_named_above, rows[:first], labels, figures)


def _runs(singles: Sequence[tuple[int, _Single]]) -> Iterator[list[tuple[int, _Single]]]:
    """Tables of the same labels, each right behind the one before and its name."""
    starts = [0]
    for k, ((before, one), (n, other)) in enumerate(pairwise(singles), 1):
        starts.append(starts[-1] if n - before <= 2 and one.shape == other.shape else k)
    for _, run in groupby(zip(starts, singles, strict=False), key=lambda one: one[0]):
        own = [single for _, single in run]
        if len(own) >= _LEAST_TABLES:
            yield own


def _names(captions: Sequence[str]) -> list[str]:
    """The column of a form that each caption names; none where one names another thing."""
    words = [_MARKS.split(caption) for caption in captions]
    own = [
        next((w for w in reversed(said) if w and not all(w in other for other in words)), "")
        for said in words
    ]
    # That of all is the shortest, and may stand alone: 自然人申请情况, 合计.
    _, *longer = sorted(own, key=len)
    endings = (longer[0][n:] for n in range(len(longer[0]) - _SHORTEST_ENDING + 1))
    behind = next((end for end in endings if all(name.endswith(end) for name in longer)), "")
    names = [name.removesuffix(behind) for name in own]
    are_columns = any(kind.issuperset(names) for kind in COLUMNS_OF_A_KIND)
    return names if are_columns and len(set(names)) == len(names) else []


def _joined(names: Sequence[str], tables: Sequence[_Single]) -> Iterator[Spot]:
    """One table of the labels of all, with their figures below their names."""
    first = tables[0]
    col = max(one.col for one in first.figures if one)
    down = 1 - first.labels[0][0].row
    if first.heads:
        yield structs.replace(first.heads[-1][0], row=0, rowspan=1)
    for n, name in enumerate(names):
        yield Spot(name, 0, col + n)
    for labels, *figures in zip(first.labels, *(one.figures for one in tables), strict=True):
        row = labels[0].row + down
        for one in labels:
            yield structs.replace(one, row=row, colspan=min(one.colspan, col - one.col))
        for n, figure in enumerate(figures):
            if figure:
                yield structs.replace(figure, row=row, col=col + n)
