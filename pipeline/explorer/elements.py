"""Parts that several pages are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st

from pipeline.explorer import address
from pipeline.explorer.context import Explorer
from pipeline.explorer.markup import Content, Node, el, link
from pipeline.warehouse.lineage import Record
from pipeline.warehouse.pages.function_names import Language
from pipeline.warehouse.pages.page import number, percent
from pipeline.warehouse.standing import standings

__all__ = ["number", "percent"]

MARK = "▲"
"""Stands beside a number that is disputed or doubtful."""

PAGE = 50
"""Rows of a table shown at once."""

_OPEN = 12


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column.

    Attributes:
        label: Its text.
        is_number: Whether its values are set flush right.
    """

    label: str
    is_number: bool = False


def table(
    caption: str | None,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Content]],
) -> Node:
    """Returns a table that scrolls sideways where the screen is narrow.

    Args:
        caption: What it shows.
        columns: Heads of its columns.
        rows: Cells row by row; the first of each names the row.
    """
    return _scrolling(caption, _table(caption, columns, rows, "rows"))


def cards(
    caption: str | None, columns: Sequence[Column], rows: Sequence[Sequence[Content]]
) -> Node:
    """Returns a table whose rows become cards where the screen is narrow: for long texts."""
    return _scrolling(caption, _table(caption, columns, rows, "rows stack"))


def _scrolling(caption: str | None, inner: Node) -> Node:
    return el("div", inner, class_="wide", tabindex=0, role="group", aria_label=caption)


def _table(
    caption: str | None, columns: Sequence[Column], rows: Sequence[Sequence[Content]], style: str
) -> Node:
    """The roles are stated, since a style that lays rows out anew would take them away."""
    head = el(
        "tr",
        [
            el("th", one.label, scope="col", role="columnheader", class_=_kind(one))
            for one in columns
        ],
        role="row",
    )
    return el(
        "table",
        el("caption", caption) if caption else None,
        el("thead", head, role="rowgroup"),
        el("tbody", [_row(columns, row) for row in rows], role="rowgroup"),
        class_=style,
        role="table",
    )


def _row(columns: Sequence[Column], row: Sequence[Content]) -> Node:
    first, *others = zip(columns, row, strict=True)
    return el(
        "tr",
        el("th", first[1], scope="row", role="rowheader", class_=_kind(first[0])),
        [
            el("td", cell, role="cell", class_=_kind(column), data_label=column.label)
            for column, cell in others
        ],
        role="row",
    )


def _kind(column: Column) -> str:
    return "number" if column.is_number else "text"


def figures(pairs: Sequence[tuple[str, Content]]) -> Node:
    """Returns figures in a row, each under what it counts."""
    return el(
        "dl",
        [el("div", el("dt", label), el("dd", value)) for label, value in pairs],
        class_="figures",
    )


def pairs(found: Sequence[tuple[str, Content]]) -> Node:
    """Returns labels with what they stand for."""
    return el("dl", [[el("dt", label), el("dd", value)] for label, value in found], class_="pairs")


def empty(why: str, remedy: str) -> Node:
    """Returns what stands where there is nothing: why, and what to try."""
    return el("div", el("p", why), el("p", remedy), class_="empty", role="status")


def alert(*content: Content, severity: str = "warn") -> Node:
    """Returns a warning."""
    return el("div", [el("p", one) for one in content], class_=f"alert {severity}", role="alert")


def tag(explorer: Explorer, kind: str, code: object) -> Node:
    """Returns a severity, an outcome or a status as a small mark."""
    return el("span", explorer.say.name(kind, code), class_=f"tag {code}")


def rule(rule_id: str) -> Node:
    """Returns the id of a rule, which is never broken over lines."""
    return el("code", rule_id, class_="rule")


def doubt_of(row: Record, language: Language) -> str:
    """Returns why a number must not be relied on; nothing where it may be.

    Args:
        row: Of a fact, or of what is made of facts, with its ``standing``.
        language: Of the page.
    """
    best = next(iter(standings()))
    standing = row.get("standing") or best
    if standing == best:
        return ""
    declared = standings()[standing]
    return f"{MARK} {declared.zh if language == 'zh' else declared.en}"


def value_link(explorer: Explorer, row: Record) -> Node:
    """Returns the value of a fact as a link to its source.

    Args:
        explorer: The visit.
        row: Has agency_id, year, indicator_id and value; a ``standing`` below the best is marked.
    """
    where = explorer.evidence(row["agency_id"], row["year"], row["indicator_id"])
    doubt = doubt_of(row, explorer.say.language)
    title = explorer.say("evidence.open")
    if not doubt:
        return link(number(row["value"]), where, title=title)
    return link([number(row["value"]), " ", el("b", MARK)], where, title=f"{doubt} · {title}")


def sum_link(explorer: Explorer, row: Record, ids: Sequence[str], value: Decimal) -> Content:
    """Returns a sum, or the number itself where it is no sum; each part leads to its source.

    Args:
        explorer: The visit.
        row: Has agency_id and year.
        ids: Indicators that were added up.
        value: Their sum.
    """
    if len(ids) == 1:
        return fact_link(explorer, row, ids[0], value)
    doubt = doubt_of(row, explorer.say.language)
    return [
        number(value),
        [" ", el("b", MARK, title=doubt)] if doubt else "",
        [
            [" ", link(f"[{place}]", explorer.evidence(row["agency_id"], row["year"], one))]
            for place, one in enumerate(ids, 1)
        ],
    ]


def fact_link(explorer: Explorer, row: Record, indicator_id: str, value: object) -> Node:
    """Returns the value of another indicator of a row's agency and year as a link."""
    found = {**row, "indicator_id": indicator_id, "value": value}
    return value_link(explorer, found)


def folded(
    title: str, size: int, columns: Sequence[Column], rows: Sequence[Sequence[Content]]
) -> Node:
    """Returns a table that is closed at first where it is long.

    Args:
        title: What it shows.
        size: Its rows.
        columns: Heads of its columns.
        rows: Cells row by row.
    """
    return el(
        "details",
        el("summary", title),
        table(None, columns, rows),
        open="" if size <= _OPEN else None,
    )


def agency_link(explorer: Explorer, row: Record) -> Content:
    """Returns an agency's name as a link to its page; a sign where none is known."""
    if row["agency_id"] is None:
        return explorer.say("name.none")
    return link(row["name_zh"] or row["agency_id"], explorer.address("agency", id=row["agency_id"]))


def first_row() -> int:
    """Returns from which row on a long table is shown, as the address says."""
    text = address.stated("from") or "0"
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def steps(
    explorer: Explorer, page: str, total: int, choice: Record, size: int = PAGE
) -> Node | None:
    """Returns links to the rows before and after those shown; None where all are shown.

    Args:
        explorer: The visit.
        page: The page the table is on.
        total: All its rows.
        choice: What else is chosen on the page.
        size: Rows shown at once.
    """
    first = first_row()
    if total <= size:
        return None
    shown = explorer.say(
        "table.shown",
        first=number(first + 1),
        last=number(min(first + size, total)),
        total=number(total),
    )
    earlier = explorer.address(page, **choice, **{"from": max(first - size, 0) or None})
    later = explorer.address(page, **choice, **{"from": first + size})
    return el(
        "nav",
        el("span", shown),
        link(explorer.say("table.earlier"), earlier) if first else None,
        link(explorer.say("table.later"), later) if first + size < total else None,
        class_="steps",
        aria_label=explorer.say("table.steps"),
    )


def draw(chart: dict[str, Any], alt: str) -> None:
    """Puts a chart onto the page.

    Args:
        chart: Its specification with its data.
        alt: What screen readers say of it.
    """
    st.vega_lite_chart(chart, theme=None, width="stretch", alt=alt)


def plain(value: object) -> object:
    """Returns a value for charts: decimals as floats."""
    return float(value) if isinstance(value, Decimal) else value
