"""What the value of an indicator in a report is, and what is worked out from it."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from msgspec import structs
from table_cells import printed

from pipeline.facts.identity_checks import check_identities, weigh_by_checks
from pipeline.facts.selection import (
    PRINTED,
    Settled,
    choose_facts,
    counted_by_ones,
    derive_totals,
    settled,
)
from pipeline.forms.identities import derived_totals, identities_of
from pipeline.model.fact import Fact
from pipeline.model.observation import Observation, Qualifier, Scope, Source, Status
from tests.generator.values import APPLICANTS, REASONS

DENIED = "requests.processed.denied"
SECRET = f"{DENIED}.state_secret"
PARTS = next(total.parts for total in derived_totals() if total.indicator_id == DENIED)


def in_print(seen: Sequence[Observation]) -> dict[str, Settled]:
    return settled(seen, 2023, Scope.AGENCY, PRINTED)


def totals(seen: Sequence[Observation], template: str = "D") -> tuple[Observation, ...]:
    return derive_totals(seen, template, 2023, in_print(seen))


def facts_of(seen: Sequence[Observation], year: int = 2023) -> tuple[Fact, ...]:
    return choose_facts(seen, settled(seen, year, Scope.AGENCY))


def test_a_total_is_worked_out_from_parts_that_agree() -> None:
    seen = [printed(one, 1) for one in PARTS]
    (total,) = totals(seen + seen)
    assert (total.indicator_id, total.value) == (DENIED, len(PARTS))


def test_no_total_is_worked_out_from_a_part_that_two_tables_give_differently() -> None:
    seen = [printed(one, 1) for one in PARTS] + [printed(PARTS[0], 2)]
    assert totals(seen) == ()
    chosen = {fact.indicator_id for fact in facts_of(seen)}
    assert chosen == set(PARTS[1:])


@pytest.mark.parametrize(
    ("raw", "status", "is_worked_out"),
    [
        ("XX", Status.MASKED, False),
        ("1O0", Status.UNREADABLE, False),
        ("", Status.BLANK, True),
        ("—", Status.DASH, True),
    ],
)
def test_a_sum_takes_no_place_of_a_total_that_is_printed_somehow(
    raw: str, status: Status, is_worked_out: bool
) -> None:
    total = structs.replace(printed(DENIED, 1), value=None, value_raw=raw, value_status=status)
    seen = [total, *(printed(one, 1) for one in PARTS)]
    assert (len(totals(seen)) == 1) is is_worked_out
    last_year = structs.replace(total, year=2022)
    assert len(totals([last_year, *seen[1:]])) == 1


def with_blanks(template: str, values: dict[str, int | None]) -> list[Observation]:
    """The rows of a form's table of outcomes, those not named printed as 0, None left blank."""
    rule = next(one for one in identities_of(template) if one.rule_id == "CD-E2:total")
    alternative = next(one for one in rule.alternatives if (len(one) == 1) is (template == "C"))
    cells = []
    for term in (*rule.left, *rule.right, *alternative):
        value = values.get(term.indicator_id, 0)
        cell = printed(term.indicator_id, value or 0)
        if value is None:
            cell = structs.replace(cell, value=None, value_raw="", value_status=Status.BLANK)
        cells.append(cell)
    return cells


WHOLE = "requests.processed"
OTHER = f"{WHOLE}.other"


def sums(seen: list[Observation], template: str) -> dict[str | None, Decimal | None]:
    """What is worked out of a group of outcomes."""
    return {one.indicator_id: one.value for one in totals(seen, template)}


@pytest.mark.parametrize("status", [Status.BLANK, Status.DASH, Status.NOT_APPLICABLE])
def test_a_group_is_summed_where_its_printed_parts_are_all_that_the_whole_counts(
    status: Status,
) -> None:
    values = {WHOLE: 30, f"{WHOLE}.granted": 23, f"{DENIED}.third_party_rights": 4, SECRET: None,
              f"{OTHER}.residual": 3, f"{OTHER}.not_paid": None}  # fmt: skip
    seen = [
        structs.replace(one, value_status=status) if one.value is None else one
        for one in with_blanks("D", values)
    ]
    found = totals(seen)
    told = {one.indicator_id: (one.value, one.why) for one in found}
    assert told[DENIED] == (4, ("CD-E2:total",))
    assert told[OTHER] == (3, ("CD-E2:total",))
    assert SECRET not in {one.indicator_id for one in facts_of((*seen, *found))}


def test_a_group_with_a_blank_is_not_summed_where_something_of_the_whole_is_untold() -> None:
    values: dict[str, int | None] = {WHOLE: 31, f"{WHOLE}.granted": 23, SECRET: None}
    values[f"{DENIED}.third_party_rights"] = 4
    assert DENIED not in sums(with_blanks("D", values), "D")
    assert DENIED in sums(with_blanks("D", values | {WHOLE: 27}), "D")
    assert DENIED not in sums(with_blanks("D", values | {WHOLE: None}), "D")


def test_what_is_masked_adds_something_though_the_rest_makes_up_the_whole() -> None:
    values: dict[str, int | None] = {WHOLE: 27, f"{WHOLE}.granted": 23, SECRET: None}
    values[f"{DENIED}.third_party_rights"] = 4
    seen = [
        structs.replace(one, value_raw="XX", value_status=Status.MASKED)
        if one.value is None
        else one
        for one in with_blanks("D", values)
    ]
    assert DENIED not in sums(seen, "D")


def test_of_a_group_that_is_blank_throughout_nothing_is_published() -> None:
    values: dict[str, int | None] = {WHOLE: 23, f"{WHOLE}.granted": 23}
    seen = with_blanks("C", values | dict.fromkeys(PARTS))
    assert DENIED not in sums(seen, "C")
    assert sums(seen, "C")["requests.processed.not_available"] == 0


def test_other_outcomes_printed_one_by_one_get_no_sum_beside_them() -> None:
    assert OTHER not in sums(with_blanks("D", {WHOLE: 3, f"{OTHER}.residual": 3}), "D")


def weighed(total: int) -> dict[str | None, float]:
    """Confidences of a report whose row of secrets says 1 for each kind and ``total`` in all."""
    parts = [f"{DENIED}.{reason}" for reason in REASONS]
    seen = [printed(one, total if one == SECRET else 0) for one in parts]
    seen += [printed(f"{SECRET}:{kind}", 1) for kind in APPLICANTS]
    seen += totals(seen)
    found = weigh_by_checks(seen, check_identities(seen, "D", 2023, in_print(seen)))
    return {one.indicator_id: one.confidence for one in found}


def test_a_total_worked_out_from_doubted_values_is_doubted() -> None:
    assert weighed(6)[DENIED] == 0.95
    confidence = weighed(9)
    assert confidence[SECRET] == 0.7
    assert confidence[DENIED] < 0.7
    assert confidence[f"{DENIED}.third_party_rights"] == 1


def test_a_total_is_no_surer_than_its_weakest_part() -> None:
    seen = [printed(one, 1) for one in PARTS]
    seen[0] = structs.replace(seen[0], confidence=0.8)
    (total,) = totals(seen)
    assert total.confidence == 0.76


@pytest.mark.parametrize(("confidence", "facts"), [(0.8, [5]), (0.79, [])])
def test_a_sentence_counts_from_a_confidence_on(confidence: float, facts: list[int]) -> None:
    said = printed("disclosure.items", 5, Source.NARRATIVE)
    seen = [structs.replace(said, confidence=confidence, scope=Scope.AGENCY)]
    assert [fact.value for fact in facts_of(seen)] == facts


def test_an_estimate_beside_the_number_contradicts_nothing() -> None:
    about = structs.replace(printed("disclosure.items", 1500), qualifier=Qualifier.AT_LEAST)
    (fact,) = facts_of([about, printed("disclosure.items", 1538)])
    assert fact.value == 1538


@pytest.mark.parametrize(
    ("unit", "value", "facts"),
    [
        ("元", 50000, [5]),
        ("万元", 5, [5]),
        (None, 5, []),
        (None, 0, [0]),
    ],
)
def test_money_without_a_unit_is_no_amount(unit: str | None, value: int, facts: list[int]) -> None:
    seen = [structs.replace(printed("budget.special_funds", value), unit_raw=unit)]
    assert [fact.value for fact in facts_of(seen, 2018)] == facts


def test_a_total_of_parts_in_several_units_counts_by_ones() -> None:
    """1.2 万件 and seven times 1 件 must not be added up to 8.2."""
    seen = [structs.replace(printed(one, 1), unit_raw="件") for one in PARTS]
    seen[0] = structs.replace(seen[0], unit_raw="万件", value=Decimal("1.2"))
    (total,) = totals(seen)
    assert (total.value, total.unit_raw) == (12_000 + len(PARTS) - 1, None)
    (total,) = totals([structs.replace(one, unit_raw="万件") for one in seen])
    assert (total.value, total.unit_raw) == (Decimal("1.2") + len(PARTS) - 1, "万件")


def test_a_total_of_cells_in_several_units_is_counted_by_ones() -> None:
    seen = [printed(one, 1) for one in PARTS]
    seen[0] = structs.replace(seen[0], unit_raw="百件")
    (total,) = totals(seen)
    assert (total.value, total.unit_raw) == (100 + len(PARTS) - 1, None)


ITEMS = "disclosure.items"


def cell(value: int | None, source: Source = Source.TABLE, **words: object) -> Observation:
    """A number of the items disclosed; nothing where none stands there."""
    one = printed(ITEMS, value or 0, source)
    one = structs.replace(one, value=None if value is None else one.value)
    return structs.replace(one, **words)


def said(value: int, **words: object) -> Observation:
    return cell(value, Source.NARRATIVE, **{"confidence": 0.8} | words)


@pytest.mark.parametrize(
    ("seen", "chosen"),
    [
        ([cell(5)], "0"),
        ([cell(5), cell(5)], "0"),
        ([cell(5), cell(6)], "0 contradicted"),
        ([said(5), cell(6)], "1"),
        ([cell(5, Source.RECONSTRUCTED), cell(6)], "1"),
        ([said(5), cell(6, Source.RECONSTRUCTED)], "1"),
        # A sum of cells is the table's word; a sentence that says the same prints it.
        ([said(6), cell(5, Source.DERIVED)], "1"),
        ([said(6), said(5), cell(5, Source.DERIVED)], "1"),
        ([said(6), said(7), cell(5, Source.DERIVED)], "2"),
        ([cell(5), cell(6, Source.REVIEWED)], "1"),
        ([cell(5), cell(5, unit_raw="百件")], "0 contradicted"),
        ([cell(500), cell(5, unit_raw="百件")], "0"),
        ([cell(5, qualifier=Qualifier.AT_LEAST), cell(6, qualifier=Qualifier.APPROXIMATE)],
         "0 contradicted"),
        ([cell(5, qualifier=Qualifier.AT_LEAST), cell(6), cell(6)], "1"),
        ([cell(None), cell(6)], "1"),
        ([cell(None)], ""),
        ([cell(5, year=2022)], ""),
        ([cell(5, year=2023)], "0"),
        ([cell(5, value_status=Status.HEADER)], ""),
        ([cell(0, value_status=Status.ZERO_STATEMENT)], "0"),
        # So many of something unknown are no number; none of it are none.
        ([cell(5, unit_raw="万")], ""),
        ([cell(0, unit_raw="万")], "0"),
        ([said(5, scope=Scope.REGION)], ""),
        ([said(5, scope=Scope.UNKNOWN)], "0"),
        ([cell(5, scope=Scope.REGION)], "0"),
        ([said(5, confidence=0.79)], ""),
    ],
)  # fmt: skip
def test_the_best_source_that_agrees_with_itself_gives_the_value(
    seen: list[Observation], chosen: str
) -> None:
    found = settled(seen, 2023, Scope.AGENCY).get(ITEMS)
    told = f"{found.observation}{' contradicted' * found.is_contradicted}" if found else ""
    assert told == chosen


def test_what_a_region_did_is_a_number_of_the_reporter_only_where_that_is_the_region() -> None:
    whole = [said(5, scope=Scope.REGION)]
    assert settled(whole, 2023, Scope.REGION)
    assert not settled(whole, 2023, Scope.UNKNOWN)
    assert settled([said(5, scope=Scope.AGENCY)], 2023, Scope.UNKNOWN)


def test_nothing_takes_the_place_of_what_is_settled_or_comes_from_elsewhere() -> None:
    kept = {ITEMS: Settled(7, is_contradicted=True)}
    assert settled([cell(5)], 2023, Scope.AGENCY, printed=kept) == kept
    assert settled([cell(5)], 2023, Scope.AGENCY, sources=(Source.NARRATIVE,)) == {}


@pytest.mark.parametrize(
    ("value", "unit", "ones"),
    [
        (5, None, "5"),
        (5, "件", "5"),
        (0, "件", "0"),
        ("1.2", "万条", "12000"),
        ("0.00001", "万条", "0.10000"),
        (5, "万", "None"),
        (5, "万余件", "None"),
    ],
)
def test_a_number_counts_so_many_single_things(
    value: int | str, unit: str | None, ones: str
) -> None:
    assert str(counted_by_ones(structs.replace(printed(ITEMS, value), unit_raw=unit))) == ones


@pytest.mark.parametrize(
    ("indicator", "value", "unit", "fact"),
    [
        (ITEMS, 5, None, "5 条"),
        (ITEMS, 5, "件", "5 件"),
        (ITEMS, 2, "百件", "200 件"),
        ("budget.special_funds", 25000, "元", "2.5 万元"),
        ("budget.special_funds", 3, "亿元", "30000 万元"),
    ],
)
def test_a_fact_is_in_the_unit_that_counts_ones_or_the_catalogues_money(
    indicator: str, value: int, unit: str | None, fact: str
) -> None:
    (found,) = facts_of([structs.replace(printed(indicator, value), unit_raw=unit)])
    assert f"{found.value:f} {found.unit}" == fact


def test_a_total_spans_its_parts_and_tells_where_they_stand() -> None:
    seen = [
        structs.replace(printed(one, n), char_start=90 - n, char_end=99 - n, page=n, table_no=n)
        for n, one in enumerate(PARTS, 1)
    ]
    (total,) = totals(seen)
    assert (total.char_start, total.char_end) == (90 - len(PARTS), 98)
    assert (total.page, total.table_no) == (len(PARTS), len(PARTS))
    assert total.quote == " + ".join(str(n) for n in range(1, len(PARTS) + 1))
    assert total.confidence == 0.95
