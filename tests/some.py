"""What a test goes over: never nothing, for a loop over nothing asserts nothing."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def some(found: Iterable[T]) -> list[T]:
    """Returns what was found, and fails where there is nothing."""
    kept = list(found)
    assert kept, "the test would go over nothing"
    return kept
