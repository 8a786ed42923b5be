"""Is the warehouse well? What an operator, a monitor and an alert ask, answered once."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import Field, ValidationError

from pipeline.declared import Declaration
from pipeline.settings import Settings
from pipeline.warehouse.publishing.publication import Publication, Publisher
from pipeline.warehouse.runs.failures import FailedRun, FailureLog
from pipeline.warehouse.runs.record import RunLog, RunRecord, counted

_SHOWN = 5
"""Sources named in a sentence."""


class Bounds(Declaration):
    """From where on something is wrong.

    Attributes:
        stale_hours: Hours since the last run that went well.
        quarantined_files: Files in quarantine.
        quarantined_share: Their share of all files.
        silent_fetches: How often in a row a source gave nothing.
        free_bytes: Bytes free on the disk of the warehouse, at least.
    """

    stale_hours: float = Field(default=36.0, gt=0)
    quarantined_files: int = Field(default=1_000, ge=0)
    quarantined_share: float = Field(default=0.2, ge=0, le=1)
    silent_fetches: int = Field(default=3, ge=1)
    free_bytes: int = Field(default=1 << 30, ge=0)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        kind: ``unpublished``, ``failed``, ``stale``, ``settings``, ``quarantine``, ``sources``
            or ``disk``.
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
        led_back_from: The newest publication kept, where readers were led back behind it.
        shown: The run that made what readers see, with its figures; None where that is not known.
        last: The last run that went well.
        failed: The last run that did not.
        free: Bytes free on its disk.
        problems: What is wrong; nothing, where it is well.
    """

    at: datetime
    publication: str | None
    led_back_from: str | None
    shown: RunRecord | None
    last: RunRecord | None
    failed: FailedRun | None
    free: int
    problems: tuple[Problem, ...]


def health(
    settings: Settings,
    bounds: Bounds,
    now: datetime | None = None,
    ahead: Iterable[Problem] = (),
) -> Health:
    """Looks at a warehouse; reads records only, and opens what is published once.

    Args:
        settings: Which warehouse.
        bounds: From where on something is wrong.
        now: The moment, the present one if None.
        ahead: What is known to stop the next run.
    """
    at = now or datetime.now(UTC)
    publisher = Publisher(settings)
    published = publisher.current()
    last, failed = RunLog(settings).last(), FailureLog(settings).last()
    free = shutil.disk_usage(settings.warehouse).free if settings.warehouse.exists() else 0
    problems = [
        *_of_publication(published),
        *_of_runs(last, failed, bounds, at),
        *ahead,
        *(over_quarantine(last, bounds) if last else ()),
        *(_silent(last, bounds) if last else ()),
    ]
    if settings.warehouse.exists() and free < bounds.free_bytes:
        problems.append(Problem("disk", f"{free >> 20} MB are free on its disk; make room"))
    return Health(
        at=at,
        publication=published.folder.name if published else None,
        led_back_from=_led_back_from(publisher, published),
        shown=_run_of(published) if published else None,
        last=last,
        failed=failed,
        free=free,
        problems=tuple(problems),
    )


def _led_back_from(publisher: Publisher, published: Publication | None) -> str | None:
    newest = next(reversed(publisher.all()), None)
    if published is None or newest is None or newest.folder.name <= published.folder.name:
        return None
    return newest.folder.name


def _run_of(published: Publication) -> RunRecord | None:
    try:
        return RunRecord.model_validate(published.manifest.get("run"))
    except ValidationError:  # of an earlier version, or damaged, which is told elsewhere
        return None


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


def _silent(record: RunRecord, bounds: Bounds) -> Iterator[Problem]:
    names = [n for n, times in record.silent_sources.items() if times >= bounds.silent_fetches]
    if names:
        yield Problem(
            "sources",
            f"{len(names)} sources have given nothing for {bounds.silent_fetches} fetches or more "
            f"({_names(names)}); the letter of the last run that fetched says why",
        )


def _names(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


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
