"""``gongkai query``: SQL in, a table or a file out."""

import csv
import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import click
import duckdb
from rich.text import Text

from pipeline.commands.connection import warehouse
from pipeline.commands.failure import Failure
from pipeline.commands.screen import console, plain, table, text
from pipeline.settings import Settings

_FORMS = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".txt": "table"}
_ROWS_ON_SCREEN = 1_000
_NULL = Text("NULL", style="dim")
_CHUNK = 10_000
_NUMBERS = {"DECIMAL", "DOUBLE", "FLOAT", "SMALLINT", "INTEGER", "BIGINT", "UBIGINT", "HUGEINT"}


def run(
    settings: Settings,
    *,
    sql: str | None = None,
    file: Path | None = None,
    form: str | None = None,
    out: Path | None = None,
    as_of: datetime | None = None,
    seconds: float = 0.0,
) -> None:
    """Prints what a query returns, or writes it to ``out``.

    Raises:
        click.UsageError: There are two queries or none, or the format is not to be told.
        Failure: The SQL is wrong, returns nothing or takes too long, or the file cannot be
            written.
    """
    if (sql is None) == (file is None):
        raise click.UsageError("give either SQL or --file FILE")
    form = form or _form_of(out)
    if form == "parquet" and out is None:
        raise click.UsageError("--format parquet needs --out FILE")
    sql = sql or (file.read_text("utf-8") if file else "")
    with (
        warehouse(settings, as_of) as connection,
        _within(connection, seconds),
        _whole_or_gone(out),
    ):
        statement = _one(connection, sql)
        if as_of is not None and statement.type is not duckdb.StatementType.SELECT:
            raise Failure("only a SELECT can be asked as of a day")
        if form == "parquet" and out is not None:
            _write_parquet(connection, sql, out)
            return
        result = connection.execute(sql)
        if not result.description:
            raise Failure("the SQL returns no rows to show; give a SELECT")
        with _target(out, form) as stream:
            {"table": _print_table, "csv": _print_csv, "json": _print_json}[form](result, stream)


def _form_of(out: Path | None) -> str:
    """The format that a file's name asks for."""
    if out is None:
        return "table"
    form = _FORMS.get(out.suffix.lower())
    if form is None:
        raise click.UsageError(
            f"{out.name} does not say its format: end the name in .csv, .json, .parquet or .txt, "
            "or give --format"
        )
    return form


@contextmanager
def _within(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupts queries inside the block after some seconds."""
    if not seconds:
        yield
        return
    is_over = threading.Event()

    def end() -> None:
        is_over.set()
        connection.interrupt()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        if not is_over.is_set():
            raise
        raise Failure(
            f"it took longer than {seconds:g} seconds and was stopped: ask for less, or give it "
            "more time with --seconds (0: as long as it takes)"
        ) from error
    finally:
        timer.cancel()


@contextmanager
def _whole_or_gone(out: Path | None) -> Iterator[None]:
    """Deletes a file that was begun and not ended, which nobody could tell from a whole one."""
    before = out.stat().st_mtime_ns if out and out.is_file() else None
    try:
        yield
    except BaseException:
        if out and out.is_file() and out.stat().st_mtime_ns != before:
            out.unlink()
        raise


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    """The one statement that is given: of several only the last would be seen."""
    statements = connection.extract_statements(sql)
    if not statements:
        raise Failure(
            "the SQL holds no statement; give a SELECT, or the name of a table: FROM facts"
        )
    if len(statements) > 1:
        raise Failure(f"the SQL holds {len(statements)} statements; give one at a time")
    return statements[0]


def _target(out: Path | None, form: str) -> "_Stream":
    return _Stream(out, "utf-8-sig" if form == "csv" else "utf-8")


class _Stream:
    """The screen, or a file that is closed afterwards."""

    def __init__(self, out: Path | None, encoding: str) -> None:
        self._out = out
        self._encoding = encoding
        self._file: IO[str] | None = None

    def __enter__(self) -> IO[str]:
        if self._out is None:
            return sys.stdout
        try:
            self._file = self._out.open("w", encoding=self._encoding, newline="")
        except OSError as error:
            raise Failure(f"cannot write {self._out}: {error.strerror}") from error
        return self._file

    def __exit__(self, *_error: object) -> None:
        if self._file is not None:
            self._file.close()


def _rows(result: duckdb.DuckDBPyConnection) -> Iterator[tuple[object, ...]]:
    while chunk := result.fetchmany(_CHUNK):
        yield from chunk


def _names(result: duckdb.DuckDBPyConnection) -> list[str]:
    return [column[0] for column in result.description or []]


def _print_table(result: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    shown = table()
    for name, kind in (column[:2] for column in result.description or []):
        is_number = str(kind).partition("(")[0] in _NUMBERS
        shown.add_column(name, justify="right" if is_number else "left", overflow="fold")
    screen = console(stream)
    # A file is never cut: only a screen is kept from running over.
    rows = result.fetchmany(_ROWS_ON_SCREEN) if stream is sys.stdout else result.fetchall()
    for row in rows:
        shown.add_row(*(_NULL if value is None else text(value) for value in row))
    screen.print(shown)
    if result.fetchone() is not None:
        screen.print(f"… only the first {_ROWS_ON_SCREEN} rows; use --format csv for all")


def _print_csv(result: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_names(result))
    for row in _rows(result):
        writer.writerow([text(value) for value in row])


def _print_json(result: duckdb.DuckDBPyConnection, stream: IO[str]) -> None:
    names = _names(result)
    separator = "[\n"
    for row in _rows(result):
        record = dict(zip(names, (plain(value) for value in row), strict=True))
        stream.write(separator + json.dumps(record, ensure_ascii=False, default=str))
        separator = ",\n"
    stream.write("[]\n" if separator == "[\n" else "\n]\n")


def _write_parquet(connection: duckdb.DuckDBPyConnection, sql: str, out: Path) -> None:
    import pyarrow.parquet as pq  # takes longer to load than most questions take to answer

    try:
        reader = connection.sql(sql).to_arrow_reader(_CHUNK)
        with pq.ParquetWriter(out, reader.schema, compression="zstd") as writer:
            for batch in reader:
                writer.write_batch(batch)
    except OSError as error:
        raise Failure(f"cannot write {out}: {error.strerror or error}") from error
