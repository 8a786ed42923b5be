"""The identities of a form, evaluated on one report."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipeline.extract.observation import Observation, Source, Status
from pipeline.facts.check import CheckResult, Kind, Outcome, Severity
from pipeline.forms.identities import Identity, Relation, Term, identities_of

_MONEY_TOLERANCE = Decimal("0.01")
_NEAR_SHARE = Decimal("0.2")
_NEAR_LEAST = Decimal(5)
_LEAST_OPERANDS = 2
_BROKEN_IDENTITY = 0.7
_KINDS = {
    Relation.EQUAL: Kind.EQUALITY,
    Relation.NEAR: Kind.EQUALITY,
    Relation.AT_MOST: Kind.INEQUALITY,
    Relation.POSITIVE_IF: Kind.INEQUALITY,
}


def check_identities(
    observations: Sequence[Observation], template: str, year: int | None
) -> tuple[CheckResult, ...]:
    """Evaluates every identity of a form once on the values its tables print.

    Args:
        observations: Everything seen in the report.
        template: Letter of the form.
        year: The year reported on; a column of another year takes no part.

    Returns:
        One result an identity; not assessable where an operand is missing.
    """
    printed: dict[str, int] = {}
    for number, observation in enumerate(observations):
        in_table = observation.source in (Source.TABLE, Source.RECONSTRUCTED)
        if observation.indicator_id and in_table and observation.year in (None, year):
            printed.setdefault(observation.indicator_id, number)
    has_strangers = any(
        observation.indicator_id is None and observation.value_status is Status.REPORTED
        for observation in observations
        if observation.source is Source.TABLE
    )
    values = {indicator: observations[number].value for indicator, number in printed.items()}
    return tuple(
        _check(identity, printed, values, has_strangers) for identity in identities_of(template)
    )


def weigh_by_checks(
    observations: Sequence[Observation], checks: Sequence[CheckResult]
) -> tuple[Observation, ...]:
    """Lowers the confidence of the values that a failed identity involves.

    Args:
        observations: Everything seen in the report.
        checks: What its identities gave.

    Returns:
        The observations, values untouched.
    """
    doubted = {
        number
        for check in checks
        if check.outcome is Outcome.FAIL and check.severity is Severity.ERROR
        for number in check.observations
    }
    return tuple(
        observation._replace(confidence=round(observation.confidence * _BROKEN_IDENTITY, 3))
        if number in doubted
        else observation
        for number, observation in enumerate(observations)
    )


def _check(
    identity: Identity,
    printed: Mapping[str, int],
    values: Mapping[str, Decimal | None],
    has_strangers: bool,
) -> CheckResult:
    left = _operands(identity.left, printed)
    right = _operands(_right_terms(identity, printed), printed)
    is_complete = (
        len(left) + len(right) >= _LEAST_OPERANDS
        and left
        and right
        and all(values.get(term.indicator_id) is not None for term in (*left, *right))
        and not (has_strangers and _lacks_optional(identity, printed))
    )
    actual = _sum(left, values) if is_complete else None
    expected = _sum(right, values) if is_complete else None
    outcome = _outcome(identity, actual, expected)
    message_zh, message_en = _messages(identity, outcome, actual, expected)
    return CheckResult(
        rule_id=identity.rule_id,
        kind=_KINDS[identity.relation],
        severity=Severity(identity.severity),
        outcome=outcome,
        indicator_ids=tuple(
            [term.indicator_id for term in (*(left or identity.left), *(right or identity.right))]
        ),
        expected=expected,
        actual=actual,
        difference=None if actual is None or expected is None else actual - expected,
        message_zh=message_zh,
        message_en=message_en,
        observations=tuple(
            [printed[term.indicator_id] for term in (*left, *right) if term.indicator_id in printed]
        ),
    )


def _operands(terms: Sequence[Term], printed: Mapping[str, int]) -> list[Term]:
    """The terms that count: optional ones only where the report prints them."""
    return [term for term in terms if not term.optional or term.indicator_id in printed]


def _right_terms(identity: Identity, printed: Mapping[str, int]) -> Sequence[Term]:
    for terms in identity.alternatives:
        if all(term.indicator_id in printed for term in terms):
            return (*identity.right, *terms)
    return (*identity.right, *(identity.alternatives[0] if identity.alternatives else ()))


def _lacks_optional(identity: Identity, printed: Mapping[str, int]) -> bool:
    """Whether a row that the form may have is missing: an unknown row may be it."""
    return any(term.optional and term.indicator_id not in printed for term in identity.right)


def _sum(terms: Sequence[Term], values: Mapping[str, Decimal | None]) -> Decimal:
    total = Decimal(0)
    for term in terms:
        value = values[term.indicator_id] or Decimal(0)
        total = total - value if term.sign < 0 else total + value
    return total


def _outcome(identity: Identity, actual: Decimal | None, expected: Decimal | None) -> Outcome:
    if actual is None or expected is None:
        return Outcome.NOT_ASSESSABLE
    return Outcome.PASS if _holds(identity, actual, expected) else Outcome.FAIL


def _holds(identity: Identity, actual: Decimal, expected: Decimal) -> bool:
    if identity.relation is Relation.AT_MOST:
        return actual <= expected
    if identity.relation is Relation.POSITIVE_IF:
        return actual > 0 or expected <= 0
    if identity.relation is Relation.NEAR:
        return abs(actual - expected) <= max(
            _NEAR_LEAST, _NEAR_SHARE * max(abs(actual), abs(expected))
        )
    tolerance = _MONEY_TOLERANCE * abs(expected) if identity.is_of_money else Decimal(0)
    return abs(actual - expected) <= tolerance


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
