"""What sentences say to have changed since last year, against the numbers of both years."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import structs

from pipeline.facts.check_sides import SeenNumber, are_exact, indicators_of, is_carried_in, result
from pipeline.facts.sentences import CountedSentence
from pipeline.facts.wording import wording
from pipeline.lexis.numerals import parse
from pipeline.model.check import CheckResult, Operand, Outcome

# How far a difference may stand from the numbers that it is of.
_NEAR = 2
_HALF = Decimal("0.5")
_ALL = 100


def compare_changes(sentences: Sequence[CountedSentence]) -> Iterator[CheckResult]:
    """X-P5: last year's number and this year's, and what is stated of the change."""
    for sentence in sentences:
        yield from _directions(sentence)
        yield from _as_before(sentence)
        for place, change in enumerate(sentence.numbers):
            sign = _sign(change.of.label_raw)
            pair = _changed(sentence, place) if sign else None
            if pair:
                yield _change(change, sign, *pair)


def changes_on_last_report(
    sentences: Sequence[CountedSentence], year: int | None
) -> Iterator[CheckResult]:
    """X-Y1: what a sentence leaves for the number that last year's report has to give.

    Only the warehouse has that report, so nothing is assessed here: the left side is the change,
    the right one the lowest and the highest number of last year that it may be a change on.
    """
    for sentence in sentences:
        for number in range(1, len(sentence.numbers)):
            now, change = sentence.numbers[number - 1 : number + 1]
            words = wording().year_over_year.change_on_last_year.fullmatch(sentence.before(number))
            if words is None or now.of.indicator_id is None or now.is_open or not now.is_top:
                continue
            if words["year"] and (year is None or int(words["year"]) != year - 1):
                continue
            if now.of.year is not None or _is_last_years(now) or not are_exact(now, change):
                continue
            signed = change.value if words["more"] else -change.value
            if between := _last_years(now, change, signed):
                stated = result(
                    "change_on_last_report",
                    Outcome.NOT_ASSESSABLE,
                    (change,),
                    (now,),
                    about=indicators_of(now),
                    actual=now.value,
                    change=f"{signed:+f}{change.of.unit_raw}",
                )
                sides = [Operand(now.place, value) for value in between]
                left = (Operand(change.place, signed),)
                yield structs.replace(
                    stated, expected=None, difference=None, left=left, right=tuple(sides)
                )


def _last_years(
    now: SeenNumber, change: SeenNumber, signed: Decimal
) -> tuple[Decimal, Decimal] | None:
    """Between what last year's number lies, by this year's and by how much it changed."""
    if change.of.unit_raw == now.of.unit_raw:
        return now.value - signed, now.value - signed
    step = Decimal(1).scaleb(int(change.value.as_tuple().exponent))
    if change.of.unit_raw != "%" or not now.value or signed - step <= -_ALL:
        return None
    return now.value / (1 + (signed + step) / _ALL), now.value / (1 + (signed - step) / _ALL)


def _changed(sentence: CountedSentence, place: int) -> tuple[SeenNumber, SeenNumber] | None:
    """This year's number and last year's, of which another tells the difference."""
    change = sentence.numbers[place]
    beside = [
        one
        for at, one in enumerate(sentence.numbers)
        if abs(at - place) <= _NEAR
        and at != place
        and not _sign(one.of.label_raw)
        and not wording().year_over_year.moved.search(one.of.label_raw)
        and not is_carried_in(one)
        and (one.of.unit_raw == change.of.unit_raw or change.of.unit_raw == "%")
    ]
    for now, before in ((one, other) for one in beside for other in beside):
        named = now.of.indicator_id is not None or now.of.label_raw == before.of.label_raw
        alike = now.of.unit_raw == before.of.unit_raw and bool(before.value)
        years = _is_last_years(before) and not _is_last_years(now)
        known = named and alike and years and not now.is_open
        if known and are_exact(now, before, change):
            return now, before
    return None


def _change(change: SeenNumber, sign: int, now: SeenNumber, before: SeenNumber) -> CheckResult:
    worked_out = (now.value - before.value) * sign
    step = Decimal(0)
    if change.of.unit_raw == "%":
        worked_out = worked_out / before.value * 100
        step = Decimal(1).scaleb(int(change.value.as_tuple().exponent))
    return result(
        "change",
        abs(worked_out - change.value) <= step,
        (change,),
        (now, before),
        about=indicators_of(now),
        expected=round(worked_out, 2),
        worked_out=worked_out,
    )


def _directions(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P5: which way a number went, where not by how much: 44件，去年52件，有所增加."""
    for number in range(1, len(sentence.numbers)):
        pair = sentence.numbers[number - 1], sentence.numbers[number]
        if not _are_of_two_years(*pair):
            continue
        now, before = (
            pair if pair[0].of.year is None and not _is_last_years(pair[0]) else pair[::-1]
        )
        words = wording().year_over_year
        grew_to = words.grew_to.search(sentence.before(number)) if before is pair[0] else None
        yield from _times(sentence, number, now, before)
        went = grew_to or words.went.match(sentence.quote, sentence.spans[number][1])
        if went is None:
            continue
        fits = {
            "level": now.range.meets(before.range),
            "up": now.range.high > before.range.low,
            "down": now.range.low < before.range.high,
        }[went.lastgroup or ""]
        yield _stated_as(went.group(), now, before, fits=fits)


def _as_before(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P5: 收到申请与上年的9件完全持平，本年收到申请9件."""
    for number, before in enumerate(sentence.numbers[:-1]):
        level = wording().year_over_year.as_now.match(sentence.quote, sentence.spans[number][1])
        now = sentence.numbers[number + 1]
        if level is None or not wording().year_over_year.as_before.search(sentence.before(number)):
            continue
        if now.of.indicator_id is None or now.of.unit_raw != before.of.unit_raw:
            continue
        if _is_last_years(now) or _sign(now.of.label_raw):
            continue
        yield _stated_as(level.group(), now, before, fits=now.range.meets(before.range))


def _stated_as(word: str, now: SeenNumber, before: SeenNumber, *, fits: bool) -> CheckResult:
    """X-P5: the direction of change that a sentence states, against the number a year before."""
    return result(
        "direction",
        fits,
        (now,),
        (before,),
        about=indicators_of(now),
        word_zh=word.strip(",，"),
        word=word,
    )


class _Told(NamedTuple):
    """How many times last year's number a sentence says this year's to be.

    Attributes:
        words: What it says.
        ratio: This year's number by last year's.
        step: By how much the ratio may differ, as the words round it.
    """

    words: str
    ratio: Decimal
    step: Decimal


def _times(
    sentence: CountedSentence, number: int, now: SeenNumber, before: SeenNumber
) -> Iterator[CheckResult]:
    """X-P5: 48件，是上年24件的2倍; 48件，上年24件，增长一倍; 是上年的2倍，上年24件."""
    if not before.value or not are_exact(now, before):
        return
    words = wording().year_over_year
    behind = _told(sentence.quote, sentence.spans[number][1])
    between = words.times_before.match(sentence.quote, sentence.spans[number - 1][1])
    for told in filter(None, (behind, between and _as_often(between))):
        worked_out = now.value / before.value
        yield result(
            "times_last_year",
            abs(worked_out - told.ratio) <= told.step,
            (now,),
            (before,),
            about=indicators_of(now),
            actual=told.ratio,
            expected=round(worked_out, 2),
            worked_out=worked_out,
            words=told.words,
        )


def _told(quote: str, start: int) -> _Told | None:
    """What a sentence says right behind two numbers of how often one is the other."""
    words = wording().year_over_year
    if times := words.times.match(quote, start):
        return _as_often(times)
    if doubled := words.doubled.match(quote, start):
        return _Told(doubled.group(), Decimal(2) ** parse(doubled["times"]), _HALF)
    if part := words.by_part.match(quote, start):
        share = _HALF if part["half"] else Decimal(parse(part["tenths"])) / 10
        return _Told(part.group(), 1 + share if part["up"] else 1 - share, _HALF / 10)
    return None


def _as_often(found: re.Match[str]) -> _Told:
    more = found.groupdict().get("more")
    times = Decimal(parse(more or found["times"]))
    step = Decimal(1).scaleb(int(times.as_tuple().exponent)) / 2
    return _Told(found.group(), times + 1 if more else times, step)


def _are_of_two_years(one: SeenNumber, other: SeenNumber) -> bool:
    """Whether two numbers count the same thing, one in the year and one in the year before."""
    ids = one.of.indicator_id, other.of.indicator_id
    same = ids[0] == ids[1] or (None in ids and one.of.label_raw == other.of.label_raw)
    same = same or any(
        wording().year_over_year.compared.search(a.of.label_raw) or _is_compared_with(a)
        for a in (one, other)
    )
    years = _is_last_years(one) != _is_last_years(other)
    now = other if _is_last_years(one) else one
    return (
        same
        and years
        and one.of.unit_raw == other.of.unit_raw
        and not now.is_open
        and not _sign(one.of.label_raw)
        and not _sign(other.of.label_raw)
    )


def _sign(label: str) -> int:
    """Whether a label says how much more, 1, or how much less, -1; 0 where neither."""
    if wording().year_over_year.more.search(label):
        return 1
    return -1 if wording().year_over_year.less.search(label) else 0


def _is_last_years(said: SeenNumber) -> bool:
    """Whether a number is only there to be compared with."""
    compared = wording().year_over_year.compared
    named = compared.search(said.of.label_raw) is not None or said.of.year is not None
    return named or _is_compared_with(said)


def _is_compared_with(said: SeenNumber) -> bool:
    """Whether the words right before a number say that it is last year's: 与去年的40件持平."""
    return wording().year_over_year.as_before.search(said.before) is not None
