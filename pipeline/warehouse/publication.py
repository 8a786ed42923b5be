"""Builds the DuckDB file and its Parquet twin beside the published ones, then swaps a link.

Readers follow ``gongkai.duckdb`` and ``parquet``, which lead through ``current`` to one
folder under ``publications``. That one link is what a publication changes, so a reader
sees the old warehouse or the new one and never a mixture.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.settings import SQL, Settings
from pipeline.storage import Remote
from pipeline.warehouse import disk
from pipeline.warehouse.attaching import attach
from pipeline.warehouse.batches import Look
from pipeline.warehouse.inventory import Inventory
from pipeline.warehouse.mirror import copy_publication, point_at
from pipeline.warehouse.schema import quoted, schema_version, tables
from pipeline.warehouse.seals import SEAL, SealError, digest, sealed, unsealed
from pipeline.warehouse.steps import Source, needed_for
from pipeline.warehouse.store import PARSED, ParseStore
from pipeline.warehouse.views import views

DATABASE = "gongkai.duckdb"
_MANIFEST = "manifest.json"
WRITTEN_LAST = frozenset({"ingest_run"})
"""Tables that no statement fills: publishing itself writes them."""

_BUILT = "SELECT table_name FROM duckdb_tables() WHERE NOT temporary"

STORAGE_VERSION = "v1.2.0"
"""The newest format that every DuckDB 1.x from 1.2 on opens."""

_LEAST_MEMORY = 400_000_000
_MOST_MEMORY = 4_000_000_000
_MEMORY_A_STORED_BYTE = 13
"""Bytes of memory for each byte of the store: enough for joins, the rest goes to the disk."""

_MEMORY_A_PUBLISHED_BYTE = 2
"""The same for each byte of the file that is copied: with half of it, copies take twice as long."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One built warehouse, published or not yet."""

    folder: Path

    @property
    def database(self) -> Path:
        """Its DuckDB file."""
        return self.folder / DATABASE

    @property
    def manifest(self) -> dict[str, Any]:
        """What it was built from; empty while it is being built."""
        try:
            return unsealed((self.folder / _MANIFEST).read_bytes())
        except (OSError, SealError):  # without one that says what it is of, it is built anew
            return {}

    @property
    def files(self) -> list[Path]:
        """The DuckDB file and its Parquet twins."""
        return [self.database, *sorted((self.folder / "parquet").rglob("*.parquet"))]

    def fault(self, look: Look) -> str | None:
        """Returns what is wrong with its bytes, None where nothing is.

        Args:
            look: Says what is wrong with a file, given the hash it was written with.
        """
        try:
            written = unsealed((self.folder / _MANIFEST).read_bytes())["sha256"]
        except (OSError, SealError, KeyError) as error:
            return f"its manifest is damaged ({error})"
        faults = (look(self.folder / name, sha256) for name, sha256 in written.items())
        return next(filter(None, faults), None)

    def is_of_earlier_version(self) -> bool:
        """Whether it was published by a version that wrote no hashes down."""
        try:
            return SEAL not in json.loads((self.folder / _MANIFEST).read_bytes())
        except (OSError, ValueError):
            return False

    def is_readable(self) -> bool:
        """Whether it opens: all that can be asked of one whose hashes are not known."""
        try:
            with self.read() as connection:
                connection.execute("SELECT count(*) FROM fact_indicator").fetchone()
        except (duckdb.Error, OSError):
            return False
        return True

    @contextmanager
    def read(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Opens it for reading."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            connection.execute(f"SET memory_limit = '{_MOST_MEMORY}B'")
            yield connection

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Opens it for writing; never once it is published."""
        with duckdb.connect(str(self.database)) as connection:
            yield connection


class Publisher:
    """Publications below one warehouse folder."""

    def __init__(self, settings: Settings) -> None:
        """Looks at nothing yet."""
        self._settings = settings
        self._folder = settings.warehouse / "publications"
        self._current = settings.warehouse / "current"

    def current(self) -> Publication | None:
        """Returns what readers see now."""
        return Publication(self._current.resolve()) if self._current.exists() else None

    def heal(self, look: Look) -> list[str]:
        """Sets aside publications that are damaged; the current one is then built anew.

        Until then readers see the newest earlier one.

        Args:
            look: Says what is wrong with a file, given the hash it was written with.

        Returns:
            A sentence for each thing set aside.
        """
        told = [
            self._cleared(path) for path in (self._current, *self._links()) if is_in_the_way(path)
        ]
        for one in self.all():
            fault = one.fault(look)
            if fault and not (one.is_of_earlier_version() and one.is_readable()):
                told.append(
                    f"the publication {one.folder.name} is damaged ({fault}) and set aside as "
                    f"{disk.set_aside(one.folder)}"
                )
        seen = self.current() or next(reversed(self.all()), None)
        if seen:
            self._point_at(seen.folder)
        else:
            self._current.unlink(missing_ok=True)
        return told

    def _links(self) -> list[Path]:
        return [self._settings.warehouse / name for name in (DATABASE, "parquet")]

    def astray(self) -> Iterator[Path]:
        """Yields the names readers open that do not lead to what is published."""
        for path in self._links():
            if not path.is_symlink() or path.readlink() != Path("current", path.name):
                yield path

    def _cleared(self, path: Path) -> str:
        return f"{path} is no link: set aside as {disk.set_aside(path)}"

    def draft(self, run_id: str) -> Publication:
        """Returns the publication a run is building, finished or not."""
        return Publication(self._folder / f"{disk.UNFINISHED}{run_id}")

    def candidate(self, run_id: str) -> Publication:
        """Returns the run's draft, or what is published where the run had nothing to build."""
        draft = self.draft(run_id)
        published = self.current()
        return published if published and not draft.database.exists() else draft

    def all(self) -> list[Publication]:
        """Returns the publications kept, oldest first."""
        return [Publication(path) for path in sorted(self._folder.glob("[!.]*"))]

    def sweep(self) -> None:
        """Deletes what killed builds left; call only while holding the lock."""
        for folder in (self._folder, self._settings.warehouse):
            if folder.exists():
                disk.sweep(folder)

    def build(
        self,
        run_id: str,
        store: ParseStore,
        inventory: Inventory,
        declared: Mapping[str, Source],
        names: Collection[str],
    ) -> Publication:
        """Builds tables, without views, in a draft that no reader sees.

        Args:
            run_id: Names the draft.
            store: Parse results.
            inventory: What lies in the raw folder.
            declared: What gives the rows that come with the code, by name of the relation
                that the statements under ``transforms`` read.
            names: The tables wanted; what they are made of is built too.
        """
        draft = self.draft(run_id)
        shutil.rmtree(draft.folder, ignore_errors=True)
        disk.create_folder(draft.folder)
        with duckdb.connect() as connection:
            memory = store.reports.size() * _MEMORY_A_STORED_BYTE
            _limit(connection, draft.folder, self._settings.jobs, memory)
            attach(connection, self._settings.store)
            connection.execute(
                f"ATTACH {quoted(str(draft.database))} AS gongkai "
                f"(STORAGE_VERSION '{STORAGE_VERSION}')"
            )
            connection.execute("USE gongkai")
            connection.execute(f"CREATE TEMP VIEW inventory AS FROM {inventory.relation()}")
            for name in PARSED:
                relation = store.reports.relation(name)
                connection.execute(f"CREATE TEMP VIEW store_{name} AS FROM {relation}")
            _fill(connection, declared, names)
        return draft

    def add_views(self, draft: Publication, names: Collection[str]) -> None:
        """Creates views, and the comments of views, tables and columns.

        Args:
            draft: Holds the tables they read.
            names: The views wanted.
        """
        with draft.write() as connection:
            connection.execute("BEGIN")
            for view in views():
                if view.name in names:
                    _run(connection, view.statements())
            built = {name for (name,) in connection.execute(_BUILT).fetchall()}
            for table in tables().values():
                if table.name in built:
                    _run(connection, table.statements())
            connection.execute("COMMIT")

    def add_run(self, draft: Publication, runs: pa.Table) -> None:
        """Writes the record of runs into the draft."""
        with draft.write() as connection:
            connection.register("runs", runs)
            connection.execute("INSERT INTO ingest_run BY NAME FROM runs")
            connection.unregister("runs")

    def write_parquet(self, draft: Publication) -> None:
        """Writes every table of the draft as Parquet beside it."""
        with draft.write() as connection:
            memory = draft.database.stat().st_size * _MEMORY_A_PUBLISHED_BYTE
            _limit(connection, draft.folder, self._settings.jobs, memory)
            for name in tables():
                folder = draft.folder / "parquet" / name
                folder.mkdir(parents=True, exist_ok=True)
                target = quoted(str(folder / f"{name}.parquet"))
                connection.execute(
                    f"COPY {name} TO {target} (FORMAT parquet, COMPRESSION zstd, "
                    f"KV_METADATA {{schema_version: '{schema_version()}'}})"
                )
        shutil.rmtree(draft.folder / ".spill", ignore_errors=True)

    def publish(self, draft: Publication, run_id: str, manifest: Mapping[str, Any]) -> Publication:
        """Makes the draft what readers see and deletes publications beyond those kept."""
        disk.settle(draft.folder)
        names = {file.relative_to(draft.folder).as_posix(): file for file in draft.files}
        content = {
            **manifest,
            "schema_version": schema_version(),
            "sha256": {name: digest(file) for name, file in names.items()},
        }
        disk.write_file(draft.folder / _MANIFEST, sealed(content))
        final = self._folder / run_id
        draft.folder.rename(final)
        disk.sync(self._folder)
        store = self._settings.store
        if isinstance(store, Remote):
            copy_publication(final / "parquet", run_id, store)
        self._point_at(final)
        if isinstance(store, Remote):
            point_at(run_id, store, self._settings.keep)
        self._prune()
        return Publication(final)

    def roll_back(self) -> Publication:
        """Makes the publication before the current one what readers see.

        Raises:
            disk.BuildError: There is none.
        """
        current = self.current()
        earlier = [one for one in self.all() if current and one.folder.name < current.folder.name]
        if not earlier:
            raise disk.BuildError("no earlier publication is kept to roll back to")
        found = next((one for one in reversed(earlier) if one.is_readable()), None)
        if found is None:
            raise disk.BuildError("no earlier publication can be read; build anew")
        self._point_at(found.folder)
        if isinstance(self._settings.store, Remote):
            point_at(found.folder.name, self._settings.store, self._settings.keep)
        return found

    def _point_at(self, folder: Path) -> None:
        disk.link(self._current, str(folder.relative_to(self._settings.warehouse)))
        for path in self.astray():
            disk.link(path, f"current/{path.name}")

    def _prune(self) -> None:
        current = self.current()
        for old in self.all()[: -self._settings.keep]:
            if current is None or old.folder != current.folder:
                shutil.rmtree(old.folder)


def is_in_the_way(path: Path) -> bool:
    """Whether something lies where a link belongs."""
    return os.path.lexists(path) and not path.is_symlink()


def fingerprint(inventory: Inventory, store: ParseStore, parser_version: str) -> str:
    """Returns a hash of everything a publication depends on."""
    with duckdb.connect() as connection:
        attach(connection, inventory.path)
        row = connection.execute(
            f"""
            SELECT count(*), bit_xor(hash(source_path, file_id, first_seen, retired_at, reason))
            FROM {inventory.relation()}
            """
        ).fetchone()
        # What a file could not be read for may have been mended without any change to it.
        attach(connection, store.reports.folder)
        documents = store.reports.relation("document")
        refused = connection.execute(
            f"SELECT count(*), bit_xor(hash(origin, reason)) FROM {documents}"
        ).fetchone()
    parts = [repr(row), repr(refused), parser_version, duckdb.__version__, _code_digest()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _code_digest() -> str:
    """Returns a hash of the statements, declarations and code that shape a publication."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*here.rglob("*.sql"), *here.rglob("*.yml"), *here.glob("*.py")]):
        digest.update(path.read_bytes())
    for path in sorted(SQL.glob("*.sql")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _run(connection: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    for statement in statements:
        connection.execute(statement)


def _limit(connection: duckdb.DuckDBPyConnection, folder: Path, threads: int, memory: int) -> None:
    """Bounds memory and sends what does not fit to the disk the warehouse is on."""
    bound = min(max(_LEAST_MEMORY, memory), _MOST_MEMORY)
    connection.execute(f"SET memory_limit = '{bound}B'")
    connection.execute(f"SET threads = {threads}")
    connection.execute(f"SET temp_directory = {quoted(str(folder / '.spill'))}")


def _fill(
    connection: duckdb.DuckDBPyConnection, declared: Mapping[str, Source], names: Collection[str]
) -> None:
    """Fills some tables, after whatever they are made of."""
    for step in needed_for(names):
        for relation in step.reads & declared.keys():
            connection.register(relation, declared[relation](connection))
        step.run(connection)
    for name in set(names) & WRITTEN_LAST:
        connection.execute(tables()[name].ddl)
