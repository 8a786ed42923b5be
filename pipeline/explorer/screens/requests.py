"""How requests reached an agency, and how it answered them."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from pipeline.explorer import charts
from pipeline.explorer.context import Explorer
from pipeline.explorer.elements import (
    Column,
    draw,
    empty,
    fact_link,
    folded,
    percent,
    sum_link,
    value_link,
)
from pipeline.explorer.markup import Content, el, show
from pipeline.warehouse.lineage import Record
from pipeline.warehouse.pages.agency_profile import Portrait


def requests(explorer: Explorer, portrait: Portrait) -> None:
    """Shows the part of the page on requests."""
    say = explorer.say
    channels = [row for row in portrait.channels if row["subject"] == "requests"]
    show(el("h2", say("agency.requests")))
    if not channels and not portrait.outcomes:
        show(empty(say("agency.no_requests"), say("agency.no_requests_remedy")))
        return
    left, right = st.columns(2)
    with left:
        _received(explorer, channels)
    with right:
        _answered(explorer, portrait.outcomes)


def _received(explorer: Explorer, rows: Sequence[Record]) -> None:
    say = explorer.say
    parts = [{**row, "part": say.column(row, "channel")} for row in rows]
    columns = {"column.value": lambda row: value_link(explorer, row)}
    _parts(explorer, say("agency.received"), parts, parts, columns, "share")


def _answered(explorer: Explorer, rows: Sequence[Record]) -> None:
    say = explorer.say
    parts = [{**row, "part": say.column(row, "outcome"), "value": row["numerator"]} for row in rows]
    answers = [row for row in parts if row["numerator"] > 0]
    columns = {
        "column.numerator": lambda row: sum_link(
            explorer, row, row["numerator_ids"], row["numerator"]
        ),
        "column.denominator": lambda row: fact_link(
            explorer, row, row["denominator_id"], row["denominator"]
        ),
    }
    _parts(explorer, say("agency.answered"), parts, answers, columns, "rate")


def _parts(
    explorer: Explorer,
    title: str,
    rows: Sequence[Record],
    drawn: Sequence[Record],
    columns: Mapping[str, Callable[[Record], Content]],
    share: str,
) -> None:
    """Shows parts of a whole as bars and as a table.

    Args:
        explorer: The visit.
        title: What the parts are of.
        rows: Have ``part``, ``year`` and ``value``.
        drawn: Those that bars are drawn of.
        columns: What stands between year and share, by the text at its head.
        share: Name of the share in a row.
    """
    if not rows:
        return
    say = explorer.say
    bars = [row for row in drawn if row["value"]]
    if bars:
        draw(charts.shares(bars, say, title), title)
    show(
        folded(
            title,
            len(rows),
            [
                Column(say("column.part")),
                Column(say("column.year"), True),
                *(Column(say(head), True) for head in columns),
                Column(say("column.share"), True),
            ],
            [
                [
                    row["part"],
                    str(row["year"]),
                    *(cell(row) for cell in columns.values()),
                    percent(row[share]),
                ]
                for row in rows
            ],
        )
    )
