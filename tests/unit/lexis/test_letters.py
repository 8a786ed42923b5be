"""Letters without what stands between them, and the places they came from."""

import pytest

from pipeline.lexis.letters import Letters

TEXT = "前文 一、收到 申请（１２件）、①结果"
START, END = 3, len(TEXT)


def held(*, traditional: bool = False) -> Letters:
    return Letters(TEXT, START, END, traditional=traditional)


def test_only_letters_and_digits_are_kept_in_one_width() -> None:
    assert held().text == "一收到申请12件1结果"
    assert held().end == END
    assert Letters("條件", 0, 2).text == "條件"
    assert Letters("條件", 0, 2, traditional=True).text == "条件"
    assert Letters("", 0, 0).text == ""
    assert Letters("、。", 0, 2).text == ""


def test_every_letter_has_the_place_it_stands_at() -> None:
    letters = held()
    places = [letters.offset(n) for n in range(len(letters.text))]
    assert [TEXT[at] for at in places] == list("一收到申请１２件①结果")
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    ("offset", "position"),
    [
        (0, 0),
        (2, 0),
        (3, 0),
        # What stands between words is before the next of them.
        (4, 1),
        (5, 1),
        (6, 2),
        (7, 3),
        (8, 3),
        (9, 4),
        (10, 5),
        (11, 5),
        (14, 8),
        (15, 8),
        (16, 8),
        (17, 9),
        (18, 10),
        (19, 11),
        (99, 11),
    ],
)
def test_a_place_is_that_of_the_letter_there_or_the_next(offset: int, position: int) -> None:
    assert held().position(offset) == position


def test_a_letter_begins_a_word_behind_anything_else() -> None:
    letters = held()
    begins = [letters.text[n] for n in range(len(letters.text)) if letters.begins_word(n)]
    assert begins == ["一", "收", "申", "1", "1"]
    assert letters.begins_word(len(letters.text))
    assert not letters.begins_word(2)


@pytest.mark.parametrize(
    ("text", "position", "is_enumerated"),
    [
        ("甲、乙", 1, True),
        ("甲、乙", 0, False),
        ("甲乙、丙", 2, True),
        ("甲，乙", 1, False),
        ("甲乙", 1, False),
        # Behind a number it numbers what comes.
        ("一、乙", 1, False),
        ("十、乙", 1, False),
        ("1、乙", 1, False),
        ("）、乙", 0, False),
        ("甲、（乙", 1, False),
    ],
)
def test_a_comma_of_enumeration_joins_two_words(
    text: str, position: int, is_enumerated: bool
) -> None:
    assert Letters(f"上文{text}", 2, 2 + len(text)).is_enumerated(position) is is_enumerated
    assert Letters(text, 0, len(text)).is_enumerated(position) is is_enumerated
