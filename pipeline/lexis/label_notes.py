"""The note in brackets that belongs to a label, told from a value in brackets behind it."""

import re

from pipeline.lexis.normalise import fold, letters

NUMBER_APART = re.compile(r"(?<!\S)\d+(?!\S)")
_NOTE = re.compile(r"\s*[（(]([^（）()]{2,150})[）)]")
_REST_OF_NOTE = re.compile(r"([^（）()]{1,40})[）)]")


def end_of_note(text: str, start: int, end: int) -> int:
    """Offset behind the note of a label, the label's end where it has none.

    Args:
        text: The text.
        start: Where the label begins.
        end: Where it ends, perhaps within the note.
    """
    label = fold(text[start:end])
    is_open = label.count("(") > label.count(")")
    if is_open and text[end : end + 1] in (")", "）"):
        return end + 1
    note = (_REST_OF_NOTE if is_open else _NOTE).match(text, end)
    return note.end() if note and _is_note(note[1]) else end


def _is_note(text: str) -> bool:
    """Whether a text in brackets is a note: words, with no number apart that could be a value."""
    few_digits = sum(char.isdigit() for char in text) <= 1 <= len(letters(text))
    return few_digits and not NUMBER_APART.search(text)
