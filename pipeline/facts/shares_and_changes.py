"""What sentences work out from their numbers: shares, rates, and what changed since last year."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from pipeline.declared import Declaration, declared
from pipeline.facts.sides import (
    Seen,
    Whole,
    added_values,
    are_exact,
    indicators_of,
    is_carried_in,
    result,
)
from pipeline.facts.told import Told, clauses
from pipeline.forms.balance import balance
from pipeline.lexis.numerals import parse
from pipeline.model.check import CheckResult, Outcome

_SHARE = "占比"
# How far a difference may stand from the numbers that it is of.
_NEAR = 2
_RATE = "率"
_MIXED = "O-mixed"


class _Rules(Declaration):
    not_due: re.Pattern[str]
    rate: re.Pattern[str]
    rated: frozenset[str]
    done: dict[str, frozenset[str]]
    times: re.Pattern[str]
    moved: re.Pattern[str]
    went: re.Pattern[str]
    grew_to: re.Pattern[str]
    more: re.Pattern[str]
    less: re.Pattern[str]
    compared: re.Pattern[str]
    as_before: re.Pattern[str]
    as_now: re.Pattern[str]
    fraction: re.Pattern[str]
    not_a_fraction: re.Pattern[str]
    out_of: re.Pattern[str]
    makes: re.Pattern[str]


def compare_shares(wholes: Sequence[Whole], prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P3: shares of a whole, and rates of what was granted among what came in."""
    for whole, parts in wholes:
        counted = {part.of.label_raw: part for part in parts if part.of.unit_raw != "%"}
        for share in parts:
            part = counted.get(share.of.label_raw.removesuffix(_SHARE))
            if share.of.unit_raw == "%" and part is not None:
                yield from _share(share, part, (whole,))
    yield from _shares_beside(wholes, prose)
    for place, share in enumerate(prose):
        if share.of.unit_raw == "%" and _rules().rate.search(share.of.label_raw):
            same = [one for one in prose[:place] if one.of.quote == share.of.quote]
            named = share.of.label_raw.removesuffix(_RATE)
            part = next((one for one in same if one.of.label_raw == named), None)
            if named in _rules().done:
                yield from _rate_of_done(share, prose)
                continue
            of = [one for one in same if one.of.indicator_id in _rules().rated]
            if part is not None and of:
                yield from _share(share, part, of)


def _shares_beside(wholes: Sequence[Whole], prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """Shares of what came or was answered that no 其中 ties to it: 收到50件,予以公开20件,占40%."""
    held = {one.place for _, parts in wholes for one in parts}
    for share in prose:
        if share.of.unit_raw != "%" or not share.of.label_raw.endswith(_SHARE):
            continue
        same = [one for one in prose if one.of.quote == share.of.quote and one.place < share.place]
        named = share.of.label_raw.removesuffix(_SHARE)
        part = next((one for one in reversed(same) if one.of.label_raw == named), None)
        of = [one for one in same if one.of.indicator_id in _rules().rated and not one.is_open]
        if part and part.of.indicator_id and part.place not in held and of and part not in of:
            yield from _share(share, part, of)


def _rate_of_done(share: Seen, prose: Sequence[Seen]) -> Iterator[CheckResult]:
    """X-P3: how much of what came is closed; what is not due yet may be left out of it."""
    done = _rules().done[share.of.label_raw.removesuffix(_RATE)]
    same = [one for one in prose if one.of.quote == share.of.quote]
    part = next((one for one in same if one.of.indicator_id in done and not one.is_open), None)
    came = [one for one in same if one.of.indicator_id == balance().received and not one.is_open]
    is_on = _rules().not_due.search(share.of.quote) is not None
    is_on = is_on or any(one.of.indicator_id == balance().carried_out for one in prose)
    if part is None or not came or is_on:
        return
    carried = added_values(filter(is_carried_in, prose))
    both = came[0]._replace(value=came[0].value + carried)
    yield from _share(share, part, [came[0], both])


def _share(share: Seen, part: Seen, wholes: Sequence[Seen]) -> Iterator[CheckResult]:
    """A printed share against a part and what it may be a share of."""
    wholes = [
        one
        for one in wholes
        if one.of.unit_raw == part.of.unit_raw and one.value and _MIXED not in one.of.why
    ]
    if not wholes or not are_exact(part, share, *wholes):
        return
    places = -int(share.value.as_tuple().exponent)
    step = Decimal(1).scaleb(-places)
    worked_out = [part.value / whole.value * 100 for whole in wholes]
    nearest = min(worked_out, key=lambda one: abs(one - share.value))
    whole = wholes[worked_out.index(nearest)]
    yield result(
        "X-P3",
        Outcome.PASS if abs(nearest - share.value) <= step else Outcome.FAIL,
        indicators_of(part, whole),
        actual=share.value,
        expected=round(nearest, places + 1),
        zh=f"“{part.of.label_raw}”{part}，占{whole}的{nearest:.1f}%，正文为{share}",
        en=f"{part.of.label_raw} {part} is {nearest:.1f}% of {whole}, printed {share}",
        left=(share,),
        right=(part, whole),
    )


def compare_changes(sentences: Sequence[Told]) -> Iterator[CheckResult]:
    """X-P5 and X-P3: last year's number and this year's, and a share told in words.

    Args:
        sentences: A report's sentences in reading order.

    Yields:
        A result wherever the two numbers are known.
    """
    for told in sentences:
        yield from _directions(told)
        yield from _as_before(told)
        yield from _fractions(told)
        for place, change in enumerate(told.numbers):
            sign = _sign(change.of.label_raw)
            pair = _changed(told, place) if sign else None
            if pair:
                yield _change(change, sign, *pair)


def _changed(told: Told, place: int) -> tuple[Seen, Seen] | None:
    """This year's number and last year's, of which another tells the difference."""
    change = told.numbers[place]
    beside = [
        one
        for at, one in enumerate(told.numbers)
        if abs(at - place) <= _NEAR
        and at != place
        and not _sign(one.of.label_raw)
        and not _rules().moved.search(one.of.label_raw)
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


def _change(change: Seen, sign: int, now: Seen, before: Seen) -> CheckResult:
    worked_out = (now.value - before.value) * sign
    step = Decimal(0)
    if change.of.unit_raw == "%":
        worked_out = worked_out / before.value * 100
        step = Decimal(1).scaleb(int(change.value.as_tuple().exponent))
    return result(
        "X-P5",
        Outcome.PASS if abs(worked_out - change.value) <= step else Outcome.FAIL,
        indicators_of(now),
        actual=change.value,
        expected=round(worked_out, 2),
        zh=f"由{before}到{now}，相差{worked_out:.4g}，正文为{change}（{now.quote}）",
        en=f"from {before} to {now} it is {worked_out:.4g}, printed {change} ({now.quote})",
        left=(change,),
        right=(now, before),
    )


def _directions(told: Told) -> Iterator[CheckResult]:
    """X-P5: which way a number went, told without by how much: 44件，去年52件，有所增加."""
    for number in range(1, len(told.numbers)):
        pair = told.numbers[number - 1], told.numbers[number]
        if not _are_of_two_years(*pair):
            continue
        now, before = (
            pair if pair[0].of.year is None and not _is_last_years(pair[0]) else pair[::-1]
        )
        grew_to = _rules().grew_to.search(told.before(number)) if before is pair[0] else None
        yield from _times(told, number, now, before)
        went = grew_to or _rules().went.match(told.quote, told.spans[number][1])
        if went is None:
            continue
        fits = {
            "level": now.range.meets(before.range),
            "up": now.range.high > before.range.low,
            "down": now.range.low < before.range.high,
        }[went.lastgroup or ""]
        yield result(
            "X-P5",
            Outcome.PASS if fits else Outcome.FAIL,
            indicators_of(now),
            actual=now.value,
            expected=before.value,
            zh=f"上年{before}，今年{now}，正文称“{went.group().strip(',，')}”（{now.quote}）",
            en=f"{before} a year before, {now} now, told as “{went.group()}” ({now.quote})",
            left=(now,),
            right=(before,),
        )


def _as_before(told: Told) -> Iterator[CheckResult]:
    """X-P5: 收到申请与上年的9件完全持平，本年收到申请9件."""
    for number, before in enumerate(told.numbers[:-1]):
        level = _rules().as_now.match(told.quote, told.spans[number][1])
        now = told.numbers[number + 1]
        if level is None or not _rules().as_before.search(told.before(number)):
            continue
        if now.of.indicator_id is None or now.of.unit_raw != before.of.unit_raw:
            continue
        if _is_last_years(now) or _sign(now.of.label_raw):
            continue
        yield result(
            "X-P5",
            Outcome.PASS if now.range.meets(before.range) else Outcome.FAIL,
            indicators_of(now),
            actual=now.value,
            expected=before.value,
            zh=f"上年{before}，今年{now}，正文称“{level.group()}”（{now.quote}）",
            en=f"{before} a year before, {now} now, told as “{level.group()}” ({now.quote})",
            left=(now,),
            right=(before,),
        )


def _fractions(told: Told) -> Iterator[CheckResult]:
    """X-P3: 半数来自企业（6件中的3件）; 企业2件，占6件的三分之一."""
    rules = _rules()
    for number in range(1, len(told.numbers)):
        one, other = told.numbers[number - 1 : number + 1]
        if rules.out_of.fullmatch(told.before(number)):
            whole, part, words = one, other, told.before(number - 1)
        elif rules.makes.fullmatch(told.before(number)):
            whole, part, words = other, one, told.behind(number)
        else:
            continue
        # The clause that the numbers stand next to.
        words = clauses(words)[-1 if whole is one else 0]
        share = rules.fraction.search(words)
        if share is None or rules.not_a_fraction.search(words):
            continue
        if whole.of.unit_raw != part.of.unit_raw or not are_exact(whole, part):
            continue
        times = (1, 2) if share["half"] else (parse(share["number"]), parse(share["of"]))
        fits = part.value * Decimal(times[1]) == whole.value * Decimal(times[0])
        yield result(
            "X-P3",
            Outcome.PASS if fits else Outcome.FAIL,
            indicators_of(part, whole),
            actual=part.value,
            expected=round(whole.value * Decimal(times[0]) / Decimal(times[1]), 1),
            zh=f"{part}，共{whole}，正文称“{share.group()}”（{part.quote}）",
            en=f"{part} of {whole}, told as “{share.group()}” ({part.quote})",
            left=(part,),
            right=(whole,),
        )


def _times(told: Told, number: int, now: Seen, before: Seen) -> Iterator[CheckResult]:
    """X-P5: 48件，是上年24件的2倍."""
    found = _rules().times.match(told.quote, told.spans[number][1])
    if found is None or not before.value or not are_exact(now, before):
        return
    times = Decimal(parse(found["times"]))
    step = Decimal(1).scaleb(int(times.as_tuple().exponent)) / 2
    worked_out = now.value / before.value
    yield result(
        "X-P5",
        Outcome.PASS if abs(worked_out - times) <= step else Outcome.FAIL,
        indicators_of(now),
        actual=times,
        expected=round(worked_out, 2),
        zh=f"{now}是{before}的{worked_out:.2f}倍，正文为{found['times']}倍（{now.quote}）",
        en=f"{now} is {worked_out:.2f} times {before}, printed {found['times']} ({now.quote})",
        left=(now,),
        right=(before,),
    )


def _are_of_two_years(one: Seen, other: Seen) -> bool:
    """Whether two numbers count the same thing, one of them in the year and one a year before."""
    ids = one.of.indicator_id, other.of.indicator_id
    same = ids[0] == ids[1] or (None in ids and one.of.label_raw == other.of.label_raw)
    same = same or any(_rules().compared.search(a.of.label_raw) for a in (one, other))
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
    if _rules().more.search(label):
        return 1
    return -1 if _rules().less.search(label) else 0


def _is_last_years(said: Seen) -> bool:
    """Whether a number is only there to be compared with."""
    return _rules().compared.search(said.of.label_raw) is not None or said.of.year is not None


@cache
def _rules() -> _Rules:
    return declared("pipeline.facts", "shares_and_changes", _Rules)
