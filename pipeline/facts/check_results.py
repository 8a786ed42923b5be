"""The result of a rule, whose kind and severity are those that its id declares."""

from collections.abc import Sequence
from decimal import Decimal

from pipeline.forms.rules import rule
from pipeline.model.check import CheckResult, Operand, Outcome


def check_result(
    rule_id: str,
    outcome: Outcome,
    indicator_ids: tuple[str, ...],
    *,
    actual: Decimal | None,
    expected: Decimal | None,
    zh: str,
    en: str,
    left: Sequence[Operand] = (),
    right: Sequence[Operand] = (),
) -> CheckResult:
    """Returns what a rule gives on one report; its sides differ where both are known."""
    declared = rule(rule_id)
    return CheckResult(
        rule_id,
        declared.kind,
        declared.severity,
        outcome,
        indicator_ids,
        expected,
        actual,
        None if actual is None or expected is None else actual - expected,
        zh,
        en,
        tuple(left),
        tuple(right),
    )
