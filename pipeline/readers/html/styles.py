"""The declarations of a page's own style sheets, as far as they decide what is visible."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import tinycss2
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from pipeline.readers.html.css_colours import BLACK, WHITE, are_alike, colour_of, ground_of
from pipeline.readers.html.frames import content_of_address

_PROPERTIES = frozenset(
    re.findall(
        r"\S+",
        """
        display visibility content-visibility opacity filter font font-size zoom
        text-decoration text-decoration-line vertical-align position left right top bottom
        inset z-index float margin-left margin-right text-indent
        clip clip-path transform scale translate
        width max-width height max-height overflow overflow-x overflow-y
        color -webkit-text-fill-color background background-color content
        direction unicode-bidi grid-area grid-row grid-column grid-template-columns
        """,
    )
)
# Without one of these, and without ink of its ground's colour, a sheet cannot hide, strike,
# raise or add anything. Each for itself: what begins with one letter is found many times faster.
_TELLING = tuple(
    map(
        re.compile,
        (
            r"\b(?:del|s|strike)\s*[,{]",
            r"(?<!-)color\s*:\s*transparent",
            r"line-through",
            r"text-fill-color",
            r"clip(?:-path)?\s*:",
            r"display\s*:\s*none",
            r"visibility\s*:\s*(?:hidden|collapse)",
            r"opacity\s*[:(=]\s*0?\.?0",
            r"font(?:-size)?\s*:[^;}]*?(?<![\w.#])"
            r"(?:[0-3](?:\.\d+)?(?:px|pt)|0|0?\.[01]\d*r?em|\d(?:\.\d+)?%)",
            r"vertical-align\s*:\s*(?:super|sub|text-top|-?\.?\d)",
            r"-\d{2,}(?:\.\d+)?(?:px|pt|%|r?em|v[wh])",
            r"(?:scale|rotate|matrix)\w*\s*[:(]",
            r"zoom\s*:\s*0",
            r"text-indent\s*:\s*100%",
            r"position\s*:\s*relative[^{}]*(?<![-\w])(?:top\s*:\s*-|bottom\s*:\s*[.\d])",
            r"(?<![-\w])(?:top\s*:\s*-|bottom\s*:\s*[.\d])[^{}]*position\s*:\s*relative",
            r"position\s*:\s*absolute[^{}]*background",
            r"background[^{}]*position\s*:\s*absolute",
            r"(?<![-\w])(?:max-)?(?:width|height)\s*:\s*[01](?:\.\d+)?(?:px|pt|em)?\s*[;}!]",
            r"(?<![-\w])content\s*:",
            r"display\s*:\s*(?:inline-)?(?:table-cell|grid)",
            r"bidi\s*:\s*(?:isolate-|bidi-)override",
            r"(?<![-\w])color\s*:\s*(?:rgb|hsl)a\([^)]*[,.]\s*0\d?\s*\)",
        ),
    )
)
_INK = re.compile(r"(?<![-\w])color\s*:\s*([^;}!]+)")
ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})
"""Elements of a table that hold rows, or are one."""
COLOURS = ("color", "-webkit-text-fill-color", "background", "background-color")
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;}!]+)")
# What a hidden element's own children may take back.
_MATTERING = re.compile("|".join(sorted(_PROPERTIES)), re.IGNORECASE)
_PSEUDO = re.compile(r"::?(before|after)\s*\Z", re.IGNORECASE)
_SPECIFIC = re.compile(
    r"(?P<id>#[\w-]+)|(?P<class>\.[\w-]+|\[|:(?!not|is|where)[\w-]+)|(?P<tag>(?<![\w.#:\[-])[a-z][\w-]*)",
    re.IGNORECASE,
)
_SEEN_MEDIA = re.compile(r"\s*(?:only\s+)?(?:all|screen)?\s*\Z", re.IGNORECASE)
_OF_WIDTH = re.compile(
    r"(?:\band\s*)?\(\s*(min|max)-width\s*:\s*(\d+)(?:\.\d+)?px\s*\)", re.IGNORECASE
)
_NARROW, _WIDE = 1024, 1920
_LONGEST_SHEET = 400_000
_STRIKING = frozenset({"s", "del", "strike"})
_LINKED, _WRITTEN_OUT = "link[rel=stylesheet]", "[href^='data:']"
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
            if name == "font":
                self.declare("", "font-size", _size_in(tokens), priority)
        elif name == "content":
            self.added[pseudo] = tokens

    def __getitem__(self, name: str) -> str:
        return self.declared.get(name, "")


def styled(tree: LexborHTMLParser) -> dict[int, Styled]:
    """Returns the declarations that style sheets and attributes of a page make for its elements.

    Returns:
        Elements by their memory id; none where nothing that decides is declared anywhere.
    """
    found: dict[int, Styled] = {}
    own = [(node, node.attributes.get("style") or "") for node in tree.css("[style]")]
    inked = [(node, node.attributes.get("color") or "") for node in tree.css("font[color]")]
    hidden = [node for node in tree.css("[hidden]") if node.tag in ROWS]
    # Such an element strikes by its name, unless its own style takes the line away.
    struck = any(node.tag in _STRIKING for node, _ in own)
    sheets = "\n".join(_sheets(tree))
    sheets = sheets if len(sheets) <= _LONGEST_SHEET else ""
    grounds = {f"background:{node.attributes['bgcolor']}" for node in tree.css("[bgcolor]")}
    written = {text for _, text in own} | {f"color:{ink}" for _, ink in inked} | grounds
    # In braces, so that nothing is taken for a whole with what another element declares.
    told = "\n".join([sheets, *(f"{{{one}}}" for one in written)])
    if not hidden and not struck and not _may_hide(told):
        return found
    for order, rule in enumerate(_rules(sheets)):
        _apply(tree, rule, order, found)
    for node, ink in inked:
        _declare_own(node, f"color:{ink}", found, is_own=False)
    for node in hidden:
        _declare_own(node, "display:none", found, is_own=False)
    for node, text in own:
        _declare_own(node, text, found)
    if found and tree.css_first(f"{_LINKED}:not({_WRITTEN_OUT})") is not None:
        # Ink or what is painted behind it may be declared in a sheet that is not at hand.
        for element in found.values():
            for name in COLOURS:
                element.declared.pop(name, None)
    return found


def written_styles(tree: LexborHTMLParser) -> str:
    """All that a page's own sheets and its elements declare, as written."""
    own = {node.attributes.get("style") or "" for node in tree.css("[style]")}
    return "\n".join((*_sheets(tree), *own))


def _may_hide(written: str) -> bool:
    """Whether any declaration in a page may hide something."""
    written = written.lower()
    if any(pattern.search(written) for pattern in _TELLING):
        return True
    inks = {colour_of(ink.strip()) for ink in set(_INK.findall(written))} | {BLACK}
    grounds = {ground_of(ground) for ground in set(_GROUND.findall(written))} | {WHITE}
    return any(are_alike(ink, ground) for ink in inks if ink for ground in grounds if ground)


def _sheets(tree: LexborHTMLParser) -> Iterator[str]:
    for sheet in tree.css(f"style, {_LINKED}{_WRITTEN_OUT}"):
        if _SEEN_MEDIA.match(sheet.attributes.get("media") or ""):
            address = sheet.attributes.get("href")
            written = sheet.text(deep=True) if address is None else content_of_address(address)
            yield (written or "").replace("<!--", "").replace("-->", "")


def _rules(sheets: str) -> Iterator[Any]:
    """The rules that hold on a screen of any width."""
    pending = list(reversed(tinycss2.parse_stylesheet(sheets, True, True)))
    while pending:
        rule = pending.pop()
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.content and _holds_on_a_screen(rule):
            pending += reversed(tinycss2.parse_rule_list(rule.content, True, True))


def _holds_on_a_screen(rule: Any) -> bool:
    """Whether rules under a condition hold in a window as wide as those of a desk are."""
    written = tinycss2.serialize(rule.prelude)
    if rule.lower_at_keyword == "supports":
        return not written.strip().startswith("not")
    if rule.lower_at_keyword != "media":
        return bool(rule.lower_at_keyword == "layer")
    widths = _OF_WIDTH.findall(written)
    return _SEEN_MEDIA.match(_OF_WIDTH.sub("", written)) is not None and all(
        int(size) <= _NARROW if bound == "min" else int(size) >= _WIDE for bound, size in widths
    )


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


def _declare_own(
    node: LexborNode, written: str, found: dict[int, Styled], *, is_own: bool = True
) -> None:
    """Notes what an element itself says; an attribute of its name is weaker than any sheet."""
    own = _own_declarations(written)
    if not own:
        return
    element = found.setdefault(node.mem_id, Styled(node))
    for one in own:
        element.declare("", one.lower_name, one.value, (one.important, is_own, (0, 0, 0), 0))


@lru_cache(maxsize=2048)
def _own_declarations(written: str) -> tuple[Any, ...]:
    """Remembered: a page saved by Word has thousands of elements styled alike."""
    return tuple(_declarations(written)) if _MATTERING.search(written) else ()


def _declarations(written: Any) -> Iterator[Any]:
    for one in tinycss2.parse_blocks_contents(written, True, True):
        if one.type == "declaration" and one.lower_name in _PROPERTIES:
            yield one


def _size_in(tokens: list[Any]) -> list[Any]:
    """The size in what sets a whole font: the first measure, which stands before the names."""
    return [
        one
        for one in tokens
        if one.type in ("dimension", "percentage") or (one.type == "number" and not one.value)
    ][:1]


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
