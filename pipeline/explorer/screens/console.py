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
from pipeline.warehouse.schema import tables
from pipeline.warehouse.views import views

_LONGEST = 400
_HEIGHT = 220


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
    written = address.stated("sql")
    start = written or examples[chosen].sql
    with st.form("sql", border=False):
        sql = st.text_area(say("sql.write"), value=start, height=_HEIGHT, key=f"sql/{hash(start)}")
        asked = st.form_submit_button(say("sql.run"), type="primary")
    if asked:
        _keep_in_address(sql, examples[chosen].sql)
        st.session_state["sql/asked"] = sql
    if st.session_state.get("sql/asked") == sql and (asked or sql == start):
        _answer(explorer, sql)


def _keep_in_address(sql: str, example: str) -> None:
    if sql.strip() == example.strip():
        if "sql" in st.query_params:
            del st.query_params["sql"]
    else:
        st.query_params["sql"] = sql


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
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value.normalize():f}"
        case list():
            return "; ".join(_shown(one) for one in value)
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
