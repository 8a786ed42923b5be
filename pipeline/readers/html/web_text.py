"""Text of web pages as browsers show it."""

import re

BREAK = "\x1e"
"""Stands for the end of a line on the way from a page to its text."""

_SPACE = re.compile(r"[ \t\n\r\f\v\xa0]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\xad]")


def tidy(text: str) -> str:
    """Collapses white space as browsers do; a line break next to a wide character is nothing."""
    text = text.strip()
    if text.isalnum():
        return text
    if not text.isascii():
        text = _INVISIBLE.sub("", text)
    return _SPACE.sub(_space, text).strip()


def _space(match: re.Match[str]) -> str:
    run = match[0]
    if "\n" in run or "\r" in run:
        text, start, end = match.string, match.start(), match.end()
        if (start and text[start - 1] >= "\u2e80") or (end < len(text) and text[end] >= "\u2e80"):
            return ""
    return " "
