"""Blocks to sentences, each under its headings and with the way back to the text.

A sentence may stand on several lines: pages break it by empty lines. A heading may share
its line with the text below it. Both are told by punctuation, never by indentation.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Self

from msgspec import Struct, structs

from pipeline.extract.crawler_header import BODY
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.extract.prose.word_segmentation import words
from pipeline.lexis.normalise import fold
from pipeline.lexis.numbering import BRACKETED, CIRCLED, COUNT, marker
from pipeline.lexis.traditional import as_read
from pipeline.model.document import Paragraph, Table

_END = re.compile(rf"(?:[。!?;](?!法人或)|(?<=[\u4e00-\u9fff])\.(?={COUNT}、))[”\"』」)]*")
_HEAD_END = re.compile(r"[。:;!?]|\s+")
# A heading with what stands below it right behind: 二、主动公开政府信息情况全年公开1111条.
_GLUED_HEAD = re.compile(
    r"[^。:;!?,\s\d]{2,24}情况(?=(?:20\d\d年|全年|本年|今年|截[至止])[^。:;!?]*\d)"
)
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
# One that a semicolon ends heads nothing: 一、本年新收54件;二、上年结转6件.
_LISTED = re.compile(rf"\s*{COUNT}、[^。;:!?\n]{{2,40}}?\d\s*[\u4e00-\u9fff]{{1,2}};")
_CONTINUES = re.compile(
    r"[、,，和与及并或的了”》)）;；。:：]|于|等|[条件次个份元项](?:[,。;、(]|$)"
)
# Where a run without a stop is cut: never in a number, nor right beside one.
_COMMA = re.compile(r".*,(?=\D)", re.DOTALL)
_BETWEEN_WORDS = re.compile(r".*[^\d,.](?=[^\d,.])", re.DOTALL)
_LONGEST_HEAD = 60
_LONGEST_SENTENCE = 1500
_LONGEST_BARE_HEAD = 40
_LONGEST_WRAPPED_HEAD = 24
_BARE_LEVEL = 2
_LONGEST_WORD = 4
# So far apart are lines with nothing between them but their end.
_CLOSE = 2


class Piece(Struct, frozen=True):
    """A stretch of a paragraph. ``text`` is folded and simplified, as long as the original."""

    text: str
    raw: str
    start: int
    page: int | None


class Sentence(Struct, frozen=True):
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
    found: list[Sentence] = []
    open_text = _OpenText()
    before: Piece | None = None
    for line in _lines(blocks, taken, traditional=traditional):
        said, open_text = _read(open_text, line, before)
        found += said
        before = line
    return [*found, *open_text.closed()[0]]


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
        text, offset, page = block.text, block.place.start, block.place.page
        free = list(_free(offset, block.place.end, taken))
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


class _OpenText(Struct, frozen=True):
    """Text that no full stop has ended yet, with the headings above it.

    Attributes:
        pieces: Its stretches, none behind a full stop.
        opens_line: Whether it begins a line.
        heads: Level and words of the headings above, outermost first.
        path: The words alone.
        paragraph: Number of the run of text.
    """

    pieces: tuple[Piece, ...] = ()
    opens_line: bool = False
    heads: tuple[tuple[int, str], ...] = ()
    path: tuple[str, ...] = ()
    paragraph: int = 0

    def sentence(self, pieces: tuple[Piece, ...], *, ends: bool) -> Sentence:
        """A sentence under the same headings."""
        text = pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])
        return Sentence(text, pieces, self.path, self.paragraph, ends)

    def closed(self) -> "tuple[list[Sentence], Self]":
        """Ends the text without a full stop; it may be a heading."""
        if not self.pieces:
            return [], self
        head = self.pieces[0].text.strip()
        below = self.without_pieces()
        if self.stands_alone and vocabulary().bare_heading.search(head):
            below = below.below(_BARE_LEVEL, head)
        return [below.sentence(self.pieces, ends=True)], below

    def without_pieces(self) -> Self:
        """Returns the headings without the text."""
        return structs.replace(self, pieces=()) if self.pieces else self

    @property
    def stands_alone(self) -> bool:
        """Whether it is a line from its beginning."""
        return len(self.pieces) == 1 and self.opens_line

    def outside(self, level: int) -> Self:
        """Returns it outside of the sections that a heading of a level ends."""
        kept = tuple([entry for entry in self.heads if entry[0] < level])
        return self if len(kept) == len(self.heads) else self._under(kept)

    def below(self, level: int, head: str) -> Self:
        """Returns it below a heading."""
        return self._under((*self.outside(level).heads, (level, head)))

    def _under(self, heads: tuple[tuple[int, str], ...]) -> Self:
        return structs.replace(self, heads=heads, path=tuple([head for _, head in heads]))


def _read(
    open_text: _OpenText, line: Piece, before: Piece | None
) -> tuple[list[Sentence], _OpenText]:
    """The sentences that end in a line, and text without an end; ``before`` is the line above."""
    text = line.text
    found: list[Sentence] = []
    if open_text.pieces:
        heads = marker(text, _indent(text)) is not None
        if heads or _is_bare_head(open_text, line, before):
            found, open_text = open_text.closed()
    if not open_text.pieces and not (before and _counts(text) and _counts(before.text)):
        open_text = structs.replace(open_text, paragraph=open_text.paragraph + 1)
    left = 0
    for inner in _INNER_HEAD.finditer(text):
        said, open_text = _read_stretch(open_text, _cut(line, left, inner.end()))
        found += said
        left = inner.end()
    said, open_text = _read_stretch(open_text, _cut(line, left, len(text)) if left else line)
    return (found + said if found else said), open_text


def _read_stretch(open_text: _OpenText, piece: Piece) -> tuple[list[Sentence], _OpenText]:
    """Reads what stands between two places where a heading may begin."""
    text = piece.text
    at = _indent(text)
    marked = marker(text, at) if not _LISTED.match(text, at) else None
    begins = not open_text.pieces
    found: list[Sentence] = []
    if marked:
        found, open_text = open_text.closed()
        open_text = open_text.outside(marked.level)
        end = _head_end(text, marked.end)
        if end is not None:
            open_text = open_text.below(marked.level, text[at:end].rstrip("。:;!? \t"))
            found.append(open_text.sentence((_cut(piece, at, end),), ends=True))
            at, begins = end, False
    for end, ends in _ends(text, at):
        found.append(open_text.sentence((*open_text.pieces, _cut(piece, at, end)), ends=ends))
        open_text = open_text.without_pieces()
        at, begins = end, False
    if at < len(text) and not text[at:].isspace():
        pieces = (*open_text.pieces, _cut(piece, at, len(text)))
        open_text = structs.replace(open_text, pieces=pieces, opens_line=begins)
        if sum(len(one.text) for one in pieces) > _LONGEST_SENTENCE:
            said, open_text = open_text.closed()
            found += said
    return found, open_text


def _is_bare_head(open_text: _OpenText, line: Piece, before: Piece | None) -> bool:
    """Whether an open line stands for itself, not for half a sentence."""
    if not open_text.stands_alone or _CONTINUES.match(line.text, _indent(line.text)):
        return False
    text = open_text.pieces[0].text
    if text.rstrip().endswith(":") or _splits_a_word(text, line.text):
        return False
    adjacent = before is not None and line.start - before.start - len(before.text) <= _CLOSE
    longest = _LONGEST_WRAPPED_HEAD if adjacent else _LONGEST_BARE_HEAD
    return len(text) <= longest and "," not in text


@lru_cache(maxsize=64)
def _counts(line: str) -> bool:
    return _ITEM.fullmatch(line) is not None


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
    return Piece(piece.text[left:right], piece.raw[left:right], piece.start + left, piece.page)


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
        last = at + _LONGEST_SENTENCE
        cut = _COMMA.match(text, at, last) or _BETWEEN_WORDS.match(text, at, last)
        at = cut.end() if cut else last
        yield at


def _head_end(text: str, begin: int) -> int | None:
    """Where a heading ends, None where the number opens a sentence rather than a heading."""
    first = begin + len(text[begin:]) - len(text[begin:].lstrip())
    glued = _GLUED_HEAD.match(text, first)
    if glued:
        return glued.end()
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
