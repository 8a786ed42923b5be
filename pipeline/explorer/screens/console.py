"""The console: the cookbook's examples or one's own SQL, read-only."""

import time
from decimal import Decimal

import streamlit as st

from pipeline.explorer import address
from pipeline.explorer.console import ROWS, SECONDS, Answer, RefusedError, ask
from pipeline.explorer.context import Explorer
from pipeline.explorer.downloads import offer_rows
from pipeline.explorer.elements import Column, alert, empty, number, table
from pipeline.explorer.markup import el, show
from pipeline.explorer.texts import cookbook
from pipeline.warehouse.exports.plain import plain_text
from pipeline.warehouse.schema import tables
from pipeline.warehouse.views import views

_LONGEST = 400
_HEIGHT = 220
_EXAMPLE, _TEXT, _START, _ASKED = "sql/example", "sql/text", "sql/start", "sql/asked"


def console(explorer: Explorer) -> None:
    """Shows the page."""
    say = explorer.say
    show(
        el("h1", say("sql.title")),
        el("p", say("sql.lead", rows=number(ROWS), seconds=number(SECONDS)), class_="note"),
    )
    _tables(explorer)
    examples = {str(place): one for place, one in enumerate(cookbook(), 1)}
    chosen = address.choose(
        "example",
        say("sql.example"),
        list(examples),
        show=lambda one: f"{one}. {getattr(examples[one], say.language)}",
    )
    if st.session_state.setdefault(_EXAMPLE, chosen) != chosen:
        st.query_params.pop("sql", None)
        st.session_state[_EXAMPLE] = chosen
    sql, is_asked = _written(explorer, examples[chosen].sql)
    if is_asked:
        st.session_state[_ASKED] = sql
    if st.session_state.get(_ASKED) == sql:
        _answer(explorer, sql)


def _written(explorer: Explorer, example: str) -> tuple[str, bool]:
    """Returns the statement, and whether it was asked to be run.

    An example that is chosen, or an address that is opened, fills the field; what is run
    goes into the address. What comes by an address is never run unasked.
    """
    start = address.stated("sql") or example
    if _TEXT not in st.session_state or st.session_state.get(_START) != start:
        st.session_state[_TEXT] = start
        st.session_state[_START] = start
    with st.form("sql", border=False):
        sql = st.text_area(explorer.say("sql.write"), height=_HEIGHT, key=_TEXT)
        is_asked = st.form_submit_button(explorer.say("sql.run"), type="primary")
    if is_asked:
        st.session_state[_START] = sql
        if sql != example:
            st.query_params["sql"] = sql
        elif "sql" in st.query_params:
            del st.query_params["sql"]
    return sql, is_asked


def _tables(explorer: Explorer) -> None:
    say = explorer.say
    described = [
        *((view.name, getattr(view, say.language), list(view.columns)) for view in views()),
        *(
            (one.name, getattr(one, say.language), [column.name for column in one.columns])
            for one in tables().values()
        ),
    ]
    show(
        el(
            "details",
            el("summary", say("sql.tables")),
            table(
                None,
                [Column(say("sql.table")), Column(say("sql.about")), Column(say("sql.columns"))],
                [[el("code", n), about, el("code", ", ".join(c))] for n, about, c in described],
            ),
        )
    )


def _answer(explorer: Explorer, sql: str) -> None:
    say = explorer.say
    started = time.perf_counter()
    try:
        with st.spinner(say("sql.running"), show_time=True):
            answer = ask(explorer.opened, sql)
    except RefusedError as error:
        show(
            alert(say(f"sql.{error.name}"), severity="error")
            if not error.detail
            else alert(say(f"sql.{error.name}"), el("code", error.detail), severity="error")
        )
        return
    seconds = f"{time.perf_counter() - started:.2f}"
    if not answer.rows:
        show(empty(say("sql.no_rows"), say("sql.no_rows_remedy")))
        return
    _rows(explorer, answer, seconds)
    offer_rows(explorer, "gongkai_sql", answer.records)


def _rows(explorer: Explorer, answer: Answer, seconds: str) -> None:
    say = explorer.say
    numeric = [
        all(isinstance(row[at], int | float | Decimal | None) for row in answer.rows)
        for at in range(len(answer.names))
    ]
    if answer.is_cut:
        show(alert(say("sql.cut", rows=number(len(answer.rows)))))
    show(
        table(
            say("sql.told", rows=number(len(answer.rows)), seconds=seconds),
            [
                Column(name, is_number)
                for name, is_number in zip(answer.names, numeric, strict=True)
            ],
            [[_shown(value) for value in row] for row in answer.rows],
        )
    )


def _shown(value: object) -> str:
    text = plain_text(value, separator="; ")
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
