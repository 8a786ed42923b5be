"""The process that runs one statement of a visitor's SQL; the server may kill it.

It is run by its path and imports nothing of the package: it knows the file it reads as an open
descriptor, has no folder, no home and no environment of the server, and may use so much memory
and no more, whatever the database thinks it uses.
"""

import json
import pickle
import re
import resource
import sys
import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import duckdb

STARTED = b"."
"""What is written before anything else: from then on the clock runs."""

_CHUNK = 100
_NAME = re.compile(r"\w+")
_TELLING = re.compile(
    r"current_setting|getenv|query|query_table|json_execute_serialized_sql"
    r"|pragma_(?!table_info$|show$)\w+"
    r"|duckdb_(?!(tables|columns|views|functions|types|constraints|schemas|indexes|keywords)$)\w+"
)
"""Functions that tell where files of the server are, and those that run SQL made of strings."""

_READING = {
    duckdb.StatementType.SELECT,
    duckdb.StatementType.EXPLAIN,
    # A PIVOT whose columns are not named: it looks them up first.
    duckdb.StatementType.MULTI,
}
_AS_THEY_ARE = (int, float, str, bytes, Decimal, date, time, timedelta, uuid.UUID, type(None))


def main() -> None:
    """Reads what is asked from stdin and writes the answer, or why there is none, to stdout."""
    request = json.loads(sys.stdin.readline())
    memory = request["memory"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(STARTED)
    sys.stdout.buffer.flush()
    try:
        reply = _answer(request)
    except (duckdb.OutOfMemoryException, MemoryError):
        reply = {"refused": "too_much", "detail": ""}
    except duckdb.Error as error:
        reply = {"refused": "wrong", "detail": _first_line(error)}
    pickle.dump(reply, sys.stdout.buffer)


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    with duckdb.connect(request["file"], read_only=True, config=request["settings"]) as connection:
        statements = connection.extract_statements(request["sql"])
        if len(statements) != 1:
            return {"refused": "several" if statements else "nothing", "detail": ""}
        if not _reads(statements[0]):
            return {"refused": "not_reading", "detail": ""}
        if telling := _telling(request["sql"]):
            return {"refused": "wrong", "detail": f"{telling} is not answered here"}
        connection.execute(statements[0])
        names = [column[0] for column in connection.description or []]
        rows, is_cut = _rows(connection, request["rows"], request["bytes"])
    return {"names": names, "rows": rows, "is_cut": is_cut}


def _reads(statement: duckdb.Statement) -> bool:
    try:
        return statement.type in _READING
    except ValueError:  # a kind of statement that its Python client has no name for
        return False


def _telling(sql: str) -> str | None:
    """The first name in a statement that stands for a function which tells too much."""
    data = sql.encode()
    tokens = duckdb.tokenize(sql)
    ends = [place for place, _ in tokens[1:]] + [len(data)]
    for (start, kind), end in zip(tokens, ends, strict=True):
        if kind in (duckdb.token_type.string_const, duckdb.token_type.comment):
            continue
        for name in _NAME.findall(data[start:end].decode(errors="replace").lower()):
            if _TELLING.fullmatch(name):
                return str(name)
    return None


def _rows(
    connection: duckdb.DuckDBPyConnection, most: int, largest: int
) -> tuple[list[tuple[Any, ...]], bool]:
    rows: list[tuple[Any, ...]] = []
    size = 0
    while chunk := connection.fetchmany(_CHUNK):
        for row in chunk:
            size += sum(map(_size, row))
            if len(rows) == most or size > largest:
                return rows, True
            rows.append(tuple(map(_plain, row)))
    return rows, False


def _size(value: Any) -> int:
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_size, value.keys())) + sum(map(_size, value.values()))
    return 8 + sum(map(_size, value)) if isinstance(value, list | tuple) else 8


def _plain(value: Any) -> Any:
    """A value made only of types that can be sent to the other process."""
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC)
    if isinstance(value, _AS_THEY_ARE):
        return value
    if isinstance(value, dict):
        return {_plain(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value)


def _first_line(error: duckdb.Error) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else ""


if __name__ == "__main__":
    main()
