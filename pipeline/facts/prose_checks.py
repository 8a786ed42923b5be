"""Tables against sentences.

A difference is reported with both sides; which is right is not for us to say.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.extract.prose.assertions import Assertion
from pipeline.extract.prose.attribution import OPEN
from pipeline.extract.prose.wholes import OF_A_STRETCH
from pipeline.facts.check_sides import SeenNumber, added_values, is_a_governments, result
from pipeline.facts.comparable import (
    RULED_OUT,
    is_about_others,
    may_add_up_years,
    sums,
    unreadable_cells,
)
from pipeline.facts.parts_of_table import parts_of_table
from pipeline.facts.ranges import total
from pipeline.facts.selection import PRINTED
from pipeline.facts.sentence_checks import compare_sentences
from pipeline.facts.wording import wording
from pipeline.model.check import CheckResult, Outcome
from pipeline.model.observation import Observation, Scope, Source

_OF_TABLES = (*PRINTED, Source.DERIVED)


def compare_sources(
    observations: Sequence[Observation],
    claims: Sequence[Assertion],
    scope: Scope,
    year: int | None = None,
) -> tuple[CheckResult, ...]:
    """Compares what a report's tables and sentences say of the same thing.

    Args:
        observations: Everything seen in the report.
        claims: What its sentences claim without a number.
        scope: Whose numbers the report's tables give. A sentence on somebody else's is
            not held against them.
        year: The year reported on; a column of another is not compared.

    Returns:
        A result wherever two sources can be compared. ``observations`` of a result are
        indexes, the table's or the printed whole first; ``actual`` is that side,
        ``expected`` the other.
    """
    narrative = Source.NARRATIVE
    if not claims and all(one.source is not narrative for one in observations):
        return ()
    told = {one.section_path for one in observations if one.source is narrative}
    prose: list[SeenNumber] = []
    table: dict[str, SeenNumber] = {}
    for place, one in enumerate(observations):
        if one.value is None or not one.value_status.is_number:
            continue
        name = one.indicator_id
        if one.source is narrative:
            prose.append(SeenNumber(place, one, one.value, one.above not in told))
        elif name and name not in table and one.source in _OF_TABLES and one.year in (None, year):
            table[name] = SeenNumber(place, one, one.value)
    return (
        *_table_and_prose(table, prose, scope),
        *_ruled_out(observations, table, prose),
        *_same_numbers(table, prose),
        *_silence(table, prose),
        *_claims(table, claims),
        *_denials(prose, claims),
        *compare_sentences(prose, scope, year),
    )


def _table_and_prose(
    table: dict[str, SeenNumber], prose: Sequence[SeenNumber], scope: Scope
) -> Iterator[CheckResult]:
    """X-T1 and X-T2."""
    parts = parts_of_table(table, prose)
    for said in prose:
        name = said.of.indicator_id or ""
        if said.of.year is not None:
            continue
        is_part = said.place in parts
        if name in table:
            yield _held_against(table, said, ((name,), *_also(name)), scope, is_part=is_part)
        elif name in sums():
            rows = sums()[name]
            if all(row in table for row in rows):
                yield _held_against(table, said, (rows,), scope, is_part=is_part)


def _also(name: str) -> Iterator[tuple[str, ...]]:
    """Sums that a sentence may mean instead of a row, of all applicants or of one kind."""
    measure, colon, applicant = name.partition(":")
    for rows in wording().prose_checks.also.get(measure, ()):
        yield tuple(f"{row}{colon}{applicant}" for row in rows)


def _held_against(
    table: dict[str, SeenNumber],
    said: SeenNumber,
    readings: Sequence[tuple[str, ...]],
    scope: Scope,
    *,
    is_part: bool,
) -> CheckResult:
    """A sentence against what the table may say of the same: a row or a sum of rows."""
    possible = [[table[row] for row in rows] for rows in readings if all(r in table for r in rows)]
    fitting = [rows for rows in possible if total([row.range for row in rows]).meets(said.range)]
    rows = (fitting or possible)[0]
    printed_total = added_values(rows)
    aside_zh = aside_en = ""
    if not fitting and _is_elsewhere(said, scope, printed_total):
        aside_zh, aside_en = "，口径不同，不作比较", "; they are about different bodies or times"
    elif not fitting and is_part:
        aside_zh, aside_en = "，只是其中一部分，不作比较", "; it is only a part of that"
    outcome = Outcome.PASS if fitting else Outcome.FAIL
    return result(
        "table_and_sentence" if len(possible[0]) == 1 else "rows_and_sentence",
        Outcome.NOT_ASSESSABLE if aside_zh else outcome,
        rows,
        (said,),
        about=tuple(row.of.indicator_id or "" for row in rows),
        actual=printed_total,
        aside_zh=aside_zh,
        aside_en=aside_en,
    )


def _is_elsewhere(said: SeenNumber, scope: Scope, printed: Decimal) -> bool:
    """Whether a sentence is about another body or time than the table.

    What adds up years can be more than the year's number, but not less; what a government did
    itself can be less than all that its region did, but not more.
    """
    if scope is Scope.REGION and said.value < printed and is_a_governments(said):
        return True
    adds_up = may_add_up_years(said.of)
    open_for = {name for name in said.of.why if name.startswith(OPEN)} - {RULED_OUT}
    if adds_up:
        open_for -= OF_A_STRETCH
    return bool(open_for) or is_about_others(said.of, scope) or (adds_up and said.value > printed)


def _ruled_out(
    observations: Sequence[Observation], table: dict[str, SeenNumber], prose: Sequence[SeenNumber]
) -> Iterator[CheckResult]:
    """X-T1 where the table's cell could not be read: none of its readings is the number."""
    cells = unreadable_cells(observations)
    for said in prose:
        name = said.of.indicator_id or ""
        if name in table or name not in cells or said.of.year is not None:
            continue
        cell = cells[name]
        if not cell.rules_out(said.of):
            continue
        yield result(
            "cell_and_sentence",
            False,
            (),
            (said,),
            about=(name,),
            label=observations[cell.place].label_raw,
            readings_zh="、".join(cell.readings),
            readings_en=", ".join(cell.readings),
        )


def _same_numbers(
    table: dict[str, SeenNumber], prose: Sequence[SeenNumber]
) -> Iterator[CheckResult]:
    """X-U1."""
    unnamed = [said for said in prose if said.of.indicator_id is None]
    for rule in wording().prose_checks.same_number:
        row = table.get(rule.indicator)
        if row is None or row.value <= 1:
            continue
        for said in unnamed:
            if (
                said.of.unit_raw in rule.units
                and said.value == row.value
                and rule.label.search(said.of.label_raw)
            ):
                label, other = row.of.label_raw, said.of.label_raw
                yield result(
                    "one_number_two_names",
                    False,
                    (row,),
                    (said,),
                    about=(rule.indicator,),
                    label=label,
                    other=other,
                )


def _silence(table: dict[str, SeenNumber], prose: Sequence[SeenNumber]) -> Iterator[CheckResult]:
    """X-M1: where sentences go through all that a report counts, not where they count one thing."""
    rule = wording().prose_checks.silence
    row = table.get(rule.indicator)
    if row is None or row.value <= 0:
        return
    names = [one.of.indicator_id or "" for one in prose]
    speaks = any(rule.word in one.of.label_raw for one in prose) or _some(names, rule.ids)
    if not speaks and all(_some(names, told) for told in rule.beside):
        yield result("silence", False, (row,), about=(rule.indicator,))


def _some(names: Sequence[str], begins: tuple[str, ...]) -> bool:
    """Whether a name begins in one of some ways."""
    return any(name.startswith(begins) for name in names)


def _claims(table: dict[str, SeenNumber], claims: Sequence[Assertion]) -> Iterator[CheckResult]:
    """X-C1."""
    for claim in claims:
        row = table.get(claim.indicator_id)
        if row is None or claim.is_denial:
            continue
        yield result(
            "claim_of_some", row.value != 0, (row,), about=(claim.indicator_id,), claim=claim
        )


def _denials(prose: Sequence[SeenNumber], claims: Sequence[Assertion]) -> Iterator[CheckResult]:
    """X-P1: what cannot be counted where a sentence says that there is nothing to count."""
    for claim in claims:
        for said in prose if claim.is_denial else ():
            if said.of.indicator_id != claim.indicator_id or said.is_open or not said.value:
                continue
            if wording().prose_checks.others.search(said.of.label_raw):
                continue
            yield result(
                "denied_and_counted",
                False,
                (),
                (said,),
                about=(claim.indicator_id,),
                actual=Decimal(0),
                claim=claim,
            )
