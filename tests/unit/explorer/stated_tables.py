"""A publication whose tables and views a test states row by row, and the context of a request."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain, count, groupby
from pathlib import Path

import duckdb

from pipeline.explorer.context import Answers, Context
from pipeline.explorer.links import Links, ServerLinks
from pipeline.explorer.opening import Descriptor, Opened
from pipeline.explorer.texts import Translator
from pipeline.settings import Language, Settings
from pipeline.warehouse.publishing.views import views
from pipeline.warehouse.records import Record
from pipeline.warehouse.schema import tables

Rows = Mapping[str, Sequence[Record]]

_FREE: list[duckdb.DuckDBPyConnection] = []
"""Emptied again: to make sixty tables takes longer than to ask for a page."""

_NUMBERS = count()
_ANSWERS = Answers()


@contextmanager
def stated(rows: Rows) -> Iterator[Opened]:
    """Opens tables that hold these rows; columns that a row says nothing of are NULL in it.

    Views are tables as well, with the columns that they have, and hold what is stated alone.
    """
    connection = _FREE.pop() if _FREE else _empty()
    for name, own in rows.items():
        for columns, alike in groupby(own, key=tuple):
            given = [list(row.values()) for row in alike]
            listed = ", ".join(f'"{one}"' for one in columns)
            places = ", ".join(f"({', '.join('?' for _ in columns)})" for _ in given)
            connection.execute(f"INSERT INTO {name} ({listed}) VALUES {places}", [*chain(*given)])
    yield Opened(f"stated {next(_NUMBERS)}", connection, Descriptor(Path(os.devnull)))
    emptied = "".join(f"DELETE FROM {name};" for name in rows)
    connection.execute(f"{emptied}DETACH DATABASE IF EXISTS cached")
    _FREE.append(connection)


def _empty() -> duckdb.DuckDBPyConnection:
    """Every table and view without a row."""
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(_made())
    return connection


@cache
def _made() -> str:
    made = [f"CREATE TABLE {table.name} AS {table.no_rows}" for table in tables().values()]
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(";".join(made))
        for view in views():
            connection.execute(view.ddl)
            columns = connection.execute(f"DESCRIBE {view.name}").fetchall()
            typed = ", ".join(f'"{name}" {kind}' for name, kind, *_ in columns)
            made.append(f"CREATE TABLE {view.name} ({typed})")
    return ";".join(made)


def asking(
    opened: Opened,
    language: Language = "zh",
    links: Links | None = None,
    /,
    **query: object,
) -> Context:
    """The context of a request for an address that says this; a list says a name several times."""
    said = {
        name: [str(value) for value in (one if isinstance(one, list) else [one])]
        for name, one in query.items()
    }
    return Context(
        Settings(warehouse=Path(os.devnull)),
        opened,
        Translator(language),
        ServerLinks() if links is None else links,
        said,
        _ANSWERS,
    )
