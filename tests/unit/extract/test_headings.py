"""What a heading above a table says of a region: a heading, and no sentence."""

import pytest

from pipeline.extract.headings import HeadingExtent, extent_of
from pipeline.extract.tables.unlabelled_rows import is_made_of


@pytest.mark.parametrize(("letters", "is_heading"), [(40, True), (41, False)])
def test_a_line_of_more_than_forty_letters_is_no_heading(letters: int, *, is_heading: bool) -> None:
    line = f"全县{'情' * (letters - 2)}"
    assert extent_of(f"{line}\n") == (HeadingExtent(is_whole=True) if is_heading else None)


@pytest.mark.parametrize(
    ("word", "is_made"),
    [("甲乙丙", True), ("甲乙丁", False), ("甲乙丙丁", True), ("甲乙丁戊", False)],
)
def test_one_letter_of_four_may_be_misprinted(word: str, *, is_made: bool) -> None:
    assert is_made_of(frozenset("甲乙丙"), word) is is_made
