"""Where things on a page are: matrices that move points, and outlines as pdfplumber tells them."""

from collections.abc import Sequence
from typing import Any

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_SLANT = 0.2


def moved(matrix: Matrix, x: float, y: float) -> Point:
    """Where a matrix puts a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def ems(char: str) -> float:
    """How wide a character is set: as wide as high, or half of it where it is no square one."""
    return 1.0 if char >= "\u2e80" else 0.5


def slants(matrix: Sequence[float]) -> bool:
    """Whether what a matrix sets runs aslant across the page, as watermarks do."""
    if not matrix[1]:
        return False
    a, b = abs(matrix[0]), abs(matrix[1])
    return min(a, b) > _SLANT * max(a, b)


def outline(*points: Point) -> dict[str, Any]:
    """The smallest rectangle around points, which are counted from the top of the page."""
    xs, ys = zip(*points, strict=True)
    x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
    }
