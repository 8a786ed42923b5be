"""Is the warehouse well? What an operator, a monitor and an alert ask, answered once."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import Field

from pipeline.declared import Declaration
from pipeline.settings import Settings
from pipeline.warehouse.publishing.publication import Publication, Publisher
from pipeline.warehouse.runs.failures import FailedRun, FailureLog
from pipeline.warehouse.runs.record import RunLog, RunRecord, counted


class Bounds(Declaration):
    """From where on something is wrong.

    Attributes:
        stale_hours: Hours since the last run that went well.
        quarantined_files: Files in quarantine.
        quarantined_share: Their share of all files.
        free_bytes: Bytes free on the disk of the warehouse, at least.
    """

    stale_hours: float = Field(default=36.0, gt=0)
    quarantined_files: int = Field(default=1_000, ge=0)
    quarantined_share: float = Field(default=0.2, ge=0, le=1)
    free_bytes: int = Field(default=1 << 30, ge=0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        kind: ``unpublished``, ``failed``, ``stale``, ``quarantine`` or ``disk``.
        sentence: What and what to do.
    """

    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Health:
    """A look at a warehouse.

    Attributes:
        at: When it was looked at.
        publication: What readers see, None where there is nothing.
        last: The last run that went well.
        failed: The last run that did not.
        free: Bytes free on its disk.
        problems: What is wrong; nothing, where it is well.
    """

    at: datetime
    publication: str | None
    last: RunRecord | None
    failed: FailedRun | None
    free: int
    problems: tuple[Problem, ...]


def health(settings: Settings, bounds: Bounds, now: datetime | None = None) -> Health:
    """Looks at a warehouse; reads records only, and opens what is published once."""
    at = now or datetime.now(UTC)
    published = Publisher(settings).current()
    last, failed = RunLog(settings).last(), FailureLog(settings).last()
    free = shutil.disk_usage(settings.warehouse).free if settings.warehouse.exists() else 0
    problems = [
        *_of_publication(published),
        *_of_runs(last, failed, bounds, at),
        *(over_quarantine(last, bounds) if last else ()),
    ]
    if settings.warehouse.exists() and free < bounds.free_bytes:
        problems.append(Problem("disk", f"{free >> 20} MB are free on its disk; make room"))
    name = published.folder.name if published else None
    return Health(at, name, last, failed, free, tuple(problems))


def over_quarantine(record: RunRecord, bounds: Bounds) -> Iterator[Problem]:
    """Yields a problem where more files are in quarantine than is usual."""
    count = record.files_quarantined
    share = count / max(record.files_seen, 1)
    if count > bounds.quarantined_files or share > bounds.quarantined_share:
        yield Problem(
            "quarantine",
            f"{count} of {record.files_seen} files are in quarantine "
            f"({counted(record.quarantine)}); "
            "the table quarantine says of each what to do",
        )


def _of_publication(published: Publication | None) -> Iterator[Problem]:
    if published is None:
        yield Problem("unpublished", "nothing is published; run `gongkai build`")
    elif not published.is_readable():
        yield Problem(
            "unpublished", f"{published.folder.name} cannot be opened; the next build makes it anew"
        )


def _of_runs(
    last: RunRecord | None, failed: FailedRun | None, bounds: Bounds, at: datetime
) -> Iterator[Problem]:
    if failed and (last is None or failed.at > last.finished_at):
        yield Problem("failed", f"the last run failed: {failed.cause}. {failed.remedy}")
    if last and at - last.finished_at > timedelta(hours=bounds.stale_hours):
        hours = (at - last.finished_at).total_seconds() / 3600
        yield Problem(
            "stale",
            f"no run has gone well for {hours:.0f} hours; is the daemon running? "
            "`gongkai build` shows what stops it",
        )
