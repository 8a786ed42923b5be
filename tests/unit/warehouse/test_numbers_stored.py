"""What a column of fourteen digits and six decimals holds of a number."""

from decimal import Decimal

import pytest

from pipeline.warehouse.store.store_rows import storable


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        ("5", "5"),
        ("0.123456", "0.123456"),
        ("0.000001", "0.000001"),
        ("0.1234564", "0.123456"),
        ("0.1234566", "0.123457"),
        ("99999999999999", "99999999999999"),
        ("-99999999999999.999999", "-99999999999999.999999"),
        ("100000000000000", None),
        ("-100000000000000", None),
        ("99999999999999.9999996", None),
        ("Infinity", None),
        ("NaN", None),
    ],
)
def test_a_number_is_held_to_six_decimals_below_ten_to_the_fourteenth(
    value: str, stored: str | None
) -> None:
    assert storable(Decimal(value)) == (None if stored is None else Decimal(stored))
    assert storable(None) is None
