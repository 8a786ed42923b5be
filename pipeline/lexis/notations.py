"""Ways to type a number that a cell alone does not tell from something else.

``1 234`` may be two numbers, and so may ``1,99`` above ``8``; ``05`` may be two cells run
together, ``5*`` a number with a digit hidden, ``一`` a dash.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.lexis.numerals import is_han, parse
from pipeline.lexis.values import NUMBER

_BROKEN = re.compile(r"\d[\d,.]*(?:\s*\n\s*[\d,.]+)+")
_PARTED = re.compile(r"[1-9]\d{0,2}(?:[ \xa0\u3000]\d{3})+")
_PADDED = re.compile(r"0\d{1,4}")
_BRACKETED = re.compile(rf"\(\s*({NUMBER})\s*\)")
_STARRED = re.compile(rf"({NUMBER})\s?\*")
_LONG_MINUS = re.compile(rf"[—―─]\s?({NUMBER})")


@dataclass(frozen=True, slots=True)
class Notation:
    """A way to type a number.

    Attributes:
        id: What ``why`` of an observation calls it.
        read: The digits of a cell typed this way, None for any other.
        of_change: Whether it is one in columns of changes; None in both kinds.
        must_prove: Whether rows have to add up by it before any cell is read.
        fills_row: Whether a blank cell beside it makes it two numbers.
        by_sums: Whether nothing but the sums of its row tell: what they tell is reconstructed.
    """

    id: str
    read: Callable[[str], str | None]
    of_change: bool | None = None
    must_prove: bool = False
    fills_row: bool = False
    by_sums: bool = False


def _group(pattern: re.Pattern[str], sign: str = "") -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        match = pattern.fullmatch(text)
        return sign + match[1] if match else None

    return read


def _joined(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    return lambda text: "".join(text.split()) if pattern.fullmatch(text) else None


NOTATIONS = (
    Notation("digits.broken", _joined(_BROKEN), by_sums=True),
    Notation("typed.parted", _joined(_PARTED), fills_row=True),
    Notation("typed.padded", lambda text: str(int(text)) if _PADDED.fullmatch(text) else None),
    Notation("typed.han", lambda text: f"{parse(text):f}" if is_han(text) else None),
    Notation("typed.bracketed", _group(_BRACKETED), of_change=False),
    Notation("typed.long_minus", _group(_LONG_MINUS, "-"), of_change=True),
    Notation("typed.starred", _group(_STARRED), must_prove=True),
)
