"""Shares and rates that sentences work out from their numbers."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise

from msgspec import structs

from pipeline.facts.check_sides import (
    SeenNumber,
    Whole,
    added_values,
    are_exact,
    indicators_of,
    is_carried_in,
    result,
    words_before,
)
from pipeline.facts.sentences import CountedSentence, clauses
from pipeline.facts.wording import Dimension, wording
from pipeline.forms.balance import balance
from pipeline.lexis.numerals import parse
from pipeline.model.check import CheckResult, Outcome

_SHARE = "占比"
_RATE = "率"
_MIXED = "O-mixed"
_HALF = Decimal("0.5")
_FEWEST = 2
_NEXT_CLAUSE = 2
_ALL = 100
# What rounding may add to all.
_ROUNDED_UP = 1


def compare_shares(wholes: Sequence[Whole], prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P3: shares of a whole, and rates of what was granted among what came in."""
    for whole, parts in wholes:
        counted = {part.of.label_raw: part for part in parts if part.of.unit_raw != "%"}
        for share in parts:
            part = counted.get(share.of.label_raw.removesuffix(_SHARE))
            if share.of.unit_raw == "%" and part is not None:
                yield from _share(share, part, (whole,))
    yield from _shares_beside(wholes, prose)
    for place, share in enumerate(prose):
        if share.of.unit_raw == "%" and wording().shares.rate.search(share.of.label_raw):
            same = [one for one in prose[:place] if one.of.quote == share.of.quote]
            named = share.of.label_raw.removesuffix(_RATE)
            part = next((one for one in same if one.of.label_raw == named), None)
            if named in wording().shares.done:
                yield from _rate_of_done(share, prose)
                continue
            of = [one for one in same if one.of.indicator_id in _rated()]
            if part is not None and of:
                yield from _share(share, part, of)
            elif named == wording().shares.granted.word and of:
                yield from _rate_of_granted(share, same, of)


def compare_fractions(sentences: Sequence[CountedSentence]) -> Iterator[CheckResult]:
    """X-P3: shares that are stated in words."""
    for sentence in sentences:
        yield from _fractions(sentence)
        yield from _parts_told_as_fractions(sentence)
        yield from _of_total(sentence)
        yield from _told_behind(sentence)
        yield from _shares_of_kinds(sentence)


def _shares_beside(wholes: Sequence[Whole], prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """Shares of requests received or answered, without 其中: 收到50件,予以公开20件,占40%."""
    held = {one.place for _, parts in wholes for one in parts}
    for share in prose:
        if share.of.unit_raw != "%" or not share.of.label_raw.endswith(_SHARE):
            continue
        same = [one for one in prose if one.of.quote == share.of.quote and one.place < share.place]
        named = share.of.label_raw.removesuffix(_SHARE)
        part = next((one for one in reversed(same) if one.of.label_raw == named), None)
        of = [one for one in same if one.of.indicator_id in _rated() and not one.is_open]
        if part and part.of.indicator_id and part.place not in held and of and part not in of:
            yield from _share(share, part, of)


def _rate_of_done(share: SeenNumber, prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P3: the rate of requests closed; requests not due yet may be left out of it."""
    done = wording().shares.done[share.of.label_raw.removesuffix(_RATE)]
    same = [one for one in prose if one.of.quote == share.of.quote]
    part = next((one for one in same if one.of.indicator_id in done and not one.is_open), None)
    came = [one for one in same if one.of.indicator_id == balance().received and not one.is_open]
    is_on = wording().shares.not_due.search(share.of.quote) is not None
    is_on = is_on or any(one.of.indicator_id == balance().carried_out for one in prose)
    if part is None or not came or is_on:
        return
    carried = added_values(filter(is_carried_in, prose))
    both = structs.replace(came[0], value=came[0].value + carried)
    yield from _share(share, part, [came[0], both])


def _rate_of_granted(
    share: SeenNumber, same: Sequence[SeenNumber], of: Sequence[SeenNumber]
) -> Iterator[CheckResult]:
    """X-P3: a rate of what was granted, which may hold what was granted in part."""
    said = {one.of.indicator_id: one for one in same if not one.is_open}
    granted = [said[name] for name in wording().shares.granted.ids if name in said]
    # All of what should be public is public, whatever is not to be.
    if not granted or not _stands_behind(share, granted) or share.value == _ALL:
        return
    both = structs.replace(granted[0], value=added_values(granted))
    readings = [found for part in (granted[0], both) for found in _share(share, part, of)]
    fitting = (found for found in readings if found.outcome is Outcome.PASS)
    yield from [next(fitting, *readings[-1:])] if readings else ()


def _stands_behind(share: SeenNumber, parts: Sequence[SeenNumber]) -> bool:
    """Whether a share is told in the clause right behind the last of some parts."""
    last = max(parts, key=lambda one: one.place)
    between = share.before[len(last.before) + len(last.printed) :]
    return len(clauses(between)) <= _NEXT_CLAUSE


def _share(
    share: SeenNumber, part: SeenNumber, wholes: Sequence[SeenNumber]
) -> Iterator[CheckResult]:
    """A printed share against a part and the wholes that it may be a share of."""
    wholes = [
        one
        for one in _meant(share, wholes)
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
        "share",
        abs(nearest - share.value) <= step,
        (share,),
        (part, whole),
        about=indicators_of(part, whole),
        expected=round(nearest, places + 1),
        percent=nearest,
    )


def _fractions(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P3: 半数来自企业（6件中的3件）; 企业2件，占6件的三分之一."""
    rules = wording().shares
    for number in range(1, len(sentence.numbers)):
        one, other = sentence.numbers[number - 1 : number + 1]
        if rules.out_of.fullmatch(sentence.before(number)):
            whole, part, words = one, other, sentence.before(number - 1)
        elif rules.makes.fullmatch(sentence.before(number)):
            whole, part, words = other, one, sentence.after(number)
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
            "fraction",
            fits,
            (part,),
            (whole,),
            expected=round(whole.value * Decimal(times[0]) / Decimal(times[1]), 1),
            share=share.group(),
        )


def _parts_told_as_fractions(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P3: 新收50件，网络申请30件，占六成; 50件申请中，四成（20件）为信函申请; 占大部分."""
    rules = wording().shares
    for number in range(1, len(sentence.numbers)):
        part = sentence.numbers[number]
        before = [one for one in sentence.numbers[:number] if one.of.unit_raw == part.of.unit_raw]
        in_it = rules.out_of_told.match(sentence.before(number))
        told = rules.told_share.match(sentence.quote, sentence.spans[number][1])
        if in_it:
            wholes = [sentence.numbers[number - 1]]
        else:
            wholes = [one for one in before if one.of.indicator_id in _rated() and not one.is_open]
        told = told or (in_it if in_it and in_it.lastgroup else None)
        if told is None or len(wholes) != 1 or not are_exact(part, *wholes):
            continue
        # 自然人申请20件，信函申请12件，占六成 may be of those 20.
        meant = (one for one in before if one.value and _fits(part.value / one.value, told))
        whole = next(meant, wholes[0])
        alike = (part.of.unit_raw, part.of.year) == (whole.of.unit_raw, whole.of.year)
        if not alike or not whole.value or _MIXED in whole.of.why:
            continue
        yield result(
            "fraction",
            _fits(part.value / whole.value, told),
            (part,),
            (whole,),
            share=told.group().strip(",，（("),
        )


def _fits(share: Decimal, told: re.Match[str]) -> bool:
    """Whether a share may be told in such words: a tenth is rounded, a majority is above half."""
    words = told.groupdict()
    if words.get("most"):
        return share > _HALF
    if words.get("tenths"):
        meant = Decimal(parse(words["tenths"])) / 10
    elif words.get("half"):
        meant = _HALF
    else:
        meant = Decimal(parse(words["number"])) / Decimal(parse(words["of"]))
    return abs(share - meant) <= _HALF / 10


def _told_behind(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P3: 自然人申请占80%（40件）: the number stands behind its share."""
    for number, (share, part) in enumerate(pairwise(sentence.numbers), 1):
        is_share = share.of.unit_raw == "%" and share.of.label_raw.endswith(_SHARE)
        rules = wording().shares
        if not is_share or not rules.behind.fullmatch(sentence.before(number)):
            continue
        # 占80%（2件撤回） tells of some of them.
        if not rules.behind_end.match(sentence.quote, sentence.spans[number][1]):
            continue
        before = sentence.numbers[: number - 1]
        rated = [one for one in before if one.of.indicator_id in _rated() and not one.is_open]
        # 其中自然人申请30件，网络申请占80%（24件） may be of those 30.
        if len(rated) == 1:
            yield from _share(share, part, [one for one in before if are_exact(one)])


def _shares_of_kinds(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P3: shares of kinds of which a thing is one at a time make no more than all."""
    shares = [one for one in sentence.numbers if one.of.unit_raw == "%"]
    for dimension in wording().universal_claims.dimensions.values():
        kinds = [(_kind_alone(one, dimension), one) for one in shares]
        # Of those parted by shares of something else, each may be of another whole.
        for is_kind, run in groupby(kinds, lambda told: bool(told[0])):
            names, listed = zip(*run, strict=True)
            if is_kind and len(set(names)) == len(names) >= _FEWEST:
                yield _no_more_than_all(listed, sentence.quote)


def _kind_alone(share: SeenNumber, dimension: Dimension) -> str:
    """The kind of which a share is told, empty if it is told of more than a kind."""
    label = share.of.label_raw
    of_all = label.endswith(_SHARE) and share.of.year is None
    if not of_all or wording().shares.of_named.search(words_before(share.of)):
        return ""
    named = dimension.named_in(label)
    rest = dimension.pattern.sub("", label.removesuffix(_SHARE))
    alone = wording().shares.beside_kind.fullmatch(rest)
    return min(named) if alone and len(named) == 1 else ""


def _no_more_than_all(listed: Sequence[SeenNumber], quote: str) -> CheckResult:
    added = added_values(listed)
    return result(
        "shares_of_kinds",
        added <= _ALL + _ROUNDED_UP,
        listed,
        actual=added,
        expected=Decimal(_ALL),
        quote=quote,
    )


def _of_total(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P3: 制发规范性文件29件,主动公开14件,占制发总数的89%; shares of requests aside."""
    for number in range(2, len(sentence.numbers)):
        said = wording().shares.of_total.search(sentence.before(number))
        *before, part, share = sentence.numbers[: number + 1]
        if said is None or share.of.unit_raw != "%":
            continue
        named = [one for one in before if said["what"] in one.of.label_raw and not one.is_open]
        if len(named) == 1 and named[0].of.indicator_id not in _rated() and not part.is_open:
            yield from _share(share, part, named)


def _meant(share: SeenNumber, wholes: Sequence[SeenNumber]) -> Sequence[SeenNumber]:
    """Those numbers that a share may be said to be of: 占网络申请的63.7% is not of all."""
    said = wording().shares.of_named.search(words_before(share.of))
    return [one for one in wholes if said is None or _is_in(said["what"], one.of.label_raw)]


def _is_in(words: str, label: str) -> bool:
    """Whether a label holds the characters of some words in order, perhaps with others between."""
    rest = iter(label)
    return all(char in rest for char in words)


@cache
def _rated() -> frozenset[str | None]:
    """What the rate of an outcome may be a rate of."""
    return frozenset((balance().received, *balance().dealt_with))
