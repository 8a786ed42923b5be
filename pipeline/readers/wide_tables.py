"""Tables too wide for their place, whose further columns stand in a table of their own.

Programs print them below the first columns, with the labels again or without, and a sheet on
pages of its own, where each row stands as high as on the page of its label.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from pipeline.model.document import Paragraph
from pipeline.readers.document_builder import Row, Spot, rows_of
from pipeline.readers.unusual_layouts import is_figure, is_label, is_labelled

_LEAST_ROWS = 3
_LEAST_PAGED = 8
_LONGEST_BETWEEN = 8
_LONGEST_BETWEEN_LABELLED = 40
_SAME_HEIGHT = 3.0

Block = Paragraph | list[Spot]


def columns_joined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a document, every table with all of its columns."""
    written: list[Block] = []
    joined = 0
    for block in map(_folded, blocks):
        at, whole = _joined(written, block, joined) if isinstance(block, list) else (0, [])
        if whole:
            joined += 1
            written[at] = whole
        else:
            written.append(block)
    return written


def _folded(block: Block) -> Block:
    """A table whose further columns stand below its first, under heads of their own."""
    if isinstance(block, Paragraph):
        return block
    rows = rows_of(block)
    heads = list(map(are_heads, rows))
    begins = [n for n in range(1, len(rows) - 1) if heads[n] and not heads[n - 1]]
    parts = [rows[first:end] for first, end in pairwise([0, *begins, len(rows)])]
    whole = _flat(parts[0])
    for part in parts[1:]:
        whole = _beside(whole, _flat(part), _LEAST_ROWS, is_paged=False)
        if not whole:
            return block
    return whole


def are_heads(row: Row) -> bool:
    """Whether the cells of a row are labels, and several."""
    texts = [one.text for one in row if one.text]
    return len(texts) > 1 and all(map(is_label, texts))


def _flat(rows: Sequence[Row]) -> list[Spot]:
    return [one for row in rows for one in row]


def _joined(written: Sequence[Block], further: list[Spot], joined: int) -> tuple[int, list[Spot]]:
    """Where the table stands whose further columns a table has, and the whole of both."""
    between = 0
    for at in range(len(written) - 1, -1, -1):
        one = written[at]
        if isinstance(one, Paragraph):
            between += len(one.text)
            continue
        is_paged = one[0].page != further[0].page
        if is_paged or between <= _LONGEST_BETWEEN_LABELLED:
            # Few rows stand as high as others by chance, but for sheets known to be so printed.
            least = _LEAST_ROWS if not is_paged else 1 if joined else _LEAST_PAGED
            whole = _beside(one, further, least, is_paged=is_paged)
            if whole and (is_paged or between <= _LONGEST_BETWEEN or _names_rows(further)):
                return at, whole
        if further[0].page is None:
            break
        between += _LONGEST_BETWEEN_LABELLED
    return 0, []


def _beside(first: list[Spot], further: list[Spot], least: int, *, is_paged: bool) -> list[Spot]:
    """A table with further columns joined on its right; nothing where its rows do not match."""
    left, right = rows_of(first), rows_of(further)
    heads, figures = _head(left), _head(right)
    body = len(right) - figures
    if body != len(left) - heads or body < least:
        return []
    if is_paged and not _stand_as_high(left[heads:], right[figures:]):
        return []
    is_labelled_again = _names_rows(further)
    if is_labelled_again and _labels(left) != _labels(right):
        return []
    if not is_paged and not any(map(is_labelled, left)):
        return []
    begins = min(one.col for row in right[figures:] for one in row if is_figure(one.text))
    own = [one for row in right for one in row if one.col >= begins or not is_labelled_again]
    if not is_labelled_again:
        begins = 0
    known = {one.text for row in left[:heads] for one in row}
    if {one.text for one in own if one.row < right[figures][0].row and one.text} <= known:
        return []
    width = max(one.col + one.colspan for one in first)
    height = max(heads, figures)
    return sorted(
        [
            *_moved(left, height - heads, 0),
            *(one for one in _moved(right, height - figures, width - begins) if one.col >= width),
        ],
        key=lambda one: (one.row, one.col),
    )


def _names_rows(spots: Sequence[Spot]) -> bool:
    return any(map(is_labelled, rows_of(spots)))


def _head(rows: Sequence[Row]) -> int:
    """How many rows stand above the first with a figure."""
    return next((n for n, row in enumerate(rows) if any(is_figure(s.text) for s in row)), len(rows))


def _labels(rows: Sequence[Row]) -> list[str]:
    """The label of each row with figures: the last words in it, wherever their lines break."""
    return [
        "".join(next((one.text for one in reversed(row) if is_label(one.text)), "").split())
        for row in rows
        if any(is_figure(one.text) for one in row)
    ]


def _stand_as_high(left: Sequence[Row], right: Sequence[Row]) -> bool:
    """Whether rows of two pages stand on the same places of these."""
    return all(
        one.box and other.box and abs(one.box[1] - other.box[1]) <= _SAME_HEIGHT
        for (one, *_), (other, *_) in zip(left, right, strict=True)
    )


def _moved(rows: Sequence[Row], down: int, right: int) -> Iterator[Spot]:
    """The cells of rows, numbered from the first row; heads above stay at the top."""
    first = rows[0][0].row
    for row in rows:
        for one in row:
            yield structs.replace(one, row=one.row - first + down, col=one.col + right)
