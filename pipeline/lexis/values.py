"""What stands in a value cell: a number, a zero, nothing, a dash, a mask."""

import re
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from pipeline.lexis.normalise import QUANTITIES, fold
from pipeline.lexis.numerals import MULTIPLIERS
from pipeline.lexis.units import UNITS
from pipeline.model.observation import Qualifier, Status

NUMBER = r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
ABOUT = "约|近|超过|超"
RISE = "新增|增加|增"
FALL = "减少|减|负"

_NUMBER_CELL = re.compile(
    rf"(?P<about>{ABOUT})?(?P<sign>[+\-]|{RISE}|{FALL})?(?P<number>{NUMBER})"
    rf"(?P<scale>[万亿])?(?P<more>余|多)?(?P<unit>{UNITS})?"
)
_LEADING_ZERO = re.compile(r"0\d")
_PARTED_DIGITS = re.compile(r"\d\s+\d")
_CHANGE = re.compile(r"\+(\d+)/-(\d+)")
# Markdown made of HTML escapes what might be taken for markup: 2\.5.
_ESCAPED = re.compile(r"\\(?=[.\-+*_])")
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3}|`{1,2})(.*\d.*)\1")
_OF_ANOTHER = "(?:上一?年|去年|上?年?同期|同比|[较比]上年|其中|[包内]?含|包括)"
# What stands behind a number and changes nothing of it: 5（件）, 5【件】, 5（上年7）, 5（33%）, 5。
_SHARE = rf"(?:占比?:?)?(?:{NUMBER})%"
_NOTED = re.compile(
    rf"(?:[(\[【](?P<unit>{UNITS})[)\]】]|\((?:{_OF_ANOTHER}[^()]*|{_SHARE})\))?[。;]?\Z"
)
_IN_ALL = re.compile(r"(?:共计|总计|合计|共|计)(?=\d)")
_COUNTED = re.compile(rf"\A\(({NUMBER})\)(?=(?:{UNITS})\Z)")
# What frames a number and says nothing: 【5】, ：5.
_FRAMED = re.compile(r"\A(?:【(?P<inside>[^【】]*\d[^【】]*)】|:(?=\d)(?P<after>.*))\Z")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
# As other languages mark thousands; a plain blank may as well part two numbers.
_THOUSANDS = re.compile(r"(?<=\d)[\u2007\u2009\u202f'’](?=\d{3}(?!\d))")
_MINUS = re.compile(r"\A[\u2010-\u2013\u2212\ufe63](?=\d)")
# What sends to a note below the table; a star may as well hide a digit.
_MARK_OF_NOTE = re.compile(
    r"(?<=[\d\u4e00-\u9fff])(?:[\[〔【](?:注|\^)?\d{1,2}[\]〕】]|<sup>\d{1,2}</sup>|[(（]注\d{0,2}[)）]|注\d{0,2}|[①-⑳¹²³⁴-⁹]{1,2})\Z"
)
_NO_VALUE = frozenset({"NaN", "nan", "None", "null", "#N/A"})
_DASH = re.compile(r"[\u2010-\u2015\u2212\ufe58\ufe63\-_─]+")
_NOT_APPLICABLE = re.compile(r"/+|\\+|N/?A|不适用|不涉及", re.IGNORECASE)
_MASK = re.compile(r"[xX×*＊]+(?:\.[xX×*]+)?%?")
_STATEMENT = re.compile(
    r"\s*(?:(?:本|我)(?:单位|机关|部门|局|委|办|镇|乡|街道|年度?)\D{0,6}|暂|均|尚)?"
    r"(?:未|没有|不涉及|无(?!法|正当)|详?见)"
)

_NOTHING = ("无", "没有", "零")
# A word with another character, but in brackets after it, is none of all these.
_WAYS = (_NUMBER_CELL, _NOTED, _IN_ALL, _MARK_OF_NOTE, _NOT_APPLICABLE)
_HAN_OF_VALUES = "".join([*(way.pattern for way in _WAYS), *_NOTHING, *QUANTITIES])
_BRACKET_OR_OTHER_WORD = re.compile(
    rf"[（(]|(?![{''.join(sorted(set(re.findall('[一-鿿]', _HAN_OF_VALUES))))}])[一-鿿]"
)


class Value(Struct, frozen=True):
    """A cell's content: a number, or what stands in place of one.

    Attributes:
        raw: The text as printed.
        status: What kind of thing it is.
        number: The number in the printed unit, None unless there is one.
        unit: A unit printed in the cell itself.
        qualifier: How exactly the number is meant.
    """

    raw: str
    status: Status
    number: Decimal | None = None
    unit: str | None = None
    qualifier: Qualifier = Qualifier.EXACT


def is_statement(text: str) -> bool:
    """Whether a cell says in words that there was nothing, or where to find it: 本年未制发."""
    return _STATEMENT.match(text) is not None


@lru_cache(maxsize=4096)
def read_value(raw: str) -> Value:
    """Reads the text of a value cell.

    Blank, dash, mask and ``无`` are different things, and none of them but the last
    is a zero.

    Returns:
        The value; ``unreadable`` where the text is none of the known kinds, or a number
        that no one prints with a zero in front: two cells run together.
    """
    raw = raw.strip().strip("　\xa0")
    if raw.isascii() and raw.isdigit() and not _LEADING_ZERO.match(raw):
        return Value(raw, Status.REPORTED, Decimal(raw))
    other = _BRACKET_OR_OTHER_WORD.search(raw)
    if other and other[0] not in "（(":
        return Value(raw, Status.UNREADABLE)
    printed = _THOUSANDS.sub(",", raw)
    text = _bare(printed)
    status = _status_without_number(text)
    if status:
        return Value(raw, status, Decimal(0) if status is Status.ZERO_STATEMENT else None)
    if _PARTED_DIGITS.search(printed):
        return Value(raw, Status.UNREADABLE)
    if _SCIENTIFIC.fullmatch(text):
        return _in_full(raw, Decimal(text))
    change = _CHANGE.fullmatch(text)
    if change:
        return Value(raw, Status.REPORTED, Decimal(change[1]) - Decimal(change[2]))
    return _number(raw, text)


def _bare(printed: str) -> str:
    """A text without what stands around a value: brackets, marks of notes, 共 and emphasis."""
    text = "".join(fold(printed).split()).replace("，", ",").replace("－", "-").replace("＋", "+")
    text = _ESCAPED.sub("", text) if "\\" in text else text
    framed = _FRAMED.match(text)
    text = (framed["inside"] or framed["after"]) if framed else _MARK_OF_NOTE.sub("", text)
    text = _IN_ALL.sub("", _MINUS.sub("-", _COUNTED.sub(r"\1", text)), 1)
    emphasised = _EMPHASIS.fullmatch(text)
    return emphasised[2] if emphasised else text


def _status_without_number(text: str) -> Status | None:
    """The status of a cell that shows no number; None if it may show one."""
    if not text or text in _NO_VALUE:
        return Status.BLANK
    if _DASH.fullmatch(text):
        return Status.DASH
    if _NOT_APPLICABLE.fullmatch(text):
        return Status.NOT_APPLICABLE
    if _MASK.fullmatch(text):
        return Status.MASKED
    return Status.ZERO_STATEMENT if text in _NOTHING else None


def _number(raw: str, text: str) -> Value:
    """The number a text is, with its sign, unit and note."""
    noted = _NOTED.search(text)
    match = _NUMBER_CELL.fullmatch(text, 0, noted.start() if noted else len(text))
    if not match or _LEADING_ZERO.match(match["number"]):
        return Value(raw, Status.UNREADABLE)
    number = Decimal(match["number"].replace(",", ""))
    if match["sign"] in f"-|{FALL}".split("|"):
        number = -number
    number *= MULTIPLIERS.get(match["scale"], Decimal(1))
    qualifier = Qualifier.APPROXIMATE if match["about"] or match["more"] else Qualifier.EXACT
    unit = match["unit"] or (noted["unit"] if noted else None)
    return Value(raw, Status.REPORTED, number, unit, qualifier)


def _in_full(raw: str, number: Decimal) -> Value:
    """A number in the notation of science: 1.2E+04 may be any that is 12000 when rounded."""
    is_rounded = int(number.as_tuple().exponent) > 0
    qualifier = Qualifier.APPROXIMATE if is_rounded else Qualifier.EXACT
    return Value(raw, Status.REPORTED, Decimal(f"{number:f}"), None, qualifier)
