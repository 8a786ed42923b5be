"""The identities of a form, evaluated on one report."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.extract.observation import Observation, Source, Status
from pipeline.facts.check import CheckResult, Kind, Outcome, Severity
from pipeline.forms.catalogue import indicators
from pipeline.forms.identities import Identity, Relation, Term, identities

_MONEY_TOLERANCE = Decimal("0.01")
_NEAR_SHARE = Decimal("0.2")
_NEAR_LEAST = Decimal(5)
_LEAST_OPERANDS = 2
_BROKEN_IDENTITY = 0.7
_SIGNS = {Relation.EQUAL: "=", Relation.AT_MOST: "≤", Relation.NEAR: "≈"}


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
    return tuple(
        _check(identity, observations, printed, has_strangers)
        for identity in identities()
        if template in identity.forms and not identity.spans_years
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
        replace(observation, confidence=round(observation.confidence * _BROKEN_IDENTITY, 3))
        if number in doubted
        else observation
        for number, observation in enumerate(observations)
    )


def _check(
    identity: Identity,
    observations: Sequence[Observation],
    printed: Mapping[str, int],
    has_strangers: bool,
) -> CheckResult:
    left = _operands(identity.left, printed)
    right = _operands(_right_terms(identity, printed), printed)
    numbers = tuple(
        printed[term.indicator_id] for term in (*left, *right) if term.indicator_id in printed
    )
    values = [observations[number].value for number in numbers]
    complete = (
        len(numbers) == len(left) + len(right) >= _LEAST_OPERANDS
        and left
        and right
        and None not in values
        and not (has_strangers and _lacks_optional(identity, printed))
    )
    if not complete:
        return _result(identity, Outcome.NOT_ASSESSABLE, None, None, numbers, left, right)
    actual = _sum(left, observations, printed)
    expected = _sum(right, observations, printed)
    outcome = Outcome.PASS if _holds(identity, actual, expected) else Outcome.FAIL
    return _result(identity, outcome, actual, expected, numbers, left, right)


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


def _sum(
    terms: Sequence[Term], observations: Sequence[Observation], printed: Mapping[str, int]
) -> Decimal:
    return sum(
        (
            term.sign * (observations[printed[term.indicator_id]].value or Decimal(0))
            for term in terms
        ),
        Decimal(0),
    )


def _holds(identity: Identity, actual: Decimal, expected: Decimal) -> bool:
    if identity.relation is Relation.AT_MOST:
        return actual <= expected
    if identity.relation is Relation.POSITIVE_IF:
        return actual > 0 or expected <= 0
    if identity.relation is Relation.NEAR:
        return abs(actual - expected) <= max(
            _NEAR_LEAST, _NEAR_SHARE * max(abs(actual), abs(expected))
        )
    is_money = indicators()[identity.left[0].indicator_id].unit.endswith("元")
    tolerance = _MONEY_TOLERANCE * abs(expected) if is_money else Decimal(0)
    return abs(actual - expected) <= tolerance


def _result(
    identity: Identity,
    outcome: Outcome,
    actual: Decimal | None,
    expected: Decimal | None,
    numbers: tuple[int, ...],
    left: Sequence[Term],
    right: Sequence[Term],
) -> CheckResult:
    difference = actual - expected if actual is not None and expected is not None else None
    is_equality = identity.relation in (Relation.EQUAL, Relation.NEAR)
    return CheckResult(
        rule_id=identity.rule_id,
        kind=Kind.EQUALITY if is_equality else Kind.INEQUALITY,
        severity=Severity(identity.severity),
        outcome=outcome,
        indicator_ids=tuple(
            term.indicator_id for term in (*(left or identity.left), *(right or identity.right))
        ),
        expected=expected,
        actual=actual,
        difference=difference,
        message_zh=_message(identity, outcome, actual, expected, "zh"),
        message_en=_message(identity, outcome, actual, expected, "en"),
        observations=numbers,
    )


def _message(
    identity: Identity,
    outcome: Outcome,
    actual: Decimal | None,
    expected: Decimal | None,
    language: str,
) -> str:
    """One sentence with both sides and the numbers on each."""
    sides = (_side(identity.left, language), _side(identity.right, language))
    if identity.relation is Relation.POSITIVE_IF:
        rule = f"{sides[1]} > 0 ⇒ {sides[0]} > 0"
    else:
        rule = f"{sides[0]} {_SIGNS[identity.relation]} {sides[1]}"
    if actual is None or expected is None:
        missing = "缺少数值，无法核对" if language == "zh" else "not assessable, a value is missing"
        return f"{rule}：{missing}" if language == "zh" else f"{rule}: {missing}"
    if language == "zh":
        verdict = "成立" if outcome is Outcome.PASS else "不成立"
        return f"{rule}：左边 {actual:f}，右边 {expected:f}，{verdict}"
    verdict = "holds" if outcome is Outcome.PASS else "does not hold"
    return f"{rule}: left {actual:f}, right {expected:f}, {verdict}"


def _side(terms: Sequence[Term], language: str) -> str:
    labels = []
    for term in terms:
        indicator = indicators()[term.indicator_id]
        label = indicator.label_zh if language == "zh" else indicator.label_en
        labels.append(f"− {label}" if term.sign < 0 else label)
    return " + ".join(labels).replace("+ −", "−")
