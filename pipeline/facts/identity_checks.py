"""The identities of a form, evaluated on one report."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache

from msgspec import structs

from pipeline.facts.check_results import rule_result
from pipeline.facts.selection import PRINTED, Settled, counted_by_ones
from pipeline.forms.arithmetic import Sides, added, holds, sides
from pipeline.forms.identities import Identity, Term, derived_totals, identities_of
from pipeline.model.check import CheckResult, Operand, Outcome, Severity
from pipeline.model.observation import Observation, Source, Status

_BROKEN_IDENTITY = 0.7


def check_identities(
    observations: Sequence[Observation],
    template: str,
    year: int | None,
    chosen: Mapping[str, Settled],
) -> tuple[CheckResult, ...]:
    """Evaluates every identity of a form once on the values its tables print.

    Returns:
        One result an identity; not assessable where an operand is missing.
    """
    printed = {
        name: Operand(one.observation, counted_by_ones(observations[one.observation]))
        for name, one in chosen.items()
    }
    has_strangers = False
    for number, observation in enumerate(observations):
        if observation.source not in PRINTED:
            continue
        name = observation.indicator_id
        if name is None:
            is_number = observation.value_status is Status.REPORTED
            has_strangers |= is_number and observation.source is Source.TABLE
        elif name not in printed and observation.year in (None, year):
            printed[name] = Operand(number, None)
    known = {name: one.value for name, one in printed.items() if one.value is not None}
    return tuple(
        [_check(identity, printed, known, has_strangers) for identity in identities_of(template)]
    )


def weigh_by_checks(
    observations: Sequence[Observation], checks: Sequence[CheckResult]
) -> tuple[Observation, ...]:
    """Lowers the confidence of the values that a failed identity involves.

    Returns:
        The observations, values untouched; totals worked out from doubted values are doubted.
    """
    doubted = {
        number
        for check in checks
        if check.outcome is Outcome.FAIL and check.severity is Severity.ERROR
        for number in check.observations
    }
    if not doubted:
        return tuple(observations)
    indicators = {observations[number].indicator_id for number in doubted}
    for number, observation in enumerate(observations):
        if observation.source is Source.DERIVED and indicators & parts_of(observation.indicator_id):
            doubted.add(number)
            indicators.add(observation.indicator_id)
    return tuple(
        structs.replace(observation, confidence=round(observation.confidence * _BROKEN_IDENTITY, 3))
        if number in doubted
        else observation
        for number, observation in enumerate(observations)
    )


@cache
def parts_of(indicator_id: str | None) -> frozenset[str]:
    """What a total may be worked out from."""
    totals = [total for total in derived_totals() if total.indicator_id == indicator_id]
    return frozenset(part for total in totals for part in total.parts)


def _check(
    identity: Identity,
    printed: Mapping[str, Operand],
    known: Mapping[str, Decimal],
    has_strangers: bool,
) -> CheckResult:
    counted = sides(identity, printed)
    ids = counted.ids if identity.has_choices else identity.operands
    may_lack_some = has_strangers and _lacks_optional(identity, printed)
    both = counted.left and counted.right and not may_lack_some
    is_known = both and all(map(known.__contains__, ids))
    actual = added(counted.left, known) if is_known else None
    expected = added(counted.right, known) if is_known else None
    outcome = _outcome(identity, actual, expected)
    zh, en = _messages(identity, outcome, actual, expected)
    if not counted.left or not counted.right:
        ids = Sides(counted.left or identity.left, counted.right or identity.right).ids
    return rule_result(
        identity.rule_id,
        outcome,
        ids,
        actual=actual,
        expected=expected,
        zh=zh,
        en=en,
        left=_side(counted.left, printed),
        right=_side(counted.right, printed),
    )


def _side(terms: Sequence[Term], printed: Mapping[str, Operand]) -> tuple[Operand, ...]:
    """The printed values of one side, with the signs of the rule."""
    return tuple(
        [
            Operand(one.observation, -one.value) if term.sign < 0 and one.value else one
            for term in terms
            if (one := printed.get(term.indicator_id))
        ]
    )


def _lacks_optional(identity: Identity, printed: Mapping[str, Operand]) -> bool:
    """Whether a row that the form may have is missing: an unknown row may be it."""
    return any(term.optional and term.indicator_id not in printed for term in identity.right)


def _outcome(identity: Identity, actual: Decimal | None, expected: Decimal | None) -> Outcome:
    if actual is None or expected is None:
        return Outcome.NOT_ASSESSABLE
    return Outcome.PASS if holds(identity, actual, expected) else Outcome.FAIL


def _messages(
    identity: Identity, outcome: Outcome, actual: Decimal | None, expected: Decimal | None
) -> tuple[str, str]:
    """One sentence with both sides and the numbers on each, Chinese and English."""
    zh, en = identity.statement_zh, identity.statement_en
    if actual is None or expected is None:
        return f"{zh}：缺少数值，无法核对", f"{en}: not assessable, a value is missing"
    left, right = f"{actual:f}", f"{expected:f}"
    holds = outcome is Outcome.PASS
    return (
        f"{zh}：左边 {left}，右边 {right}，{'成立' if holds else '不成立'}",
        f"{en}: left {left}, right {right}, {'holds' if holds else 'does not hold'}",
    )
