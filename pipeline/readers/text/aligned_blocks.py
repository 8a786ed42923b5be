"""Lines of text as blocks of a table: heads, and the rows of words and figures below them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby, islice, pairwise

from pipeline.lexis.numbering import marker
from pipeline.readers.text.aligned_heads import FEWEST_HEADS, behind_heads, is_title
from pipeline.readers.text.aligned_labels import LineOfWords, ends_numbered
from pipeline.readers.text.display_words import DisplayLine, DisplayWord, Measure
from pipeline.readers.text.text_lines import LONGEST_UNIT

_RULE = re.compile(r"\s*[-─━═=]{2,}(?:\s+[-─━═=]{2,})*\s*")
_PAGE_NUMBER = re.compile(r"\s*[-—–]\s*\d{1,3}\s*[-—–]\s*")
_WIDE_GAP = re.compile(r"\s{2,}")
_SIGN_OF_FIGURE = re.compile(r"[\d—–/-]")
_SENTENCE = re.compile(r"[。；]")
_LONGEST_LINE = 60
_FEWEST_ROWS = 3
_FEWEST_FIGURES = 2
_LEVEL_OF_SECTIONS = 1


@dataclass
class BlockOfLines:
    """Lines of heads and the rows below them.

    Attributes:
        heads: Lines without figures above the rows.
        rows: The rows, and lines without figures between them.
        is_closed: Whether a title stands behind its rows: words below begin another block.
    """

    heads: list[LineOfWords] = field(default_factory=list)
    rows: list[LineOfWords] = field(default_factory=list)
    is_closed: bool = False

    def followed_by(self, other: "BlockOfLines") -> "BlockOfLines":
        """Both as one, the heads of the other among the rows."""
        return BlockOfLines(self.heads, [*self.rows, *other.heads, *other.rows])


def zones_of(lines: Sequence[DisplayLine]) -> Iterator[tuple[int, int]]:
    """Finds runs of lines that may be tables: short, or parted by wide gaps, with figures apart.

    Args:
        lines: The lines of a text.

    Yields:
        The first line of each, and the line behind it.
    """
    first = 0
    has_figures = False
    for n, line in enumerate([*lines, None]):
        words = _words_of_row(line) if line else None
        if words is None:
            if has_figures:
                yield first, n
            first, has_figures = n + 1, False
        elif not has_figures:
            has_figures = sum(word.is_figure for word in words) >= _FEWEST_FIGURES


def _words_of_row(line: DisplayLine) -> Sequence[DisplayWord] | None:
    """The words of a line with figures; None where it is a paragraph or has other borders.

    Words behind a figure that does not count the line are those of a sentence.
    """
    text = line.text
    if "\t" in text or "|" in text or _SENTENCE.search(text):
        return None
    words = line.words_in(len) if _SIGN_OF_FIGURE.search(text) else []
    figures = [word.is_figure for word in words if len(word.text) > LONGEST_UNIT or word.is_figure]
    is_sentence = any(one and not other for one, other in pairwise(figures[1:]))
    if is_sentence and not _is_before_label(words):
        return None
    bare = text.strip()
    is_long = len(bare) > _LONGEST_LINE and max(map(len, _WIDE_GAP.split(bare))) > _LONGEST_LINE
    return None if is_long and not _RULE.fullmatch(text) else words


def _is_before_label(words: Sequence[DisplayWord]) -> bool:
    """Whether figures, and nothing else, stand before a label that a wide gap sets apart."""
    if len(words) < len(("figure", "label")):
        return False
    *figures, label = words
    is_label = not label.is_figure and len(label.text) > LONGEST_UNIT
    is_apart = label.left - figures[-1].right > 1
    return is_label and is_apart and all(word.is_figure for word in figures)


def _before_labels(lines: Sequence[DisplayLine], first: int, behind: int) -> frozenset[int]:
    """The lines of tables whose labels stand behind the figures.

    Where others have theirs before, the first figure counts the lines, and the row is blank.
    """
    read = ((n, lines[n].words_in(len)) for n in range(first, behind))
    rows = [(n, words) for n, words in read if any(word.is_figure for word in words)]
    found: list[int] = []
    for is_before, group in groupby(rows, lambda row: _is_before_label(row[1])):
        own = list(group)
        most = max(len(words) for _, words in own)
        are_rows = len(own) >= _FEWEST_ROWS and most > _FEWEST_FIGURES
        found += [n for n, _ in own if is_before and are_rows]
    return frozenset(found)


def blocks_of(
    lines: Sequence[DisplayLine], first: int, behind: int, measure: Measure
) -> Iterator[BlockOfLines]:
    """Reads heads with the rows below them; heads behind rows begin another block.

    Args:
        lines: The lines of a text.
        first: Where they begin.
        behind: The line behind them.
        measure: How wide characters are.
    """
    block = BlockOfLines()
    are_padded = _are_padded([line.text for line in lines[first:behind]])
    before_labels = _before_labels(lines, first, behind)
    for number in range(first, behind):
        text, page = lines[number].text, lines[number].page
        if not text.strip():
            if not are_padded:
                _close_title(block, lines[number - 1].text)
                block.is_closed |= bool(block.rows) and _heads_follow(lines[number:behind])
            continue
        if _RULE.fullmatch(text) or _PAGE_NUMBER.fullmatch(text):
            continue
        words = lines[number].words_in(measure)
        is_before_label = number in before_labels
        line = _told_apart(number, page, words, is_before_label=is_before_label)
        is_row = bool(line.figures) or not block.rows
        if not is_row and (
            block.is_closed
            or _is_head(line, block)
            or (_may_open_section(line) and _heads_follow(lines[number + 1 : behind]))
        ):
            above = _heads_at_end(block)
            yield _whole(block)
            block = BlockOfLines(above)
        below = (line for line in lines[number + 1 : behind] if line.text.strip())
        # A label of two lines has its figures between them.
        is_label = all(word.is_figure for line in islice(below, 1) for word in line.words_in(len))
        if not block.rows and not is_label and _is_section(line, block.heads):
            block.heads.clear()
        else:
            if _is_repeated(line, block):
                block.heads.clear()
            (block.rows if line.figures or block.rows else block.heads).append(line)
            block.is_closed &= not line.figures
    if block.rows:
        yield _whole(block)


def _are_padded(lines: Sequence[str]) -> bool:
    """Whether all lines have one length, as programs draw a page: blank ones then part nothing."""
    return len(set(map(len, lines))) == 1


def _is_section(line: LineOfWords, heads: Sequence[LineOfWords]) -> bool:
    """Whether a line is the title of a section: it has a number and stands left of all heads."""
    return _may_open_section(line) and all(
        line.label[0].left < head.label[0].left for head in heads
    )


def _is_repeated(line: LineOfWords, block: BlockOfLines) -> bool:
    """Whether heads begin like others, with labels between them: those of a table left blank."""
    if block.rows or is_title(line) or not block.heads:
        return False
    corners = {head.label[0].text for head in block.heads if not is_title(head)}
    return line.label[0].text in corners and is_title(block.heads[-1])


def _may_open_section(line: LineOfWords) -> bool:
    return (
        not line.figures
        and is_title(line)
        and (own := marker(line.label[0].text)) is not None
        and own.level <= _LEVEL_OF_SECTIONS
    )


def _close_title(block: BlockOfLines, above: str) -> None:
    """Ends heads or rows at a blank line below a line of words, which is the title of others."""
    lines = block.rows or block.heads
    if not lines or lines[-1].figures or not above.strip() or not is_title(lines[-1]):
        return
    own = marker(lines[-1].label[0].text)
    if (own and own.level > _LEVEL_OF_SECTIONS) or ends_numbered(lines):
        return
    if block.rows:
        block.is_closed = True
    else:
        block.heads.clear()


def _heads_follow(lines: Sequence[DisplayLine]) -> bool:
    """Whether the heads of several columns stand before the next figures."""
    for line in lines:
        words = line.words_in(len)
        if any(word.is_figure for word in words):
            return False
        heads = [word for word in words if marker(word.text) is None]
        is_parted = len(words) == len(_WIDE_GAP.split(line.text.strip()))
        if len(heads) >= FEWEST_HEADS and is_parted:
            return True
    return False


def _heads_at_end(block: BlockOfLines) -> list[LineOfWords]:
    """Lines of several words below the last figures: heads of what follows."""
    heads: list[LineOfWords] = []
    while not block.rows[-1].figures and not is_title(block.rows[-1]):
        heads.insert(0, block.rows.pop())
    return heads


def _whole(block: BlockOfLines) -> BlockOfLines:
    """A block from its first label up to its last row of figures and the end of its label."""
    first = behind_heads(block.heads)
    rows = [*block.heads[first:], *block.rows]
    while not rows[-1].figures and not ends_numbered(rows):
        rows.pop()
    return BlockOfLines(block.heads[:first], rows)


def _told_apart(
    number: int, page: int, words: Sequence[DisplayWord], *, is_before_label: bool
) -> LineOfWords:
    if is_before_label:
        return LineOfWords(number, page, tuple(words[-1:]), tuple(words[:-1]))
    label = 0
    for n, word in enumerate(words):
        is_unit = n > label and len(word.text) <= LONGEST_UNIT
        if not word.is_figure and not is_unit:
            label = n + 1
    if not any(word.is_figure for word in words[label:]):
        label = len(words)
    # Digits before words count lines, or are heads: the figures of a row stand behind its label.
    own = tuple(word._replace(is_figure=False) for word in words[:label])
    return LineOfWords(number, page, own, tuple(words[label:]))


def _is_head(line: LineOfWords, block: BlockOfLines) -> bool:
    """Whether words stand above columns rather than before them."""
    above = [row for row in block.rows if row.figures]
    above = [row for row in above if row.page == line.page] or above
    left = min(row.figures[0].left for row in above)
    right = max(row.figures[-1].right for row in above)
    if line.label[-1].right <= left or line.label[0].left >= right:
        return False
    return not is_title(line) or line.label[0].left >= left


def without_index(block: BlockOfLines) -> None:
    """Takes out numbers that count all lines, as programs print them before a table."""
    lines = [*block.heads, *block.rows]
    first = [(line.label or line.figures)[0].text for line in lines]
    start = int(first[0]) if first[0].isdecimal() else -1
    is_counted = all(text == str(n) for text, n in zip(first, count(start)))
    if len(lines) < _FEWEST_ROWS or not is_counted:
        return
    for kept in (block.heads, block.rows):
        kept[:] = [
            line._replace(label=line.label[1:])
            if line.label
            else line._replace(figures=line.figures[1:])
            for line in kept
        ]
        kept[:] = [line for line in kept if line.label or line.figures]
