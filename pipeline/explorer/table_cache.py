"""Parts of a publication that many pages ask for, made once and kept in memory beside it.

A view over ten million facts takes a second whatever is asked of it: it pairs years and forms
before anything can be left out. What it says of one rate fits into a few megabytes, and any
question to that takes a few hundredths of a second.
"""

import contextlib
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Iterator

import duckdb

from pipeline.warehouse.records import Record

HELD = 16
"""How many tables are kept; more only while more are in use."""


class TableCache:
    """Tables made of one publication in memory, the latest used kept; safe between threads."""

    def __init__(self) -> None:
        self._users: OrderedDict[str, int] = OrderedDict()
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def table(
        self, connection: duckdb.DuckDBPyConnection, sql: str, parameters: Record
    ) -> Iterator[str]:
        """Gives the name of a table that holds the rows of a query, for as long as it is used."""
        asked = json.dumps([sql, parameters], ensure_ascii=False, default=str)
        name = f"made_{hashlib.sha256(asked.encode()).hexdigest()[:16]}"
        with self._lock:
            making = self._making.setdefault(name, threading.Lock())
        with making:
            if not self._taken(name):
                with connection.cursor() as cursor:
                    cursor.execute(
                        "ATTACH IF NOT EXISTS ':memory:' AS cached (READ_WRITE, COMPRESS)"
                    )
                    cursor.execute(f"CREATE TABLE cached.{name} AS {sql}", parameters)
                with self._lock:
                    self._users[name] = 1
        try:
            yield f"cached.{name}"
        finally:
            self._given_back(connection, name)

    def _taken(self, name: str) -> bool:
        """Takes a table into use where it is there."""
        with self._lock:
            if name not in self._users:
                return False
            self._users[name] += 1
            self._users.move_to_end(name)
            return True

    def _given_back(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        with self._lock, connection.cursor() as cursor:
            self._users[name] -= 1
            idle = [one for one, users in self._users.items() if not users]
            for one in idle[: max(len(self._users) - HELD, 0)]:
                cursor.execute(f"DROP TABLE cached.{one}")
                del self._users[one]
