"""Checks on how a report prints its tables: values printed twice, columns of another year."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.extract.identity.year_conflict import Conflict
from pipeline.forms.catalogue import indicators
from pipeline.forms.rules import rule
from pipeline.model.check import CheckResult, Operand, Outcome
from pipeline.model.observation import Observation, Source


def check_printing(
    observations: Sequence[Observation],
    head_years: Iterable[int],
    conflicts: Sequence[Conflict],
    year: int | None,
) -> tuple[CheckResult, ...]:
    """Finds values that a report prints twice and print that does not fit its year.

    Args:
        observations: Everything seen in the report.
        head_years: Years that head value columns of its tables.
        conflicts: What else in the report does not fit its year.
        year: The year reported on.

    Returns:
        One result for every value printed more than once (``P-T1``), for every year that
        heads a column (``P-Y1``) and for every conflict.
    """
    return (
        *_printed_twice(observations),
        *_head_years(head_years, year),
        *(_of_conflict(conflict, year) for conflict in conflicts),
    )


def _printed_twice(observations: Sequence[Observation]) -> Iterator[CheckResult]:
    table = Source.TABLE
    read = [
        (number, (one.indicator_id, one.year))
        for number, one in enumerate(observations)
        if one.indicator_id and one.value is not None and one.source is table
    ]
    first: dict[tuple[str, int | None], int] = {key: number for number, key in reversed(read)}
    again: dict[tuple[str, int | None], list[int]] = {}
    for number, key in read if len(first) < len(read) else ():
        if first[key] != number:
            again.setdefault(key, []).append(number)
    for key in sorted(again, key=first.__getitem__):
        indicator_id, _ = key
        label = indicators()[indicator_id].label_zh
        for other in again[key]:
            one, two = (observations[n].value or Decimal(0) for n in (first[key], other))
            yield _compared(
                "P-T1",
                (indicator_id,),
                (one, two),
                f"{label}在表中出现两次：{one} 与 {two}",
                f"{indicator_id} is printed twice in the tables: {one} and {two}",
                (Operand(first[key], one), Operand(other, two)),
            )


def _head_years(head_years: Iterable[int], year: int | None) -> Iterator[CheckResult]:
    """A year in a head beside the report's own is a column to compare with, no slip."""
    if year is None:
        return
    years = set(head_years)
    for head in [year] if year in years else sorted(years):
        yield _compared(
            "P-Y1",
            (),
            (Decimal(head), Decimal(year)),
            f"统计表列标题为{head}年，报告年度为{year}年",
            f"a column of the table is headed {head}, the report is on {year}",
        )


def _of_conflict(conflict: Conflict, year: int | None) -> CheckResult:
    printed = None if conflict.printed is None else Decimal(conflict.printed)
    expected = None if year is None else Decimal(year)
    return CheckResult(
        rule_id=conflict.rule_id,
        kind=rule(conflict.rule_id).kind,
        severity=rule(conflict.rule_id).severity,
        outcome=Outcome.FAIL,
        indicator_ids=(),
        expected=expected,
        actual=printed,
        difference=None if printed is None or expected is None else printed - expected,
        message_zh=conflict.message_zh,
        message_en=conflict.message_en,
    )


def _compared(
    rule_id: str,
    indicator_ids: tuple[str, ...],
    sides: tuple[Decimal, Decimal],
    message_zh: str,
    message_en: str,
    operands: tuple[Operand, ...] = (),
) -> CheckResult:
    actual, expected = sides
    return CheckResult(
        rule_id=rule_id,
        kind=rule(rule_id).kind,
        severity=rule(rule_id).severity,
        outcome=Outcome.PASS if actual == expected else Outcome.FAIL,
        indicator_ids=indicator_ids,
        expected=expected,
        actual=actual,
        difference=actual - expected,
        message_zh=message_zh,
        message_en=message_en,
        left=operands[:1],
        right=operands[1:],
    )
