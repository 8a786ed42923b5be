"""The record of builds: one small JSON file each, kept beside the store."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
from pydantic import BaseModel, ConfigDict

from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.checksums import SEAL, digest, sealed, unsealed
from pipeline.warehouse.history.changes import Changes
from pipeline.warehouse.ids import is_run_id
from pipeline.warehouse.schema import tables

_LETTER = "letter_sha256"


class RunRecord(BaseModel):
    """What a build saw and what came of it; counts are of the whole warehouse.

    Attributes:
        files_new: Files parsed in this run.
        files_passed_over: Paths whose name no report bears: half fetched, or left by systems.
        files_retired: Paths gone or replaced since the run before.
        files_moved: Paths that lie under another name now, with the content they had.
        quarantine: Quarantined files by reason.
        unmapped_labels: Values in tables whose label no indicator claims.
        unresolved_agencies: Agencies named but not placed.
        unresolved: Annual reports of no agency that is known, by reason.
        is_published: False where nothing had changed and the old publication stays.
        silent_sources: How often in a row each source that gave nothing the last time was asked.
        changes: Against the publication before, None where there is none or nothing changed.
        notices: What an operator should know, one sentence each.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    run_id: str
    started_at: datetime
    finished_at: datetime
    files_seen: int
    files_new: int
    files_retired: int
    files_moved: int = 0
    files_quarantined: int
    quarantine: dict[str, int]
    reports: int
    facts: int
    checks_failed: int
    unmapped_labels: int
    unresolved_agencies: int
    parser_version: str
    is_published: bool
    files_passed_over: int = 0
    unresolved: dict[str, int] = {}
    silent_sources: dict[str, int] = {}
    changes: Changes | None = None
    notices: tuple[str, ...] = ()

    @property
    def facts_added(self) -> int | None:
        """Facts that were not there before."""
        return self.changes.facts_added if self.changes else None

    @property
    def facts_removed(self) -> int | None:
        """Facts that are gone."""
        return self.changes.facts_removed if self.changes else None

    @property
    def facts_changed(self) -> int | None:
        """Facts with another value than before."""
        return self.changes.facts_changed if self.changes else None

    @property
    def seconds(self) -> float:
        """How long the run took."""
        return (self.finished_at - self.started_at).total_seconds()


def counted(kinds: Mapping[str, int]) -> str:
    """Returns how many there are of each kind, in a row of words."""
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items())


class RunLog:
    """The folder ``runs`` of a warehouse."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.warehouse / "runs"

    def all(self) -> list[RunRecord]:
        """Returns every record, oldest first."""
        return [_read(path) for path in self._files()]

    def last(self) -> RunRecord | None:
        """Returns the newest record that can be read."""
        for path in reversed(self._files()):
            with suppress(OSError, ValueError):
                return _read(path)
        return None

    def last_id(self) -> str | None:
        """Returns the id of the newest run that left a record or a journal."""
        names = [path.stem for path in self._folder.glob("[0-9]*") if is_run_id(path.stem)]
        return max(names, default=None)

    def heal(self) -> list[str]:
        """Sets aside what is no record, and returns a sentence for each."""
        sentences = []
        for path in self._files():
            try:
                _read(path)
            except (OSError, ValueError):
                sentences.append(
                    f"{path} is no record of a run; set aside as {disk.set_aside(path)}"
                )
        return sentences

    def faults(self) -> Iterator[tuple[Path, str]]:
        """Yields records and letters that are not what was written, with what is wrong."""
        for path in self._files():
            try:
                letter = unsealed(path.read_bytes())[_LETTER]
                if digest(path.with_suffix(".md")) != letter:
                    yield path.with_suffix(".md"), "not what was written"
            except (OSError, ValueError, KeyError) as error:
                yield path, f"no whole record of a run ({error})"

    def _files(self) -> list[Path]:
        """What should be records, oldest first."""
        return sorted(self._folder.glob("[!.]*.json"))

    def write(self, record: RunRecord, letter: str) -> None:
        """Keeps a record, and beside it the summary as a file to mail."""
        disk.create_folder(self._folder)
        file = self._folder / f"{record.run_id}.md"
        disk.write_file(file, letter)
        content = {**record.model_dump(mode="json"), _LETTER: digest(file)}
        disk.write_file(file.with_suffix(".json"), sealed(content))


def to_arrow(records: list[RunRecord]) -> pa.Table:
    """Returns records as rows of ``ingest_run``; times are UTC."""
    schema = tables()["ingest_run"].arrow
    rows = [{name: _plain(getattr(record, name)) for name in schema.names} for record in records]
    return pa.Table.from_pylist(rows, schema)


def _read(path: Path) -> RunRecord:
    """Reads a record; one of an earlier version has no seal.

    Raises:
        ValueError: It is no record, or not what was written.
    """
    data = path.read_bytes()
    content = json.loads(data)
    return RunRecord.model_validate(unsealed(data) if SEAL in content else content)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None)
    return value
