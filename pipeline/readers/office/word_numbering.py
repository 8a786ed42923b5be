"""The numbers Word prints before list paragraphs, which stand nowhere in their text."""

import copy
import re
from typing import Any, NamedTuple

from docx.oxml.ns import qn

_PLACEHOLDER = re.compile(r"%(\d)")
_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class _Level(NamedTuple):
    kind: str
    pattern: str
    start: int


class Numbering:
    """Counts the list paragraphs of one document."""

    def __init__(self, document: Any) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}
        self._counters: dict[str, dict[int, int]] = {}
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering") and not relation.is_external:
                self._load(relation.target_part)
        self._load_styles(document.styles.element)

    def number_of(self, paragraph: Any) -> str:
        """Returns the number printed before a paragraph, empty where it is in no list."""
        listed = self._list_and_level(paragraph)
        if listed is None:
            return ""
        number, depth = listed
        levels = self._abstract.get(self._lists.get(number, ""), {})
        level = levels.get(depth)
        if level is None:
            return ""
        counters = self._counters.setdefault(self._lists[number], {})
        counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [other for other in counters if other > depth]:
            del counters[deeper]
        return _printed(level, levels, counters)

    def state(self) -> dict[str, dict[int, int]]:
        """Returns how far the lists are counted."""
        return copy.deepcopy(self._counters)

    def restore(self, state: dict[str, dict[int, int]]) -> None:
        """Counts on from an earlier state."""
        self._counters = state

    def _load(self, part: Any) -> None:
        root = part.element
        for abstract in root.iterfind(qn("w:abstractNum")):
            identifier = abstract.get(qn("w:abstractNumId"))
            self._abstract[identifier] = {
                int(level.get(qn("w:ilvl"))): _level(level)
                for level in abstract.iterfind(qn("w:lvl"))
                if (level.get(qn("w:ilvl")) or "").isdecimal()
            }
        for number in root.iterfind(qn("w:num")):
            target = number.find(qn("w:abstractNumId"))
            if target is not None:
                self._lists[number.get(qn("w:numId"))] = target.get(qn("w:val"))

    def _load_styles(self, styles: Any) -> None:
        parents: dict[str, str] = {}
        for style in styles.iterfind(qn("w:style")):
            identifier = style.get(qn("w:styleId"))
            listed = _listed(style.find(qn("w:pPr")))
            if listed is not None:
                self._styles[identifier] = listed
            based = style.find(qn("w:basedOn"))
            if based is not None:
                parents[identifier] = based.get(qn("w:val"))
        for style in parents:
            self._inherit(style, parents)

    def _inherit(self, style: str, parents: dict[str, str]) -> None:
        seen = {style}
        parent = parents.get(style)
        while style not in self._styles and parent is not None and parent not in seen:
            if parent in self._styles:
                self._styles[style] = self._styles[parent]
            seen.add(parent)
            parent = parents.get(parent)

    def _list_and_level(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(qn("w:pPr"))
        listed = _listed(properties)
        if listed is None and properties is not None:
            style = properties.find(qn("w:pStyle"))
            listed = None if style is None else self._styles.get(style.get(qn("w:val")))
        return listed


def _listed(properties: Any) -> tuple[str, int] | None:
    found = None if properties is None else properties.find(qn("w:numPr"))
    if found is None:
        return None
    number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    if number is None:
        return None
    depth = "0" if level is None else level.get(qn("w:val"), "0")
    return number.get(qn("w:val"), ""), int(depth) if depth.isdecimal() else 0


def _level(element: Any) -> _Level:
    def value(tag: str, missing: str) -> str:
        found = element.find(qn(tag))
        return missing if found is None else str(found.get(qn("w:val"), missing))

    start = value("w:start", "1")
    return _Level(
        value("w:numFmt", "decimal"),
        value("w:lvlText", ""),
        int(start) if start.isdecimal() else 1,
    )


def _printed(level: _Level, levels: dict[int, _Level], counters: dict[int, int]) -> str:
    if level.kind in ("bullet", "none"):
        return ""

    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        other = levels.get(depth, level)
        return in_format(counters.get(depth, other.start), other.kind)

    return _PLACEHOLDER.sub(number, level.pattern)


def in_format(number: int, kind: str) -> str:
    """Writes a number in one of Word's number formats, in digits where it is not known here."""
    if kind in ("chineseCounting", "chineseCountingThousand", "japaneseCounting"):
        return _chinese(number, _DIGITS, "十", "百")
    if kind in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _chinese(number, _LEGAL, "拾", "佰")
    if kind in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= 20:
        return _CIRCLED[number - 1]
    if kind in ("decimalFullWidth", "decimalFullWidth2"):
        return str(number).translate(_FULL_WIDTH)
    if kind in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("upperRoman", "lowerRoman") and 0 < number < 40:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    return str(number)


def _chinese(number: int, digits: str, ten: str, hundred: str) -> str:
    if not 0 < number < 1_000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = digits[hundreds] + hundred if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + ten
    elif hundreds and ones:
        text += digits[0]
    return text + (digits[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
