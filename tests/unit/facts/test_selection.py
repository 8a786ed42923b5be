"""What the value of an indicator in a report is, and what is worked out from it."""

from decimal import Decimal

from pipeline.facts.selection import choose_facts, derive_totals
from pipeline.forms.identities import derived_totals
from pipeline.model.observation import Observation, Source, Status

TOTAL = "requests.processed.denied"
PARTS = next(total.parts for total in derived_totals() if total.indicator_id == TOTAL)


def printed(indicator_id: str, value: int) -> Observation:
    return Observation(
        indicator_id=indicator_id,
        section_path="",
        label_raw="",
        unit_raw=None,
        value_raw=str(value),
        value=Decimal(value),
        value_status=Status.REPORTED,
        source=Source.TABLE,
        quote="",
        char_start=0,
        char_end=0,
    )


def test_a_total_is_worked_out_from_parts_that_agree() -> None:
    seen = [printed(one, 1) for one in PARTS]
    (total,) = derive_totals(seen + seen, 2023)
    assert (total.indicator_id, total.value) == (TOTAL, len(PARTS))


def test_no_total_is_worked_out_from_a_part_that_two_tables_give_differently() -> None:
    seen = [printed(one, 1) for one in PARTS] + [printed(PARTS[0], 2)]
    assert derive_totals(seen, 2023) == ()
    chosen = {fact.indicator_id for fact in choose_facts(seen, 2023)}
    assert chosen == set(PARTS[1:])
