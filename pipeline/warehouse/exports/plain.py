"""A value as plain text, the same in every file and on every page."""

from datetime import datetime
from decimal import Decimal

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet would compute."""

LIST_SEPARATOR = ";"
"""Stands between the members of a list in a file."""


def plain_text(value: object, separator: str = LIST_SEPARATOR) -> str:
    """Returns a value as text: no idle zeros, nothing for a gap.

    Args:
        value: Out of the warehouse.
        separator: Stands between the members of a list.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value.normalize():f}"
        case datetime():
            return value.isoformat(sep=" ", timespec="seconds")
        case list():
            return separator.join(plain_text(one, separator) for one in value)
    return str(value)
