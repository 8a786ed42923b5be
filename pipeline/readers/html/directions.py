"""Words that a page stores from their end and shows from their beginning, against copying."""

from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.readers.html.ancestors import is_within, outwards
from pipeline.readers.html.styles import Styled

_OVERRIDING = ("bidi-override", "isolate-override")
_LEFTWARDS = "rtl"


def shown_from_their_end(
    tree: LexborHTMLParser, looks: Mapping[int, Styled]
) -> Iterator[LexborNode]:
    """Yields the outermost elements that print all their characters from right to left."""
    declared = (one.node for one in looks.values() if one["unicode-bidi"] in _OVERRIDING)
    overriding = {node.mem_id: node for node in (*tree.css("bdo"), *declared)}
    for node in overriding.values():
        if not is_within(node, overriding) and _direction_of(node, looks) == _LEFTWARDS:
            yield node


def turn_words(nodes: Iterable[LexborNode]) -> None:
    """Writes the words of elements in the order they are seen in."""
    for node in nodes:
        words = node.text(deep=True)[::-1]
        for child in list(node.iter(include_text=True)):
            child.decompose()
        node.insert_child(words)


def _direction_of(node: LexborNode, looks: Mapping[int, Styled]) -> str:
    """The direction of an element's words, its own or inherited."""
    for one in outwards(node):
        own = looks.get(one.mem_id)
        direction = (own["direction"] if own else "") or one.attributes.get("dir") or ""
        if direction:
            return direction.lower()
    return ""
