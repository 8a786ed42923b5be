"""Results of checks: the rule, its kind and severity, and the sentence on what was found."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from pipeline.declared import Bilingual, declared
from pipeline.forms.rules import rule
from pipeline.model.check import CheckResult, Operand, Outcome


class CheckMessage(Bilingual):
    """A kind of finding: the rule that makes it, and the sentence that states it, with gaps."""

    rule: str


@cache
def messages() -> dict[str, CheckMessage]:
    """Returns every finding that is said in a sentence of its own, by its name."""
    return declared("pipeline.facts", "messages", dict[str, CheckMessage])


def check_result(
    finding: str,
    outcome: Outcome,
    indicator_ids: tuple[str, ...],
    *,
    actual: Decimal | None,
    expected: Decimal | None,
    left: Sequence[Operand] = (),
    right: Sequence[Operand] = (),
    **gaps: object,
) -> CheckResult:
    """Returns the result of a rule on one report, with the difference where both sides are known.

    Args:
        finding: Its name in ``data/messages.yml``.
        outcome: Whether the rule holds.
        indicator_ids: What it is about.
        actual: The value of the left side.
        expected: That of the right side.
        left: The values of the left side.
        right: Those of the right side.
        gaps: What fills the gaps of the sentence.
    """
    said = messages()[finding]
    return rule_result(
        said.rule,
        outcome,
        indicator_ids,
        actual=actual,
        expected=expected,
        zh=said.zh.format(**gaps),
        en=said.en.format(**gaps),
        left=left,
        right=right,
    )


def rule_result(
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
    """Returns the same where the sentence is the rule's own."""
    stated = rule(rule_id)
    return CheckResult(
        rule_id,
        stated.kind,
        stated.severity,
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
