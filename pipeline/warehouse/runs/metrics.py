"""Figures of a warehouse in the text format of Prometheus, as a file for its node exporter."""

from collections.abc import Iterator, Mapping

from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.runs.health import Bounds, Health, health
from pipeline.warehouse.runs.record import RunRecord

FILE = "metrics.prom"

_KINDS = ("unpublished", "failed", "stale", "settings", "quarantine", "sources", "disk")


def write(settings: Settings, bounds: Bounds) -> None:
    """Writes the file again; it is wholly the old or wholly the new one."""
    if settings.warehouse.exists():
        disk.write_file(settings.warehouse / FILE, text(health(settings, bounds)))


def text(found: Health) -> str:
    """Returns the figures."""
    return "".join(line + "\n" for line in _lines(found))


def _lines(found: Health) -> Iterator[str]:
    wrong = {problem.kind for problem in found.problems}
    yield from _gauge("healthy", "Whether nothing is wrong.", {"": int(not wrong)})
    yield from _gauge(
        "problem",
        "Whether something of a kind is wrong.",
        {_label("kind", kind): int(kind in wrong) for kind in _KINDS},
    )
    yield from _gauge("disk_free_bytes", "Bytes free on the warehouse's disk.", {"": found.free})
    if found.failed:
        seconds = found.failed.at.timestamp()
        yield from _gauge(
            "last_failure_timestamp_seconds", "End of the last failed run.", {"": seconds}
        )
    yield from _gauge(
        "led_back",
        "Whether readers were led back to an earlier publication.",
        {"": int(found.led_back_from is not None)},
    )
    record = found.last
    if record is None:
        return
    figures: tuple[tuple[str, str, float], ...] = (
        (
            "last_success_timestamp_seconds",
            "End of the last run that went well.",
            record.finished_at.timestamp(),
        ),
        ("run_duration_seconds", "How long that run took.", record.seconds),
        ("files_seen", "Files in the raw folder.", record.files_seen),
        ("files_parsed", "Files parsed in that run.", record.files_new),
        *(_of_readers(found.shown) if found.shown else ()),
    )
    for name, about, value in figures:
        yield from _gauge(name, about, {"": value})
    reasons = {_label("reason", reason): n for reason, n in record.quarantine.items()}
    yield from _gauge("files_quarantined", "Files in quarantine by reason.", reasons)


def _of_readers(shown: RunRecord) -> Iterator[tuple[str, str, float]]:
    """Figures of what readers see, which after a rollback is not what the last run made."""
    yield "reports", "Reports known.", shown.reports
    yield "facts", "Facts published.", shown.facts
    yield "checks_failed", "Contradictions found in the reports.", shown.checks_failed


def _gauge(name: str, about: str, values: Mapping[str, float]) -> Iterator[str]:
    yield f"# HELP gongkai_{name} {about}"
    yield f"# TYPE gongkai_{name} gauge"
    for labels, value in values.items():
        yield f"gongkai_{name}{labels} {value:.15g}"


def _label(name: str, value: str) -> str:
    escaped = value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
    return f'{{{name}="{escaped}"}}'
