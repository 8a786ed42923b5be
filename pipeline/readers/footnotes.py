"""Marks that send the reader of a figure to a note: 84[1], 84（注）, 84①."""

import re

_CLOSED = r"[\[(（〔【]\s*(?:注\s*\d{0,2}|\d{1,2})\s*[\])）〕】]"

MARK_OF_NOTE = re.compile(rf"\s*(?:{_CLOSED}|注?\s*\d{{1,2}}|注|[*＊※①-⑳])\s*")
"""What may be such a mark where it is raised."""
