"""What sentences work out by their words: the same again, so many each time, a stock that moved."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import structs

from pipeline.facts.check_sides import (
    SeenNumber,
    added_values,
    are_exact,
    indicators_of,
    is_part,
    result,
)
from pipeline.facts.sentences import CountedSentence, clauses
from pipeline.facts.wording import wording
from pipeline.lexis.units import is_money
from pipeline.model.check import CheckResult

_FEWEST_CHANGES = 2
_SHORTEST_NAME = 4


def compare_worked_out(sentences: Sequence[CountedSentence]) -> Iterator[CheckResult]:
    """X-P1, X-P6 and X-P9 where the words of a sentence say how its numbers go together."""
    for place, sentence in enumerate(sentences):
        before = sentences[place - 1].numbers if place else ()
        yield from _again(sentence, before)
        yield from _every(sentence)
        yield from _moved(sentence)
        yield from _balanced(sentence)
        yield from _converted(sentence)


def _again(sentence: CountedSentence, before: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P1: 收到申请14件，上述17件: one of the numbers before it, or a sum of those."""
    words = wording().arithmetic_statements
    for number, said in enumerate(sentence.numbers):
        gap = sentence.before(number)
        is_again = words.again.search(gap) is not None
        is_all = words.all_of_them.search(gap) is not None
        if not (is_again or is_all or words.these.search(gap)) or not are_exact(said):
            continue
        earlier = [
            one
            for one in (*before, *sentence.numbers[:number])
            if one.of.unit_raw == said.of.unit_raw and are_exact(one)
        ]
        tops = [one for one in earlier if one.is_top]
        if is_all:
            # 全部12件规范性文件 are not the requests told of before.
            what = sentence.after(number)[:_SHORTEST_NAME]
            tops = [one for one in tops if what and one.of.label_raw.endswith(what)]
        if not tops or (not (is_again or is_all) and len(earlier) > 1):
            continue
        fits = said.value in _sums(earlier)
        meant = tops[-1] if len(tops) == 1 else max(tops, key=lambda one: one.value)
        yield result(
            "meant_again", fits, (meant,), (said,), about=indicators_of(meant), word=gap[-2:]
        )


def _sums(earlier: Sequence[SeenNumber]) -> set[Decimal]:
    """Sums of runs of consecutive numbers, and of runs of those that are no parts."""
    tops = [one for one in earlier if one.is_top]
    return {
        added_values(run[start:end])
        for run in (earlier, tops)
        for start in range(len(run))
        for end in range(start + 1, len(run) + 1)
    }


def _every(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P9: 每期800份 of six issues are 4800."""
    words = wording().arithmetic_statements
    for match in words.every.finditer(sentence.quote):
        clause = clauses(sentence.quote[: match.start()])[-1]
        after = clauses(sentence.quote[match.end() :])[0]
        if words.inexact.search(f"{clause}{match.group()}{after}"):
            continue
        for number, whole in enumerate(sentence.numbers):
            if sentence.spans[number][0] < match.end() or not are_exact(whole):
                continue
            lead = sentence.lead(number)
            if whole.of.unit_raw != match["unit"] or not words.of_all.search(lead):
                continue
            what = match["what"].strip("为是")
            if what and not _share_word(what, f"{lead}{whole.of.label_raw}"):
                continue
            rounds = _rounds(sentence, match["of"], number)
            if rounds:
                yield _multiplied(whole, rounds, Decimal(match["number"]), match.group())
            break


def _rounds(
    sentence: CountedSentence, of: str, number: int
) -> tuple[Decimal, tuple[SeenNumber, ...]] | None:
    """How many times, by the calendar or by a number before it, with that number."""
    if of in wording().arithmetic_statements.rounds:
        return Decimal(wording().arithmetic_statements.rounds[of]), ()
    counted = [one for one in sentence.numbers[:number] if one.of.unit_raw == of]
    if len(counted) != 1 or not are_exact(*counted):
        return None
    return counted[0].value, (counted[0],)


def _multiplied(
    whole: SeenNumber, rounds: tuple[Decimal, tuple[SeenNumber, ...]], each: Decimal, phrase: str
) -> CheckResult:
    times, counted = rounds
    return result(
        "every_time",
        times * each == whole.value,
        (whole,),
        counted,
        expected=times * each,
        phrase=phrase,
        times=times,
    )


def _share_word(one: str, other: str) -> bool:
    """Whether two texts have two characters in a row in common."""
    return not set(pairwise(one)).isdisjoint(pairwise(other))


def _moved(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P6: a stock a year before, plus additions and less removals, against the stock now."""
    words = wording().arithmetic_statements
    if len(sentence.numbers) <= _FEWEST_CHANGES or not words.before.search(sentence.quote):
        return
    for first, before in enumerate(sentence.numbers):
        if not wording().arithmetic_statements.before.search(sentence.lead(first)):
            continue
        signs = _changes(sentence, first)
        now = sentence.numbers[first + len(signs) + 1] if signs else before
        changes = sentence.numbers[first + 1 : first + len(signs) + 1]
        if not signs or 0 in signs or not are_exact(before, now, *changes):
            continue
        moved = list(zip(changes, signs, strict=True))
        value = before.value + sum((one.value * sign for one, sign in moved), Decimal(0))
        parts = "".join(f"{'+' if sign > 0 else '-'}{one}" for one, sign in moved)
        yield result(
            "stock",
            value == now.value,
            (now,),
            (before, *changes),
            about=indicators_of(now, *changes),
            expected=value,
            changes=parts,
        )


def _changes(sentence: CountedSentence, first: int) -> list[int]:
    """1 for each addition and -1 for each removal up to the stock now; empty without such."""
    words, before = wording().arithmetic_statements, sentence.numbers[first]
    signs: list[int] = []
    for place in range(first + 1, len(sentence.numbers)):
        if sentence.numbers[place].of.unit_raw != before.of.unit_raw:
            return []
        lead = sentence.lead(place)
        if words.now.search(lead):
            is_all_told = _is_stock(sentence.lead(first)) and words.neither.search(
                sentence.between(first, place)
            )
            return signs if len(signs) >= (1 if is_all_told else _FEWEST_CHANGES) else []
        signs.append(1 if words.came.search(lead) else -1 if words.went.search(lead) else 0)
    return []


def _is_stock(lead: str) -> bool:
    """Whether words say how many there were, not how many came: not 去年制发3件."""
    words = wording().arithmetic_statements
    return words.stock.search(lead) is not None and words.came.search(lead) is None


def _balanced(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P6: 年初在手2件，新到30件，办毕29件，年末在手3件: what came in also went or is left."""
    names = tuple(wording().arithmetic_statements.balance)
    if (
        len(sentence.numbers) != len(names)
        or len({one.of.unit_raw for one in sentence.numbers}) > 1
    ):
        return
    found: dict[str, SeenNumber] = {}
    for number, one in enumerate(sentence.numbers):
        lead = sentence.lead(number)
        named = (
            name for name in names if wording().arithmetic_statements.balance[name].search(lead)
        )
        found.setdefault(next(named, ""), one)
    # Where each has its indicator, the balance of the whole report is held.
    all_known = all(one.of.indicator_id for one in sentence.numbers)
    if all_known or found.keys() != set(names) or not are_exact(*sentence.numbers):
        return
    opening, came_in, went = found["opening"], found["came"], (found["done"], found["closing"])
    # 受理44件(含上年结转3件): what came in holds what was at hand.
    came = (came_in,) if is_part(opening, came_in) else (opening, came_in)
    inward, outward = added_values(came), added_values(went)
    yield result(
        "balance_of_sentence",
        inward == outward,
        came,
        went,
        actual=inward,
        expected=outward,
        quote=sentence.quote,
    )


def _converted(sentence: CountedSentence) -> Iterator[CheckResult]:
    """X-P1: 0.05万元，折合500元 is one sum."""
    for number in range(1, len(sentence.numbers)):
        one, other = sentence.numbers[number - 1 : number + 1]
        are_money = is_money(one.of.unit_raw) and is_money(other.of.unit_raw)
        if not are_money or not wording().arithmetic_statements.converted.fullmatch(
            sentence.before(number)
        ):
            continue
        worth = added_values((other,), one)
        step = max(
            Decimal(1).scaleb(int(one.value.as_tuple().exponent)),
            added_values((structs.replace(other, value=Decimal(1)),), one),
        )
        yield result(
            "converted",
            abs(worth - one.value) * 2 <= step,
            (one,),
            (other,),
            about=indicators_of(one),
            expected=worth,
        )
