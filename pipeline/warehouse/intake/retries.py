"""Files that a night was too short or too small for: tried again, less and less often.

A timeout, too little memory and a crash say something of the machine that night as well; a
document is lost for good only if it is never tried again.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from pipeline.model.document import Reason
from pipeline.warehouse import disk

PASSING = (Reason.TIMEOUT, Reason.OUT_OF_MEMORY, Reason.CRASHED)
"""Reasons that another night may not have."""

_FIRST = timedelta(hours=6)
_LONGEST = timedelta(days=32)


class Attempt(BaseModel):
    """How often a file was tried in vain."""

    tries: int
    last: datetime

    @property
    def next(self) -> datetime:
        """When it is worth another try: twice as long after each."""
        doubled: timedelta = _FIRST * 2 ** min(self.tries, 10) / 4
        return self.last + min(doubled, _LONGEST)


_Attempts = TypeAdapter(dict[str, Attempt])


class Retries:
    """The file ``retries.json`` of a warehouse; without it, everything is tried again."""

    def __init__(self, warehouse: Path) -> None:
        self._path = warehouse / "retries.json"
        try:
            self._attempts = _Attempts.validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            self._attempts = {}

    def due(self, refused: Iterable[str], now: datetime | None = None) -> list[str]:
        """Returns which of the files refused for a passing reason are tried in this build.

        A file is tried in the build after the first failure, then at growing distances. Those
        no longer refused are forgotten.
        """
        moment = now or datetime.now(UTC)
        waiting = {
            file_id: self._attempts.get(file_id, Attempt(tries=1, last=moment - _LONGEST))
            for file_id in refused
        }
        due = [file_id for file_id, one in waiting.items() if one.tries == 1 or one.next <= moment]
        for file_id in due:
            waiting[file_id] = Attempt(tries=waiting[file_id].tries + 1, last=moment)
        if waiting != self._attempts:
            self._attempts = waiting
            disk.write_file(self._path, _Attempts.dump_json(waiting, indent=1).decode())
        return due

    def tries(self, file_id: str) -> int:
        """How often a file has been tried in all."""
        return self._attempts[file_id].tries if file_id in self._attempts else 1
