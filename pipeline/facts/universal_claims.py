"""Statements on all or none of the items counted, against other numbers of the report."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from pipeline.facts.check_sides import (
    SeenNumber,
    added_values,
    indicators_of,
    is_carried_in,
    is_part,
    result,
)
from pipeline.facts.ranges import total
from pipeline.facts.sentences import CountedSentence, clauses, counts_twice
from pipeline.facts.wording import Dimension, wording
from pipeline.forms.balance import balance
from pipeline.model.check import CheckResult

_ALL = 100
_STATUS = "status"
_DONE = "done"
# What is said of all is then the number of those that are counted.
_OUTCOMES = ("ruling", "outcome")
_SHORTEST_NAME = 4


class _Claim(NamedTuple):
    """That all of a number are of some kinds, or none of them is.

    Attributes:
        whole: The number.
        phrase: The words.
        dimension: What the kinds are kinds of.
        kinds: Their names.
        are_denied: Whether none is of them.
    """

    whole: SeenNumber
    phrase: str
    dimension: str
    kinds: frozenset[str]
    are_denied: bool

    @property
    def indicator(self) -> tuple[str, ...]:
        """The indicator that counts items of the kind claimed."""
        kinds = wording().universal_claims.dimensions[self.dimension].kinds
        return tuple(i for kind in sorted(self.kinds) if (i := kinds[kind].indicator))

    def names_some(self, label: str) -> bool:
        """Whether a label counts those of the kind: 4件,均获维持,结果维持3件."""
        found = wording().universal_claims.all_of_kind.match(label)
        if self.are_denied or found is None or self.dimension not in _OUTCOMES:
            return False
        words = [
            wording().universal_claims.dimensions[self.dimension].kinds[kind].words
            for kind in self.kinds
        ]
        return len(words) == 1 and words[0].fullmatch(found["kind"]) is not None

    def rules_out(self, label: str) -> bool:
        """Whether what a label names is not as all are said to be."""
        dimension = wording().universal_claims.dimensions[self.dimension]
        if dimension.unless.search(label):
            return False
        named = dimension.named_in(label)
        if self.are_denied:
            return bool(named) and named <= self.kinds
        return bool(named) and named.isdisjoint(self.kinds)


def compare_all(
    sentences: Sequence[CountedSentence], prose: Sequence[SeenNumber]
) -> Iterator[CheckResult]:
    """X-P8: of what is said of all, or of none, nothing is counted otherwise.

    Args:
        sentences: A report's sentences in reading order.
        prose: Its numbers.

    Yields:
        A result for every number that is said to be one of all and is not of their kind.
    """
    carried = any(is_carried_in(one) and one.value for one in prose)
    for place, sentence in enumerate(sentences):
        if not _claims_something(sentence):
            continue
        for number in range(len(sentence.numbers)):
            for claim in _claims(sentence, number):
                if carried and claim.dimension == _STATUS:
                    continue
                for one in _further(sentences, place, number):
                    if _is_one_of(one, claim):
                        yield _otherwise(claim, one)
                yield from _fewer_done(claim, prose)


def _fewer_done(claim: _Claim, prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P8: 收到申请9件，件件答复在当年；答复总件数8件."""
    whole = claim.whole
    if claim.are_denied or claim.dimension != _STATUS or claim.kinds != {_DONE}:
        return
    if whole.of.indicator_id != balance().received or whole.is_open:
        return
    if wording().universal_claims.in_year.search(claim.phrase):
        left = (one for one in prose if one.of.indicator_id == balance().carried_out)
        yield from (_otherwise(claim, one) for one in left if one.range.low > 0)
    if any(wording().universal_claims.left_over.search(one.of.quote) for one in prose):
        return
    done = (one for one in prose if one.of.indicator_id in balance().dealt_with)
    for one in done:
        same = one.of.unit_raw == whole.of.unit_raw and not one.is_open
        if same and one.range.high < whole.range.low:
            yield _otherwise(claim, one)


def compare_kinds(prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P2: kinds of which a thing is one at a time add up to no more than came."""
    carried = added_values(filter(is_carried_in, prose))
    words = wording().universal_claims
    for whole in prose:
        name = whole.of.indicator_id
        if whole.is_open or not whole.value or name not in words.of_kinds:
            continue
        for kinds in words.of_kinds[name]:
            parts = _one_of_each(whole, prose, words.dimensions[kinds])
            # What all have indicators, the catalogue's families hold against each other.
            if all(part.of.indicator_id for part in parts):
                continue
            if any(_is_counted_again(one.of.quote) for one in (whole, *parts)):
                continue
            if total([part.range for part in parts]).low > whole.range.high + carried:
                yield _too_many(whole, parts)


def _one_of_each(
    whole: SeenNumber, prose: Sequence[SeenNumber], dimension: Dimension
) -> list[SeenNumber]:
    """The first number of every kind after one, empty where others were there before."""
    kinds: dict[str, SeenNumber] = {}
    words = wording().universal_claims
    near = [one for one in prose if one.place > whole.place and _is_near(one, whole)]
    again = (at for at, one in enumerate(near) if one.of.indicator_id in words.of_kinds)
    near = near[: next(again, None)]
    for one in near:
        named = dimension.named_in(one.of.label_raw)
        if len(named) == 1 and _is_some_of(one, whole, dimension):
            kinds.setdefault(min(named), one)
    parts = list(kinds.values())
    same = [one for one in prose if one.of.quote == whole.of.quote]
    more = any(
        words.there_before.search(one.of.label_raw) for one in (*same, *near) if one not in parts
    )
    return [] if more or len(parts) == 1 else parts


def _is_counted_again(quote: str) -> bool:
    """Whether a sentence may count a case in each of its instances: 一审维持4件，二审纠正2件."""
    return counts_twice(quote) or wording().universal_claims.instances.search(quote) is not None


def _is_near(one: SeenNumber, whole: SeenNumber) -> bool:
    """Whether a number stands under the heading of another, or is a part of it.

    What became of cases is told in their sentence: 上级部门责令整改3件 is another's.
    """
    beside = one.of.above == whole.of.above
    told_on = whole.of.indicator_id == balance().received or one.of.quote == whole.of.quote
    return (beside and told_on) or one.of.above == whole.of.section_path


def _too_many(whole: SeenNumber, parts: Sequence[SeenNumber]) -> CheckResult:
    added = added_values(parts)
    return result("kinds_of_whole", False, (whole,), parts, expected=added)


def _is_some_of(one: SeenNumber, whole: SeenNumber, dimension: Dimension) -> bool:
    """Whether a number of a kind counts some of those that came."""
    words, label = wording().universal_claims, one.of.label_raw
    alike = (one.of.unit_raw, one.of.year) == (whole.of.unit_raw, whole.of.year)
    cases = words.case.findall(label)
    strange = words.elsewhere.search(label) or any(c not in whole.of.label_raw for c in cases)
    return alike and not strange and not dimension.unless.search(label)


def compare_none(
    sentences: Sequence[CountedSentence], prose: Sequence[SeenNumber]
) -> Iterator[CheckResult]:
    """X-P1: of what there was none, none is counted under a name that no indicator has."""
    nothing = [one for one in prose if one.of.indicator_id and not one.value and not one.is_open]
    some = [
        one for one in prose if one.range.low > 0 and (one.of.indicator_id is None or one.is_open)
    ]
    for none, one in product(nothing, some):
        if _is_of(one, none):
            yield _none_and_some(none.of.label_raw, none.quote, one, (none,))
    quotes = list(dict.fromkeys((one.of.char_start, one.of.quote) for one in prose))
    before = {quote: quotes[max(at - 1, 0)][1] for at, (_, quote) in enumerate(quotes)}
    # 2024年未收到申请;2025年收到申请19件: none of another year.
    elsewhere = {
        (one.of.quote, one.of.indicator_id)
        for one in prose
        if one.of.year is not None and not one.value
    }
    for sentence in sentences:
        for one in sentence.numbers:
            if one.range.low <= 0 or one.of.year is not None or one.is_open:
                continue
            near = (before[sentence.quote], sentence.quote)
            if any((quote, one.of.indicator_id) in elsewhere for quote in near):
                continue
            denied = _denied(one.of.label_raw, "".join(near))
            if denied:
                yield _none_and_some(denied, sentence.quote, one)


def _denied(label: str, text: str) -> str:
    """The words that deny the items a label names, empty without such."""
    words = wording().universal_claims
    at = text.find(label) if len(label) >= _SHORTEST_NAME else -1
    while at >= 0:
        end = at + len(label)
        denial = words.denied.search(text, 0, at)
        if denial and words.denied_end.match(text, end):
            # 上年没有, 除…外没有: not none of the year, or not none at all.
            clause = clauses(text[: denial.start()])[-1]
            if not (words.elsewhere.search(clause) or words.besides.search(clause)):
                return text[denial.start() : end]
        at = text.find(label, end)
    return ""


def _none_and_some(
    phrase: str, quote: str, one: SeenNumber, none: tuple[SeenNumber, ...] = ()
) -> CheckResult:
    return result(
        "none_and_some", False, none, (one,), actual=Decimal(0), phrase=phrase, quote=quote
    )


def _is_of(one: SeenNumber, none: SeenNumber) -> bool:
    """Whether a number counts items that were denied, by its name or by what it presupposes."""
    words, label = wording().universal_claims, one.of.label_raw
    near = none.of.section_path.startswith(one.of.above) or one.of.above.startswith(none.of.above)
    if one.of.year is not None or not near:
        return False
    presupposed = words.presupposed.get(none.of.indicator_id or "")
    if one.of.indicator_id:
        same = one.of.indicator_id == none.of.indicator_id
        return bool(presupposed and same and presupposed.match(_printed_around(one)))
    if presupposed and presupposed.search(label):
        return True
    name = words.verb.sub("", none.of.label_raw)
    if len(name) < _SHORTEST_NAME or words.elsewhere.search(label):
        return False
    before, found, after = label.partition(name)
    return bool(found and words.own.fullmatch(before) and words.rest_of_name.fullmatch(after))


def _printed_around(one: SeenNumber) -> str:
    """The clause of a number without it: 本年制发的(3件)行政规范性文件均已公开."""
    before = clauses(one.before)[-1]
    return before + clauses(one.of.quote[len(one.before) + len(one.printed) :])[0]


def _claims_something(sentence: CountedSentence) -> bool:
    """Whether a sentence may tell something of all, or of none, that it counts."""
    words = wording().universal_claims
    again = len({one.value for one in sentence.numbers}) < len(sentence.numbers)
    rate = any(one.of.unit_raw == "%" for one in sentence.numbers)
    return (
        again
        or rate
        or bool(words.every.search(sentence.quote) or words.none.search(sentence.quote))
    )


def _claims(sentence: CountedSentence, number: int) -> Iterator[_Claim]:
    """Claims on all items of a number, stated behind it or by a rate of 100%."""
    words, whole = wording().universal_claims, sentence.numbers[number]
    label = whole.of.label_raw
    if whole.of.unit_raw == "%":
        if whole.value == _ALL and words.rate.search(label):
            yield from _of_kinds(whole, label, are_denied=False)
        return
    if words.besides.search(sentence.quote) or not whole.value:
        return
    start, end = sentence.spans[number][1] if number else 0, len(sentence.quote)
    if number + 1 < len(sentence.spans):
        end = sentence.spans[number + 1][0]
    if number + 1 < len(sentence.numbers) and _is_all_again(sentence.numbers[number + 1], whole):
        yield from _of_kinds(whole, sentence.numbers[number + 1].of.label_raw, are_denied=False)
    for pattern, are_denied in ((words.every, False), (words.none, True)):
        for match in pattern.finditer(sentence.quote, start, end):
            phrase = clauses(sentence.quote[match.end() :])[0]
            yield from _of_kinds(whole, phrase, are_denied=are_denied)


def _is_all_again(one: SeenNumber, whole: SeenNumber) -> bool:
    """Whether a number counts all of another once more: 收到13件，答复13件."""
    return (one.value, one.of.unit_raw) == (whole.value, whole.of.unit_raw)


def _of_kinds(whole: SeenNumber, phrase: str, *, are_denied: bool) -> Iterator[_Claim]:
    label = f"{_named(whole)}{whole.of.indicator_id or ''}"
    dimensions = wording().universal_claims.dimensions
    named = [name for name, dimension in dimensions.items() if dimension.named_in(phrase)]
    for name in named:
        dimension = dimensions[name]
        kinds = dimension.named_in(phrase)
        is_rate = whole.of.unit_raw == "%"
        # A rate of 100% is of those that were due; 无逾期答复 does not deny that all are answered.
        if name == _STATUS and (is_rate or (are_denied and named != [name])):
            continue
        may_be = dimension.of.search(label) and not dimension.named_in(label)
        if not dimension.unless.search(phrase) and (is_rate or may_be):
            yield _Claim(whole, phrase, name, kinds, are_denied)


def _named(whole: SeenNumber) -> str:
    """What a number counts, without what its own clause tells of all: 12件申请均来自个人."""
    words, label = wording().universal_claims, whole.of.label_raw
    told = [match.start() for claim in (words.every, words.none) if (match := claim.search(label))]
    return label[: min(filter(None, told), default=len(label))]


def _further(sentences: Sequence[CountedSentence], place: int, number: int) -> Iterator[SeenNumber]:
    """The numbers behind a number in its sentence, and those of the next if that goes on."""
    sentence = sentences[place]
    is_rate = sentence.numbers[number].of.unit_raw == "%"
    yield from sentence.numbers[0 if is_rate else number + 1 :]
    if place + 1 < len(sentences) and wording().universal_claims.goes_on.match(
        sentences[place + 1].quote
    ):
        yield from sentences[place + 1].numbers


def _is_one_of(one: SeenNumber, claim: _Claim) -> bool:
    """Whether a number counts some of the items that a claim is about, and contradicts it."""
    words, whole = wording().universal_claims, claim.whole
    label, is_rate = one.of.label_raw, whole.of.unit_raw == "%"
    if one.range.low <= 0 or one.of.year is not None or words.elsewhere.search(label):
        return False
    if words.apart.search(one.of.quote) or (is_rate and words.not_of_rate.search(label)):
        return False
    if not is_rate and (one.of.unit_raw != whole.of.unit_raw or one.value > whole.value):
        return False
    if bool(words.case.search(label)) > bool(words.case.search(whole.of.label_raw)):
        return False
    beside = whole.is_top and one.of.above == whole.of.above
    below = is_part(one, whole)
    is_less = one.range.high < whole.range.low and claim.names_some(label)
    return (below or beside or is_rate) and (is_less or claim.rules_out(label))


def _otherwise(claim: _Claim, one: SeenNumber) -> CheckResult:
    whole = claim.whole
    word = "无一" if claim.are_denied else "全部"
    return result(
        "all_or_none",
        False,
        (whole,),
        (one,),
        about=tuple(dict.fromkeys((*indicators_of(whole, one), *claim.indicator))),
        word=word,
        claim=claim,
    )
