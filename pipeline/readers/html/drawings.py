"""Figures that stand in the drawings of a page, in the place of words."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_MEASURE = re.compile(r"\s*(-?\d+(?:\.\d+)?)(?:px)?\s*")
_UNPAINTED = frozenset({"none", "transparent", "white", "#fff", "#ffffff"})


def write_out_drawings(tree: LexborHTMLParser) -> None:
    """Puts the words drawn on one line in the cells of tables in the place of their drawing."""
    for drawing in tree.css("td svg, th svg"):
        words = drawing.css("text")
        places = [
            [_MEASURE.fullmatch(word.attributes.get(at) or "0") for at in "xy"] for word in words
        ]
        is_plain = all(all(place) for place in places) and not any(map(_is_set_otherwise, words))
        numbers = [[float(at[1]) for at in place if at] for place in places]
        if words and is_plain and len({y for _, y in numbers}) == 1:
            ordered = sorted(
                zip((x for x, _ in numbers), words, strict=True), key=lambda one: one[0]
            )
            drawing.replace_with("".join(word.text(deep=True) for _, word in ordered))


def _is_set_otherwise(word: LexborNode) -> bool:
    """Whether drawn words may not be seen, or not in the order they are written in."""
    attributes = word.attributes
    is_unpainted = (attributes.get("fill") or "").strip().lower() in _UNPAINTED
    moved = word.css("[x], [y], [dx], [dy], [rotate], [transform]")
    return (
        is_unpainted or "transform" in attributes or any(one.mem_id != word.mem_id for one in moved)
    )
