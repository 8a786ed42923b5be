"""Reports of one document on one agency and year: none prevails unless it says that it corrects.

Which stands first in a file is no evidence. Where such reports give an indicator different
values there is no fact, as where one report prints it twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.facts.check_results import check_result
from pipeline.forms.catalogue import indicators
from pipeline.model.check import CheckResult, Operand, Outcome
from pipeline.model.fact import Fact, Gap, Want
from pipeline.model.observation import Qualifier, Source
from pipeline.model.report import Report


def settle_equals(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Turns facts on which reports of one document differ into gaps with a failed check.

    Returns:
        The same with a gap and a failed check where values differ. Of two where one corrects
        the other, only what would stand in the way of the correction is gone.
    """
    lines: defaultdict[tuple[str, int], list[Report]] = defaultdict(list)
    for report in reports:
        if report.facts and report.agency and report.year:
            lines[report.agency.agency_id, report.year].append(report)
    settled = {report.part: report for report in reports}
    for line in lines.values():
        if len(line) > 1:
            settled.update(_settled(line))
    return tuple(settled[report.part] for report in reports)


def _settled(line: Sequence[Report]) -> dict[int, Report]:
    """Reports on one agency and year by their part."""
    later = {one.part for one in line if one.is_correction}
    said: defaultdict[tuple[str, bool], dict[int, Fact]] = defaultdict(dict)
    for report in line:
        for fact in report.facts:
            said[fact.indicator_id, fact.source is Source.NARRATIVE][report.part] = fact
    disputed: defaultdict[int, dict[str, Mapping[int, Fact]]] = defaultdict(dict)
    outdated: defaultdict[int, set[str]] = defaultdict(set)
    for (indicator_id, _), facts in said.items():
        equals = _equals(facts, later)
        values = {fact.value for fact in equals.values()}
        if len(values) > 1:
            for part in facts:
                disputed[part][indicator_id] = equals
        else:
            for part in facts.keys() - equals.keys():
                if part > max(equals) and facts[part].value not in values:
                    outdated[part].add(indicator_id)
    return {
        report.part: _without(report, disputed[report.part], outdated[report.part])
        for report in line
    }


def _equals(facts: Mapping[int, Fact], later: Iterable[int]) -> Mapping[int, Fact]:
    """The facts that may give the value: of correcting reports if any, exact ones if any."""
    equals = {part: facts[part] for part in later if part in facts} or facts
    exact = {part: one for part, one in equals.items() if one.qualifier is Qualifier.EXACT}
    return exact or equals


def _without(
    report: Report, disputed: Mapping[str, Mapping[int, Fact]], outdated: set[str]
) -> Report:
    facts, gaps, checks = [], list(report.gaps), list(report.checks)
    for fact in report.facts:
        others = disputed.get(fact.indicator_id)
        if others is not None:
            checks.append(_differs(report.part, fact, others))
            gaps.append(_gap(report, fact, others))
        elif fact.indicator_id not in outdated:
            facts.append(fact)
    return replace(report, facts=tuple(facts), gaps=tuple(gaps), checks=tuple(checks))


def _gap(report: Report, fact: Fact, others: Mapping[int, Fact]) -> Gap:
    values = dict.fromkeys(_shown(other.value) for other in others.values())
    raw = report.observations[fact.observation].value_raw
    return Gap(fact.indicator_id, Want.DISAGREEING, fact.observation, raw, tuple(values))


def _differs(part: int, fact: Fact, others: Mapping[int, Fact]) -> CheckResult:
    sides = {**others, part: fact}
    expected = next(one.value for one in others.values() if one.value != fact.value)
    label = indicators()[fact.indicator_id].label_zh
    zh = "、".join(f"第{number}份为{_shown(one.value)}" for number, one in sorted(sides.items()))
    en = ", ".join(f"{_shown(one.value)} in report {n}" for n, one in sorted(sides.items()))
    return check_result(
        "reports_differ",
        Outcome.FAIL,
        (fact.indicator_id,),
        actual=fact.value,
        expected=expected,
        label=label,
        values_zh=zh,
        indicator_id=fact.indicator_id,
        values_en=en,
        left=(Operand(fact.observation, fact.value),),
    )


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
