"""Pages that stand inside a page: frames whose content is written into their own tag."""

import re
from html import unescape

_FRAME = re.compile(
    r"<iframe\b[^>]*?\ssrcdoc\s*=\s*(?:\"(?P<one>[^\"]*)\"|'(?P<other>[^']*)')[^>]*>(?:[^<]*</iframe>)?",
    re.IGNORECASE,
)
_SHELL = re.compile(
    r"</?(?:html|body)\b[^>]*>|<!doctype[^>]*>|<title\b.*?</title>", re.IGNORECASE | re.DOTALL
)


def with_frames(page: str) -> str:
    """Puts the content of such frames in their place.

    Args:
        page: The page as written.
    """
    if "srcdoc" not in page and "SRCDOC" not in page:
        return page
    return _FRAME.sub(_content, page)


def _content(frame: re.Match[str]) -> str:
    written = unescape(frame["one"] if frame["one"] is not None else frame["other"])
    return f"<div>{_SHELL.sub('', written)}</div>"
