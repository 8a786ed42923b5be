"""Pages whose words stand in a script of theirs, which a browser puts on the screen."""

import binascii
import json
import re
from base64 import b64decode
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

_LITERAL = re.compile(r'"(?:[^"\\]|\\.){200,}"' + r"|'(?:[^'\\]|\\.){200,}'", re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}")
_MARKUP = re.compile(r"</(?:p|table|div|h[1-6])>", re.IGNORECASE)


def scripted_markup(tree: LexborHTMLParser) -> str | None:
    """The longest markup that the scripts of a page hold as data, None where they hold none."""
    held = (words for node in tree.css("script") for words in _held(node.attributes, node.text()))
    return max(filter(_MARKUP.search, held), key=len, default=None)


def _held(attributes: dict[str, str | None], script: str) -> Iterator[str]:
    """The texts of a script: all of a template, the strings of data and of a program."""
    kind = (attributes.get("type") or "").lower()
    if "template" in kind or "html" in kind:
        yield script
    elif "json" in kind:
        try:
            yield from _strings(json.loads(script))
        except (ValueError, RecursionError):
            return
    else:
        yield from map(_unquoted, _LITERAL.findall(script))


def _strings(value: object) -> Iterator[str]:
    ahead = [value]
    while ahead:
        value = ahead.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            ahead += value.values() if isinstance(value, dict) else value


def _unquoted(literal: str) -> str:
    """The text of a string as a program writes it, unpacked where it is packed."""
    bare = literal[1:-1]
    if _BASE64.fullmatch(bare):
        try:
            return b64decode(bare).decode()
        except (binascii.Error, UnicodeDecodeError):
            return bare
    inner = bare.replace("\\'", "'") if literal[0] == "'" else bare
    quoted = re.sub(r'(?<!\\)"', r"\"", inner)
    try:
        return str(json.loads(f'"{quoted}"', strict=False))
    except ValueError:
        return bare
