"""What no agency wrote but stands around reports: taken out of their paragraphs."""

import re
from collections.abc import Callable, Iterator, Sequence

from pipeline.declared import Declaration
from pipeline.lexis.numbering import OUTER
from pipeline.lexis.years import DIGITS
from pipeline.model.document import Locator, Paragraph

_GAP = re.compile(rf"\s{{2,}}|\s(?=(?:{OUTER})|{DIGITS}年|今年以来|现将|根据|按照|为了)")
_SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+|\n|$)")
_BORDER = re.compile(r"[\s,，;；|）)】\]]")
_LONGEST_FURNITURE = 200
_LONGEST_NAME_OF_A_SITE = 40


class Boilerplate(Declaration):
    """``whole``: the sentence around a match goes too, not the match alone."""

    pattern: re.Pattern[str]
    what: str
    whole: bool = True


class Furniture:
    """What no agency wrote but stands around reports, sought with the words a page holds."""

    def __init__(
        self,
        kinds: Sequence[Boilerplate],
        words: Sequence[str],
        text: str,
        plain: Callable[[str], str],
    ) -> None:
        """Notes the words of boilerplate in a page.

        Args:
            kinds: Kinds of boilerplate.
            words: Words of which every match holds one.
            text: The page in simplified characters.
            plain: How its paragraphs become simplified.
        """
        self._kinds = kinds
        self._plain = plain
        self._words = [word for word in words if word in text]

    def cleared(self, block: Paragraph) -> tuple[list[Paragraph], list[str]]:
        """The paragraph without what no agency wrote, and a notice for each thing dropped."""
        dropped = sorted(self._found(block.text)) if self._words else []
        if not dropped:
            return ([block] if block.text else []), []
        kept = []
        left = 0
        for start, end, _ in dropped:
            kept.append(crop(_slice(block, left, max(left, start)), 0, block.place.end))
            left = max(left, end)
        kept.append(crop(_slice(block, left, len(block.text)), 0, block.place.end))
        notices = [
            f"dropped {kind}: {block.text[at:end].strip()[:40]}" for at, end, kind in dropped
        ]
        return [piece for piece in kept if piece.text], notices

    def _found(self, printed: str) -> Iterator[tuple[int, int, str]]:
        text = self._plain(printed)
        if not self._is_near(text):
            return
        for kind in self._kinds:
            if not kind.whole:
                yield from ((m.start(), m.end(), kind.what) for m in kind.pattern.finditer(text))
        whole = [kind for kind in self._kinds if kind.whole]
        for left, right in _phrases(text):
            phrase = text[left:right]
            if self._is_near(phrase):
                for kind in whole:
                    match = kind.pattern.search(phrase)
                    if match:
                        first, behind = _around(phrase, match)
                        yield left + first, left + behind, kind.what
                        break

    def _is_near(self, text: str) -> bool:
        return any(map(text.__contains__, self._words))


def _around(phrase: str, match: re.Match[str]) -> tuple[int, int]:
    """The span of furniture around a match: its sentence, without a report on the same line."""
    if len(phrase) <= _LONGEST_FURNITURE:
        return 0, len(phrase)
    begin = max(match.start() - _LONGEST_NAME_OF_A_SITE, 0)
    borders = [border.end() for border in _BORDER.finditer(phrase, begin, match.start())]
    first = borders[-1] if borders else match.start()
    if len(phrase) - match.start() <= _LONGEST_FURNITURE:
        return first, len(phrase)
    border = _BORDER.search(phrase, match.end(), match.end() + _LONGEST_NAME_OF_A_SITE)
    return first, border.start() if border else match.end()


def crop(block: Paragraph, start: int, end: int) -> Paragraph:
    """The piece of a paragraph that lies in a range, white space at its ends left out."""
    place = block.place
    if start <= place.start and place.end <= end and block.text.strip() == block.text:
        return block
    left = max(start - place.start, 0)
    right = min(end, place.end) - place.start
    text = block.text[left:right]
    left += len(text) - len(text.lstrip())
    return _slice(block, left, left + len(text.strip()))


def _slice(block: Paragraph, left: int, right: int) -> Paragraph:
    if left == 0 and right == len(block.text):
        return block
    place = block.place
    moved = Locator(place.start + left, place.start + right, place.page, place.box)
    return Paragraph(block.text[left:right], moved)


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, cut at wide gaps too: an advertisement shares its line with the lead."""
    for piece_start, piece in pieces(text):
        for match in _SENTENCE.finditer(piece):
            if match.group():
                yield piece_start + match.start(), piece_start + match.end()


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """The runs of a paragraph between wide gaps, with their offsets; gaps stay in front."""
    left = 0
    for gap in _GAP.finditer(text):
        if gap.start() > left:
            yield left, text[left : gap.start()]
            left = gap.start()
    yield left, text[left:]
