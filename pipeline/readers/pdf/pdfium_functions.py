"""PDFium's functions, which take and give whatever they work on as its address alone.

A page has thousands of characters and strokes. To make a pointer for every one of them, only to
ask it something once, takes longer than the answer.
"""

import ctypes
from typing import Any

import pypdfium2.raw


class _Functions:
    """The functions by their names, each made when it is first asked for."""

    def __getattr__(self, name: str) -> Any:
        given = getattr(pypdfium2.raw, name)
        kinds = [
            ctypes.c_void_p if hasattr(kind, "contents") else kind
            for kind in (given.restype, *given.argtypes)
        ]
        function = ctypes.CFUNCTYPE(*kinds)(ctypes.cast(given, ctypes.c_void_p).value or 0)
        setattr(self, name, function)
        return function


functions: Any = _Functions()


class NumbersWritten:
    """Numbers of one kind side by side, which a function writes down.

    Attributes:
        at: The address of the first, as a function is told it that writes all.
        places: The address of each.
    """

    def __init__(self, kind: type[Any], count: int) -> None:
        self._numbers: Any = (kind * count)()
        self.at = ctypes.addressof(self._numbers)
        self.places = tuple(self.at + number * ctypes.sizeof(kind) for number in range(count))

    def read(self) -> list[Any]:
        """The numbers last written."""
        found: list[Any] = self._numbers[:]
        return found
