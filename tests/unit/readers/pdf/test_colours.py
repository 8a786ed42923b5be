"""Which colours of a PDF are those of the paper, and which are black, on both sides of almost."""

import pytest

from pipeline.readers.pdf.colours import is_black, is_white


@pytest.mark.parametrize(
    ("colour", "space", "shade"),
    [
        (1, None, "white"),
        (0.98, None, "white"),
        (0.97, None, ""),
        (0.02, None, "black"),
        (0.03, None, ""),
        (0, None, "black"),
        ((1, 1, 1), None, "white"),
        ((1, 0.9, 1), None, ""),
        ((0, 0, 0.02), None, "black"),
        ((0, 0, 0.5), None, ""),
        # In inks more is darker, and the last of four is black.
        ((0, 0, 0, 0), None, "white"),
        ((0, 0, 0, 0.03), None, ""),
        ((0, 0, 0, 1), None, "black"),
        ((0, 0, 0, 0.98), None, "black"),
        ((1, 1, 1, 0.97), None, ""),
        ([0], "Separation", "white"),
        ([1], "Separation", "black"),
        ([1], "DeviceN", "black"),
        ([1], "DeviceRGB", "white"),
        ((), None, ""),
        ((), "Separation", ""),
        ("P1", None, ""),
        (("P1",), None, ""),
        (None, None, ""),
    ],
)
def test_a_colour_is_white_black_or_neither(colour: object, space: str | None, shade: str) -> None:
    told = "white" * is_white(colour, space) + "black" * is_black(colour, space)
    assert told == shade
