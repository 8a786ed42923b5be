"""Blocks to sentences, each under its headings and with the way back to the text.

A sentence may stand on several lines: pages break it by empty lines. A heading may share
its line with the text below it. Both are told by punctuation, never by indentation.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.crawler_header import BODY
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.word_segmentation import words
from pipeline.lexis.normalise import fold
from pipeline.lexis.numbering import BRACKETED, CIRCLED, COUNT, marker
from pipeline.lexis.traditional import as_read
from pipeline.model.document import Paragraph, Table

_END = re.compile(r"[。!?;](?!法人或)[”\"』」)]*")
_HEAD_END = re.compile(r"[。:;!?]|\s+")
_INNER_HEAD = re.compile(rf"[\s。;](?={COUNT}、|{BRACKETED}|\d{{1,2}}[、.](?!\d))")
_LINE = re.compile(r"[^\n]+")
_BEHIND_NUMBER = re.compile(r"\d|[年月日条件]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
# A figure behind a label's colon: 1.当面申请:5件 is counted, no heading.
_FIGURE = re.compile(r"\s*(?:\d[\d,.\s]*[万亿]?[\u4e00-\u9fff]{1,3}|无|零|0)\s*(?:[。;,(]|$)")
# A line of a list that counts one thing: 1.当面申请:5件; and what announces such lines.
_ITEM = re.compile(
    rf"\s*[·•●■◆-]?\s*(?:(?:{COUNT}|\d{{1,2}})[、.．)]|[(](?:{COUNT}|\d{{1,2}})[)]|{CIRCLED})?\s*"
    r"[^\d。;,:!?]{2,40}[:]?\s*(?:\d[\d,.]*\s*[万亿]?[\u4e00-\u9fff]{1,3}|无|零|0)\s*[。;,.]?\s*"
)
_CONTINUES = re.compile(
    r"[、,，和与及并或的了”》)）;；。:：]|于|等|[条件次个份元项](?:[,。;、(]|$)"
)
_LONGEST_HEAD = 60
_LONGEST_SENTENCE = 1500
_LONGEST_BARE_HEAD = 40
_LONGEST_WRAPPED_HEAD = 24
_BARE_LEVEL = 2
_LONGEST_WORD = 4


class Piece(NamedTuple):
    """A stretch of a paragraph. ``text`` is folded and simplified, as long as the original."""

    text: str
    raw: str
    start: int
    page: int | None


class Sentence(NamedTuple):
    """A sentence, whole though pages or lines break it.

    Attributes:
        text: The folded text, lines joined.
        pieces: Its stretches, one a line it stands on.
        path: The headings above it, outermost first.
        paragraph: Number of the run of text it belongs to; 其中 reaches no further.
        ends: Whether a full stop ends it, not a semicolon or a heading.
    """

    text: str
    pieces: tuple[Piece, ...]
    path: tuple[str, ...]
    paragraph: int
    ends: bool


def sentences(
    blocks: Sequence[Paragraph | Table],
    taken: Sequence[tuple[int, int]] = (),
    *,
    traditional: bool = False,
) -> list[Sentence]:
    """Reads the sentences of a report.

    Args:
        blocks: The report's blocks; tables are passed over.
        taken: Ranges of the document that belong to a table though they stand in a
            paragraph.
        traditional: Whether the document is printed in traditional characters.

    Returns:
        Every sentence in reading order, headings included.
    """
    reader = _Reader()
    for line in _lines(blocks, taken, traditional=traditional):
        reader.read(line)
    return reader.finish()


def _lines(
    blocks: Sequence[Paragraph | Table], taken: Sequence[tuple[int, int]], *, traditional: bool
) -> Iterator[Piece]:
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    behind_header = next(
        (n + 1 for n, block in enumerate(paragraphs) if _has_body_bar(block.text)), 0
    )
    paragraphs = paragraphs[behind_header:]
    taken = sorted(taken)
    for block in paragraphs:
        text, (offset, end, page, _) = block.text, block.place
        free = list(_free(offset, end, taken))
        folded = fold(as_read(text, traditional=traditional)) if free else ""
        for left, right in free:
            for line in _LINE.finditer(text, left - offset, right - offset):
                raw, start = line.group(), line.start()
                if _HAN.search(raw) and not _is_image(raw):
                    yield Piece(folded[start : line.end()], raw, offset + start, page)


def _has_body_bar(text: str) -> bool:
    return "正文" in text and BODY.search(text) is not None


def _is_image(line: str) -> bool:
    return "[image:" in line or line.startswith("![")


def _free(start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a range without the ranges taken, by position."""
    for left, right in taken:
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
        self._found: list[Sentence] = []
        self._heads: list[tuple[int, str]] = []
        self._path: tuple[str, ...] = ()
        self._open: list[Piece] = []
        self._opens_line = False
        self._behind = 0
        self._paragraph = 0
        self._counts = False

    def read(self, line: Piece) -> None:
        text, _, start, _ = line
        adjacent = start - self._behind <= 2
        self._behind = start + len(text)
        if self._open:
            heads = marker(text, _indent(text)) is not None
            if heads or self._is_bare_head(line, adjacent):
                self._close()
        counts = _ITEM.fullmatch(text) is not None
        if not self._open and not (counts and self._counts):
            self._paragraph += 1
        self._counts = counts
        left = 0
        for inner in _INNER_HEAD.finditer(text):
            self._stretch(_cut(line, left, inner.end()))
            left = inner.end()
        self._stretch(_cut(line, left, len(text)) if left else line)

    def finish(self) -> list[Sentence]:
        if self._open:
            self._close()
        return self._found

    def _stretch(self, piece: Piece) -> None:
        """Reads what stands between two places where a heading may begin."""
        text = piece.text
        at = _indent(text)
        found = marker(text, at)
        whole = not self._open
        if found:
            if self._open:
                self._close()
            end = _head_end(text, found.end)
            self._leave(found.level)
            if end is not None:
                self._enter(found.level, text[at:end].rstrip("。:;!? \t"))
                self._add((_cut(piece, at, end),), ends=True)
                at = end
                whole = False
        for end, ends in _ends(text, at):
            self._add((*self._open, _cut(piece, at, end)), ends)
            self._open = []
            at = end
            whole = False
        if at < len(text) and not text[at:].isspace():
            self._opens_line = whole
            self._open.append(_cut(piece, at, len(text)))
            if sum(len(piece.text) for piece in self._open) > _LONGEST_SENTENCE:
                self._close()

    def _is_bare_head(self, line: Piece, adjacent: bool) -> bool:
        """Whether the open line stands for itself, not for half a sentence."""
        if not self._stands_alone() or _CONTINUES.match(line.text, _indent(line.text)):
            return False
        text = self._open[0].text
        if text.rstrip().endswith(":") or _splits_a_word(text, line.text):
            return False
        longest = _LONGEST_WRAPPED_HEAD if adjacent else _LONGEST_BARE_HEAD
        return len(text) <= longest and "," not in text

    def _stands_alone(self) -> bool:
        return len(self._open) == 1 and self._opens_line

    def _close(self) -> None:
        """Ends the open text, which no full stop does; it may be a heading."""
        pieces, self._open = self._open, []
        head = pieces[0].text.strip()
        if self._opens_line and len(pieces) == 1 and vocabulary().bare_heading.search(head):
            self._leave(_BARE_LEVEL)
            self._enter(_BARE_LEVEL, head)
        self._add(tuple(pieces), ends=True)

    def _enter(self, level: int, head: str) -> None:
        self._heads.append((level, head))
        self._path = (*self._path, head)

    def _leave(self, level: int) -> None:
        """Leaves the sections that one of this level ends."""
        if self._heads:
            self._heads = [entry for entry in self._heads if entry[0] < level]
            self._path = tuple([head for _, head in self._heads])

    def _add(self, pieces: tuple[Piece, ...], ends: bool) -> None:
        text = pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])
        self._found.append(Sentence(text, pieces, self._path, self._paragraph, ends))


def _splits_a_word(line: str, further: str) -> bool:
    """Whether a word begins at the end of a line and ends in the next: 政府信 息173条."""
    before, behind = line.rstrip()[-_LONGEST_WORD:], further.lstrip()[:_LONGEST_WORD]
    ends, crossing = 0, len(before)
    for word in words(before + behind):
        if ends < crossing < ends + len(word):
            return _HAN.match(word) is not None
        ends += len(word)
    return False


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _cut(piece: Piece, left: int, right: int) -> Piece:
    text, raw, start, page = piece
    return Piece(text[left:right], raw[left:right], start + left, page)


def _ends(text: str, at: int) -> Iterator[tuple[int, bool]]:
    """Where sentences end, and whether a full stop ends them.

    A run of text without any stop, which no writer writes but a damaged file holds, ends
    at a comma before it is too long to search.
    """
    for match in _END.finditer(text, at):
        end = match.end()
        if end - at > _LONGEST_SENTENCE:
            yield from ((end, False) for end in _forced_ends(text, at, end))
        yield end, text[match.start()] != ";"
        at = end
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
        start, end = match.span()
        if start - first > _LONGEST_HEAD:
            return None
        if text[start].isspace() and (start - first < 2 or _goes_on(text, start, end)):
            continue
        if text[start] == ":" and _FIGURE.match(text, end):
            continue
        return end
    return len(text) if len(text) - first <= _LONGEST_HEAD else None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a gap only sets off a number: ``2018 年``, ``15 件``."""
    return text[start - 1].isdigit() and _BEHIND_NUMBER.match(text, end) is not None
