"""Tables that do not add up: their values stay observations and none becomes a fact."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.facts.identity_checks import parts_of
from pipeline.facts.selection import PRINTED
from pipeline.facts.wording import wording
from pipeline.forms.form import forms
from pipeline.model.check import CheckResult, Kind, Outcome
from pipeline.model.fact import Fact
from pipeline.model.observation import Source


class Contradicted(NamedTuple):
    """A table most of whose sums do not hold."""

    table: str
    indicators: frozenset[str]
    failing: int
    assessable: int

    @property
    def notice(self) -> str:
        """What to look at, in a sentence."""
        return (
            f"Table {self.table}: {self.failing} of {self.assessable} sums do not hold, so none "
            "of its values is published: see whether it is of another year or was read wrongly"
        )


def contradicted_tables(checks: Sequence[CheckResult], template: str) -> Iterator[Contradicted]:
    """Finds the tables of a report that contradict themselves beyond the limits."""
    limits = wording().adding_up
    if sum([check.outcome is Outcome.FAIL for check in checks]) < limits.least_failing:
        return
    equalities = [
        check
        for check in checks
        if check.kind is Kind.EQUALITY and check.outcome is not Outcome.NOT_ASSESSABLE
    ]
    for table, indicators in _tables(template).items():
        own = [check for check in equalities if not indicators.isdisjoint(check.indicator_ids)]
        failing = sum(check.outcome is Outcome.FAIL for check in own)
        if failing >= limits.least_failing and failing > limits.most_failing * len(own):
            yield Contradicted(table, indicators, failing, len(own))


def publishable(facts: Sequence[Fact], withheld: Sequence[Contradicted]) -> tuple[Fact, ...]:
    """Facts without those of contradicted tables and those derived from them."""
    if not withheld:
        return tuple(facts)
    ids = frozenset[str]().union(*(table.indicators for table in withheld))
    return tuple([fact for fact in facts if not _is_of(fact, ids)])


def _is_of(fact: Fact, ids: frozenset[str]) -> bool:
    if fact.source is Source.DERIVED:
        return not ids.isdisjoint(parts_of(fact.indicator_id))
    # What a person has read is what is printed, whatever became of the rest of its table.
    is_read_here = fact.source in PRINTED and fact.source is not Source.REVIEWED
    return is_read_here and fact.indicator_id in ids


@cache
def _tables(template: str) -> dict[str, frozenset[str]]:
    """The indicators of every table of a form."""
    return {
        table.id: frozenset(
            one for row in table.rows if not row.is_heading for one in table.ids_of(row)
        )
        for form in forms()
        if form.form == template
        for table in form.tables
    }
