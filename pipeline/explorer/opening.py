"""The published file, opened so that nothing but reading is possible, and kept up to date."""

import os
import threading
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipeline.explorer.table_cache import TableCache
from pipeline.settings import NoWarehouseError
from pipeline.warehouse.records import Record, records

SETTINGS: Mapping[str, str | bool | int] = {
    "enable_external_access": False,
    "lock_configuration": True,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "memory_limit": "448MB",
    # Nothing is spilled: what does not fit into memory is refused with a sentence.
    "temp_directory": "",
    "threads": 2,
}
"""What the database itself enforces, whoever writes the SQL."""


@dataclass(frozen=True)
class Opened:
    """One publication, open for reading.

    Attributes:
        key: Tells it from any other publication.
        connection: Give out cursors of it only; statements on it would block one another.
        file: The file itself, for who opens it once more; it may have been deleted meanwhile.
        cache: What was made of it for several pages.
    """

    key: str
    connection: duckdb.DuckDBPyConnection
    file: "Descriptor"
    cache: TableCache = field(default_factory=TableCache, compare=False)

    def records(self, sql: str, parameters: Record) -> list[Record]:
        """Returns the rows of a query by the names of their columns."""
        with self.connection.cursor() as cursor:
            return records(cursor, sql, parameters)


class Descriptor:
    """A file held open for as long as somebody may ask it something."""

    def __init__(self, path: Path) -> None:
        self.number = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, self.number)


class Published:
    """Opens the current publication, and the next one when that appears.

    A connection that is still in use by another thread stays open until that is done with
    it: the earlier file is deleted by the publisher only after several more publications,
    and stays readable through an open connection even then.
    """

    def __init__(self, database: Path) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    def current(self) -> Opened:
        """Returns the current publication.

        Raises:
            NoWarehouseError: There is none.
            duckdb.Error: The file cannot be opened.
        """
        key, path = self._look()
        with self._lock:
            if self._opened is None or self._opened.key != key:
                connection = duckdb.connect(str(path), read_only=True, config=dict(SETTINGS))
                self._opened = Opened(key, connection, Descriptor(path))
            return self._opened

    def key(self) -> str | None:
        """Returns the key of the current publication, None without one."""
        try:
            return self._look()[0]
        except NoWarehouseError:
            return None

    def _look(self) -> tuple[str, Path]:
        try:
            path = self._database.resolve(strict=True)
            found = path.stat()
        except OSError as error:
            raise NoWarehouseError(self._database) from error
        return f"{found.st_dev}-{found.st_ino}-{found.st_mtime_ns}", path
