"""A form filled in as a printer would set it: tables of cells that span rows and columns."""

import random
from dataclasses import dataclass, field

from pipeline.forms.catalogue import indicators
from pipeline.forms.form import Form, FormTable, Row, forms
from tests.generator.values import Values

CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@dataclass
class Cell:
    """A printed cell; ``indicator`` says which value stands in it.

    The last cell of a row printed without borders keeps the row's values.
    """

    text: str
    rowspan: int = 1
    colspan: int = 1
    indicator: str | None = None
    glued_values: dict[str | None, int] = field(default_factory=dict)


@dataclass
class Grid:
    """A printed table: rows of cells, each cell in the row it begins in."""

    rows: list[list[Cell]]
    heads: int


@dataclass(frozen=True)
class Style:
    """How a printer sets labels: brackets, points behind numbers, notes, units."""

    half_brackets: bool = False
    point: str = "."
    notes: bool = True
    units: bool = True

    def number(self, row: Row, level: int) -> str:
        """The number in front of a label."""
        if not row.number:
            return ""
        if row.number == "其中":
            return "其中:" if self.half_brackets else "其中："
        if row.number.isdigit():
            return f"{row.number}{self.point}"
        if level == 1:
            return f"{row.number}、"
        return f"({row.number})" if self.half_brackets else f"（{row.number}）"

    def label(self, row: Row) -> str:
        """Number, label and note of a row."""
        note = f"（{row.note}）" if row.note and self.notes else ""
        text = f"{self.number(row, row.level)}{row.label}{note}"
        return text.replace("（", "(").replace("）", ")") if self.half_brackets else text


def declared(letter: str) -> Form:
    """The declared form of a letter."""
    return next(form for form in forms() if form.form == letter)


def set_form(values: Values, style: Style, left_out: frozenset[str] = frozenset()) -> list[Grid]:
    """Sets a form with its values.

    Args:
        values: What to print.
        style: How to print it.
        left_out: Labels of rows that this report does not print.
    """
    form = declared(values.form)
    if values.form in "AB":
        return [_list_table(form.tables[0], values, style, left_out)]
    grids = [_block(table, values) for table in form.tables if table.id.startswith("2")]
    by_id = {table.id: table for table in form.tables}
    return [*grids, _applicants(by_id["3"], values, style), _courts(by_id["4"], values)]


def _value(values: Values, indicator: str) -> Cell:
    return Cell(str(values.by_indicator[indicator]), indicator=indicator)


def _list_table(table: FormTable, values: Values, style: Style, left_out: frozenset[str]) -> Grid:
    head = [Cell("统计指标" if values.form == "B" else "指标名称"), Cell("单位"), Cell("统计数")]
    rows = [head if style.units else [head[0], head[2]]]
    printed: set[str] = set()
    for row in table.rows:
        known = row.is_heading or row.indicator in values.by_indicator
        if row.label in left_out or not known or row.indicator in printed:
            continue
        label = Cell(style.label(row))
        if row.indicator is None:
            cells = [label, Cell("——" if style.half_brackets else ""), Cell("")]
        else:
            printed.add(row.indicator)
            cells = [label, Cell(_unit(row.indicator)), _value(values, row.indicator)]
        rows.append(cells if style.units else [cells[0], cells[2]])
    return Grid(rows, heads=1)


def _unit(indicator: str) -> str:
    return indicators()[indicator].unit


def _block(table: FormTable, values: Values) -> Grid:
    width = len(table.columns) + 1
    head = [Cell("信息内容"), *(Cell(_head(table, number)) for number in range(width - 1))]
    body = [
        [Cell(str(row.label)), *(_value(values, indicator) for indicator in row.cells)]
        for row in table.rows
    ]
    return Grid([[Cell(str(table.heading), colspan=width)], head, *body], heads=2)


def _head(table: FormTable, number: int) -> str:
    """The head of a column, with the unit that the form prints there."""
    head = table.columns[number].heads[0]
    counted = indicators()[table.rows[0].cells[number]]
    return f"{head}（单位：{counted.unit}）" if counted.is_money else head


def _applicants(table: FormTable, values: Values, style: Style) -> Grid:
    organisations = [Cell(column.heads[0]) for column in table.columns[1:-1]]
    rows = [
        [Cell(CORNER, rowspan=3, colspan=3), Cell("申请人情况", colspan=7)],
        [
            Cell("自然人", rowspan=2),
            Cell("法人或其他组织", colspan=5),
            Cell("总计", rowspan=2),
        ],
        organisations,
    ]
    opened: list[tuple[int, Cell]] = []
    pending: list[Cell] = []
    for row in table.rows:
        while opened and opened[-1][0] >= row.level:
            opened.pop()
        if row.indicator is None or row.indicator not in values.by_indicator:
            group = Cell(style.label(row), rowspan=0)
            opened.append((row.level, group))
            pending.append(group)
            continue
        for _, group in opened:
            group.rowspan += 1
        label = Cell(style.label(row), colspan=3 - len(opened))
        cells = [_value(values, indicator_id) for indicator_id in table.ids_of(row)]
        rows.append([*pending, label, *cells])
        pending = []
    return Grid(rows, heads=3)


def _courts(table: FormTable, values: Values) -> Grid:
    row = next(row for row in table.rows if row.unlabelled)
    results = [Cell(column.heads[0]) for column in table.columns]
    for cell in results[:5]:
        cell.rowspan = 2
    return Grid(
        [
            [Cell("行政复议", colspan=5), Cell("行政诉讼", colspan=10)],
            [
                *results[:5],
                Cell("未经复议直接起诉", colspan=5),
                Cell("复议后起诉", colspan=5),
            ],
            results[5:],
            [_value(values, indicator) for indicator in row.cells],
        ],
        heads=3,
    )


def space_out(text: str, rng: random.Random, mark: str = " ") -> str:
    """A label that a page break or a justified line has split."""
    if len(text) < 4:
        return text
    cut = rng.randrange(2, len(text) - 1)
    return text[:cut] + mark + text[cut:]
