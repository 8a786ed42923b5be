"""How sure a value is once the sums have been looked at."""

from decimal import Decimal

from pipeline.facts.identity_checks import check_identities, weigh_by_checks
from pipeline.facts.selection import derive_totals
from pipeline.forms.catalogue import indicators
from pipeline.model.observation import Observation, Source, Status
from tests.generator.values import APPLICANTS

DENIED = "requests.processed.denied"
SECRET = f"{DENIED}.state_secret"


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


def weighed(total: int) -> dict[str | None, float]:
    """Confidences of a report whose row of secrets says 1 for each kind and ``total`` in all."""
    parts = [one for one in indicators() if one.startswith(f"{DENIED}.") and ":" not in one]
    seen = [printed(one, total if one == SECRET else 0) for one in parts]
    seen += [printed(f"{SECRET}:{kind}", 1) for kind in APPLICANTS]
    seen += derive_totals(seen, 2023)
    found = weigh_by_checks(seen, check_identities(seen, "D", 2023))
    return {one.indicator_id: one.confidence for one in found}


def test_a_total_worked_out_from_doubted_values_is_doubted() -> None:
    assert weighed(6)[DENIED] == 0.95
    confidence = weighed(9)
    assert confidence[SECRET] == 0.7
    assert confidence[DENIED] < 0.7
    assert confidence[f"{DENIED}.third_party_rights"] == 1
