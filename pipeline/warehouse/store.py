"""The parse store: what parsing found, in Parquet batches, by file hash and parser version.

A batch is a folder with one file a table. It appears at once and is never changed; a
merged batch names those it replaces, so that a crash between writing it and deleting
them leaves no row twice.
"""

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.warehouse import disk
from pipeline.warehouse.rows import PARSED
from pipeline.warehouse.schema import quoted, store_tables
from pipeline.warehouse.worker import Parsed

FILES_A_BATCH = 500
SMALL_BATCHES = 16
"""So many batches smaller than half of ``FILES_A_BATCH`` are merged into one."""


class ParseStore:
    """Batches of one parser version below ``<warehouse>/store``."""

    def __init__(self, root: Path, version: str) -> None:
        """Opens the store; nothing is created until the first batch is written."""
        self.folder = root / version
        self._root = root

    def batches(self) -> list[Path]:
        """Returns the folders whose rows count, oldest first."""
        found = sorted(self.folder.glob("batch-*"))
        replaced = {name for batch in found for name in _replaces(batch)}
        return [batch for batch in found if batch.name not in replaced]

    def relation(self, table: str) -> str:
        """Returns what to put behind FROM to read a table of the store."""
        paths = [quoted(str(batch / f"{table}.parquet")) for batch in self.batches()]
        if not paths:
            return f"({_empty(table)})"
        return f"read_parquet([{', '.join(paths)}])"

    def add(self, outcomes: Iterable[Parsed]) -> Iterator[Parsed]:
        """Stores outcomes batch by batch and yields each one on."""
        waiting: list[Parsed] = []
        for outcome in outcomes:
            waiting.append(outcome)
            if sum(one.files for one in waiting) >= FILES_A_BATCH:
                self._write(waiting)
                waiting = []
            yield outcome
        if any(one.files for one in waiting):
            self._write(waiting)

    def compact(self) -> None:
        """Merges small batches once there are many of them."""
        small = [batch for batch in self.batches() if _files(batch) < FILES_A_BATCH // 2]
        if len(small) < SMALL_BATCHES:
            return
        with disk.new_folder(self._next()) as folder:
            for table in PARSED:
                _write_table(folder, table, (_read_table(batch, table) for batch in small))
            names = [name for batch in small for name in (batch.name, *_replaces(batch))]
            (folder / "replaces.json").write_text(json.dumps(names), "utf-8")
        self.sweep()

    def sweep(self) -> None:
        """Deletes unfinished and replaced batches."""
        if not self.folder.exists():
            return
        disk.sweep(self.folder)
        alive = set(self.batches())
        for batch in self.folder.glob("batch-*"):
            if batch not in alive:
                shutil.rmtree(batch)

    def forget_other_versions(self) -> None:
        """Deletes batches of other parser versions; call when nothing published needs them."""
        for folder in self._root.glob("*"):
            if folder != self.folder and any(folder.glob("batch-*")):
                shutil.rmtree(folder)

    def _write(self, outcomes: list[Parsed]) -> None:
        with disk.new_folder(self._next()) as folder:
            for name in PARSED:
                parts = [pa.ipc.open_stream(one.tables[name]).read_all() for one in outcomes]
                _write_table(folder, name, [pa.concat_tables(parts)])

    def _next(self) -> Path:
        numbers = [int(batch.name.removeprefix("batch-")) for batch in self.folder.glob("batch-*")]
        return self.folder / f"batch-{max(numbers, default=0) + 1:06d}"


def _write_table(folder: Path, table: str, parts: Iterable[pa.Table]) -> None:
    schema = store_tables()[table].arrow
    with pq.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd") as writer:
        for part in parts:
            writer.write_table(part)


def _read_table(batch: Path, table: str) -> pa.Table:
    return pq.read_table(batch / f"{table}.parquet", partitioning=None)


def _replaces(batch: Path) -> list[str]:
    listing = batch / "replaces.json"
    return list(json.loads(listing.read_text("utf-8"))) if listing.exists() else []


def _files(batch: Path) -> int:
    return int(pq.read_metadata(batch / "file.parquet").num_rows)


def _empty(table: str) -> str:
    columns = (f'NULL::{c.type} AS "{c.name}"' for c in store_tables()[table].columns)
    return f"SELECT {', '.join(columns)} WHERE false"
