"""What a value cell says: nothing is zero but a zero and the word for none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.lexis.values import read_value
from pipeline.model.observation import Qualifier, Status


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("0", "0"),
        ("236", "236"),
        (" 62 ", "62"),
        ("１２０", "120"),
        ("1,234", "1234"),
        ("1，234，567", "1234567"),
        ("96171.6", "96171.6"),
        ("-2", "-2"),
        ("－2", "-2"),
        ("+3", "3"),
        ("负3", "-3"),
        ("【5】", "5"),
        ("：1,234", "1234"),
        ("5【2】", "5"),
        ("5[注1]", "5"),
        ("5[^1]", "5"),
        ("5<sup>2</sup>", "5"),
        ("`1,234`", "1234"),
        ("（5）件", "5"),
        ("增3", "3"),
        ("减2", "-2"),
        ("减少 12", "-12"),
        ("+3/-2", "1"),
        ("251000元", "251000"),
        ("0件", "0"),
        ("2万", "20000"),
        ("0.35", "0.35"),
        ("84[1]", "84"),
        ("84（注）", "84"),
        ("1,284件①", "1284"),
        ("84¹", "84"),
        ("−2", "-2"),
        ("–2", "-2"),
        ("1\u2009234", "1234"),
        ("1’234’567", "1234567"),
        ("共5件", "5"),
        ("5（件）", "5"),
        ("5［件］", "5"),
        ("5【宗】", "5"),
        ("5（上年7）", "5"),
        ("5（33.3%）", "5"),
        ("5（占比33.3%）", "5"),
        ("84件（含结转3件）", "84"),
        ("5。", "5"),
        ("1.2345E+04", "12345"),
        ("12万元（含上年3）", "120000"),
    ],
)
def test_numbers(raw: str, number: str) -> None:
    value = read_value(raw)
    assert (value.status, value.number) == (Status.REPORTED, Decimal(number))


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("", Status.BLANK),
        ("　", Status.BLANK),
        ("\xa0", Status.BLANK),
        ("—", Status.DASH),
        ("——", Status.DASH),
        ("-", Status.DASH),
        ("/", Status.NOT_APPLICABLE),
        ("N/A", Status.NOT_APPLICABLE),
        ("不涉及", Status.NOT_APPLICABLE),
        ("XX", Status.MASKED),
        ("×××", Status.MASKED),
        ("XX.X%", Status.MASKED),
        ("1 2", Status.UNREADABLE),
        ("2 0", Status.UNREADABLE),
        ("05", Status.UNREADABLE),
        ("000023", Status.UNREADABLE),
        ("100%", Status.UNREADABLE),
        ("2019年", Status.UNREADABLE),
        ("3、4", Status.UNREADABLE),
        ("−", Status.DASH),
        ("1'23", Status.UNREADABLE),
        ("12\u200934", Status.UNREADABLE),
        ("5（7）", Status.UNREADABLE),
        ("5（2016年）", Status.UNREADABLE),
        # Which year is reported on, a cell does not tell: 500 so far, of them 120 in it.
        ("500（2016年：120）", Status.UNREADABLE),
        ("500（2016年120件）", Status.UNREADABLE),
        ("5（2016年7月）", Status.UNREADABLE),
        ("5（三）", Status.UNREADABLE),
        ("5*", Status.UNREADABLE),
        ("一", Status.UNREADABLE),
        ("见附件", Status.UNREADABLE),
    ],
)
def test_what_is_no_number_has_none(raw: str, status: Status) -> None:
    value = read_value(raw)
    assert (value.status, value.number) == (status, None)


@pytest.mark.parametrize("raw", ["无", "没有", "零"])
def test_the_word_for_none_is_a_zero_and_marked_as_a_statement(raw: str) -> None:
    value = read_value(raw)
    assert (value.status, value.number) == (Status.ZERO_STATEMENT, Decimal(0))


@pytest.mark.parametrize("raw", ["100余", "约100", "近100人", "100多次", "超过100", "1E+02"])
def test_about_is_not_exactly(raw: str) -> None:
    value = read_value(raw)
    assert (value.number, value.qualifier) == (Decimal(100), Qualifier.APPROXIMATE)


def test_ten_in_the_notation_of_science_is_rounded_too() -> None:
    assert read_value("1E+01").qualifier is Qualifier.APPROXIMATE
    assert read_value("1.0E+01").qualifier is Qualifier.EXACT


@pytest.mark.parametrize("raw", ["1.00E+02", "1.000e2"])
def test_a_power_of_ten_with_all_its_digits_is_exactly_that(raw: str) -> None:
    value = read_value(raw)
    assert (value.number, value.qualifier) == (Decimal(100), Qualifier.EXACT)


@pytest.mark.parametrize(
    ("raw", "number", "unit"),
    [
        ("251000元", 251000, "元"),
        ("12万元", 120000, "元"),
        ("3人次", 3, "人次"),
        ("5（件）", 5, "件"),
        ("5", 5, None),
    ],
)
def test_the_unit_in_the_cell_is_kept(raw: str, number: int, unit: str) -> None:
    value = read_value(raw)
    assert (value.number, value.unit) == (number, unit)


@given(st.integers(-(10**12), 10**12))
def test_a_printed_number_comes_back(number: int) -> None:
    for printed in (str(number), f"{number:,}", f" {number}　"):
        assert read_value(printed).number == number


@given(st.text(max_size=12))
def test_any_text_is_some_kind_of_value(raw: str) -> None:
    value = read_value(raw)
    has_number = value.status in (Status.REPORTED, Status.ZERO_STATEMENT)
    assert (value.number is not None) == has_number


@pytest.mark.parametrize("raw", ["NaN", "None", "null"])
def test_what_a_program_prints_for_nothing_is_a_blank(raw: str) -> None:
    assert read_value(raw).status is Status.BLANK


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("12條", 12),
        ("约1.2万余人次", 12_000),
        ("共计5件", 5),
        ("5注1", 5),
        ("5（上年同期数为7）", 5),
    ],
)
def test_a_word_of_another_kind_counts_outside_of_brackets_only(raw: str, number: int) -> None:
    assert read_value(raw).number == number
    assert read_value(f"属于{raw}").status is Status.UNREADABLE
