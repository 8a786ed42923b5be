"""The store of one warehouse: documents as read, and what was found in them.

Both are kept by the hash of the file and the version of the stage that made them (see
``pipeline.stages``): what gives reports another meaning reads no file again.
"""

import hashlib
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from pipeline.stages import DOCUMENTS, REPORTS, Stage, version
from pipeline.storage import StoragePath, delete_folder, listing
from pipeline.warehouse.schema import store_tables
from pipeline.warehouse.store.batches import Batches, Look
from pipeline.warehouse.store.documents import READ
from pipeline.warehouse.store.tasks import Parsed, TasksOutcome

PARSED = ("file", "document", "report", "observation", "fact", "gap", "check")
"""The tables that parsing fills."""

FILES_A_BATCH = 500
BYTES_A_BATCH = 64 << 20
"""A batch is written once its rows take so many bytes, however few its files."""

SECONDS_A_BATCH = 30.0
"""A batch is written after so long in any case: no more work is lost with the power."""


class ParseStore:
    """Everything that parsing made, stage by stage.

    Attributes:
        documents: Documents as read.
        reports: Reports with their observations, facts and checks.
    """

    def __init__(self, root: StoragePath) -> None:
        self._root = root
        self.documents = Batches(
            root / DOCUMENTS.name / _version(DOCUMENTS, READ), READ, "read_file"
        )
        self.reports = Batches(
            root / REPORTS.name / _version(REPORTS, PARSED), dict.fromkeys(PARSED), "file"
        )

    def add(self, outcomes: Iterable[Parsed]) -> Iterator[TasksOutcome]:
        """Stores outcomes batch by batch and yields each one on."""
        waiting: list[Parsed] = []
        due = time.monotonic() + SECONDS_A_BATCH
        for outcome in outcomes:
            waiting.append(outcome)
            files = sum(one.outcome.files for one in waiting)
            size = sum(len(data) for one in waiting for data in one.tables.values())
            if files >= FILES_A_BATCH or size >= BYTES_A_BATCH or time.monotonic() >= due:
                self.write(waiting)
                waiting = []
                due = time.monotonic() + SECONDS_A_BATCH
            yield outcome.outcome
        self.write(waiting)

    def write(self, outcomes: list[Parsed]) -> None:
        """Stores outcomes as a batch a stage; documents first, as what is lost is made of them."""
        if not any(one.outcome.files for one in outcomes):
            return
        self.documents.write({name: _joined(outcomes, name, by_file=True) for name in READ})
        self.reports.write({name: _joined(outcomes, name) for name in PARSED})
        # What Arrow keeps for later would grow with every batch.
        pa.default_memory_pool().release_unused()

    def forget(self, file_ids: Iterable[str]) -> None:
        """Takes some files out, so that they are read again."""
        doomed = list(file_ids)
        if doomed:
            self.reports.forget(doomed)
            self.documents.forget(doomed)

    def compact(self) -> None:
        """Merges small batches once there are many of them."""
        self.documents.compact()
        self.reports.compact()

    def heal(self, look: Look) -> list[str]:
        """Sets damaged batches aside; a sentence for each."""
        return [*self.documents.heal(look), *self.reports.heal(look)]

    def sweep(self) -> None:
        """Deletes unfinished and replaced batches."""
        self.documents.sweep()
        self.reports.sweep()

    def forget_other_versions(self) -> None:
        """Deletes what other versions made; call when nothing published needs it."""
        kept = {_below(self._root, stage.folder) for stage in (self.documents, self.reports)}
        for folder in _versions(self._root) - kept:
            found = self._root / folder
            if isinstance(found, Path):
                shutil.rmtree(found)
            else:
                delete_folder(found)


def _version(stage: Stage, tables: Iterable[str]) -> str:
    """The version of a stage and of the tables that hold what it made."""
    schema = "\n".join(str(store_tables()[name].arrow) for name in tables)
    return f"{version(stage)}-{hashlib.sha256(schema.encode()).hexdigest()[:6]}"


def _versions(root: StoragePath) -> set[str]:
    """Folders below the store that hold batches."""
    if isinstance(root, Path):
        return {str(batch.parent.relative_to(root)) for batch in root.rglob("batch-*")}
    names = (one.name.split("/batch-") for one in listing(root))
    return {name[0] for name in names if len(name) == 2}


def _below(root: StoragePath, folder: StoragePath) -> str:
    return str(folder)[len(str(root)) + 1 :]


def _joined(outcomes: Iterable[Parsed], table: str, *, by_file: bool = False) -> pa.Table:
    """The rows of a table; in order of their files, so that few row groups hold one of them."""
    streams = (pa.ipc.open_stream(one.tables[table]) for one in outcomes)
    rows = pa.concat_tables([stream.read_all() for stream in streams])
    return rows.sort_by([("file_id", "ascending"), ("part", "ascending")]) if by_file else rows
