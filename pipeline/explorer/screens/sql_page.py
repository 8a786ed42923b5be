"""The console: the cookbook's examples or one's own SQL, read-only."""

import time
from decimal import Decimal
from typing import Any

from pipeline.explorer.console import ROWS, SECONDS, RefusedError, ask
from pipeline.explorer.context import Context
from pipeline.explorer.rendering import PageContent, number
from pipeline.explorer.texts import cookbook
from pipeline.warehouse.exports.plain import plain_text
from pipeline.warehouse.publishing.views import views
from pipeline.warehouse.schema import tables

_LONGEST = 400


def sql_page(context: Context, asked: str | None = None) -> PageContent:
    """Returns the page; what comes by an address is written into the field and never run."""
    examples = cookbook()
    place = context.stated("example", "1")
    chosen = int(place) if place.isdecimal() and 0 < int(place[:4]) <= len(examples) else 1
    sql = asked if asked is not None else context.stated("sql") or examples[chosen - 1].sql
    shown: dict[str, Any] = {
        "sql": sql,
        "examples": list(enumerate(examples, 1)),
        "described": _described(context),
        "limits": {"rows": number(ROWS), "seconds": number(SECONDS)},
        "answer": None,
        "refused": None,
        "address": context.link("sql", sql=sql) if asked is not None else "",
        "cell": _cell,
    }
    if asked is None:
        return PageContent("sql.html", context.say("sql.title"), shown, "sql")
    started = time.perf_counter()
    try:
        answer = ask(context.opened, sql)
    except RefusedError as error:
        shown |= {"refused": error}
        return PageContent("sql.html", context.say("sql.title"), shown, "sql")
    shown |= {
        "answer": answer,
        "numeric": [
            all(isinstance(row[at], int | float | Decimal | None) for row in answer.rows)
            for at in range(len(answer.names))
        ],
        "seconds": f"{time.perf_counter() - started:.2f}",
    }
    rows = answer.records()
    return PageContent("sql.html", context.say("sql.title"), shown, "sql", rows=rows)


def _described(context: Context) -> list[tuple[str, str, str]]:
    language = context.say.language
    return [
        *((view.name, getattr(view, language), ", ".join(view.columns)) for view in views()),
        *(
            (one.name, getattr(one, language), ", ".join(column.name for column in one.columns))
            for one in tables().values()
        ),
    ]


def _cell(value: object) -> str:
    text = plain_text(value, separator="; ")
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
