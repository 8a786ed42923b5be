"""The outcome of one rule on one report or one series."""

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct


class Kind(StrEnum):
    """What a rule compares."""

    EQUALITY = "equality"
    INEQUALITY = "inequality"
    CROSS_SOURCE = "cross_source"
    CROSS_YEAR = "cross_year"
    OUTLIER = "outlier"


class Severity(StrEnum):
    """How bad a failure is."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


class Outcome(StrEnum):
    """What came of it. A missing operand is not a pass."""

    PASS = "pass"
    FAIL = "fail"
    NOT_ASSESSABLE = "not_assessable"


class Operand(Struct, frozen=True):
    """A value that stands on one side of a rule.

    Attributes:
        observation: Index into ``Report.observations``.
        value: What it counts as there: in the unit of the rule, negative where the rule
            subtracts it; None where it has no value.
    """

    observation: int
    value: Decimal | None


class CheckResult(Struct, frozen=True):
    """One evaluation of one rule.

    Attributes:
        rule_id: Id of the rule, with the column after a colon where a rule is evaluated
            once a column; ``pipeline/forms/rules.py`` explains it.
        kind: What the rule compares.
        severity: How bad a failure is.
        outcome: Pass, fail, or not assessable for want of an operand.
        indicator_ids: The indicators involved, left side first.
        expected: The side worked out, None if not assessable.
        actual: The side printed, None if not assessable.
        difference: ``actual - expected``.
        message_zh: One sentence with both sides.
        message_en: The same in English.
        left: What stands on the side printed; of a sum they add up to ``actual``.
        right: What it is held against; of a sum they add up to ``expected``.
    """

    rule_id: str
    kind: Kind
    severity: Severity
    outcome: Outcome
    indicator_ids: tuple[str, ...]
    expected: Decimal | None
    actual: Decimal | None
    difference: Decimal | None
    message_zh: str
    message_en: str
    left: tuple[Operand, ...] = ()
    right: tuple[Operand, ...] = ()

    @property
    def observations(self) -> tuple[int, ...]:
        """Indexes of the observations involved, left side first."""
        return tuple([operand.observation for operand in (*self.left, *self.right)])
