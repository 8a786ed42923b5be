"""What a web page does not show, or shows beside a figure only: read along, it would join it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.readers.footnotes import MARK_OF_NOTE
from pipeline.readers.html.styles import Styled, printed_content, styled

_STRUCK = "s, del, strike"
_HIDDEN = "[hidden], rt, rp"
_PICTURED = "td img, td svg, td canvas, td object, td embed, td iframe"
_RAISED = ("super", "sub", "text-top")
_CELLS = ("td", "th")
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})
_LONGEST_UNSEEN = 60
_FIGURE = re.compile(r"\d")
_PRINT = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]")
_NOTHING = re.compile(r"[+-]?0*\.?0*(?:px|em|rem|pt|%)?")
_HAIR = re.compile(r"[01](?:\.\d+)?(?:px)?")
_FAR_OUT = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|%)|-\d{2,}(?:em|rem)")
_UP = re.compile(r"-(?:0?\.[2-9]\d*(?:em|rem)|[1-9]\d*(?:\.\d+)?(?:px|pt|em|rem|%))")
_CLIPPED = re.compile(
    r"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
)
_CLIPPED_PATH = re.compile(
    r"inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*0(?:px)?\s+0(?:px)?\s*\)"
)
_WHITE = re.compile(r"white|#fff|#ffffff|rgba?\(\s*255\s*,\s*255\s*,\s*255\s*(?:,\s*1\s*)?\)")
_TRANSPARENT = re.compile(r"transparent|rgba\([^)]*,\s*0?\.?0+\s*\)|#[0-9a-f]{6}00")
_WITHIN_LINES = frozenset({"span", "font", "b", "strong", "i", "em", "u", "a", "label", "small"})

Looks = Mapping[int, Styled]


def drop_unseen(tree: LexborHTMLParser) -> tuple[str, ...]:
    """Takes hidden and struck words out of a page, and the raised marks of notes.

    Whole blocks outside cells stay: tabs hide what a click shows, and a mark that nobody
    closed would strike the rest of the page. What style sheets print is put in.

    Args:
        tree: The page; it is changed.

    Returns:
        How many figures went or cannot be read, a sentence for each kind.
    """
    looks = styled(tree)
    unseen = {node.mem_id: node for node in _unseen(tree, looks)}
    outermost = [node for node in unseen.values() if not _is_within(node, unseen)]
    around = [one.node for one in looks.values() if _hides_its_own_words(one, looks)]
    around = [node for node in around if not _is_within(node, unseen, itself=True)]
    raised = [one.node for one in looks.values() if _is_raised(one)]
    raised = [node for node in raised if not _is_within(node, unseen, itself=True)]
    uncertain = 0
    for one in [one for one in looks.values() if one.added]:
        if not _is_within(one.node, unseen, itself=True):
            uncertain += _print_added(one)
    figures = sum(_FIGURE.search(node.text()) is not None for node in outermost)
    figures += sum(map(_take_out_words, around))
    for node in outermost:
        _take_out(node, looks)
    marks = _emptied(filter(_is_mark_of_note, [*tree.css("sup"), *raised]))
    pictured = sum(_is_pictured(node) for node in tree.css(_PICTURED))
    told = (
        (figures, "struck or hidden figures were not read"),
        (marks, "raised marks of notes were not read"),
        (uncertain, "cells hold what only a browser counts up; it was not read"),
        (pictured, "cells show a picture or a frame and no text; they read as blank"),
    )
    return tuple([f"{count} {what}" for count, what in told if count])


def is_in_cell(node: LexborNode) -> bool:
    """Whether an element is a cell of a table or stands in one."""
    return _cell_around(node) is not None


def _unseen(tree: LexborHTMLParser, looks: Looks) -> Iterator[LexborNode]:
    for node in tree.css(_STRUCK):
        if (is_in_cell(node) or _is_short(node)) and not _is_undecorated(node, looks):
            yield node
    yield from (node for node in tree.css(_HIDDEN) if is_in_cell(node))
    for one in looks.values():
        tag = one.node.tag or ""
        may_hide = _is_hidden(one, looks)
        if not (may_hide or "line-through" in _decoration(one)):
            continue
        if tag in _ROWS:
            if may_hide and _is_row_among_others(one, looks):
                yield one.node
        elif is_in_cell(one.node) or (tag in _WITHIN_LINES and _is_short(one.node)):
            yield one.node


def _is_hidden(one: Styled, looks: Looks) -> bool:
    """Whether a browser shows nothing of an element, whatever is declared around it."""
    if one["display"] == "none" or _is_nothing(one["opacity"]) or _is_clipped(one):
        return True
    if one["visibility"] in ("hidden", "collapse"):
        return not _is_undone(one, "visibility", looks)
    if _is_nothing(one["font-size"]):
        return not _is_undone(one, "font-size", looks)
    color = one["color"]
    if not color or _is_undone(one, "color", looks):
        return False
    if _TRANSPARENT.fullmatch(color):
        return True
    return _WHITE.fullmatch(color) is not None and not _is_painted(one.node, looks)


def _hides_its_own_words(one: Styled, looks: Looks) -> bool:
    """Whether an element in a cell hides its words, yet shows what stands deeper inside it."""
    hides = {
        "font-size": _is_nothing(one["font-size"]),
        "visibility": one["visibility"] in ("hidden", "collapse"),
    }
    names = [name for name, is_so in hides.items() if is_so and _is_undone(one, name, looks)]
    return bool(names) and is_in_cell(one.node)


def _is_nothing(measure: str) -> bool:
    return bool(measure) and _NOTHING.fullmatch(measure) is not None


def _is_clipped(one: Styled) -> bool:
    """Whether words stand out of sight, as they do for programs that read a page aloud."""
    if _FAR_OUT.fullmatch(one["text-indent"]):
        return True
    is_cut = one["overflow"] in ("hidden", "clip")
    if is_cut and any(_is_nothing(one[side]) for side in ("height", "max-height", "width")):
        return True
    if one["position"] not in ("absolute", "fixed"):
        return False
    return (
        _CLIPPED.search(one["clip"]) is not None
        or _CLIPPED_PATH.search(one["clip-path"]) is not None
        or any(_FAR_OUT.fullmatch(one[side]) for side in ("left", "top"))
        or (is_cut and all(_HAIR.fullmatch(one[side]) for side in ("width", "height")))
    )


def _is_undone(one: Styled, name: str, looks: Looks) -> bool:
    """Whether something inside an element takes back what it would inherit."""
    others = (other for other in looks.values() if other[name] and other is not one)
    return any(
        other[name] not in ("hidden", "collapse", "inherit")
        and not (name == "font-size" and _is_nothing(other[name]))
        and _is_within(other.node, {one.node.mem_id: one.node})
        for other in others
    )


def _is_painted(node: LexborNode, looks: Looks) -> bool:
    """Whether something is painted behind an element, so that white words are seen on it."""
    around: LexborNode | None = node
    while around is not None and around.tag not in (None, "-document"):
        own = looks.get(around.mem_id)
        if own is not None and (own["background"] or own["background-color"]):
            return True
        attributes = around.attributes or {}
        if "bgcolor" in attributes or "background" in (attributes.get("style") or "").lower():
            return True
        around = around.parent
    return False


def _is_undecorated(node: LexborNode, looks: Looks) -> bool:
    """Whether a sheet takes the line from an element that strikes by its name."""
    own = looks.get(node.mem_id)
    return own is not None and _decoration(own).strip() == "none"


def _decoration(one: Styled) -> str:
    return one["text-decoration-line"] or one["text-decoration"]


def _is_raised(one: Styled) -> bool:
    is_moved = one["position"] == "relative" and (
        _UP.fullmatch(one["top"]) or _UP.fullmatch(f"-{one['bottom']}")
    )
    return one["vertical-align"] in _RAISED or bool(is_moved)


def _is_row_among_others(one: Styled, looks: Looks) -> bool:
    """Whether a table shows other rows with figures: a table hidden whole may be a tab's."""
    table: LexborNode | None = one.node
    while table is not None and table.tag != "table":
        table = table.parent
    if table is None:
        return False
    for row in table.css("tr"):
        own = looks.get(row.mem_id)
        is_shown = own is None or not _is_hidden(own, looks)
        is_another = not _is_within(row, {one.node.mem_id: one.node}, itself=True)
        if is_shown and is_another and _FIGURE.search(row.text()):
            return True
    return False


def _is_within(node: LexborNode, others: Mapping[int, LexborNode], *, itself: bool = False) -> bool:
    """Whether an element stands in one of others, by their memory ids."""
    around = node if itself else node.parent
    while around is not None:
        if around.mem_id in others:
            return True
        around = around.parent
    return False


def _print_added(one: Styled) -> bool:
    """Puts what sheets print around an element of a cell into it; tells what cannot be told."""
    if not is_in_cell(one.node):
        return False
    is_uncertain = False
    for pseudo in one.added:
        words = printed_content(one, pseudo)
        if words is None:
            is_uncertain = True
        elif _PRINT.search(words):
            first = one.node.first_child
            if pseudo == "before" and first is not None:
                first.insert_before(words)
            else:
                one.node.insert_child(words)
    return is_uncertain


def _take_out(node: LexborNode, looks: Looks) -> None:
    """Takes out what an element holds, so that the place of a cell stays if it is kept free."""
    own = looks.get(node.mem_id)
    is_gone = own is not None and own["display"] == "none"
    if node.tag in _ROWS or (is_gone and node.tag in _CELLS):
        node.decompose()
        return
    for child in list(node.iter(include_text=True)):
        child.decompose()


def _take_out_words(node: LexborNode) -> int:
    """Takes out the words right inside an element; counts figures."""
    words = [child for child in node.iter(include_text=True) if child.is_text_node]
    figures = sum(_FIGURE.search(word.text_content or "") is not None for word in words)
    for word in words:
        word.decompose()
    return figures


def _is_mark_of_note(node: LexborNode) -> bool:
    """Whether raised words mark a note: they stand behind something, in a cell as elsewhere."""
    marks = MARK_OF_NOTE.fullmatch(node.text()) is not None
    cell = _cell_around(node) if marks else None
    return marks and (cell is None or cell.text().strip() != node.text().strip())


def _emptied(nodes: Iterable[LexborNode]) -> int:
    """Takes out what elements hold; counts figures.

    Backwards, so that none is asked that went with the one around it.
    """
    figures = 0
    for node in reversed(list(nodes)):
        figures += _FIGURE.search(node.text()) is not None
        for child in list(node.iter(include_text=True)):
            child.decompose()
    return figures


def _is_pictured(node: LexborNode) -> bool:
    cell = _cell_around(node)
    return cell is not None and cell.text().strip() in ("", node.text().strip())


def _cell_around(node: LexborNode) -> LexborNode | None:
    around: LexborNode | None = node
    while around is not None and around.tag not in _CELLS:
        around = around.parent
    return around


def _is_short(node: LexborNode) -> bool:
    return len(node.text()) <= _LONGEST_UNSEEN
