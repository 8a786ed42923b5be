"""Pages inside a page: frames written into their own tag, and shadow trees."""

import base64
import re
from html import unescape
from urllib.parse import unquote_to_bytes

from pipeline.readers.encodings import Decoded, decode

_FRAME = re.compile(
    r"<(?P<tag>iframe|object|embed)\b(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"(?:[^<]*</(?P=tag)\s*>)?",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"\s(srcdoc|src|data)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*data:(?P<kind>[^,;]*)(?P<more>[^,]*),(?P<content>.*)", re.I | re.DOTALL)
_SHELL = re.compile(
    r"</?(?:html|body)\b[^>]*>|<!doctype[^>]*>|<title\b.*?</title>", re.IGNORECASE | re.DOTALL
)
# What a browser shows of an element instead of its own content.
_SHADOW = re.compile(
    r"<template\b[^>]*\bshadowroot(?:mode)?\b[^>]*>(.*?)</template\s*>", re.IGNORECASE | re.DOTALL
)


def with_frames(page: str) -> str:
    """Puts the content of such frames and trees in their place."""
    if "shadowroot" in page:
        page = _SHADOW.sub(r"<div>\1</div>", page)
    return _FRAME.sub(_content, page)


def content_of_address(address: str) -> str | None:
    """Returns the text that a ``data:`` address contains, such as ``data:text/html,…``.

    Args:
        address: The address as written.

    Returns:
        The text; None for any other address, and for what is no text.
    """
    written = _ADDRESS.match(address)
    if written is None or not written["kind"].lower().startswith(("text/", "application/xhtml")):
        return None
    data = unquote_to_bytes(unescape(written["content"]))
    if "base64" in written["more"].lower():
        try:
            data = base64.b64decode(data + b"==")
        except ValueError:
            return None
    decoded = decode(data)
    return decoded.text if isinstance(decoded, Decoded) else None


def _content(frame: re.Match[str]) -> str:
    sources = {
        name.lower(): one or other for name, one, other in _SOURCE.findall(frame["attributes"])
    }
    content = sources.get("srcdoc")
    if content is None:
        written = map(content_of_address, map(sources.get, ("src", "data"), ("", "")))
        content = next(filter(None, written), None)
    else:
        content = unescape(content)
    return frame[0] if content is None else f"<div>{_SHELL.sub('', content)}</div>"
