"""What a web page does not show, or shows beside a figure only: read along, it would join it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.readers.footnotes import MARK_OF_NOTE
from pipeline.readers.html.ancestors import is_within, outwards
from pipeline.readers.html.css_colours import (
    BLACK,
    WHITE,
    Colour,
    are_alike,
    colour_of,
    ground_of,
    is_transparent,
    paints_nothing,
)
from pipeline.readers.html.directions import shown_from_their_end, turn_words
from pipeline.readers.html.drawings import write_out_drawings
from pipeline.readers.html.hiding import (
    is_out_of_sight,
    is_without_size,
    lies_over_its_box,
)
from pipeline.readers.html.styles import COLOURS, ROWS, Styled, printed_content, styled

_STRUCK = "s, del, strike"
_HIDDEN = "[hidden], rt, rp"
_PICTURED = "td img, td svg, td canvas, td object, td embed, td iframe"
# As far as a note's mark: what is a pixel off its line is set straight, and part of the number.
_RAISED = re.compile(
    r"super|sub|text-top|-?(?:(?:0?\.[2-9]|[1-9])\d*(?:\.\d+)?r?em"
    r"|(?:[3-9]|[1-9]\d)(?:\.\d+)?(?:px|pt)|[2-9]\d(?:\.\d+)?%)"
)
_CELLS = ("td", "th")
_LONGEST_UNSEEN = 60
_FIGURE = re.compile(r"\d")
# A sign or a point belongs to the figures printed beside it; other marks are decoration.
_PRINT = re.compile(r"[-−－.0-9A-Za-z\u4e00-\u9fff]")
_UP = re.compile(r"-(?:0?\.[2-9]\d*(?:em|rem)|[1-9]\d*(?:\.\d+)?(?:px|pt|em|rem|%))")
_INHERITED = ("inherit", "unset", "currentcolor")
# A style sheet names a cell again that is set apart from the head of its column.
_NAMED_AGAIN = re.compile(r"([^\d+\-−－]+?)\s*[:：]\s*")
_COUNTS = ("数量", "件数", "数值")
"""What says of a figure that it is one, and nothing else."""
_WITHIN_LINES = frozenset({"span", "font", "b", "strong", "i", "em", "u", "a", "label", "small"})

Looks = Mapping[int, Styled]


def drop_unseen(tree: LexborHTMLParser) -> tuple[str, ...]:
    """Takes hidden and struck words out of a page, and the raised marks of notes.

    Whole blocks outside cells stay: tabs hide what a click shows, and a mark that nobody
    closed would strike the rest of the page. What style sheets print is put in.

    Returns:
        How many figures went or cannot be read, a sentence for each kind.
    """
    looks = styled(tree)
    unseen = {node.mem_id: node for node in _unseen(tree, looks)}
    outermost = [node for node in unseen.values() if not is_within(node, unseen)]
    covers = [one.node for one in looks.values() if _is_cover(one)]
    covers = [node for node in covers if not is_within(node, unseen, itself=True)]
    around = [one.node for one in looks.values() if _hides_its_own_words(one, looks)]
    around = [node for node in around if not is_within(node, unseen, itself=True)]
    raised = [one.node for one in looks.values() if _is_raised(one)]
    raised = [node for node in raised if not is_within(node, unseen, itself=True)]
    marked = {node.mem_id: node for node in (*tree.css("sup"), *raised)}
    turned = [
        node
        for node in shown_from_their_end(tree, looks)
        if not is_within(node, {**unseen, **marked}, itself=True)
    ]
    added = [one for one in looks.values() if one.added]
    added = [one for one in added if not is_within(one.node, unseen, itself=True)]
    printed = _words_printed(added)
    uncertain = sum(_print_added(one, printed) for one in added)
    figures = sum(_FIGURE.search(node.text()) is not None for node in outermost)
    figures += sum(map(_take_out_words, around))
    figures += sum(_take_out_beneath(node, looks) for node in covers)
    for node in outermost:
        _take_out(node, looks)
    marks = _emptied(filter(_is_mark_of_note, [*tree.css("sup"), *raised]))
    turn_words(turned)
    write_out_drawings(tree)
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
        if tag in ROWS:
            if may_hide and _is_row_among_others(one, looks):
                yield one.node
        elif is_in_cell(one.node) or (tag in _WITHIN_LINES and _is_short(one.node)):
            yield one.node


def _is_hidden(one: Styled, looks: Looks) -> bool:
    """Whether a browser shows nothing of an element and of those inside it."""
    if is_out_of_sight(one):
        return True
    if one["visibility"] in ("hidden", "collapse"):
        return not _is_undone(one, "visibility", looks)
    if is_without_size(one):
        return not _is_undone(one, "font-size", looks)
    return _is_of_its_ground(one, looks) and not _is_recoloured(one, looks)


def _hides_its_own_words(one: Styled, looks: Looks) -> bool:
    """Whether an element in a cell hides its own words, yet shows elements inside it."""
    hides = {
        "font-size": is_without_size(one),
        "visibility": one["visibility"] in ("hidden", "collapse"),
    }
    if not is_in_cell(one.node):
        return False
    names = [name for name, is_so in hides.items() if is_so and _is_undone(one, name, looks)]
    return bool(names) or (_is_of_its_ground(one, looks) and _is_recoloured(one, looks))


def _is_cover(one: Styled) -> bool:
    """Whether an element in a cell is painted over all that stands with it in its box."""
    grounds = (one["background-color"], one["background"])
    is_painted = any(not (paints_nothing(said) or is_transparent(said)) for said in grounds)
    return is_painted and lies_over_its_box(one) and is_in_cell(one.node)


def _is_undone(one: Styled, name: str, looks: Looks) -> bool:
    """Whether an element inside another one overrides a property that it would inherit."""
    others = (other for other in looks.values() if other[name] and other is not one)
    return any(
        other[name] not in ("hidden", "collapse", "inherit")
        and not (name == "font-size" and is_without_size(other))
        and is_within(other.node, {one.node.mem_id: one.node})
        for other in others
    )


def _is_recoloured(one: Styled, looks: Looks) -> bool:
    """Whether something inside an element has another colour, or another behind it."""
    return any(_is_undone(one, name, looks) for name in COLOURS)


def _is_of_its_ground(one: Styled, looks: Looks) -> bool:
    """Whether the words of an element have the colour of their background."""
    if is_transparent(_ink(one)):
        return True
    if not (any(one[name] for name in COLOURS) and (is_in_cell(one.node) or _is_short(one.node))):
        return False
    ink, ground = _ink_of(one.node, looks), _ground_of(one.node, looks)
    return ink is not None and ground is not None and are_alike(ink, ground)


def _ink(one: Styled) -> str:
    return one["-webkit-text-fill-color"] or one["color"]


def _ink_of(node: LexborNode, looks: Looks) -> Colour | None:
    """The colour of words, black where none is declared; None where it cannot be told."""
    for around in outwards(node):
        own = looks.get(around.mem_id)
        written = _ink(own) if own else ""
        if written and written not in _INHERITED:
            return colour_of(written)
        if around.tag == "a":
            return None
    return BLACK


def _ground_of(node: LexborNode, looks: Looks) -> Colour | None:
    """The colour behind words, white where none is painted; None where it cannot be told."""
    for around in outwards(node):
        own = looks.get(around.mem_id)
        attributes = around.attributes
        for written in (
            own["background-color"] if own else "",
            own["background"] if own else "",
            (attributes.get("bgcolor") or "").strip().lower(),
            "url()" if "background" in attributes else "",
        ):
            if not paints_nothing(written):
                return ground_of(written)
    return WHITE


def _is_undecorated(node: LexborNode, looks: Looks) -> bool:
    """Whether a sheet takes the line from an element that strikes by its name."""
    own = looks.get(node.mem_id)
    return own is not None and _decoration(own).strip() == "none"


def _decoration(one: Styled) -> str:
    return one["text-decoration-line"] or one["text-decoration"]


def _is_raised(one: Styled) -> bool:
    is_moved = one["position"] == "relative" and any(
        map(_UP.fullmatch, (one["top"], f"-{one['bottom']}"))
    )
    return is_moved or _RAISED.fullmatch(one["vertical-align"]) is not None


def _is_row_among_others(one: Styled, looks: Looks) -> bool:
    """Whether a table shows other rows with figures: a table hidden whole may be a tab's."""
    table = _table_of(one.node)
    if table is None:
        return False
    for row in table.css("tr"):
        own = looks.get(row.mem_id)
        is_shown = own is None or not _is_hidden(own, looks)
        is_another = not is_within(row, {one.node.mem_id: one.node}, itself=True)
        if is_shown and is_another and _FIGURE.search(row.text()):
            return True
    return False


def _words_printed(added: Iterable[Styled]) -> Mapping[int, Set[str]]:
    """What cells print alone, for each table with generated content, by its node."""
    tables = {table.mem_id: table for one in added if (table := _table_of(one.node))}
    return {
        number: {cell.text(strip=True) for cell in table.css("td, th")}
        for number, table in tables.items()
    }


def _print_added(one: Styled, printed: Mapping[int, Set[str]]) -> bool:
    """Adds generated content to an element of a cell; returns whether some of it is unknown."""
    if not is_in_cell(one.node):
        return False
    is_uncertain = False
    for pseudo in one.added:
        words = printed_content(one, pseudo)
        if words is None:
            is_uncertain = True
        elif _PRINT.search(words) and not (
            pseudo == "before" and _is_named_again(one, words, printed)
        ):
            first = one.node.first_child
            if pseudo == "before" and first is not None:
                first.insert_before(words)
            else:
                one.node.insert_child(words)
    return is_uncertain


def _is_named_again(one: Styled, words: str, printed: Mapping[int, Set[str]]) -> bool:
    """Whether a whole cell is called what another cell of its table says alone.

    What tells two numbers of one cell apart, or a number from that of last year, stays.
    """
    named = _NAMED_AGAIN.fullmatch(words)
    table = _table_of(one.node)
    if named is None or table is None or one.node.tag not in _CELLS:
        return False
    return named[1] in _COUNTS or named[1] in printed[table.mem_id]


def _table_of(node: LexborNode) -> LexborNode | None:
    return next((around for around in outwards(node) if around.tag == "table"), None)


def _take_out(node: LexborNode, looks: Looks) -> None:
    """Removes the content of an element, and a row or an undisplayed cell as a whole."""
    own = looks.get(node.mem_id)
    is_gone = own is not None and own["display"] == "none"
    if node.tag in ROWS or (is_gone and node.tag in _CELLS):
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


def _take_out_beneath(cover: LexborNode, looks: Looks) -> int:
    """Takes out what a cover lies over in its box, which is not placed itself; counts figures."""
    path = [cover]
    for around in outwards(cover.parent) if cover.parent else ():
        path.append(around)
        if _is_placed(around, looks):
            break
        if around.tag in _CELLS:
            return 0
    figures = 0
    kept = {node.mem_id for node in path}
    for box in path[1:]:
        for child in list(box.iter(include_text=True)):
            if child.mem_id not in kept and not _is_placed(child, looks):
                figures += _FIGURE.search(child.text()) is not None
                child.decompose()
    return figures


def _is_placed(node: LexborNode, looks: Looks) -> bool:
    own = looks.get(node.mem_id)
    return own is not None and own["position"] in ("relative", "absolute", "fixed", "sticky")


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
