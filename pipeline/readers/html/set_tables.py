"""Tables that style sheets or roles make of other elements, written out as tables."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import product

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.readers.html.ancestors import is_within
from pipeline.readers.html.styles import Styled, styled, written_styles

_SETS = re.compile(r"display\s*:\s*(?:inline-)?(?:table-cell|grid)", re.IGNORECASE)
_MAY_BE_SET = "dl, [role=row i]"
_TABLES = frozenset({"table", "inline-table", "grid", "inline-grid"})
_OF_TABLES = frozenset({"table", "thead", "tbody", "tfoot", "tr", "td", "th"})
_ROLES = {
    "row": "table-row",
    "cell": "table-cell",
    "gridcell": "table-cell",
    "columnheader": "table-cell",
    "rowheader": "table-cell",
    "table": "table",
    "grid": "table",
}
_NO_CELL = "table, h1, h2, h3, h4, ul, ol, form, article, section, img"
_KEPT = ("id", "class", "style", "hidden", "dir", "align", "bgcolor")
_LONGEST_CELL = 120
_LAST_TRACK = 1_000
"""A row or column further off is that of no table, and nobody would wait for those before it."""
_FEWEST_ROWS, _FEWEST_CELLS, _FEWEST_FIGURES = 2, 6, 2
_AREA = re.compile(r"(\d{1,9})\s*(?:/\s*(?:span\s+(\d{1,9})|(\d{1,9})))?")
_FIGURE = re.compile(r"\d")

Looks = Mapping[int, Styled]


def may_set_tables(tree: LexborHTMLParser) -> bool:
    """Whether anything in a page may make a table of other elements."""
    return tree.css_first(_MAY_BE_SET) is not None or bool(_SETS.search(written_styles(tree)))


def write_out_tables(tree: LexborHTMLParser) -> None:
    """Puts tables in the place of elements that are shown as tables of figures.

    Args:
        tree: The page; it is changed. What sheets declare inside goes with each element.
    """
    looks = styled(tree)
    done: set[int] = set()
    for node in tree.css("div, section, ul, ol, dl, span, main, article"):
        if is_within(node, done):
            continue
        rows = list(_rows(node, looks)) if _shown_as(node, looks) in _TABLES else []
        rows = rows or _definitions(node)
        if _is_of_figures(rows):
            done.add(node.mem_id)
            _keep_looks(node, looks)
            written = "".join((*_captions(node, looks), _written(node, rows)))
            made = LexborHTMLParser(f"<div>{written}</div>").css_first("div")
            if made is not None:
                node.insert_before(made)
    for node in [node for node in tree.css("*") if node.mem_id in done]:
        node.decompose()


def _shown_as(node: LexborNode, looks: Looks) -> str:
    """What an element is shown as, by its style or else its role."""
    if node.tag in _OF_TABLES:
        return ""
    own = looks.get(node.mem_id)
    return (own["display"] if own else "") or _ROLES.get(node.attributes.get("role") or "", "")


Placed = tuple[LexborNode | None, str]
"""A cell, None where a place is left free, and the spans it has, as attributes."""


def _rows(node: LexborNode, looks: Looks) -> Iterator[list[Placed]]:
    if "grid" in _shown_as(node, looks):
        yield from _rows_of_grid(node, looks)
        return
    for part in node.iter():
        kind = _shown_as(part, looks)
        if kind == "table-row":
            yield [(cell, _spans(cell)) for cell in _cells(part, looks)]
        elif kind not in ("table-cell", "none"):
            yield from _rows(part, looks)


def _definitions(node: LexborNode) -> list[list[Placed]]:
    """The terms of a definition list with their definitions; none where few are figures."""
    rows: list[list[Placed]] = []
    figures = 0
    for part in node.css("dt, dd") if node.tag == "dl" else ():
        if part.tag == "dt" or not rows:
            rows.append([])
        rows[-1].append((part, ""))
        figures += part.tag == "dd" and part.text().strip().isdecimal()
    return rows if 2 * figures >= len(rows) else []


def _captions(node: LexborNode, looks: Looks) -> Iterator[str]:
    """What a table shows outside of its rows, which may stand in groups."""
    if "grid" in _shown_as(node, looks):
        return
    for part in node.iter(include_text=True):
        kind = _shown_as(part, looks)
        if kind in ("table-row", "table-cell", "none"):
            continue
        if next(_rows(part, looks), None) is None:
            yield part.html or ""
        else:
            yield from _captions(part, looks)


def _cells(row: LexborNode, looks: Looks) -> Iterator[LexborNode]:
    for part in row.iter():
        if _shown_as(part, looks) == "table-cell":
            yield part


def _spans(cell: LexborNode) -> str:
    told = ((name, cell.attributes.get(f"aria-{name}")) for name in ("colspan", "rowspan"))
    return "".join(f' {name}="{escape(number)}"' for name, number in told if number)


def _rows_of_grid(node: LexborNode, looks: Looks) -> Iterator[list[Placed]]:
    """The cells of a grid by the rows they begin in; none where one has no place of its own."""
    begun: dict[tuple[int, int], Placed] = {}
    taken: set[tuple[int, int]] = set()
    for cell in node.iter():
        own = looks.get(cell.mem_id)
        area = _area(own) if own else None
        if area is None:
            return
        row, rowspan, col, colspan = area
        covered = set(product(range(row, row + rowspan), range(col, col + colspan)))
        if not taken.isdisjoint(covered):
            return
        taken |= covered
        begun[row, col] = cell, f' rowspan="{rowspan}" colspan="{colspan}"'
    columns = range(1, 1 + max((col for _, col in taken), default=0))
    for row in range(1, 1 + max((row for row, _ in taken), default=0)):
        free = [(row, col) for col in columns if (row, col) in begun or (row, col) not in taken]
        yield [begun.get(place, (None, "")) for place in free]


def _area(own: Styled) -> tuple[int, int, int, int] | None:
    """Row, rows, column and columns of a grid cell, None where one of them is not declared."""
    if own["grid-area"]:
        parts = own["grid-area"].split("/")
        if len(parts) != len(("top", "left", "bottom", "right")):
            return None
        row, col = _track(f"{parts[0]}/{parts[2]}"), _track(f"{parts[1]}/{parts[3]}")
    else:
        row, col = _track(own["grid-row"]), _track(own["grid-column"])
    return (*row, *col) if row and col else None


def _track(written: str) -> tuple[int, int] | None:
    """The row or column that a cell begins in, with how many it covers; None where none is said."""
    said = _AREA.fullmatch(written.strip())
    if said is None:
        return None
    first = int(said[1])
    last = first + int(said[2]) if said[2] else int(said[3] or first + 1)
    return (first, last - first) if 0 < first < last <= _LAST_TRACK else None


def _is_of_figures(rows: list[list[Placed]]) -> bool:
    """Whether cells are those of a table of figures: what is laid out is rather cut in blocks."""
    cells = [cell for row in rows for cell, _ in row if cell is not None]
    texts = [cell.text().strip() for cell in cells]
    return (
        sum(map(bool, rows)) >= _FEWEST_ROWS
        and len(cells) >= _FEWEST_CELLS
        and all(len(text) <= _LONGEST_CELL for text in texts)
        and sum(_FIGURE.match(text) is not None for text in texts) >= _FEWEST_FIGURES
        and all(cell.css_first(_NO_CELL) is None for cell in cells)
    )


def _keep_looks(node: LexborNode, looks: Looks) -> None:
    """Writes the declared style into each element, since selectors no longer match a moved one."""
    for one in node.css("*"):
        own = looks.get(one.mem_id)
        if own:
            one.attrs["style"] = ";".join(f"{name}:{said}" for name, said in own.declared.items())


def _written(node: LexborNode, rows: list[list[Placed]]) -> str:
    cells = (
        "".join(f"<td{spans}{_attributes(cell)}>{_inside(cell)}</td>" for cell, spans in row)
        for row in rows
    )
    return f"<table{_attributes(node)}>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _attributes(node: LexborNode | None) -> str:
    own = node.attributes if node else {}
    return "".join(f' {name}="{escape(own[name] or "")}"' for name in _KEPT if name in own)


def _inside(cell: LexborNode | None) -> str:
    children = cell.iter(include_text=True) if cell else ()
    return "".join(child.html or "" for child in children)
