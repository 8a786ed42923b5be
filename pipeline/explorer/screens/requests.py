"""How requests reached an agency, and how it answered them."""

from collections.abc import Sequence

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
from pipeline.explorer.markup import el, show
from pipeline.warehouse.story import Record

# What was answered and processed; how fast is another question, of the same requests.
_ANSWERS = ("requests.answered", "requests.processed")


def requests(explorer: Explorer, key: str) -> None:
    """Shows the part of the page on requests."""
    say = explorer.say
    channels = explorer.rows(_CHANNELS, agency=key)
    outcomes = explorer.rows(_OUTCOMES, agency=key)
    show(el("h2", say("agency.requests")))
    if not channels and not outcomes:
        show(empty(say("agency.no_requests"), say("agency.no_requests_remedy")))
        return
    left, right = st.columns(2)
    with left:
        _received(explorer, channels)
    with right:
        _answered(explorer, outcomes)


def _received(explorer: Explorer, rows: Sequence[Record]) -> None:
    say = explorer.say
    if not rows:
        return
    parts = [{**row, "part": say.column(row, "channel")} for row in rows]
    title = say("agency.received")
    if any(row["value"] for row in rows):
        draw(charts.shares([row for row in parts if row["value"]], say, title), title)
    show(
        folded(
            title,
            len(rows),
            [
                Column(say("column.part")),
                Column(say("column.year"), True),
                Column(say("column.value"), True),
                Column(say("column.share"), True),
            ],
            [
                [
                    row["part"],
                    str(row["year"]),
                    value_link(explorer, row),
                    percent(row["share"]),
                ]
                for row in parts
            ],
        )
    )


def _answered(explorer: Explorer, rows: Sequence[Record]) -> None:
    say = explorer.say
    if not rows:
        return
    parts = [
        {**row, "part": say.name("outcome_of_request", row["outcome"]), "value": row["numerator"]}
        for row in rows
    ]
    title = say("agency.answered")
    answers = [row for row in parts if row["denominator_id"] in _ANSWERS and row["value"]]
    if answers:
        draw(charts.shares(answers, say, title), title)
    show(
        folded(
            title,
            len(rows),
            [
                Column(say("column.part")),
                Column(say("column.year"), True),
                Column(say("column.numerator"), True),
                Column(say("column.denominator"), True),
                Column(say("column.share"), True),
            ],
            [
                [
                    row["part"],
                    str(row["year"]),
                    sum_link(explorer, row, row["numerator_ids"], row["numerator"]),
                    fact_link(explorer, row, row["denominator_id"], row["denominator"]),
                    percent(row["rate"]),
                ]
                for row in parts
            ],
        )
    )


_CHANNELS = """
SELECT * FROM channel_mix WHERE agency_id = $agency AND subject = 'requests'
ORDER BY year DESC, value DESC, indicator_id
"""

_OUTCOMES = """
SELECT * FROM request_outcomes WHERE agency_id = $agency
ORDER BY year DESC, denominator_id DESC, numerator DESC, outcome
"""
