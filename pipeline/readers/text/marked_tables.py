"""Tables of LaTeX, MediaWiki, Textile, AsciiDoc, lists, CSV: marks tell rows, cells, spans."""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.model.document import Cell, Locator
from pipeline.readers.html.cell_spans import placed

_LEAST_CELLS = 4
_NOWHERE = Locator(0, 0)

_TABULAR = r"(?:longtable|tabular[xy]?\*?|tabulary)"
_RULES = re.compile(
    r"(?<!\\)%.*"
    r"|\\(?:(?:top|mid|bottom)rule|hline|end(?:first)?head|end(?:last)?foot|noalign\{\}"
    r"|(?:cline|caption)\{[^{}]*\}|cmidrule(?:\([^)]*\))?\{[^{}]*\}|addlinespace(?:\[[^\]]*\])?)"
    r"(?![a-z])"
)
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?|\\tabularnewline\b")
_AND = re.compile(r"(?<!\\)&")
_SPANNED = re.compile(
    r"\\multicolumn\{(?P<columns>\d+)\}\{(?:[^{}]|\{[^{}]*\})*\}\{(?P<text>.*)\}", re.DOTALL
)
_DEEP = re.compile(r"\\multirow(?:\[[^\]]*\])?\{-?\d+\}\{[^{}]*\}\{(.*)\}", re.DOTALL)
_UNSEEN = re.compile(
    r"\\(?:sout|st|xout|phantom|textsuperscript|footnote)\{[^{}]*\}"
    r"|\\(?:begin|end)\{minipage\}(?:\[[^\]]*\])*(?:\{[^{}]*\})?"
    r"|\\(?:raggedright|raggedleft|centering|arraybackslash|strut|bfseries)(?![a-z])|\$"
)
_SET = re.compile(r"\\(?:text(?:bf|it|sf|rm)?|emph|mbox|makecell|thead)(?:\[[^\]]*\])?\{([^{}]*)\}")
_HEADING = re.compile(
    r"^\\hypertarget\{[^{}]*\}\{%?\n?"
    r"|^\\(?:title|(?:sub)*section)\*?\{([^{}]*)\}(?:\\label\{[^{}]*\})?\}?",
    re.MULTILINE,
)
_ESCAPED = re.compile(r"\\([%&#_$ ])")

_SPAN_WRITTEN = re.compile(r"(row|col)span\s*=\s*[\"']?(\d+)")
_ATTRIBUTES = re.compile(r"[^|\[\]{}]*=[^|]*\|(?!\|)")
_STRUCK = re.compile(r"<(s|del|strike|sup)\b[^>]*>.*?</\1>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ASCIIDOC = re.compile(
    r"(?:^|(?<=\s))(?:(?P<columns>\d+)?(?:\.(?P<rows>\d+))?\+)?[<^>.]{0,2}[adehlms]?\|(?!===)"
)
_ITEM = re.compile(r"(?P<indent>\s+(?:\* )?)-(?:\s+(?P<text>.*))?")
_HEADER_OPTION = re.compile(r"\s*:header:")
_TEXTILE = re.compile(r"(?:[_<>=^~-]|\\(?P<columns>\d+)|/(?P<rows>\d+))+\.\s+(?P<text>.*)")


class _Marked(NamedTuple):
    text: str
    rowspan: str | None = None
    colspan: str | None = None


def marked_table(lines: Sequence[str], at: int) -> tuple[list[Cell], int]:
    """The cells of a table that begins at a line, and the line behind it.

    Returns:
        No cells where none begins there.
    """
    for kind in _KINDS:
        if not kind.opens.match(lines[at]):
            continue
        end = at + 1
        while end < len(lines) and not kind.closes.match(lines[end]):
            end += 1
        cells = [
            Cell(one.text.strip(), row, col, _NOWHERE, deep, wide)
            for one, (row, col, deep, wide) in placed([list(kind.rows_of(lines[at:end]))])
        ]
        if len(cells) >= _LEAST_CELLS:
            return cells, end + (kind.has_end and end < len(lines))
    return [], at


def without_commands(text: str) -> str:
    """A text whose headings stand there as words, not as arguments of LaTeX."""
    return _HEADING.sub(r"\1", text)


def _of_latex(lines: Sequence[str]) -> Iterator[list[_Marked]]:
    body = "\n".join(_RULES.sub("", line) for line in lines)
    body = _behind_arguments(re.sub(rf"\s*\\begin\{{{_TABULAR}\}}", "", body, count=1))
    for row in _ROW_END.split(body):
        if row.strip():
            yield [_latex_cell(cell.strip()) for cell in _AND.split(row)]


def _behind_arguments(body: str) -> str:
    """What follows the widths of the columns, which stand in brackets within brackets."""
    while body.lstrip()[:1] in ("{", "["):
        depth = 0
        for place, char in enumerate(body):
            depth += (char in "{[") - (char in "}]")
            if depth == 0 and char in "}]":
                body = body[place + 1 :]
                break
        else:
            return body
    return body


def _latex_cell(written: str) -> _Marked:
    spanned = _SPANNED.fullmatch(written)
    text = spanned["text"] if spanned else written
    deep = _DEEP.fullmatch(text.strip())
    text = _UNSEEN.sub("", deep[1] if deep else text)
    text = _SET.sub(r"\1", text).replace("---", "—").replace("--", "–").replace("~", " ")
    return _Marked(_ESCAPED.sub(r"\1", text), None, spanned["columns"] if spanned else None)


def _of_wiki(lines: Sequence[str]) -> Iterator[list[_Marked]]:
    rows: list[list[str]] = [[]]
    for line in (line.strip() for line in lines[1:]):
        row = rows[-1]
        if line.startswith("|-"):
            rows.append([])
        elif line[:1] in ("|", "!") and line[:2] != "|+":
            row += re.split(r"\|\||!!" if line[0] == "!" else r"\|\|", line[1:])
        elif row:
            row[-1] += f"\n{line}"
    yield from ([_wiki_cell(cell) for cell in row] for row in rows if row)


def _wiki_cell(written: str) -> _Marked:
    attributes = _ATTRIBUTES.match(written)
    spans = dict(_SPAN_WRITTEN.findall(attributes[0])) if attributes else {}
    text = written[attributes.end() :] if attributes else written
    text = _BREAK.sub("\n", _STRUCK.sub("", text)).replace("'''", "")
    return _Marked(text, spans.get("row"), spans.get("col"))


def _of_textile(lines: Sequence[str]) -> Iterator[list[_Marked]]:
    for line in lines:
        yield [_textile_cell(cell.strip()) for cell in line.strip().strip("|").split("|")]


def _textile_cell(written: str) -> _Marked:
    marked = _TEXTILE.fullmatch(f"{written} ")
    return (
        _Marked(marked["text"], marked["rows"], marked["columns"]) if marked else _Marked(written)
    )


def _of_asciidoc(lines: Sequence[str]) -> Iterator[list[_Marked]]:
    """Rows, a line each, or a cell a line with blank lines between rows."""
    parted = [list(_asciidoc_cells(line)) for line in lines[1:]]
    if any(len(row) > 1 for row in parted):
        yield from filter(None, parted)
        return
    for is_filled, row in groupby(parted, bool):
        if is_filled:
            yield [cell for cells in row for cell in cells]


def _asciidoc_cells(line: str) -> Iterator[_Marked]:
    """The cells of a line; what stands before a bar is how many columns and rows it spans."""
    bars = list(_ASCIIDOC.finditer(line))
    for bar, behind in pairwise((*bars, None)):
        text = line[bar.end() : behind.start() if behind else len(line)] if bar else ""
        if bar:
            yield _Marked(text, bar["rows"], bar["columns"])


def _of_list(lines: Sequence[str]) -> Iterator[list[_Marked]]:
    """A list of rows, each a list of cells whose dashes stand below one another."""
    rows: list[list[str]] = []
    at = 0
    for line in lines[1:]:
        item = _ITEM.fullmatch(line)
        if item and "*" in item["indent"]:
            rows.append([item["text"] or ""])
            at = len(item["indent"])
        elif item and rows and len(item["indent"]) == at:
            rows[-1].append(item["text"] or "")
        elif rows and line.strip():
            rows[-1][-1] += f"\n{line.strip()}"
    yield from (list(map(_Marked, row)) for row in rows)


def _of_csv(lines: Sequence[str]) -> Iterator[list[_Marked]]:
    """Rows of values between commas; an option before them holds the heads."""
    own = (_HEADER_OPTION.sub("", line).strip() for line in lines[1:])
    rows = csv.reader(line for line in own if line and not line.startswith(":"))
    yield from (list(map(_Marked, row)) for row in rows)


class _Kind(NamedTuple):
    """A kind of marked table: its beginning, its end, and how to read its rows."""

    opens: re.Pattern[str]
    closes: re.Pattern[str]
    has_end: bool
    rows_of: Callable[[Sequence[str]], Iterator[list[_Marked]]]


_KINDS = (
    _Kind(
        re.compile(rf"\s*\\begin\{{{_TABULAR}\}}"),
        re.compile(rf"\s*\\end\{{{_TABULAR}\}}"),
        True,
        _of_latex,
    ),
    _Kind(re.compile(r"\s*\{\|"), re.compile(r"\s*\|\}"), True, _of_wiki),
    _Kind(
        re.compile(r"\s*\|(?:[_<>=]|\\\d|/\d)+\.\s.*\|\s*\Z"),
        re.compile(r"(?!\s*\|)"),
        False,
        _of_textile,
    ),
    _Kind(re.compile(r"\|===\s*\Z"), re.compile(r"\|===\s*\Z"), True, _of_asciidoc),
    _Kind(re.compile(r"\.\. list-table::"), re.compile(r"\S"), False, _of_list),
    _Kind(re.compile(r"\.\. csv-table::"), re.compile(r"\S"), False, _of_csv),
)
