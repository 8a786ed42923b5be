"""Blocks to sentences, each under its headings and with the way back to the text.

A sentence may stand on several lines: pages break it by empty lines. A heading may share
its line with the text below it. Both are told by punctuation, never by indentation.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.extract.narrative.vocabulary import vocabulary
from pipeline.extract.numbering import marker
from pipeline.readers.document import Paragraph, Table

_FOLD = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    | {"\u3000": " ", "\xa0": " ", "﹪": "%", "\ufeff": " ", "\u200b": " "}
)
_COMMON = "，：；（）？！％"
_TO_FOLD = re.compile("[！-～\u3000\xa0﹪\ufeff\u200b]")
_END = re.compile(r"[。!?;](?!法人或)[”\"』」)]*")
_HEAD_END = re.compile(r"[。:;!?]|\s+")
_INNER_HEAD = re.compile(
    r"(?<=[\s。;])(?=[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.](?!\d))"
)
_BODY_BAR = re.compile(r"=+ *正文 *=+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_IMAGE = re.compile(r"\[image:|^!\[")
_CONTINUES = re.compile(r"[、,，和与及并或的了”》)）;；。:：]|于|等")
_LONGEST_HEAD = 60
_LONGEST_SENTENCE = 1500
_LONGEST_BARE_HEAD = 40
_LONGEST_WRAPPED_HEAD = 24
_BARE_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph. ``text`` is folded, as long as the original."""

    text: str
    raw: str
    start: int
    page: int | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, whole though pages or lines break it.

    Attributes:
        pieces: Its stretches, one a line it stands on.
        path: The headings above it, outermost first.
        paragraph: Number of the run of text it belongs to; 其中 reaches no further.
        ends: Whether a full stop ends it, not a semicolon or a heading.
    """

    pieces: tuple[Piece, ...]
    path: tuple[str, ...]
    paragraph: int
    ends: bool

    @property
    def text(self) -> str:
        """The folded text, lines joined."""
        return "".join(piece.text for piece in self.pieces)


def sentences(
    blocks: Sequence[Paragraph | Table], taken: Sequence[tuple[int, int]] = ()
) -> Iterator[Sentence]:
    """Yields the sentences of a report in reading order.

    Args:
        blocks: The report's blocks; tables are passed over.
        taken: Ranges of the document that belong to a table though they stand in a
            paragraph.

    Yields:
        Every sentence, headings included.
    """
    reader = _Reader()
    for piece in _lines(blocks, taken):
        yield from reader.read(piece)
    yield from reader.flush()


def _lines(
    blocks: Sequence[Paragraph | Table], taken: Sequence[tuple[int, int]]
) -> Iterator[Piece]:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    behind_header = next(
        (n + 1 for n, block in enumerate(paragraphs) if _BODY_BAR.search(block.text)), 0
    )
    for block in paragraphs[behind_header:]:
        offset = block.place.start
        for start, end in _free(offset, block.place.end, taken):
            for line in re.finditer(r"[^\n]+", block.text[start - offset : end - offset]):
                raw = line.group()
                if _HAN.search(raw) and not _IMAGE.search(raw):
                    yield Piece(_fold(raw), raw, start + line.start(), block.place.page)


def _fold(text: str) -> str:
    """Full-width characters as half-width; the usual ones are replaced fastest one by one."""
    for char in _COMMON:
        if char in text:
            text = text.replace(char, chr(ord(char) - 0xFEE0))
    return text.translate(_FOLD) if _TO_FOLD.search(text) else text


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a range without the ranges taken."""
    for left, right in sorted(taken):
        if right <= start or left >= end:
            continue
        if left > start:
            yield start, left
        start = max(start, right)
    if start < end:
        yield start, end


class _Reader:
    """Turns lines into sentences, keeping the headings and an unfinished sentence."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str]] = []
        self._open: list[Piece] = []
        self._opens_line = False
        self._behind = 0
        self._paragraph = 0

    def read(self, line: Piece) -> Iterator[Sentence]:
        adjacent = line.start - self._behind <= 2
        self._behind = line.start + len(line.text)
        heads = marker(line.text, len(line.text) - len(line.text.lstrip())) is not None
        if self._open and (heads or self._is_bare_head(line, adjacent)):
            yield from self._close()
        if not self._open:
            self._paragraph += 1
        for left, right in _stretches(line.text):
            yield from self._stretch(_cut(line, left, right))

    def flush(self) -> Iterator[Sentence]:
        if self._open:
            yield from self._close()

    def _stretch(self, piece: Piece) -> Iterator[Sentence]:
        """Reads what stands between two places where a heading may begin."""
        text = piece.text
        at = len(text) - len(text.lstrip())
        found = marker(text, at)
        whole = not self._open
        if found:
            yield from self.flush()
            end = _head_end(text, found.end)
            self._leave(found.level)
            if end is not None:
                self._path.append((found.level, text[at:end].rstrip("。:;!? \t")))
                yield self._sentence([_cut(piece, at, end)], ends=True)
                at = end
                whole = False
        for end, ends in _ends(text, at):
            self._open.append(_cut(piece, at, end))
            sentence = self._sentence(self._open, ends)
            self._open = []
            at = end
            whole = False
            yield sentence
        if text[at:].strip():
            self._opens_line = whole
            self._open.append(_cut(piece, at, len(text)))
        if sum(len(open_piece.text) for open_piece in self._open) > _LONGEST_SENTENCE:
            yield from self._close()

    def _is_bare_head(self, line: Piece, adjacent: bool) -> bool:
        """Whether the open line stands for itself, not for half a sentence."""
        if not self._stands_alone() or _CONTINUES.match(line.text.lstrip()):
            return False
        text = self._open[0].text
        longest = _LONGEST_WRAPPED_HEAD if adjacent else _LONGEST_BARE_HEAD
        return len(text) <= longest and "," not in text

    def _stands_alone(self) -> bool:
        return len(self._open) == 1 and self._opens_line

    def _close(self) -> Iterator[Sentence]:
        """Ends the open text, which no full stop does; it may be a heading."""
        pieces, self._open = self._open, []
        head = pieces[0].text.strip()
        if self._opens_line and len(pieces) == 1 and vocabulary().bare_heading.search(head):
            self._leave(_BARE_LEVEL)
            self._path.append((_BARE_LEVEL, head))
        yield self._sentence(pieces, ends=True)

    def _leave(self, level: int) -> None:
        """Leaves the sections that one of this level ends."""
        self._path = [entry for entry in self._path if entry[0] < level]

    def _sentence(self, pieces: Sequence[Piece], ends: bool) -> Sentence:
        path = tuple(head for _, head in self._path)
        return Sentence(tuple(pieces), path, self._paragraph, ends)


def _cut(piece: Piece, left: int, right: int) -> Piece:
    return Piece(piece.text[left:right], piece.raw[left:right], piece.start + left, piece.page)


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    edges = [0, *(match.start() for match in _INNER_HEAD.finditer(text)), len(text)]
    yield from ((left, right) for left, right in pairwise(edges) if left < right)


def _ends(text: str, at: int) -> Iterator[tuple[int, bool]]:
    """Where sentences end, and whether a full stop ends them.

    A run of text without any stop, which no writer writes but a damaged file holds, ends
    at a comma before it is too long to search.
    """
    for match in _END.finditer(text, at):
        yield from ((end, False) for end in _forced_ends(text, at, match.end()))
        yield match.end(), match.group()[0] != ";"
        at = match.end()
    yield from ((end, False) for end in _forced_ends(text, at, len(text)))


def _forced_ends(text: str, at: int, end: int) -> Iterator[int]:
    while end - at > _LONGEST_SENTENCE:
        comma = text.rfind(",", at, at + _LONGEST_SENTENCE)
        at = comma + 1 if comma >= 0 else at + _LONGEST_SENTENCE
        yield at


def _head_end(text: str, begin: int) -> int | None:
    """Where a heading ends, None where the number opens a sentence rather than a heading."""
    first = begin + len(text[begin:]) - len(text[begin:].lstrip())
    for match in _HEAD_END.finditer(text, first):
        if match.start() - first > _LONGEST_HEAD:
            return None
        between_digits = re.match(r"\d|[年月日条件]", text[match.end() :]) and (
            text[match.start() - 1].isdigit()
        )
        if match.group().isspace() and (match.start() - first < 2 or between_digits):
            continue
        return match.end()
    return len(text) if len(text) - first <= _LONGEST_HEAD else None
