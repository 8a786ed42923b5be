"""Colours of a PDF: which are white, which black."""

from typing import Any

_INKS = ("Separation", "DeviceN")
_ALMOST = 0.02
_NUMBERS = frozenset({int, float})


def is_white(colour: Any, space: Any = None) -> bool:
    """Whether a colour is that of the paper.

    Args:
        colour: Its components, or whatever else the file gives.
        space: Name of its space; in those of inks more is darker.
    """
    parts = _parts(colour)
    if len(parts) == 4 or (parts and space in _INKS):
        return max(parts) <= _ALMOST
    return bool(parts) and min(parts) >= 1 - _ALMOST


def is_black(colour: Any, space: Any = None) -> bool:
    """Whether a colour is black; see ``is_white``."""
    parts = _parts(colour)
    if len(parts) == 4 or (parts and space in _INKS):
        return bool(parts[-1] >= 1 - _ALMOST)
    return bool(parts) and max(parts) <= _ALMOST


def _parts(colour: Any) -> tuple[float, ...]:
    if isinstance(colour, int | float):
        return (colour,)
    if not isinstance(colour, tuple | list):
        return ()
    return tuple(colour) if _NUMBERS.issuperset(map(type, colour)) else ()
