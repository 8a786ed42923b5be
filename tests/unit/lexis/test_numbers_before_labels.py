"""What stands before the next label: its number, the value of the row above, or both."""

import pytest

from pipeline.lexis.label_numbers import Cut, without_numbering

LABEL = "收到申请"
Said = tuple[str, str, bool]


def cut(before: str, ordinal: str | None, start: int = 0) -> Said:
    """What is left, what may be a value, and whether it may as well be the label's number."""
    found = without_numbering(f"{before}{LABEL}", start, len(before), ordinal)
    value = before[slice(*found.value)] if found.value else ""
    return before[start : found.end].strip(), value, found.is_doubtful


@pytest.mark.parametrize(
    ("before", "ordinal", "left", "value", "is_doubtful"),
    [
        # No number, or one that cannot be a value.
        ("5件 ", None, "5件", "", False),
        ("5件 一、", None, "5件", "", False),
        ("5件 （一）", None, "5件", "", False),
        ("5件 （1）", None, "5件", "", False),
        ("5件 ③", None, "5件", "", False),
        ("5件 其中：", None, "5件", "", False),
        ("5件 （一）1.其中：", None, "5件 （一）", "", False),
        ("5件 一、（一）①（1）", None, "5件 一、", "", False),
        ("5件 一、（一）", None, "5件", "", False),
        # Quotes that open are the label's.
        ("5件 一、“", None, "5件", "", False),
        ("“「『", None, "", "", False),
        # A number with a point apart from all else is the label's.
        ("5件 3.", None, "5件", "", False),
        ("5件 （一）3.", None, "5件 （一）", "", False),
        ("5件 19.", None, "5件", "", False),
        ("3.", None, "", "", False),
        ("13.", None, "", "", False),
        ("5件(3.", None, "5件(", "", False),
        ("5件\\3.", None, "5件\\", "", False),
        # Twenty is no number of a label; it is a value behind which no number is printed.
        ("5件 20.", None, "5件", "2", False),
        ("5件 120.", None, "5件", "12", False),
        # Where it touches what is before it, its last digit may be the label's.
        ("5件3.", None, "5件", "", False),
        ("件13.", None, "件", "1", False),
        ("件1,234.", None, "件", "1,23", False),
        # The label's own number is cut from the end of the digits.
        ("件13.", "3", "件", "1", False),
        ("件113.", "13", "件", "1", False),
        ("件13.", "13", "件", "", False),
        ("5件 （一）13.", "13", "5件", "", False),
        ("件14.", "3", "件", "1", False),
        ("件145.", "13", "件", "14", False),
        ("件 4.", "3", "件", "", False),
        ("件 13.", "3", "件", "1", False),
        # A form without numbers has none to cut.
        ("5件 3.", "", "5件", "", False),
        ("5件 20.", "", "5件 20.", "", False),
        ("5件 13", "", "5件 13", "", False),
        # Without a point nobody can tell.
        ("5件 3", None, "5件", "3", True),
        ("5件：13", None, "5件：", "", False),
        ("5件 13", "3", "5件", "13", True),
        ("5件 03", "3", "5件", "0", False),
        ("5件 03", None, "5件", "03", True),
        ("5件 0", "3", "5件 0", "", False),
        ("5件 013", "3", "5件 013", "", False),
        ("件3", None, "件3", "", False),
        ("（一） 3", None, "", "3", True),
    ],
)
def test_a_number_before_a_label_is_its_own_or_a_value(
    before: str, ordinal: str | None, left: str, value: str, is_doubtful: bool
) -> None:
    assert cut(before, ordinal) == (left, value, is_doubtful)


def test_nothing_before_the_start_is_looked_at() -> None:
    assert cut("5件 12 3", None, 4) == ("2", "3", True)
    assert cut("5件 3", None, 4) == ("", "", False)
    assert cut("5件 1234.", None, 4) == ("", "23", False)
    assert cut("12", None, 1) == ("2", "", False)
    assert cut("一、", None, 1) == ("、", "", False)
    assert cut("“", None, 1) == ("", "", False)


def test_a_number_before_no_label_is_left() -> None:
    assert without_numbering("5件 3.。", 0, 5, None) == Cut(5, None, is_doubtful=False)
    assert without_numbering("5件 3.", 0, 5, None) == Cut(5, None, is_doubtful=False)


@pytest.mark.parametrize("size", [37, 38, 39, 40, 41, 60])
def test_a_number_is_found_behind_a_stretch_of_any_length(size: int) -> None:
    assert cut(f"{'与' * size} 3.", None) == ("与" * size, "", False)
    assert cut(f"{'与' * 3}{'1' * size}3.", None) == ("与" * 3, "1" * size, False)
    assert cut(f"{'与' * 3}{' ' * size}3.", None) == ("与" * 3, "", False)
