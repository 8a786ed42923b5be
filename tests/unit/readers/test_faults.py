"""What is said of files that a library trips over."""

import pytest

from pipeline.readers.faults import damaged


@pytest.mark.parametrize(("length", "is_whole"), [(120, True), (121, False)])
def test_what_a_library_said_is_cut_off_where_it_fills_a_line(
    length: int, *, is_whole: bool
) -> None:
    detail = damaged("It broke", ValueError("a" * length), "fetch it again").detail
    assert ("a" * length in detail) is is_whole
    assert detail.endswith("a); fetch it again.")
