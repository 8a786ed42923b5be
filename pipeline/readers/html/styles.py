"""What the style sheets inside a page say about its elements, as far as it decides what is seen."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_PROPERTIES = frozenset(
    [
        "display",
        "visibility",
        "opacity",
        "font-size",
        "text-decoration",
        "text-decoration-line",
        "vertical-align",
        "position",
        "clip",
        "clip-path",
        "left",
        "top",
        "bottom",
        "text-indent",
        "width",
        "height",
        "max-height",
        "overflow",
        "color",
        "background",
        "background-color",
        "content",
    ]
)
# Without one of these a sheet cannot hide, strike, raise or add anything.
_TELLING = re.compile(
    r"\b(?:del|s|strike)\s*[,{]|"
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0|font(?:-size)?\s*:\s*0"
    r"|line-through|vertical-align\s*:\s*(?:super|sub|text-top)|clip(?:-path)?\s*:|:\s*-\d{2,}(?:px|em|rem)"
    r"|position\s*:\s*relative[^{}]*(?<![-\w])(?:top\s*:\s*-|bottom\s*:\s*[.\d])"
    r"|(?<![-\w])(?:top\s*:\s*-|bottom\s*:\s*[.\d])[^{}]*position\s*:\s*relative"
    r"|(?<![-\w])(?:max-)?height\s*:\s*[01](?:px)?\s*[;}!]|(?<![-\w])content\s*:"
    r"|(?<![-\w])color\s*:\s*(?:transparent|white|#fff|rgba?\(\s*255|rgba\([^)]*[,.]\s*0\s*\))",
    re.IGNORECASE,
)
# What a hidden element's own children may take back.
_MATTERING = re.compile("|".join(sorted(_PROPERTIES)), re.IGNORECASE)
_PSEUDO = re.compile(r"::?(before|after)\s*\Z", re.IGNORECASE)
_SPECIFIC = re.compile(
    r"(?P<id>#[\w-]+)|(?P<class>\.[\w-]+|\[|:(?!not|is|where)[\w-]+)|(?P<tag>(?<![\w.#:\[-])[a-z][\w-]*)",
    re.IGNORECASE,
)
_SEEN_MEDIA = re.compile(r"\s*(?:only\s+)?(?:all|screen)?\s*\Z", re.IGNORECASE)
_LONGEST_SHEET = 400_000
_MOST_ELEMENTS = 20_000

Priority = tuple[bool, bool, tuple[int, int, int], int]
"""Whether it is important, whether it stands in the element, how special, and how late."""


@dataclass(slots=True)
class Styled:
    """An element with what is declared for it, the winner of each property.

    Attributes:
        node: The element.
        declared: Properties in small letters and their values.
        added: What sheets print before and after it, as tokens.
    """

    node: LexborNode
    declared: dict[str, str] = field(default_factory=dict)
    added: dict[str, list[Any]] = field(default_factory=dict)
    _won: dict[tuple[str, str], Priority] = field(default_factory=dict)

    def declare(self, pseudo: str, name: str, tokens: list[Any], priority: Priority) -> None:
        """Notes a declaration, unless a stronger one is known."""
        if self._won.get((pseudo, name), priority) > priority:
            return
        self._won[pseudo, name] = priority
        if not pseudo:
            self.declared[name] = tinycss2.serialize(tokens).strip().lower()
        elif name == "content":
            self.added[pseudo] = tokens

    def __getitem__(self, name: str) -> str:
        return self.declared.get(name, "")


def styled(tree: LexborHTMLParser) -> dict[int, Styled]:
    """Tells what is declared for the elements that a page's own sheets and attributes speak of.

    Args:
        tree: The page.

    Returns:
        Elements by their memory id; none where nothing that decides is declared anywhere.
    """
    found: dict[int, Styled] = {}
    sheets = "\n".join(_sheets(tree))
    if len(sheets) <= _LONGEST_SHEET and _TELLING.search(sheets):
        for order, rule in enumerate(_rules(sheets)):
            _apply(tree, rule, order, found)
    own = [(node, node.attributes.get("style") or "") for node in tree.css("[style]")]
    if found or any(_is_telling(written) for _, written in own):
        for node, written in own:
            _declare_own(node, written, found)
    if found and tree.css_first("link[rel=stylesheet]") is not None:
        # What is painted behind white words may be declared in a sheet that is not at hand.
        for element in found.values():
            element.declared.pop("color", None)
    return found


def _sheets(tree: LexborHTMLParser) -> Iterator[str]:
    for sheet in tree.css("style"):
        if _SEEN_MEDIA.match(sheet.attributes.get("media") or ""):
            yield sheet.text(deep=True).replace("<!--", "").replace("-->", "")


def _rules(sheets: str) -> Iterator[Any]:
    """The rules that hold on a screen of any width."""
    pending = list(reversed(tinycss2.parse_stylesheet(sheets, True, True)))
    while pending:
        rule = pending.pop()
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            seen = _SEEN_MEDIA.match(tinycss2.serialize(rule.prelude))
            pending += reversed(tinycss2.parse_rule_list(rule.content, True, True) if seen else ())


def _apply(tree: LexborHTMLParser, rule: Any, order: int, found: dict[int, Styled]) -> None:
    declarations = list(_declarations(rule.content))
    if not declarations:
        return
    for selector in _parted(tinycss2.serialize(rule.prelude)):
        pseudo = _PSEUDO.search(selector)
        bare = selector[: pseudo.start()].strip() or "*" if pseudo else selector
        special = _special(bare)
        for node in _chosen(tree, bare):
            element = found.setdefault(node.mem_id, Styled(node))
            for one in declarations:
                priority = (one.important, False, special, order)
                kind = pseudo[1].lower() if pseudo else ""
                element.declare(kind, one.lower_name, one.value, priority)


@lru_cache(maxsize=2048)
def _is_telling(written: str) -> bool:
    return _TELLING.search(f"{written};") is not None


def _declare_own(node: LexborNode, written: str, found: dict[int, Styled]) -> None:
    own = _own_declarations(written)
    if not own:
        return
    element = found.setdefault(node.mem_id, Styled(node))
    for one in own:
        element.declare("", one.lower_name, one.value, (one.important, True, (0, 0, 0), 0))


@lru_cache(maxsize=2048)
def _own_declarations(written: str) -> tuple[Any, ...]:
    """Remembered: a page saved by Word has thousands of elements styled alike."""
    return tuple(_declarations(written)) if _MATTERING.search(written) else ()


def _declarations(written: Any) -> Iterator[Any]:
    for one in tinycss2.parse_blocks_contents(written, True, True):
        if one.type == "declaration" and one.lower_name in _PROPERTIES:
            yield one


def _parted(selectors: str) -> Iterable[str]:
    """The selectors of a rule; commas in brackets part none."""
    return (one.strip() for one in re.split(r",(?![^(\[]*[)\]])", selectors))


def _chosen(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements a selector chooses; none where it is of a kind that is not understood."""
    try:
        chosen = tree.css(selector) if selector else []
    except SelectolaxError:
        return []
    return chosen if len(chosen) <= _MOST_ELEMENTS else []


def _special(selector: str) -> tuple[int, int, int]:
    kinds = [match.lastgroup for match in _SPECIFIC.finditer(selector)]
    return kinds.count("id"), kinds.count("class"), kinds.count("tag")


def printed_content(element: Styled, pseudo: str) -> str | None:
    """What a sheet prints before or after an element; None where only a browser can tell."""
    parts = []
    attributes: Mapping[str, str | None] = element.node.attributes
    for token in element.added.get(pseudo, ()):
        if token.type == "string":
            parts.append(token.value)
        elif token.type == "function" and token.lower_name == "attr":
            name = tinycss2.serialize(token.arguments).split(",")[0].strip()
            parts.append(attributes.get(name) or "")
        elif token.type == "function":
            return None
    return "".join(parts)
