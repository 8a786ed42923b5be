"""Tables of a plain text whose cells are parted by bars."""

import re
from collections.abc import Sequence

from pipeline.model.document import Locator
from pipeline.readers.text.text_lines import BAR, BARS, LONGEST_CELL, Rows, TextLine

_OPENED = re.compile(rf"\s*[{BAR}](\s*[^{BAR}\s][^{BAR}]*)")
_MARKDOWN_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(rf"[\s{BAR}:+\-─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬]*")
_DRAWN = re.compile(r"\s*[+┌├└┏┣┗╔╠╚╞╟┠][+\-=─━═┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬╪╡╢┨]{4,}\s*")
_RULE_OF_MARKDOWN = re.compile(r"\s*\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?\s*")
_VALUES = re.compile(rf"[\s{BAR}]*\d[\s\d.,+\-—/{BAR}]*")
_MIN_ROWS = 3


def barred(lines: Sequence[TextLine], at: int) -> tuple[Rows, int]:
    """Cells closed by a bar: a row a line, or a cell a line with wrapped ones continued."""
    rows: Rows = []
    starts: list[int] = []
    has_rule = has_bare_rule = False
    end = at + 1
    open_lines: list[TextLine] = []
    for index in range(at, len(lines)):
        line = lines[index]
        if line.blank or _DRAWN.fullmatch(line.text):
            continue
        if has_bare_rule and rows and index == end and _goes_on(lines[index - 1], line):
            rows[-1].extend(_rest_of_row(line))
            end = index + 1
            continue
        if not line.has_bars:
            open_lines.append(line)
            if len(open_lines) > 2 or len(line.text) > LONGEST_CELL:
                break
            continue
        if open_lines and _are_markdown(lines[end - 1], line):
            break
        is_rule = _RULE_OF_MARKDOWN.fullmatch(line.text) is not None
        if not has_rule and is_rule:
            has_rule = True
            has_bare_rule = not BARS.match(line.text.strip())
            before = _rows_before_head(rows, line)
            if before:
                return (rows[:before] if before > 1 else []), starts[before]
        if not (is_rule or _is_drawn(line)):
            start = open_lines[0].start if open_lines else line.start
            rows.append(_bar_cells(line, start))
            starts.append(index - len(open_lines))
        open_lines = []
        end = index + 1
    return (rows if len(rows) > 1 or has_rule else []), end


def _is_drawn(line: TextLine) -> bool:
    """Whether a line only parts rows; a bar alone ends a cell."""
    return _RULE.fullmatch(line.text) is not None and len(BARS.findall(line.text)) != 1


def _rows_before_head(rows: Rows, rule: TextLine) -> int:
    """How many rows stand above the head that a rule closes: lines that merely hold a bar."""
    columns = len(_bar_cells(rule, rule.start))
    head = next((n for n, row in enumerate(reversed(rows)) if len(row) != columns), len(rows))
    return len(rows) - head if head else 0


def _goes_on(above: TextLine, below: TextLine) -> bool:
    """Whether values below are of the same row, which was broken at a bar, being long."""
    over, under = above.text.strip(), below.text.strip()
    if not _VALUES.fullmatch(under) or _RULE.fullmatch(over) or BARS.match(over):
        return False
    bars = len(BARS.findall(over))
    return bars > 0 and (BARS.match(under) is not None or (bars > 1 and over[-1] in BAR))


def _rest_of_row(line: TextLine) -> list[Locator]:
    cells = _bar_cells(line, line.start)
    is_bar_first = BARS.match(line.text.strip()) is not None
    return cells[1:] if is_bar_first and len(BARS.findall(line.text)) == 1 else cells


def _are_markdown(above: TextLine, below: TextLine) -> bool:
    """Whether both are rows in outer bars: lines between them are in no cell."""
    return all(_MARKDOWN_ROW.fullmatch(line.text) for line in (above, below))


def begins_opened_row(lines: Sequence[TextLine], at: int) -> bool:
    """Whether a first cell, of two lines at most, stands above one that a bar opens."""
    for line in lines[at : at + 3]:
        if line.has_bars:
            return line is not lines[at] and _OPENED.fullmatch(line.text) is not None
        if line.blank or len(line.text) > LONGEST_CELL:
            return False
    return False


def bar_opened(lines: Sequence[TextLine], at: int) -> tuple[Rows, int]:
    """Cells opened by a bar, one a line; a bar alone is a blank cell, or ends the row."""
    rows: Rows = []
    row: list[Locator] = []
    end = at + 1
    for index in range(at, len(lines)):
        line = lines[index]
        if line.blank:
            continue
        if BARS.fullmatch(line.text.strip()):
            if index + 1 < len(lines) and lines[index + 1].has_bars:
                row.append(Locator(line.end, line.end))
            else:
                rows.append(row)
                row, end = [], index + 1
        elif line.has_bars:
            opened = _OPENED.fullmatch(line.text)
            if opened is None:
                break
            row.append(Locator(line.start + opened.start(1), line.end))
        elif not row and not begins_opened_row(lines, index):
            break
        elif not row:
            row.append(Locator(line.start, line.end))
        elif len(line.text) <= LONGEST_CELL:
            row[-1] = Locator(row[-1].start, line.end)
        else:
            break
    return (rows if len(rows) >= _MIN_ROWS else []), end


def _bar_cells(line: TextLine, start: int) -> list[Locator]:
    """Cells between the bars of a line; the outer bars of a Markdown row hold none."""
    edges = [match.start() for match in BARS.finditer(line.text)]
    cells = []
    left = start - line.start
    for edge in edges:
        cells.append(Locator(line.start + left, line.start + edge))
        left = edge + 1
    if line.text[left:].strip():
        cells.append(Locator(line.start + left, line.end))
    outer_bar = len(edges) > 1 and not line.text[: edges[0]].strip() and start == line.start
    return cells[1:] if outer_bar else cells
