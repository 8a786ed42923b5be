"""Web pages to documents: the content without the furniture, tables on a logical grid."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import accumulate
from operator import and_

from selectolax.lexbor import LexborHTMLParser

from pipeline.model.document import Document, Reason, Rejection, Table
from pipeline.readers.document_builder import Linearisation
from pipeline.readers.encodings import Decoded, decode
from pipeline.readers.html.fields import write_out_fields
from pipeline.readers.html.flow import FEWEST_LINKS, Container, Flow, FlowLine, Grid, nesting_tables
from pipeline.readers.html.frames import with_frames
from pipeline.readers.html.scripted import scripted_markup
from pipeline.readers.html.set_tables import may_set_tables, write_out_tables
from pipeline.readers.html.visibility import drop_unseen
from pipeline.readers.html.web_text import tidy
from pipeline.readers.html.web_words import furniture_line, label_in, labelled_value, web_words

_MOST_TAGS_UNCHECKED = 20_000
_DEEPEST = 3_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)[^<>]{0,2000}>")
_SHALLOW = frozenset(
    {"p", "br", "li", "td", "th", "tr", "hr", "img", "input", "meta", "link", "option", "dt", "dd"}
)
_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""")
# A page ends with a tag; one that ends in digits inside a tag's words was cut off.
_CUT_NUMBER = re.compile(r"(?<![\d.,])\d[\d.,]*\Z")
# Word saves a formula for itself in a comment, and a picture of it for everybody else.
_FORMULA = re.compile(r"<!--\[if gte msEquation \d+\]>(.*?)<!\[endif\]-->", re.DOTALL)
_CUT = "the page ends in the middle of a number, which was not read: fetch it again"
_SCRIPTED = "the content stands in a script of the page, which a browser writes out"
_LONG_LINE = 25
_DATE_WIDTH = 14
_LONGEST_FURNITURE_LINE = 200
_LITTLE_TEXT = 120
_SENTENCE_END = re.compile("[。；！？]")


def read_html(data: bytes) -> Document | Rejection:
    """Reads a web page.

    Args:
        data: The page as fetched. What the bytes are decides about the encoding; the
            charset the page declares is asked only where they do not tell.

    Returns:
        The document; a rejection where the page is a shell without content.
    """
    decoded = decode(data)
    if isinstance(decoded, Rejection):
        declared = _as_declared(data) if decoded.reason is not Reason.EMPTY else None
        if declared is None:
            return decoded
        decoded = declared
    return document_of(decoded)


def document_of(page: Decoded) -> Document | Rejection:
    """Reads a decoded web page, see ``read_html``."""
    if _is_too_deep(page.text):
        return Rejection(
            Reason.TOO_DEEP,
            f"The page nests more than {_DEEPEST} elements in each other; "
            "open it in a browser and save its text instead.",
        )
    end = page.text[-1:]
    cut = _CUT_NUMBER.search(page.text) if end.isdecimal() or end in ".," else None
    written = page.text[: cut.start()] if cut else page.text
    tree = LexborHTMLParser(_FORMULA.sub(r"\1", with_frames(written)))
    if tree.body is None:
        return Rejection(Reason.NO_TEXT, "The page has no body; fetch it again from its source.")
    if may_set_tables(tree):
        write_out_tables(tree)
    write_out_fields(tree)
    unseen = drop_unseen(tree)
    flow = Flow(nesting_tables(tree.css("table table")))
    flow.walk(tree.body)
    kept = _without_furniture(flow)
    metadata = {**_meta_elements(tree), **_stated(kept)}
    content = [piece for piece in kept if not _is_furniture_line(piece)]
    shell = _shell(tree, flow, content)
    if shell is not None:
        return _scripted(page, tree, content) or shell
    linear = Linearisation()
    for piece in content:
        if isinstance(piece, FlowLine):
            linear.paragraph(piece.text)
        else:
            linear.table(piece.spots)
    title = tree.css_first("title")
    return Document(
        text=linear.text,
        blocks=tuple(linear.blocks),
        media_type="text/html",
        encoding=page.encoding,
        title=(tidy(title.text()) or None) if title else None,
        metadata=metadata,
        notices=(*unseen, *([_CUT] if cut else ()), *_notices(page, linear.blocks)),
    )


def _scripted(
    page: Decoded, tree: LexborHTMLParser, shown: Sequence[FlowLine | Grid]
) -> Document | None:
    """The page as its script writes it, None where none holds its words."""
    markup = scripted_markup(tree)
    title = tree.css_first("title")
    if markup is None:
        return None
    lines = "".join(f"<p>{escape(line.text)}</p>" for line in shown if isinstance(line, FlowLine))
    head = f"<title>{escape(title.text())}</title>" if title else ""
    written = document_of(replace(page, text=f"{head}<body>{lines}{markup}</body>"))
    if isinstance(written, Rejection):
        return None
    metadata = {**_meta_elements(tree), **written.metadata}
    return replace(written, metadata=metadata, notices=(_SCRIPTED, *written.notices))


def _as_declared(data: bytes) -> Decoded | None:
    """The page in the charset it declares, for bytes that do not tell by themselves."""
    declared = _DECLARED.search(data[:4096])
    if declared is None:
        return None
    try:
        text = data.decode(declared[1].decode("ascii"), errors="replace")
    except LookupError:
        return None
    damaged = text.count("\ufffd")
    if damaged > len(text) / 50 or "\0" in text:
        return None
    return Decoded(text, declared[1].decode("ascii").lower(), damaged)


def _is_too_deep(text: str) -> bool:
    """Whether parsing would take for ever: its time grows with the square of the depth."""
    if text.count("<") <= _MOST_TAGS_UNCHECKED:
        return False
    depth = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() in _SHALLOW:
            continue
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > _DEEPEST:
            return True
    return False


def _without_furniture(flow: Flow) -> list[FlowLine | Grid]:
    """The pieces that stand in no navigation, footer or list of links."""
    pieces = flow.pieces
    lengths = list(map(_plain, pieces))
    plain = [0, *accumulate(lengths)]
    linked = [0, *accumulate([piece.linked for piece in pieces])]
    telling = list(map(_is_content, pieces, lengths))
    content = [0, *accumulate(telling)]
    tables = [0, *accumulate(map(and_, telling, [isinstance(p, Grid) for p in pieces]))]
    dropped: set[int] = set()
    for part in flow.containers:
        own = plain[part.behind] - plain[part.first]
        links = linked[part.behind] - linked[part.first]
        has_content = content[part.behind] > content[part.first]
        if tables[part.behind] > tables[part.first]:
            continue
        if _is_furniture(part, own, links, has_content, plain[-1]):
            dropped.update(range(part.first, part.behind))
    return [piece for index, piece in enumerate(pieces) if index not in dropped]


def _is_furniture(
    part: Container, plain: int, linked: int, has_content: bool, page_plain: int
) -> bool:
    if part.suspect:
        return plain <= max(0 if has_content else 100, page_plain / 4)
    dated_list = _DATE_WIDTH * part.links
    return not has_content and part.links >= FEWEST_LINKS and plain <= max(linked, dated_list)


def _plain(piece: FlowLine | Grid) -> int:
    if isinstance(piece, FlowLine):
        return len(piece.text) - piece.linked
    return sum([len(spot.text) for spot in piece.spots]) - piece.linked


def _is_content(piece: FlowLine | Grid, plain: int) -> bool:
    """Whether a piece cannot be furniture: a long line, a table of more than links."""
    if isinstance(piece, FlowLine):
        return plain >= _LONG_LINE and not _is_furniture_line(piece)
    return len(piece.spots) >= 4 and plain > piece.linked


def _is_furniture_line(piece: FlowLine | Grid) -> bool:
    return (
        isinstance(piece, FlowLine)
        and len(piece.text) <= _LONGEST_FURNITURE_LINE
        and furniture_line().match(piece.text) is not None
    )


def _meta_elements(tree: LexborHTMLParser) -> dict[str, str]:
    technical = web_words().technical_meta
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property") or ""
        value = tidy(attributes.get("content") or "")
        if name and value and name.lower() not in technical:
            found.setdefault(name, value)
    return found


def _stated(pieces: Sequence[FlowLine | Grid]) -> Mapping[str, str]:
    """Label and value pairs in lines and index tables; the first of a label counts."""
    found: dict[str, str] = {}
    for piece in pieces:
        if isinstance(piece, Grid):
            pairs = _index_table(piece)
        elif len(piece.text) <= _LONGEST_FURNITURE_LINE:
            pairs = _labelled(piece.text)
        else:
            continue
        for label, value in pairs:
            found.setdefault(label, value)
    return found


def _labelled(text: str) -> list[tuple[str, str]]:
    if ":" not in text and "：" not in text:
        return []
    pairs = [(label_in(m[1]), m[2].strip("]】 ")) for m in labelled_value().finditer(text)]
    return [(label, value) for label, value in pairs if label and value]


def _index_table(grid: Grid) -> list[tuple[str, str]]:
    """Pairs of a table of labels and values, none where it is another kind of table."""
    pairs = []
    for left, right in zip(grid.spots, grid.spots[1:], strict=False):
        label = label_in(left.text) if left.row == right.row and right.text else None
        if label and label_in(right.text) is None:
            pairs.append((label, right.text.replace("\n", " ")))
    for spot in grid.spots:
        has_label = ":" in spot.text or "：" in spot.text
        if has_label and len(spot.text) <= _LONGEST_FURNITURE_LINE:
            pairs.extend(_labelled(spot.text.replace("\n", " ")))
    return pairs if len(pairs) >= 2 else []


def _shell(
    tree: LexborHTMLParser, flow: Flow, content: Sequence[FlowLine | Grid]
) -> Rejection | None:
    """Why a page holds no content of its own, None where it does."""
    prose = [piece.text for piece in content if isinstance(piece, FlowLine)]
    tables = [piece for piece in content if isinstance(piece, Grid)]
    if any(_is_content(table, _plain(table)) and not _index_table(table) for table in tables):
        return None
    unlabelled = [text for text in prose if not _labelled(text)]
    if sum(map(len, unlabelled)) > _LITTLE_TEXT or _SENTENCE_END.search("".join(unlabelled)):
        return None
    attachment = _attachment(tree)
    if attachment:
        return Rejection(
            Reason.ATTACHMENT_ONLY,
            f"The page only points to {attachment}; fetch that file and put it into the raw "
            "folder.",
        )
    if flow.links >= 8:
        return Rejection(
            Reason.LIST_PAGE,
            f"The page is a list of {flow.links} links without content of its own; fetch the "
            "pages it links to.",
        )
    if sum(map(len, unlabelled)) < 60 and tree.css_first("script") is not None:
        return Rejection(
            Reason.JAVASCRIPT_SHELL,
            "The page builds its content in the browser; open it there and save the page as "
            "shown, or print it to PDF.",
        )
    if not prose and all(map(_index_table, tables)):
        return Rejection(Reason.NO_TEXT, "The page shows no text; fetch it again from its source.")
    return None


def _attachment(tree: LexborHTMLParser) -> str | None:
    """Address of the first file linked or shown in a frame that may be the document itself."""
    endings = web_words().attachment_endings
    for node in tree.css("a[href], iframe[src], embed[src], object[data]"):
        attributes = node.attributes
        address = attributes.get("href") or attributes.get("src") or attributes.get("data") or ""
        bare = address.split("#")[0].split("?file=")[-1].split("&")[0].split("?")[0].lower()
        if bare.endswith(endings):
            return address[:200]
    return None


def _notices(page: Decoded, blocks: Sequence[object]) -> tuple[str, ...]:
    notices = []
    if page.damaged:
        notices.append(f"{page.damaged} places could not be decoded and read U+FFFD")
    if any(isinstance(block, Table) and len(block.cells) > 20_000 for block in blocks):
        notices.append("a table of more than 20,000 cells: probably no statistics form")
    return tuple(notices)
