"""Builds the DuckDB file and its Parquet twin beside the published ones, then swaps a link.

Readers follow ``gongkai.duckdb`` and ``parquet``, which lead through ``current`` to one
folder under ``publications``. That one link is what a publication changes, so a reader
sees the old warehouse or the new one and never a mixture.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.settings import Settings
from pipeline.storage import Remote
from pipeline.warehouse import disk
from pipeline.warehouse.checksums import SEAL, SealError, copied, digest, sealed, unsealed
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.publishing.filling import (
    MOST_MEMORY,
    fill,
    give_before,
    give_store,
    keep_basis,
    limit_by,
    refill,
)
from pipeline.warehouse.publishing.increments import Rewritten
from pipeline.warehouse.publishing.layout import DATABASE, STORAGE_VERSION, write_empty
from pipeline.warehouse.publishing.overlay import Decided
from pipeline.warehouse.publishing.steps import Source, needed_for, steps
from pipeline.warehouse.publishing.twin_files import Before, DraftFiles, write_twins
from pipeline.warehouse.publishing.views import View, views_by_name
from pipeline.warehouse.schema import schema_version, tables
from pipeline.warehouse.store.batches import Look
from pipeline.warehouse.store.mirror import copy_publication, point_at
from pipeline.warehouse.store.parse_store import ParseStore

_MANIFEST = "manifest.json"
WRITTEN_LAST = frozenset(
    {"ingest_run", "vintage", "revision", "fact_past", "report_past", "agency_past"}
)
"""Tables that no statement fills: publishing itself writes them."""


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
        except (OSError, SealError):  # without one that says what it is of, it is built again
            return {}

    @property
    def basis(self) -> Path:
        """Parquet file of what its reports are: what the next one is compared with."""
        return self.folder / "basis.parquet"

    @property
    def files(self) -> list[Path]:
        """The DuckDB file, its basis and its Parquet twins."""
        return [self.database, self.basis, *sorted((self.folder / "parquet").rglob("*.parquet"))]

    def fault(self, look: Look) -> str | None:
        """Returns what is wrong with its bytes, None where nothing is."""
        try:
            written = unsealed((self.folder / _MANIFEST).read_bytes())["sha256"]
        except (OSError, SealError, KeyError) as error:
            return f"its manifest is damaged ({error})"
        faults = (look(self.folder / name, sha256) for name, sha256 in written.items())
        return next(filter(None, faults), None)

    def settle(self, known: Mapping[str, str]) -> dict[str, str]:
        """Waits until all of it is on the disk, and returns the hashes of its files by name."""
        disk.settle(self.folder)
        names = {file.relative_to(self.folder).as_posix(): file for file in self.files}
        return {name: known.get(name) or digest(file) for name, file in names.items()}

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
            connection.execute(f"SET memory_limit = '{MOST_MEMORY}B'")
            yield connection


@dataclass(frozen=True, slots=True)
class Draft(Publication):
    """One that is being built.

    Whoever keeps a connection to it lets others have theirs for nothing: to open a file and
    close it again takes longer than most of what is asked of it.
    """

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Opens it, or the file that somebody in this process has open."""
        return duckdb.connect(
            str(self.database),
            config={
                "storage_compatibility_version": STORAGE_VERSION,
                "temp_directory": str(self.folder / ".spill"),
                # All of it is brought to the disk before it is published.
                "fsync_mode": "NONE",
            },
        )

    @contextmanager
    def write(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Opens it for writing."""
        with self.connect() as connection:
            yield connection

    read = write


class Publisher:
    """Publications below one warehouse folder."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.warehouse / "publications"
        self._current = settings.warehouse / "current"
        self._held: duckdb.DuckDBPyConnection | None = None

    def current(self) -> Publication | None:
        """Returns what readers see now."""
        return Publication(self._current.resolve()) if self._current.exists() else None

    def heal(self, look: Look) -> list[str]:
        """Sets aside publications that are damaged; the current one is then built again.

        Until then readers see the newest earlier one.
        """
        sentences = [
            f"{path} is no link: set aside as {disk.set_aside(path)}"
            for path in (self._current, *self._links())
            if os.path.lexists(path) and not path.is_symlink()
        ]
        for one in self.all():
            fault = one.fault(look)
            if fault and not (one.is_of_earlier_version() and one.is_readable()):
                sentences.append(
                    f"the publication {one.folder.name} is damaged ({fault}) and set aside as "
                    f"{disk.set_aside(one.folder)}"
                )
        seen = self.current() or next(reversed(self.all()), None)
        if seen:
            self._point_at(seen.folder)
        else:
            self._current.unlink(missing_ok=True)
        return sentences

    def _links(self) -> list[Path]:
        return [self._settings.warehouse / name for name in (DATABASE, "parquet")]

    def astray(self) -> Iterator[Path]:
        """Yields the names readers open that do not lead to what is published."""
        for path in self._links():
            if not path.is_symlink() or path.readlink() != Path("current", path.name):
                yield path

    def draft(self, run_id: str) -> Draft:
        """Returns the publication a run is building, finished or not."""
        return Draft(self._folder / f"{disk.UNFINISHED}{run_id}")

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
        self._let_go()
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
        decided: Decided,
    ) -> None:
        """Builds tables in a draft that no reader sees; where all are wanted, with all views.

        Args:
            run_id: Names the draft.
            store: Parse results.
            inventory: What lies in the raw folder.
            declared: What gives the rows that come with the code, by name of the relation
                that the statements under ``transforms`` read.
            names: The tables wanted; what they are made of is built too.
            decided: Documents that count as people decided, not as they were parsed.
        """
        draft = self._begun(run_id)
        is_whole = tables().keys() <= set(names)
        if is_whole:
            write_empty(draft.database)
        self._held = draft.connect()
        with draft.write() as connection:
            if not is_whole:
                needed = {step.name for step in needed_for(names)}.union(names)
                for name in tables().keys() & needed:
                    connection.execute(tables()[name].ddl)
            give_store(connection, self._settings, store, inventory, decided)
            fill(connection, decided.declared(declared), names)
            if is_whole:
                keep_basis(connection, draft.basis)

    def build_on(
        self,
        before: Publication,
        run_id: str,
        store: ParseStore,
        inventory: Inventory,
        declared: Mapping[str, Source],
        decided: Decided,
    ) -> Rewritten:
        """Builds all tables and views in a draft, from a copy of what is published.

        Args:
            before: What is copied; it was built by the same program.
            run_id: Names the draft.
            store: Parse results.
            inventory: What lies in the raw folder.
            declared: As for ``build``.
            decided: As for ``build``; the same as when what is copied was built.

        Returns:
            What is not as it was.

        Raises:
            SealError: What is published is damaged.
            increments.TooMuchError: To build everything takes no longer.
        """
        draft = self._begun(run_id)
        given = decided.declared(declared)
        with ThreadPoolExecutor(1) as pool:
            ahead = pool.submit(steps)
            pool.submit(_load_ahead)
            with copied(before.database, draft.database, before.manifest["sha256"][DATABASE]):
                self._held = draft.connect()
                with draft.write() as connection:
                    give_before(connection, before.database, before.basis)
                    give_store(connection, self._settings, store, inventory, decided, "night")
                    ahead.result()
                    return refill(connection, given, draft.basis, run_id)

    def _let_go(self) -> None:
        """Closes the file of a draft."""
        if self._held:
            self._held.close()
            self._held = None

    def _begun(self, run_id: str) -> Draft:
        self._let_go()
        draft = self.draft(run_id)
        shutil.rmtree(draft.folder, ignore_errors=True)
        disk.create_folder(draft.folder)
        return draft

    def add_views(self, draft: Draft, views: Iterable[View]) -> None:
        """Creates views where only some tables were built."""
        with draft.write() as connection:
            for view in views:
                connection.execute(view.ddl)

    def write_out(
        self, draft: Draft, runs: pa.Table, rewritten: Rewritten | None = None
    ) -> DraftFiles:
        """Writes the record of runs into the draft, and every table as Parquet beside it.

        Its file is closed then: what is asked from now on is read from the disk.

        Args:
            draft: Holds the tables.
            runs: The rows of ``ingest_run``.
            rewritten: What is not as in the current publication, where the draft was built on
                that; files of everything else are shared with it.
        """
        current = self.current()
        before = None
        if rewritten and current:
            before = Before(current.folder, current.manifest["sha256"], rewritten)
        jobs = self._settings.jobs
        with draft.write() as connection:
            limit_by(connection, draft.database, jobs)
            connection.register("runs", runs)
            connection.execute("DELETE FROM ingest_run")
            connection.execute("INSERT INTO ingest_run BY NAME FROM runs")
            connection.unregister("runs")
            # The numbers of rows, by which parts are told, hold from then on.
            connection.execute("CHECKPOINT")
            written = write_twins(connection, draft.folder, draft.basis, jobs, before)
        self._let_go()
        shutil.rmtree(draft.folder / ".spill", ignore_errors=True)
        return written

    def publish(
        self,
        draft: Publication,
        run_id: str,
        manifest: Mapping[str, Any],
        hashes: Mapping[str, str],
    ) -> Publication:
        """Makes the draft what readers see and deletes publications beyond those kept.

        Args:
            draft: Wholly written and settled.
            run_id: What it is called from now on.
            manifest: What to say of it.
            hashes: Those of its files, by name.
        """
        content = {**manifest, "schema_version": schema_version(), "sha256": hashes}
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


def _load_ahead() -> None:
    """Reads what a night comes to need, while DuckDB is at work."""
    from pipeline.agencies.region_index import region_index
    from pipeline.warehouse.publishing import patches  # noqa: F401

    region_index()
    views_by_name()
