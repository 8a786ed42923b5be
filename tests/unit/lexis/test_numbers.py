"""Numerals and section numbers: one table of digits for all of them."""

import pytest

from pipeline.lexis.label_numbers import Cut, without_numbering
from pipeline.lexis.numbering import marker
from pipeline.lexis.numerals import parse
from pipeline.lexis.units import read_unit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二十八", 28),
        ("廿八", 28),
        ("壹佰零伍", 105),
        ("十", 10),
        ("一百零五", 105),
        ("两千三百", 2300),
        ("三万五千", 35_000),
        ("一亿二千万", 120_000_000),
        ("二〇", 20),
        ("万", 10_000),
        ("百万", 1_000_000),
        ("一万万", 100_000_000),
        ("五万万", 500_000_000),
        ("一万二千亿", 1_200_000_000_000),
        ("一万亿", 1_000_000_000_000),
        ("一亿零五", 100_000_005),
        ("三亿五千万零六百", 350_000_600),
        ("十二万", 120_000),
        ("0", 0),
        ("5,065", 5065),
        ("１２", 12),
    ],
)
def test_a_numeral_is_a_number(text: str, value: int) -> None:
    assert parse(text) == value


@pytest.mark.parametrize("text", ["abc", "件", "二件"])
def test_a_word_is_no_numeral(text: str) -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "level", "ordinal"),
    [
        ("第十二部分：", 0, 12),
        ("二十一、", 1, 21),
        ("（三）", 2, 3),
        ("12.收费", 3, 12),
        ("（7）", 4, 7),
        ("①", 5, 1),
        ("⑬", 5, 13),
        ("⑳", 5, 20),
    ],
)
def test_a_section_number_is_told(text: str, level: int, ordinal: int) -> None:
    found = marker(text)
    assert found is not None
    assert (found.level, found.ordinal) == (level, ordinal)


@pytest.mark.parametrize("text", ["12.5万元", "2018年", "十分重视", "二〇一八年"])
def test_what_only_begins_like_a_section_number_is_none(text: str) -> None:
    assert marker(text) is None


@pytest.mark.parametrize(
    ("unit", "one", "factor"),
    [
        ("条", "条", 1),
        ("百条", "条", 100),
        ("千元", "元", 1_000),
        ("万元", "元", 10_000),
        ("十万元", "元", 100_000),
        ("百万元", "元", 1_000_000),
        ("千万元", "元", 10_000_000),
        ("亿元", "元", 100_000_000),
        ("千册", "千册", None),
    ],
)
def test_a_unit_stands_for_so_many_of_what_is_counted(
    unit: str, one: str, factor: int | None
) -> None:
    assert read_unit(unit) == (one, factor)


@pytest.mark.parametrize(
    ("before", "own"), [("3\n2", "2"), ("3\n12", "12"), ("3\n112", ""), ("3\n:12", "")]
)
def test_one_or_two_digits_that_touch_a_label_may_be_its_number_or_a_value(
    before: str, own: str
) -> None:
    cut = without_numbering(f"{before}收到申请", 0, len(before), None)
    assert before[slice(*cut.value)] == own if cut.value else own == ""
    assert cut.is_doubtful is bool(own)


@pytest.mark.parametrize(
    ("before", "ordinal", "own", "rest"),
    [("5\n01", "1", "0", "5\n"), ("5\n01", "2", "01", "5\n"), ("5\n010", "10", "", "5\n010")],
)
def test_a_nought_before_the_labels_own_number_is_the_value_of_the_row_above(
    before: str, ordinal: str, own: str, rest: str
) -> None:
    cut = without_numbering(f"{before}收到申请", 0, len(before), ordinal)
    assert before[slice(*cut.value)] == own if cut.value else own == ""
    assert before[: cut.end].rstrip() == rest.rstrip()


@pytest.mark.parametrize("number", ["9.", "12.", "19、"])
def test_a_number_with_a_point_that_stands_apart_is_the_labels_and_no_value(number: str) -> None:
    before = f"5件\n{number}"
    cut = without_numbering(f"{before}收到申请", 0, len(before), None)
    assert (before[: cut.end].rstrip(), cut.value) == ("5件", None)


@pytest.mark.parametrize("blanks", ["", " ", "\n  "])
def test_a_long_number_before_the_next_label_is_not_cut_in_two(blanks: str) -> None:
    """It is looked for from its first digit, however far back that is."""
    before = f"件 {'1,234' * 12}{blanks}3."
    cut = without_numbering(f"{before}收到申请", 0, len(before), None)
    assert before[: cut.end].strip() in ("件", f"件 {'1,234' * 12}")


@pytest.mark.parametrize("ordinal", [None, "1", "10"])
def test_a_single_nought_that_touches_a_label_is_a_value_for_sure(ordinal: str | None) -> None:
    """No label is numbered 0."""
    before = "5\n0"
    cut = without_numbering(f"{before}收到申请", 0, len(before), ordinal)
    assert cut == Cut(len(before), None, is_doubtful=False)
