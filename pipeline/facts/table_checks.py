"""Checks on how a report prints its tables: values printed twice, columns of another year."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.extract.identity.year_conflict import Conflict
from pipeline.facts.check_results import check_result, rule_result
from pipeline.forms.catalogue import indicators
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
    for number, key in read:
        if first[key] != number:
            again.setdefault(key, []).append(number)
    for key in sorted(again, key=first.__getitem__):
        indicator_id, _ = key
        label = indicators()[indicator_id].label_zh
        for other in again[key]:
            one, two = (observations[n].value or Decimal(0) for n in (first[key], other))
            yield check_result(
                "printed_twice",
                _equal(one, two),
                (indicator_id,),
                actual=one,
                expected=two,
                label=label,
                indicator_id=indicator_id,
                one=one,
                two=two,
                left=(Operand(first[key], one),),
                right=(Operand(other, two),),
            )


def _head_years(head_years: Iterable[int], year: int | None) -> Iterator[CheckResult]:
    """A year in a head beside the report's own is a column to compare with, no slip."""
    if year is None:
        return
    years = set(head_years)
    for head in [year] if year in years else sorted(years):
        yield check_result(
            "year_of_column",
            _equal(head, year),
            (),
            actual=Decimal(head),
            expected=Decimal(year),
            head=head,
            year=year,
        )


def _of_conflict(conflict: Conflict, year: int | None) -> CheckResult:
    return rule_result(
        conflict.rule_id,
        Outcome.FAIL,
        (),
        actual=None if conflict.printed is None else Decimal(conflict.printed),
        expected=None if year is None else Decimal(year),
        zh=conflict.message_zh,
        en=conflict.message_en,
    )


def _equal(one: Decimal | int, other: Decimal | int) -> Outcome:
    return Outcome.PASS if one == other else Outcome.FAIL
