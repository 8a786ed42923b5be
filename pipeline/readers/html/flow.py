"""The elements of a web page to lines and tables, as they flow down the page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from msgspec import Struct
from selectolax.lexbor import LexborNode

from pipeline.model.document import Table
from pipeline.readers.document_builder import Spot, only_arranges
from pipeline.readers.html.cell_spans import placed
from pipeline.readers.html.plain_tables import plain_cells
from pipeline.readers.html.web_text import BREAK, tidy
from pipeline.readers.html.web_words import web_words
from pipeline.readers.text.aligned import aligned_tables
from pipeline.readers.text.grid_tables import with_grids
from pipeline.readers.text.plain_text import blocks_of

FEWEST_LINKS = 4
"""How many links are a list of links."""

_CONTAINERS = frozenset(["div", "ul", "ol", "dl", "section", "article", "header", "form", "table"])
_WRAPPERS = frozenset(["p", "div", "span", "font", "b", "strong", "center"])
_DEEPEST_TABLE = 20
_KEPT = "\xa0"
_SET_APART = _KEPT * 3
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NAME_PARTS = re.compile(r"[^a-z0-9]+|(?<=[a-z])\d+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A line of prose; ``linked`` of its characters stand in links."""

    text: str
    linked: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A data table; ``linked`` of its characters stand in links."""

    spots: tuple[Spot, ...]
    linked: int = 0


class Container(NamedTuple):
    """An element that holds the pieces ``first`` to before ``behind``, and so many links."""

    first: int
    behind: int
    links: int
    suspect: bool


class _Cell(Struct, frozen=True):
    node: LexborNode
    rowspan: str | None
    colspan: str | None


class _Leave(NamedTuple):
    """Marks on the stack where an element ends."""

    tag: str
    first: int = 0
    links: int = 0
    suspect: bool = False


_END_OF_BLOCK = _Leave("")
_END_OF_LINK = _Leave("a")


@dataclass(slots=True)
class Flow:
    """Walks a page once, without recursion into anything but the cells of data tables.

    Attributes:
        nesting: Memory ids of the tables that hold other tables of several cells.
        pieces: Lines and tables found so far.
        containers: Elements around them that may turn out to be furniture.
        links: Number of links seen.
    """

    nesting: frozenset[int]
    pieces: list[FlowLine | Grid] = field(default_factory=list)
    containers: list[Container] = field(default_factory=list)
    links: int = 0
    _buffer: list[str] = field(default_factory=list)
    _linked: int = 0
    _open_links: int = 0
    _level: int = 0

    def walk(self, root: LexborNode) -> None:
        """Adds what stands in an element to the pieces."""
        skipped, blocks = web_words().skipped_tags, web_words().block_tags
        stack: list[LexborNode | _Leave] = _reversed_children(root)
        while stack:
            node = stack.pop()
            if isinstance(node, _Leave):
                self._leave(node)
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._add_text(node.text_content or "")
            elif tag == "pre":
                self._flush()
                self._set_text(node.text(deep=True).expandtabs())
            elif tag == "br":
                self._buffer.append(BREAK)
            elif tag == "table":
                self._flush()
                if not self._table(node):
                    stack.extend(self._enter(node, tag))
            elif tag == "a":
                self.links += 1
                self._open_links += 1
                stack.append(_END_OF_LINK)
                stack.extend(_reversed_children(node))
            elif tag in blocks:
                self._flush()
                stack.extend(self._enter(node, tag))
            elif tag not in skipped and tag[:1] not in "-!":
                stack.extend(_reversed_children(node))
        self._flush()

    def _add_text(self, text: str) -> None:
        self._buffer.append(text)
        if self._open_links:
            self._linked += len(text.strip())

    def _set_text(self, text: str) -> None:
        """Adds the preformatted text of an element, with the tables drawn in it."""
        written = with_grids(text)
        for block in blocks_of(*written):
            if isinstance(block, Table) and not self._level:
                spots = [
                    Spot(tidy(cell.text), cell.row, cell.col, cell.rowspan, cell.colspan)
                    for cell in block.cells
                ]
                self.pieces.append(Grid(tuple(spots)))
            else:
                written_lines = written.text[block.place.start : block.place.end].split("\n")
                self.pieces += [FlowLine(tidy(line)) for line in written_lines if line.strip()]

    def _enter(self, node: LexborNode, tag: str) -> list[LexborNode | _Leave]:
        """The stack entries of a block element: its end, then its children, last first."""
        if tag not in _CONTAINERS:
            return [_END_OF_BLOCK, *_reversed_children(node)]
        attributes = node.attributes
        named = bool(attributes) and _seems_furniture(attributes)
        leave = _Leave(tag, len(self.pieces), self.links, named)
        return [leave, *_reversed_children(node)]

    def _leave(self, left: _Leave) -> None:
        if left is _END_OF_LINK:
            self._open_links -= 1
            return
        self._flush()
        links = self.links - left.links
        if (links >= FEWEST_LINKS or left.suspect) and left.tag in _CONTAINERS:
            self.containers.append(Container(left.first, len(self.pieces), links, left.suspect))

    def _flush(self) -> None:
        if not self._buffer:
            return
        text = "".join(self._buffer)
        self._buffer.clear()
        linked, self._linked = self._linked, 0
        parts = text.split(BREAK)
        aligned = {}
        if _SET_APART in text and not self._level:
            lines = [_SPACES.sub(" ", part).replace(_KEPT, " ") for part in parts]
            aligned = {one.first: one for one in aligned_tables(lines)}
        behind = 0
        for number, part in enumerate(parts):
            if number in aligned:
                behind = aligned[number].behind
                cells = aligned[number].cells
                areas = ((cell.row, cell.col, cell.rowspan, cell.colspan) for cell in cells)
                spots = [Spot(cell.text, *area) for cell, area in zip(cells, areas, strict=True)]
                self.pieces.append(Grid(tuple(spots)))
            if number < behind:
                continue
            line = tidy(part)
            if line:
                self.pieces.append(FlowLine(line, min(linked, len(line))))
                linked = max(0, linked - len(line))

    def _table(self, node: LexborNode) -> bool:
        """Adds a table's grid or, of a layout table, its lines; False to walk into it instead."""
        if not self._open_links and node.mem_id not in self.nesting:
            plain = plain_cells(node.html or "")
            if plain is not None and self._level < _DEEPEST_TABLE:
                self._add_grid([Spot(cell.text, *area) for cell, area in placed(plain)])
                return True
        groups = [list(group) for group in _row_groups(node)]
        if self._level >= _DEEPEST_TABLE:
            return False
        if node.mem_id in self.nesting and not _holds_data(groups):
            return False
        for caption in node.iter():
            if caption.tag == "caption":
                self.walk(caption)
        mark = len(self.pieces)
        spots: list[Spot] = []
        inner: list[Grid] = []
        linked = 0
        for cell, area in placed(groups):
            text = self._bare_text(cell.node)
            if text is None:
                lines, grids = self._cell(cell.node)
                linked += sum(line.linked for line in lines)
                inner.extend(grids)
                text = "\n".join([line.text for line in lines])
            spots.append(Spot(text, *area))
        del self.pieces[mark:]
        self._add_grid(spots, linked, inner)
        return True

    def _add_grid(self, spots: Sequence[Spot], linked: int = 0, inner: Sequence[Grid] = ()) -> None:
        """Adds a table and those inside it; the lines of one that only arranges prose."""
        if only_arranges(spots) and not inner:
            self.pieces += [FlowLine(line) for spot in spots for line in spot.text.split("\n")]
        else:
            self.pieces += [Grid(tuple(spots), linked), *inner]

    def _bare_text(self, node: LexborNode) -> str | None:
        """The text of a cell that holds a single run of text, as most do; None for others."""
        if self._open_links:
            return None
        only = node.first_child
        while only is not None and only.next is None:
            if only.is_text_node:
                return tidy(only.text_content or "")
            if only.tag not in _WRAPPERS:
                return None
            only = only.first_child
        return "" if only is None else None

    def _cell(self, node: LexborNode) -> tuple[list[FlowLine], list[Grid]]:
        """Lines of a cell and tables inside it, taken out of the pieces again."""
        mark, containers = len(self.pieces), len(self.containers)
        self._level += 1
        self.walk(node)
        self._level -= 1
        pieces = self.pieces[mark:]
        del self.pieces[mark:], self.containers[containers:]
        lines = [piece for piece in pieces if isinstance(piece, FlowLine)]
        return lines, [piece for piece in pieces if isinstance(piece, Grid)]


def nesting_tables(tables: Iterable[LexborNode]) -> frozenset[int]:
    """Returns the memory ids of tables that hold a table of more than one cell."""
    nesting: set[int] = set()
    for table in tables:
        if not _has_two_cells(table):
            continue
        parent = table.parent
        while parent is not None:
            if parent.tag == "table":
                if parent.mem_id in nesting:
                    break
                nesting.add(parent.mem_id)
            parent = parent.parent
    return frozenset(nesting)


def _reversed_children(node: LexborNode) -> list[LexborNode | _Leave]:
    children: list[LexborNode | _Leave] = list(node.iter(include_text=True))
    children.reverse()
    return children


def _seems_furniture(attributes: dict[str, str | None]) -> bool:
    """Whether an element is hidden or named like furniture; tabs hide content as well."""
    if _HIDDEN.search(attributes.get("style") or "") or "hidden" in attributes:
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
    if names == " ":
        return False
    return not web_words().furniture_names.isdisjoint(_NAME_PARTS.split(names))


def _row_groups(table: LexborNode) -> Iterator[Iterator[list[_Cell]]]:
    for section in table.iter():
        if section.tag in ("tbody", "thead", "tfoot"):
            yield (_cells(row) for row in section.iter() if row.tag == "tr")


def _cells(row: LexborNode) -> list[_Cell]:
    cells = []
    for node in row.iter():
        if node.tag in ("td", "th"):
            attributes = node.attributes
            cells.append(_Cell(node, attributes.get("rowspan"), attributes.get("colspan")))
    return cells


def _has_two_cells(table: LexborNode) -> bool:
    seen = 0
    for node in table.traverse():
        seen += node.tag in ("td", "th")
        if seen == 2:
            return True
    return False


def _holds_data(groups: list[list[list[_Cell]]]) -> bool:
    """Whether a table that holds others is a data table, not a frame for the page."""
    data = frames = 0
    for group in groups:
        for row in group:
            for cell in row:
                if cell.node.css_first("table") is not None:
                    frames += 1
                elif 0 < len(cell.node.text(deep=True).strip()) <= 100:
                    data += 1
    return data >= 4 and data >= 3 * frames
