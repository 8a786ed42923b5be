"""Numbers that count rows, told from the values before them."""

import pytest

from pipeline.lexis.label_numbers import codes_before

LABEL = "行次"


def codes(*printed: str, is_said: bool = True) -> list[str | None]:
    text, starts = "", []
    for piece in printed:
        text += piece
        starts.append(len(text))
        text += LABEL
    return codes_before(text, starts, is_said=is_said)


def test_a_code_is_one_more_than_the_one_above() -> None:
    assert codes("1", "条 2", "条 403", "条 5 4") == list("1234")


def test_a_code_that_is_not_printed_is_unknown_and_the_next_is_not() -> None:
    assert codes("1", "条 2", "条—", "条 4") == ["1", "2", None, "4"]


def test_rows_between_that_no_form_knows_are_counted_too() -> None:
    assert codes("1", "2", "别的 5 6", "7") == list("1267")


def test_a_number_printed_again_is_no_code() -> None:
    assert codes("3", "条 3", "条 4", "条 5") == ["3", None, "4", "5"]


def test_values_are_no_codes_where_no_head_says_so() -> None:
    assert codes("1", "3", "5", "7", "9", "11", "13", is_said=False) == []
    assert codes("96", "3", "9", "2", "68", "11", "41", is_said=False) == []
    assert codes("1", "2", "3", "4", "5", "6", is_said=False) == []
    assert codes("1", "2", "3", "4", "5", "6", "7", is_said=False) == list("1234567")


def test_codes_are_as_wide_as_the_first() -> None:
    assert codes("01", "条02", "条503", "条004") == ["01", "02", "03", "04"]
    assert codes("8", "条9", "条010", "条11") == ["8", "9", "10", "11"]


def test_a_number_far_beyond_the_last_code_is_a_value() -> None:
    """No form has more than ten rows between two that a report prints."""
    assert codes("1", "2", "条 12") == ["1", "2", "12"]
    assert codes("9", "10", "条 20") == ["9", "10", "20"]
    assert codes("9", "10", "条 21") == ["9", "10", None]
    assert codes("1", "2", "条 24", "3") == ["1", "2", None, "3"]


@pytest.mark.parametrize(("unnumbered", "are_counted"), [(3, True), (4, False)])
def test_rows_are_counted_where_six_of_the_first_ten_go_on(
    unnumbered: int, are_counted: bool
) -> None:
    found = codes(*[""] * unnumbered, "1", "2", "3", "4", "5", "6", "7", is_said=False)
    assert bool(found) is are_counted


def test_a_number_of_four_digits_is_no_code_and_one_of_three_is() -> None:
    assert codes("998", "条999") == ["998", "999"]
    assert codes("1998", "条1999") == []


@pytest.mark.parametrize(("blanks", "code"), [(15, "1"), (16, None)])
def test_a_number_further_away_than_a_cell_is_wide_is_no_code(
    blanks: int, code: str | None
) -> None:
    assert codes("1" + " " * blanks, "1", "2", "3", is_said=True)[0] == code
