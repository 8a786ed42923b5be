"""Numbers that count something: value, unit and how exactly they are meant."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from pipeline.extract.prose.passages import Sentence
from pipeline.extract.prose.vocabulary import vocabulary
from pipeline.lexis.numerals import CAPITALS, MULTIPLIERS, parse
from pipeline.lexis.units import is_unit
from pipeline.model.observation import Qualifier, Status

# What goes on behind the first character of a number: digits, a mask, Chinese numerals.
_ARABIC = r"\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d*(?:\.\d+)?"
_MASK = r"[Xx×*]*(?:\.[Xx×*]+)?(?=%)|[Xx×*]+(?:\.[Xx×*]+)?"
_HAN = "[一二两三四五六七八九十百千万〇零廿卅]"
_HAN_PERCENT = re.compile(rf"百分之({_HAN}++)(?![\d.点])")
# A number without a unit behind what it counts: 维持1、纠正0、其他1; 答复数(件):15.
_UNITLESS = re.compile(
    r"(?<=[\u4e00-\u9fff”):])(?<![第月日号版至到约])(?<!\d年)\d{1,6}(?=[,、;。)(]|$)(?!,\d)"
)
# What says for a whole table of words in what it counts.
_IN_UNITS = re.compile(r"\((?:单位|计量单位)?:?([件条次个份宗])\)")
_FEWEST_WITHOUT_UNIT = 2
_IN_TURN = re.compile(r"(?:分别|依次)(?:为|是|有)?(?P<row>(?:\d{1,6}[、和与及])+)(?=\d)")
_DIGITS = re.compile(r"\d+")
_BEHIND_A_COUNT = ",:。;、!)均(增减升降"
# 三百二十元五角 is not 320.
_FRACTION = tuple(f"{digit}{coin}" for digit in "一二三四五六七八九" for coin in "角分")
_ITEM = "件"
_ONE = Decimal(1)
_MOST = Decimal(10) ** 14
_REGULARLY = re.compile("每|定期|至少")
# What became of so many, told behind them: 一件予以公开.
_TOLD_OF = re.compile(
    "(?:均|都|已|全部|悉数)*(?:依法)?(?:因(?=[^,。;]*(?:不予|无法|不再|结转))|办结|答复|(?:为|系|通过|以)(?:自然人|公民|企业|商业|网|信函|当面|邮|现场|传真)|予以|不予|部分公开|无法提供|信息不存在|同意|不同意|维持|纠正|尚未|尚在|仍在|正在|判决|裁定|撤销|驳回|撤回|撤诉|结转|被[纠撤驳维]|其他(?:结果|情形))"
)
_CLAUSE_BREAK = re.compile(r"[,。;:!?]")


class Quantity(NamedTuple):
    """A number in a sentence.

    Attributes:
        lead: Offset of what goes before it and belongs to it: 约, 不低于.
        start: Offset of its first character in the clean text.
        end: Offset behind its unit.
        value: The number, multiplied out unless money; None where masked.
        value_raw: As printed, without the unit.
        unit: As printed; 万元 and 亿元 are units, 万条 is not.
        qualifier: How exactly it is meant.
        status: Reported or masked.
        han: Whether it is written in Chinese characters.
        has_unit: Whether its unit stands behind it, not elsewhere or nowhere.
    """

    lead: int
    start: int
    end: int
    value: Decimal | None
    value_raw: str
    unit: str
    qualifier: Qualifier
    status: Status
    han: bool
    has_unit: bool = True

    @property
    def is_share(self) -> bool:
        """Whether it is so many of a hundred."""
        return self.unit == "%"


def may_count(text: str) -> bool:
    """Whether a text holds anything that looks like a number with a counting word."""
    return _countable().search(text) is not None


def plans_ahead(text: str) -> bool:
    """Whether a sentence ends with plans, so that the next one may be about plans as well."""
    return _is_ahead(text, [match.end() for match in vocabulary().plan_ahead.finditer(text)])


def _is_ahead(text: str, plans: Sequence[int]) -> bool:
    """Whether no account of anything done follows the last plan in a text."""
    return bool(plans) and not vocabulary().told.search(text, plans[-1])


@lru_cache(maxsize=4096)
def quantities(text: str, heading: str = "", unit: str = "") -> tuple[Quantity, ...]:
    """Finds what a sentence counts, in order; reports copy sentences from each other.

    Dates, document numbers, telephone numbers, addresses, ordinals, section numbers,
    durations, aims and figures of speech are no quantities.

    Args:
        text: Clean text of a sentence.
        heading: The headings it stands under, which may announce plans.
        unit: What its paragraph says that numbers without a unit count.
    """
    matches = list(_pattern().finditer(text))
    found = list(_han_percents(text))
    if not (matches or found or _UNITLESS.search(text)):
        return ()
    if _announces_plans(heading) and vocabulary().plan_mood.search(text):
        return ()
    excluded = [match.span() for match in vocabulary().excluded.finditer(text)]
    plans = _Plans(text)
    behind = 0
    for match in matches:
        start, end = match.span("number")
        lead = _lead(text, behind, start)
        behind = match.end()
        if any(left < end and start < right for left, right in excluded):
            continue
        quantity = _quantity(text, match, lead)
        if quantity is not None and not plans.govern(quantity):
            found.append(quantity)
    found += _listed(text, found)
    found += _without_unit(text, unit, found, excluded)
    return _once(text, sorted(found, key=attrgetter("start")))


@lru_cache(maxsize=1024)
def _announces_plans(heading: str) -> bool:
    return vocabulary().plan_heading.search(heading) is not None


def _han_percents(text: str) -> Iterator[Quantity]:
    """百分之九十五."""
    for match in _HAN_PERCENT.finditer(text) if "百分之" in text else ():
        start, end = match.span()
        yield Quantity(
            start,
            start,
            end,
            parse(match[1]),
            match.group(),
            "%",
            Qualifier.EXACT,
            Status.REPORTED,
            True,
        )


def units_left_out(prose: Iterable[Sentence]) -> dict[int, str]:
    """The unit meant in each paragraph where more than one sentence has a number without unit."""
    bare = Counter(one.paragraph for one in prose if _UNITLESS.search(one.text.rstrip()))
    return {paragraph: _ITEM for paragraph, n in bare.items() if n >= _FEWEST_WITHOUT_UNIT}


def unit_told(text: str) -> str:
    """The unit that a sentence says once for all of its numbers, empty without one."""
    told = _IN_UNITS.search(text)
    return told[1] if told else ""


def _without_unit(
    text: str, unit: str, counted: Sequence[Quantity], excluded: Sequence[tuple[int, int]]
) -> Iterator[Quantity]:
    """Numbers without a unit, where the list leaves it out or has stated it before."""
    bare = [
        match
        for match in _UNITLESS.finditer(text)
        if not any(left < match.end() and match.start() < right for left, right in excluded)
    ]
    unit = unit_told(text) or unit
    if not unit and len(bare) < _FEWEST_WITHOUT_UNIT:
        return
    for digits in bare:
        before = [one.unit for one in counted if one.end <= digits.start()]
        yield Quantity(
            lead=digits.start(),
            start=digits.start(),
            end=digits.end(),
            value=Decimal(digits.group()),
            value_raw=digits.group(),
            unit=unit or (before[-1] if before else _ITEM),
            qualifier=Qualifier.EXACT,
            status=Status.REPORTED,
            han=False,
            has_unit=False,
        )


def _listed(text: str, counted: Sequence[Quantity]) -> Iterator[Quantity]:
    """Numbers of a list whose unit stands behind the last: 分别为3、2、10、8件."""
    for row in _IN_TURN.finditer(text) if counted else ():
        last = next((one for one in counted if one.start == row.end()), None)
        if last is None:
            continue
        for digits in _DIGITS.finditer(text, *row.span("row")):
            value = digits.group()
            yield last._replace(
                lead=digits.start(),
                start=digits.start(),
                end=digits.end(),
                value=Decimal(value),
                value_raw=value,
                qualifier=Qualifier.EXACT,
            )


def _quantity(text: str, match: re.Match[str], lead: str) -> Quantity | None:
    words = vocabulary()
    number, fuzz, scale, more, unit, after = match.groups()
    start = match.start()
    if unit in "个项种" and words.structure.match(text, match.end("unit")):
        return None
    if start and text[start - 1] in "第.-/〔":
        return None
    masked = number[0] in "Xx×*"
    han = not masked and number[0] not in "0123456789"
    # （万元）: a multiple with no number before it is the unit alone.
    is_bare = not (lead or fuzz) and is_unit(number + unit)
    if han and (is_bare or not _han_counts(text[: start - len(lead)], text, match)):
        return None
    if masked and unit not in words.masked_units:
        return None
    # 2 16条: nobody knows how many digits belong to it.
    broken = start > 0 and text[start - 1] == " "
    raw = text[start : match.start("unit")]
    if scale and unit in words.money and scale in "万亿":
        raw = raw.replace("万", "").replace("亿", "")
        unit, scale = scale + unit, None
    value = None if masked or broken else _value(number, scale)
    if value is not None and value >= _MOST:
        return None
    exact = not (lead or fuzz or more or after)
    return Quantity(
        start - len(lead),
        start,
        match.end(),
        value,
        raw,
        unit,
        Qualifier.EXACT if exact else _qualifier(lead, fuzz or more, after),
        Status.MASKED if masked else Status.UNREADABLE if broken else Status.REPORTED,
        han,
    )


def _value(number: str, scale: str | None) -> Decimal:
    """The number multiplied out: 12000, not 12000.0 nor 1.2E+4."""
    value = parse(number)
    if scale:
        value *= MULTIPLIERS[scale]
    if scale is None and number.isdecimal():
        return value
    return value.quantize(_ONE) if value == value.to_integral_value() else value


def _qualifier(lead: str, fuzz: str | None, after: str | None) -> Qualifier:
    words = vocabulary()
    if lead in words.at_least_before or after in words.at_least_after:
        return Qualifier.AT_LEAST
    if fuzz or after or lead in words.approximate_before:
        return Qualifier.APPROXIMATE
    return Qualifier.EXACT


def _han_counts(before: str, text: str, match: re.Match[str]) -> bool:
    """Whether a numeral in Chinese characters counts, not merely articulates."""
    if match["scale"] or text.startswith(_FRACTION, match.end()):
        return False
    if before.count("“") > before.count("”"):
        return False
    clause = before[_last_break(before) :]
    is_told = _TOLD_OF.match(text, match.end()) is not None
    if not clause and is_told:
        return True
    if _REGULARLY.search(clause) or text.startswith(("系", "性", "些"), match.end()):
        return False
    words = vocabulary()
    ends = match.end() == len(text) or text[match.end()] in _BEHIND_A_COUNT
    of_cases = (ends or is_told) and match["unit"] in words.han_case_units
    if of_cases and clause and not words.han_case_veto.search(before):
        return True
    if match["unit"] not in words.han_units:
        return False
    if match["number"] == "一":
        return words.han_one_before.search(before) is not None
    told = len(match["number"]) > 1 and before.endswith(("为", "是"))
    vetoed = not told and words.han_end_veto.search(before)
    if ends and match["unit"] in words.han_end_units and not vetoed:
        return True
    return words.han_before.search(before) is not None


class _Plans:
    """Where a sentence says what is intended or prescribed, sought once for all its numbers."""

    def __init__(self, text: str) -> None:
        words = vocabulary()
        self._text = text
        self._speaks = words.plan.search(text) is not None
        self._ahead = [match.end() for match in words.plan_ahead.finditer(text)]

    def govern(self, quantity: Quantity) -> bool:
        """Whether a number is an aim or a rule."""
        if not (self._speaks or self._ahead):
            return False
        if quantity.unit == "%" and quantity.qualifier is Qualifier.AT_LEAST:
            return False
        before = self._text[: quantity.start]
        clause = before[_last_break(before) :]
        words = vocabulary()
        if words.plan.search(clause) and not words.done.search(clause):
            return True
        return _is_ahead(before, [end for end in self._ahead if end <= quantity.start])


def _last_break(text: str) -> int:
    return max((match.end() for match in _CLAUSE_BREAK.finditer(text)), default=0)


def _once(text: str, found: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Drops a number said twice in a clause: 召开四次新闻发布会4次."""
    return tuple(
        one for one in found if not (one.han and any(_same(text, one, other) for other in found))
    )


def _same(text: str, one: Quantity, other: Quantity) -> bool:
    between = text[min(one.end, other.end) : max(one.start, other.start)]
    return (
        not other.han
        and (one.value, one.unit) == (other.value, other.unit)
        and not _CLAUSE_BREAK.search(between)
    )


@cache
def _countable() -> re.Pattern[str]:
    """A last digit and the first character of a unit behind it, white space between or not.

    The first character is told first, so that a text is passed over without trying the rest.
    """
    words = vocabulary()
    units = "".join(sorted({unit[0] for unit in words.units}))
    fuzz = "".join(words.fuzz)
    return re.compile(
        rf"[\dXx×*一二两三四五六七八九十百千万零{CAPITALS}]"
        rf"(?:(?<=\d)[,.\s{fuzz}万亿千百]*[{units}]|(?<=[Xx×*])[Xx×*%]|(?<=百)分之"
        rf"|(?<=[{CAPITALS}])[{units}]"
        r"|(?<=[二两三四五六七八九十百千万零])(?:余|多)?[次件条期场份篇起例宗人项个名位家类种批处元]"
        r"|(?<=[^\s,。;、“]一)[次件条期场份篇起例宗人名个处]|(?<=\d)(?<![年月第]\d)\s*(?:[,、;。()]|[\]】)|]\s*[件条次份个宗人;。]))"
    )


@cache
def _pattern() -> re.Pattern[str]:
    """A number with its unit; its first character is told first, too."""
    words = vocabulary()
    after = "|".join([*words.at_least_after, *words.approximate_after])
    fuzz = "".join(words.fuzz)
    return re.compile(
        rf"(?P<number>[\dXx×*一二两三四五六七八九十百千万〇零廿卅]"
        rf"(?:(?<=\d)(?<![\dA-Za-z.].)(?<!\d,.)(?:{_ARABIC})"
        rf"|(?<=[Xx×*])(?<![A-Za-z].)(?:{_MASK})|(?<={_HAN}){_HAN}*))"
        rf"(?P<fuzz>[{fuzz}])?(?P<scale>[万亿千百])?(?P<more>[{fuzz}])?"
        rf"(?P<unit>{words.unit})(?P<after>{after})?",
        re.ASCII,
    )


@cache
def _leads() -> tuple[str, ...]:
    """Words that go before a number and belong to it, the longest first."""
    words = vocabulary()
    leads = (*words.at_least_before, *words.approximate_before, *words.neutral_before)
    return tuple(sorted(leads, key=len, reverse=True))


def _lead(text: str, begin: int, at: int) -> str:
    """The word between two offsets that belongs to the number at the second: 约, 不低于."""
    if not text.endswith(_leads(), begin, at):
        return ""
    words = (word for word in _leads() if text.endswith(word, begin, at))
    return next((word for word in words if not _is_longer(text, at - len(word))), "")


def _is_longer(text: str, at: int) -> bool:
    """Whether a lead is the end of another word: 最近, 附近."""
    return at > 0 and text[at - 1] in "最附临靠"
