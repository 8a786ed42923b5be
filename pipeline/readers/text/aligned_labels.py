"""The labels of rows that alignment alone tells: of several lines, beside those of groups."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.lexis.numbering import marker
from pipeline.readers.text.display_words import DisplayWord
from pipeline.readers.text.wrapped_labels import beginnings

_NEARLY = 0.85


class LineOfWords(NamedTuple):
    """The words of a line, told apart.

    Attributes:
        number: Which line it is.
        page: Which page it is on: pages may be set apart from each other.
        label: The words before its figures; all of them where it has none.
        figures: Its figures, and what counts them.
    """

    number: int
    page: int
    label: tuple[DisplayWord, ...]
    figures: tuple[DisplayWord, ...] = ()


def labelled_rows(rows: Sequence[LineOfWords]) -> Iterator[LineOfWords]:
    """Gives every row its figures where its label begins, and every group a line of its own.

    Args:
        rows: The lines of a table below its heads.
    """
    beside = frozenset(row.number for row in rows if row.figures)
    return _without_groups(_with_ends(list(_with_whole_labels(rows)), beside))


def _with_ends(rows: Sequence[LineOfWords], beside: frozenset[int]) -> Iterator[LineOfWords]:
    """Rows; a line without a number below a label that fills its room is the end of that.

    The label begins on a line with figures ``beside`` it.
    """
    widths = [row.label[-1].right - row.label[-1].left for row in rows if row.label]
    full = _NEARLY * max(widths, default=0)
    whole: LineOfWords | None = None
    for row in rows:
        if whole and whole.number in beside and _is_end(row, whole, full):
            whole = whole._replace(
                label=(*whole.label[:-1], _joined(whole.label[-1], row.label[0]))
            )
            continue
        if whole:
            yield whole
        whole = row
    if whole:
        yield whole


def _is_end(row: LineOfWords, above: LineOfWords, full: float) -> bool:
    """Whether the words of a line are what did not fit on the line above."""
    if row.figures or len(row.label) != 1 or not above.label or marker(row.label[0].text):
        return False
    last, own = above.label[-1], row.label[0]
    return last.right - last.left >= full and last.left < own.right and own.left < last.right


def _joined(word: DisplayWord, behind: DisplayWord) -> DisplayWord:
    return word._replace(text=word.text + behind.text)


def _without_groups(rows: Iterable[LineOfWords]) -> Iterator[LineOfWords]:
    """Rows; what a group is called, before the label of one of them, has a line of its own."""
    for row in rows:
        *groups, own = row.label or (None,)
        if own and groups and own.left - groups[-1].right > 1 and marker(own.text):
            yield row._replace(label=tuple(groups), figures=())
            yield row._replace(label=(own,))
        else:
            yield row


def _with_whole_labels(rows: Sequence[LineOfWords]) -> Iterator[LineOfWords]:
    """Rows; the figures beside or between the lines of a label stand where it begins."""
    around = zip(rows, (rows[0], *rows), (*rows[1:], rows[-1]), strict=False)
    labels = [_own_label(*lines) for lines in around]
    begun = dict(beginnings(labels, [bool(row.figures) for row in rows]))
    figures = {first: rows[n].figures for n, first in begun.items()}
    for n, row in enumerate(rows):
        if n not in begun:
            yield row._replace(figures=figures.get(n, row.figures))


def _own_label(line: LineOfWords, above: LineOfWords, below: LineOfWords) -> str:
    """The label of a line; nothing where a group is called so beside another that goes on below."""
    if not line.label:
        return ""
    own = line.label[-1]
    goes_on = not (above.figures or below.figures or marker(below.label[-1].text))
    is_left = goes_on and own.right <= min(above.label[-1].left, below.label[-1].left)
    return "" if is_left else own.text
