"""Runs what a visitor writes, within limits of rows, bytes and seconds."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from pipeline.explorer.opening import Opened
from pipeline.warehouse.lineage import Record

ROWS = 1_000
"""Rows an answer may have; the rest is left out, and said to be."""

SECONDS = 20.0
_BYTES = 24 << 20
_CHUNK = 100
_READING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}


class RefusedError(Exception):
    """The SQL was not run, or came to nothing.

    Attributes:
        name: The text that says why: ``sql.<name>`` of the texts.
        detail: What the database says, empty where it says nothing.
    """

    def __init__(self, name: str, detail: str = "") -> None:
        super().__init__(f"{name}: {detail}")
        self.name = name
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gave.

    Attributes:
        names: Names of its columns, each once.
        rows: Its rows, as many as the limits allow.
        is_cut: Whether there are more.
    """

    names: Sequence[str]
    rows: Sequence[tuple[Any, ...]]
    is_cut: bool

    def records(self) -> list[Record]:
        """Returns the rows by the names of their columns."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]


def ask(opened: Opened, sql: str, *, seconds: float = SECONDS) -> Answer:
    """Runs one statement that reads.

    What must not happen is refused by the settings of the database itself; that a
    statement reads is looked at before only to say so in a better sentence.

    Raises:
        RefusedError: It does not read, is wrong, takes too long or too much memory.
    """
    with opened.connection.cursor() as cursor:
        statement = _statement(cursor, sql)
        timer = threading.Timer(seconds, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            cursor.execute(statement)
            return _answer(cursor)
        except duckdb.InterruptException as error:
            raise RefusedError("too_long") from error
        except duckdb.OutOfMemoryException as error:
            raise RefusedError("too_much") from error
        except duckdb.Error as error:
            raise RefusedError("wrong", _first_line(error)) from error
        finally:
            timer.cancel()


def _statement(cursor: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    try:
        statements = cursor.extract_statements(sql)
    except duckdb.Error as error:
        raise RefusedError("wrong", _first_line(error)) from error
    if not statements:
        raise RefusedError("nothing")
    if len(statements) > 1:
        raise RefusedError("several")
    if not _reads(statements[0]):
        raise RefusedError("not_reading")
    return statements[0]


def _reads(statement: duckdb.Statement) -> bool:
    try:
        return statement.type in _READING
    except ValueError:  # a kind of statement that its Python client has no name for
        return False


def _answer(cursor: duckdb.DuckDBPyConnection) -> Answer:
    names = _told_apart([column[0] for column in cursor.description or []])
    rows: list[tuple[Any, ...]] = []
    size = 0
    while chunk := cursor.fetchmany(_CHUNK):
        for row in chunk:
            size += sum(len(value) for value in row if isinstance(value, str | bytes))
            if len(rows) == ROWS or size > _BYTES:
                return Answer(names, rows, is_cut=True)
            rows.append(row)
    return Answer(names, rows, is_cut=False)


def _told_apart(names: Sequence[str]) -> list[str]:
    """Numbers columns of the same name, since a record keeps one of each name only."""
    found: list[str] = []
    for name in names:
        times = sum(one == name or one.startswith(f"{name}:") for one in found)
        found.append(f"{name}:{times}" if name in found else name)
    return found


def _first_line(error: duckdb.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else ""
