"""What a build logs: one JSON object a line, in a file beside the record of the run.

The screen stays quiet. A build that was killed leaves its journal too, so that the last
line says how far it came.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from pipeline.warehouse import disk

KEPT = 100
"""Journals kept; older ones are deleted."""

_LOGGER = logging.getLogger("pipeline")


class _Line(logging.Formatter):
    """One line of JSON; ``document`` is the path below the raw folder, where there is one."""

    def __init__(self, run_id: str) -> None:
        super().__init__()
        self._run_id = run_id

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "run_id": self._run_id,
            "level": record.levelname.lower(),
            "from": record.name,
            "event": record.getMessage(),
        }
        if document := getattr(record, "document", None):
            line["document"] = document
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class _File(logging.FileHandler):
    """A log that cannot be written costs no build; the disk's own error is told elsewhere."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Says nothing."""


@contextmanager
def journal(folder: Path, run_id: str) -> Iterator[None]:
    """Writes what the pipeline logs meanwhile to ``<run_id>.jsonl``."""
    disk.create_folder(folder)
    for old in sorted(folder.glob("*.jsonl"))[: 1 - KEPT]:
        old.unlink(missing_ok=True)
    handler = _File(folder / f"{run_id}.jsonl", encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(_Line(run_id))
    before = _LOGGER.level
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.addHandler(handler)
    try:
        yield
    finally:
        _LOGGER.removeHandler(handler)
        _LOGGER.setLevel(before)
        handler.close()
