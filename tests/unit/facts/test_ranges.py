"""What a stated number may stand for, as far down and up as its words go."""

from decimal import Decimal

import pytest
from msgspec import structs
from table_cells import printed

from pipeline.facts.ranges import Range, range_of, total
from pipeline.model.observation import Qualifier

EXACT, ABOUT, LEAST = Qualifier.EXACT, Qualifier.APPROXIMATE, Qualifier.AT_LEAST


@pytest.mark.parametrize(
    ("value", "words", "qualifier", "unit", "low", "high"),
    [
        ("100", "100", EXACT, None, "100", "100"),
        ("0", "0", EXACT, None, "0", "0"),
        # A tenth either way, or up to the next of the last place that is no nought.
        ("100", "约100", ABOUT, None, "90", "200"),
        ("160", "约160", ABOUT, None, "144", "176"),
        ("1234", "约1234", ABOUT, None, "1110.6", "1357.4"),
        ("110", "近110", ABOUT, None, "99", "121"),
        # Some more is no less.
        ("100", "100余", ABOUT, None, "100", "200"),
        ("160", "160多", ABOUT, None, "160", "176"),
        ("20", "二十几", ABOUT, None, "20", "30"),
        ("100", "超过100", LEAST, None, "100", "Infinity"),
        # Rounded to the last place that is printed.
        ("1284000", "128.4万", EXACT, None, "1283500", "1284500"),
        ("1280000", "128万", EXACT, None, "1275000", "1285000"),
        ("100000000", "1亿", EXACT, None, "50000000", "150000000"),
        ("150000000", "1.50亿", EXACT, None, "149500000", "150500000"),
        # Counted by ones, whatever the unit.
        ("2", "2", EXACT, "万元", "20000", "20000"),
        ("2", "约2", ABOUT, "万元", "18000", "30000"),
        ("2", "2", EXACT, "千册", "2", "2"),
    ],
)
def test_a_number_stands_for_a_range(
    value: str, words: str, qualifier: Qualifier, unit: str | None, low: str, high: str
) -> None:
    said = structs.replace(
        printed("requests.received", value), value_raw=words, qualifier=qualifier, unit_raw=unit
    )
    assert range_of(said) == Range(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ((1, 3), (3, 5), True),
        ((1, 3), (4, 5), False),
        ((4, 5), (1, 3), False),
        ((1, 9), (4, 5), True),
    ],
)
def test_ranges_meet_where_one_value_may_be_meant_by_both(
    one: tuple[int, int], other: tuple[int, int], meets: bool
) -> None:
    first, second = (Range(Decimal(low), Decimal(high)) for low, high in (one, other))
    assert first.meets(second) is meets
    assert second.meets(first) is meets


def test_a_sum_may_be_as_much_as_its_parts() -> None:
    assert total([]) == Range(Decimal(0), Decimal(0))
    parts = [Range(Decimal(1), Decimal(2)), Range(Decimal(10), Decimal(30))]
    assert total(parts) == Range(Decimal(11), Decimal(32))
