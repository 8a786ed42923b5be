"""Shares and rates that sentences work out from their numbers."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

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
from pipeline.facts.wording import wording
from pipeline.forms.balance import balance
from pipeline.lexis.numerals import parse
from pipeline.model.check import CheckResult

_SHARE = "占比"
_RATE = "率"
_MIXED = "O-mixed"


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


def compare_fractions(sentences: Sequence[CountedSentence]) -> Iterator[CheckResult]:
    """X-P3: shares that are stated in words."""
    for sentence in sentences:
        yield from _fractions(sentence)
        yield from _of_total(sentence)
        yield from _told_behind(sentence)


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
    is_on = wording().universal_claims.left_over.search(share.of.quote) is not None
    is_on = is_on or any(one.of.indicator_id == balance().carried_out for one in prose)
    if part is None or not came or is_on:
        return
    carried = added_values(filter(is_carried_in, prose))
    both = structs.replace(came[0], value=came[0].value + carried)
    yield from _share(share, part, [came[0], both])


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
