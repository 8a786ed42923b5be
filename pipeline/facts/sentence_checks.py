"""Sentences against each other: two places, wholes and parts, shares, kinds and all.

A difference is reported with both sides; which is right is not for us to say. Nothing is
held against anything that is of another kind, unit, body or year.
"""

from collections.abc import Iterator, Sequence

from pipeline.facts.arithmetic_statements import compare_worked_out
from pipeline.facts.balances import compare_balance, compare_due
from pipeline.facts.check_sides import (
    SeenNumber,
    are_alike,
    is_a_governments,
    is_carried_in,
    is_of_all_levels,
    is_part,
    result,
)
from pipeline.facts.comparable import may_add_up_years
from pipeline.facts.exhaustive_parts import compare_complete
from pipeline.facts.sentences import counted_sentences
from pipeline.facts.shares import compare_fractions, compare_shares
from pipeline.facts.stated_part_lists import added_up
from pipeline.facts.universal_claims import compare_all, compare_kinds, compare_none
from pipeline.facts.wholes_and_parts import compare_families, compare_parts, wholes
from pipeline.facts.wording import wording
from pipeline.facts.year_over_year import changes_on_last_report, compare_changes
from pipeline.forms.balance import balance
from pipeline.model.check import CheckResult
from pipeline.model.observation import Scope


def compare_sentences(
    prose: Sequence[SeenNumber], scope: Scope, year: int | None = None
) -> Iterator[CheckResult]:
    """Compares what a report's sentences say with each other."""
    found = wholes(prose)
    sentences = tuple(counted_sentences(prose))
    yield from _two_places(
        prose, scope, [one for sentence in sentences for one in added_up(sentence)]
    )
    yield from compare_parts(found, prose)
    yield from compare_families(prose)
    yield from compare_complete(prose, found, sentences)
    yield from compare_all(sentences, prose)
    yield from compare_kinds(prose)
    yield from compare_none(sentences, prose)
    yield from compare_shares(found, prose)
    yield from compare_fractions(sentences)
    yield from compare_changes(sentences)
    yield from changes_on_last_report(sentences, year)
    yield from _kinds_and_all(prose)
    yield from compare_balance(prose)
    yield from compare_due(prose)
    yield from compare_worked_out(sentences)


def _two_places(
    prose: Sequence[SeenNumber], scope: Scope, sums: Sequence[frozenset[int]]
) -> Iterator[CheckResult]:
    """X-P1: every later sentence against the first on the same indicator, body and year."""
    first: dict[tuple[str, int | None, Scope], SeenNumber] = {}
    carried = [one.value for one in prose if is_carried_in(one)]
    for said in prose:
        name = said.of.indicator_id
        if not name or said.is_open:
            continue
        body = scope if said.of.scope is Scope.UNKNOWN else said.of.scope
        before = first.setdefault((name, said.of.year, body), said)
        if before is said or is_part(said, before) or is_part(before, said):
            continue
        if _are_of_two_bodies(said, before, scope):
            continue
        if (before.of.char_start, before.value) == (said.of.char_start, said.value):
            continue
        if any({before.place, said.place} <= added for added in sums):
            continue
        meets = before.range.meets(said.range)
        more = max(before, said, key=lambda one: one.value)
        if not meets and (
            (
                may_add_up_years(more.of)
                and more.of.indicator_id not in wording().sentence_checks.stocks
            )
            or (name != balance().carried_in and abs(before.value - said.value) in carried)
            or _differ(said.of.unit_raw, before.of.unit_raw)
        ):
            continue
        yield result("two_sentences", meets, (before,), (said,), about=(name,))


def _are_of_two_bodies(one: SeenNumber, other: SeenNumber, scope: Scope) -> bool:
    """Whether only one of two numbers is a government's own: 市政府收到35件；全市各级收到111件."""
    seats = {is_a_governments(said): said for said in (one, other)}
    return len(seats) > 1 and (scope is Scope.AGENCY or is_of_all_levels(seats[False]))


def _differ(one: str | None, other: str | None) -> bool:
    cases = wording().sentence_checks.cases
    alike = one == other or (one in cases and other in cases)
    alike = alike or {one, other} <= wording().sentence_checks.persons
    return one is not None and other is not None and not alike


def _kinds_and_all(prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-P4."""
    name = wording().sentence_checks.information
    wholes = [one for one in prose if one.of.indicator_id == name and not one.is_open]
    for said in prose:
        if (
            said.of.indicator_id
            or said.is_open
            or not wording().sentence_checks.kind_of_information.match(said.of.label_raw)
        ):
            continue
        same = [one for one in wholes if are_alike(one, said)]
        if not same:
            continue
        whole = max(same, key=lambda one: one.range.high)
        yield result(
            "one_kind_and_all", said.range.low <= whole.range.high, (whole,), (said,), about=(name,)
        )
