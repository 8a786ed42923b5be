"""Short names of indicators for programs that allow 32 characters a variable."""

import hashlib
import re
from functools import cache

from pipeline.declared import Declaration, declared

LONGEST = 32
FLAG = "_s"
"""What the name of a variable's standing ends in."""

_ROOM = LONGEST - len(FLAG)
_HASH = 4


class _Abbreviations(Declaration):
    words: dict[str, str]


def variable_name(indicator_id: str) -> str:
    """Returns the name of an indicator's variable; it depends on the id alone.

    A name that stays too long is cut and ends in digits of the id's hash.
    """
    words = _abbreviations().words
    parts = (
        words.get(part) or "_".join(words.get(word, word) for word in part.split("_"))
        for part in re.split(r"[.:]", indicator_id)
    )
    name = "_".join(parts)
    if len(name) <= _ROOM:
        return name
    digits = hashlib.sha256(indicator_id.encode()).hexdigest()[:_HASH]
    return f"{name[: _ROOM - _HASH - 1]}_{digits}"


@cache
def _abbreviations() -> _Abbreviations:
    return declared("pipeline.warehouse.exports", "variable_names", _Abbreviations)
