"""What a web page does not show, or shows beside a figure only: read along, it would join it."""

import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.readers.footnotes import MARK_OF_NOTE
from pipeline.readers.html.flow import HIDDEN

_STRUCK = "s, del, strike"
_HIDDEN = "[hidden], rt, rp"
_STRUCK_STYLE = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
# Sought before the styles: a page saved by Word has thousands.
_STRUCK_WORDS = ("line-through", "LINE-THROUGH")
_RAISED_WORDS = (":super", ": super", ":SUPER", ": SUPER")
_RAISED_STYLE = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_CELLS = ("td", "th")
_LONGEST_UNSEEN = 60
_FIGURE = re.compile(r"\d")
_MAY_HIDE = re.compile(r":(?<=[y\s]:)\s*(?:none|hidden)", re.IGNORECASE)
_LONGEST_STYLE = 40
_WITHIN_LINES = frozenset({"span", "font", "b", "strong", "i", "em", "u", "a"})


def drop_unseen(tree: LexborHTMLParser, text: str) -> tuple[str, ...]:
    """Takes hidden and struck words out of a page, and the raised marks of notes.

    Whole blocks outside cells stay: tabs hide what a click shows, and a mark that nobody
    closed would strike the rest of the page.

    Args:
        tree: The page; it is changed.
        text: The page as written.

    Returns:
        How many figures went, a sentence for each kind.
    """
    unseen = _emptied(node for node in tree.css(_STRUCK) if is_in_cell(node) or _is_short(node))
    unseen += _emptied(node for node in tree.css(_HIDDEN) if is_in_cell(node))
    if any(word in text for word in _STRUCK_WORDS):
        unseen += _emptied(filter(_is_struck_by_style, tree.css("[style]")))
    if _may_hide(text):
        unseen += _emptied(filter(_is_hidden_word, tree.css("[style]")))
    marks = _emptied(filter(_is_mark_of_note, _raised(tree, text)))
    told = ((unseen, "struck or hidden figures"), (marks, "raised marks of notes"))
    return tuple([f"{count} {what} were not read" for count, what in told if count])


def _raised(tree: LexborHTMLParser, text: str) -> Iterator[LexborNode]:
    yield from tree.css("sup")
    if any(word in text for word in _RAISED_WORDS):
        styled = tree.css("[style]")
        yield from (n for n in styled if _RAISED_STYLE.search(n.attributes.get("style") or ""))


def _is_mark_of_note(node: LexborNode) -> bool:
    """Whether raised words mark a note: they stand behind something, in a cell as elsewhere."""
    marks = MARK_OF_NOTE.fullmatch(node.text()) is not None
    cell = _cell_around(node) if marks else None
    return marks and (cell is None or cell.text().strip() != node.text().strip())


def _emptied(nodes: Iterable[LexborNode]) -> int:
    """Takes out what elements hold, so that the place of a cell stays; counts figures.

    Backwards, so that none is asked that went with the one around it.
    """
    figures = 0
    for node in reversed(list(nodes)):
        figures += _FIGURE.search(node.text()) is not None
        for child in list(node.iter(include_text=True)):
            child.decompose()
    return figures


def _cell_around(node: LexborNode) -> LexborNode | None:
    around: LexborNode | None = node
    while around is not None and around.tag not in _CELLS:
        around = around.parent
    return around


def is_in_cell(node: LexborNode) -> bool:
    """Whether an element is a cell of a table or stands in one."""
    return _cell_around(node) is not None


def _is_short(node: LexborNode) -> bool:
    return len(node.text()) <= _LONGEST_UNSEEN


def _is_struck_by_style(node: LexborNode) -> bool:
    is_struck = _STRUCK_STYLE.search(node.attributes.get("style") or "") is not None
    return is_struck and (is_in_cell(node) or (node.tag in _WITHIN_LINES and _is_short(node)))


def _is_hidden_word(node: LexborNode) -> bool:
    is_hidden = HIDDEN.search(node.attributes.get("style") or "") is not None
    return is_hidden and node.tag in _WITHIN_LINES and (is_in_cell(node) or _is_short(node))


def _may_hide(text: str) -> bool:
    """Whether a style that hides stands in a page; sought from its colon, which is faster."""
    return any(
        HIDDEN.search(text, max(colon.start() - _LONGEST_STYLE, 0), colon.end())
        for colon in _MAY_HIDE.finditer(text)
    )
