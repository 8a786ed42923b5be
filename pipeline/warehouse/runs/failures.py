"""Nights that failed: a record and a letter each, beside those of nights that went well."""

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.checksums import SealError, sealed, unsealed

KEPT = 100
"""Records kept; older ones are deleted."""

STAYS = "What is published stays as it was."


class FailedRun(BaseModel):
    """A run that published nothing, and why.

    Attributes:
        run_id: Of the orchestrator.
        at: When it ended.
        cause: What was met, as a sentence.
        remedy: What to do.
        step: The asset or check at which it ended.
        place: File or rows that the cause is about, where one is named.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    run_id: str
    at: datetime
    cause: str
    remedy: str
    step: str | None = None
    place: str | None = None

    @property
    def letter(self) -> str:
        """The same as Markdown, to mail."""
        lines = [
            f"The run {self.run_id} ended at {self.at:%Y-%m-%d %H:%M} UTC without publishing.",
            f"- cause: {self.cause}",
            *([f"- where: {self.place}"] if self.place else []),
            *([f"- step: {self.step}"] if self.step else []),
            f"- what to do: {self.remedy}",
            STAYS,
        ]
        return "\n\n".join([lines[0], "\n".join(lines[1:-1]), lines[-1]]) + "\n"


class FailureLog:
    """The folder ``runs/failed`` of a warehouse."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.warehouse / "runs" / "failed"

    def last(self) -> FailedRun | None:
        """Returns the newest record that can be read."""
        read = filter(None, (_read(path) for path in self._folder.glob("[!.]*.json")))
        return max(read, key=lambda run: run.at, default=None)

    def holds(self, run_id: str) -> bool:
        """Whether a run has been told already."""
        return (self._folder / f"{run_id}.json").exists()

    def write(self, failed: FailedRun) -> None:
        """Keeps a record and its letter, and deletes those beyond the newest hundred."""
        disk.create_folder(self._folder)
        file = self._folder / f"{failed.run_id}.md"
        disk.write_file(file, failed.letter)
        disk.write_file(file.with_suffix(".json"), sealed(failed.model_dump(mode="json")))
        old = sorted(self._folder.glob("[!.]*.json"), key=lambda path: path.stat().st_mtime_ns)
        for path in old[:-KEPT]:
            path.unlink()
            path.with_suffix(".md").unlink(missing_ok=True)


def _read(path: Path) -> FailedRun | None:
    try:
        return FailedRun.model_validate(unsealed(path.read_bytes()))
    except (OSError, SealError, ValidationError):
        return None
