"""Where the orchestrator keeps runs and events: its own SQLite files, opened once a process.

Dagster's storage makes an engine, a connection and every statement again for each event, and
reads all its migrations for each file: half of the processor time of a small build. The files
and their tables are Dagster's, and its own storage reads them as well.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self, cast

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from dagster._core.storage.event_log.schema import SqlEventLogStorageMetadata
from dagster._core.storage.event_log.sqlite import sqlite_event_log
from dagster._core.storage.runs.sqlite import sqlite_run_storage
from dagster._core.storage.schedules.sqlite import sqlite_schedule_storage
from dagster._core.storage.sql import get_alembic_config
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS, create_db_conn_string
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

_FILES_OPEN = 8
"""Whoever looks at many runs, as the web page does, holds so many files open at most."""


class _Engines:
    """An engine for each file, so that connections and compiled statements are kept."""

    def __init__(self) -> None:
        self._engines: OrderedDict[str, Engine] = OrderedDict()

    def of(self, address: str) -> Engine:
        """Returns the engine of a file."""
        if address not in self._engines:
            self._engines[address] = _engine(address)
            if len(self._engines) > _FILES_OPEN:
                self._engines.popitem(last=False)[1].dispose()
        self._engines.move_to_end(address)
        return self._engines[address]

    def dispose(self) -> None:
        """Closes all files."""
        while self._engines:
            self._engines.popitem()[1].dispose()


class Events(sqlite_event_log.SqliteEventLogStorage):
    """Events of runs, a file for each run, and one with those of assets."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines = _Engines()
        self._tables: set[str] = set()
        self._columns: set[str] = set()
        super().__init__(base_dir, inst_data)

    def has_table(self, table_name: str) -> bool:
        """Whether the file of assets has a table; one that is there stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def dispose(self) -> None:
        """Closes all files."""
        super().dispose()
        self._engines.dispose()

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engines.of(self.conn_string_for_shard(shard))
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.begin() as connection:
                yield connection

    def _initdb(self, engine: Engine, for_index_shard: bool = False) -> None:
        if _is_current(engine):
            return
        try:
            _make(engine)
        except DatabaseError:  # another process made it meanwhile, or it is not empty
            super()._initdb(engine, for_index_shard)

    def _has_asset_key_col_on_connection(self, conn: Connection, column_name: str) -> bool:
        if column_name not in self._columns and super()._has_asset_key_col_on_connection(
            conn, column_name
        ):
            self._columns.add(column_name)
        return column_name in self._columns


class Runs(sqlite_run_storage.SqliteRunStorage):
    """Runs and their states."""

    def __init__(self, conn_string: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engine = _engine(conn_string)
        super().__init__(conn_string, inst_data)

    @classmethod
    def from_local(cls, base_dir: str, inst_data: ConfigurableClassData | None = None) -> Self:
        """Opens the file of a folder, and makes it or brings it up to date where need be."""
        address = create_db_conn_string(base_dir, "runs")
        return cls(address) if _is_made(address) else super().from_local(base_dir, inst_data)

    def dispose(self) -> None:
        """Closes the file."""
        super().dispose()
        self._engine.dispose()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Gives a connection within a transaction."""
        with self._engine.begin() as connection:
            yield connection


class Schedules(sqlite_schedule_storage.SqliteScheduleStorage):
    """Ticks of schedules and sensors, of which a build writes none."""

    @classmethod
    def from_local(cls, base_dir: str, inst_data: ConfigurableClassData | None = None) -> Self:
        """Opens the file of a folder, and makes it or brings it up to date where need be."""
        address = create_db_conn_string(base_dir, "schedules")
        opened = cls(address) if _is_made(address) else super().from_local(base_dir, inst_data)
        return cast(Self, opened)


class History(DagsterSqliteStorage):
    """What ``dagster.yaml`` names: all three, in the places where Dagster has them."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self.base_dir = base_dir
        self._inst_data = inst_data
        home = Path(base_dir)
        self._run_storage = Runs.from_local(str(home / "history"))
        self._event_log_storage = Events(str(home / "history" / "runs"))
        self._schedule_storage = Schedules.from_local(str(home / "schedules"))
        super(DagsterSqliteStorage, self).__init__()  # type: ignore[no-untyped-call]

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Any
    ) -> "History":
        """Opens what the configuration says."""
        return cls(config_value["base_dir"], inst_data)


def _engine(address: str) -> Engine:
    engine = create_engine(
        address,
        poolclass=QueuePool,
        connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    # A power cut may take the last events of a run along, and never damages the file.
    connection.execute("PRAGMA synchronous=NORMAL")


def _make(engine: Engine) -> None:
    """Makes the tables of events in an empty file.

    Raises:
        DatabaseError: It has some already, or another process is making them.
    """
    SqlEventLogStorageMetadata.create_all(engine, checkfirst=False)
    with engine.begin() as connection:
        MigrationContext.configure(connection).stamp(_migrations(), "head")


def _is_made(address: str) -> bool:
    """Whether there is a file that needs no migration; looks at it without making one."""
    if not Path(address.removeprefix("sqlite:///")).exists():
        return False
    engine = create_engine(address)
    try:
        return _is_current(engine)
    finally:
        engine.dispose()


def _is_current(engine: Engine) -> bool:
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found is not None and found == _migrations().get_current_head()


@cache
def _migrations() -> ScriptDirectory:
    """Dagster's migrations, the same for each of its files."""
    return ScriptDirectory.from_config(get_alembic_config(sqlite_event_log.__file__))
