"""Versions of one source side by side, each with its origin sidecar; none is ever replaced."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import yaml
from pydantic import ValidationError

from pipeline.sources.client import FetchError, Received
from pipeline.sources.listing import FetchedSource
from pipeline.warehouse import disk
from pipeline.warehouse.checksums import digest
from pipeline.warehouse.intake.origins import Origin
from pipeline.warehouse.intake.raw import SIDECAR

_SHOWN_OF_HASH = 12


class FetchedFile(Origin):
    """The sidecar of a fetched file.

    Attributes:
        fetched_at: When its server last sent these bytes.
        etag: The server's mark for them.
        last_modified: The server's day for them, as sent.
        without_clock: Hash of the page but for the time at which it was asked for.
    """

    fetched_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    without_clock: str | None = None


@dataclass(frozen=True, slots=True)
class Versions:
    """The folder of one source."""

    folder: Path
    source: FetchedSource
    most: int

    @property
    def draft(self) -> Path:
        """Where a body is written until it is whole."""
        return self.folder / f"{disk.UNFINISHED}body"

    def open(self) -> None:
        """Makes the folder and clears what a night that was cut short left in it."""
        disk.create_folder(self.folder)
        disk.sweep(self.folder)

    def put(self, received: Received, kept: Sequence[FetchedFile]) -> bool:
        """Keeps the draft as a version and returns whether it is one not seen before.

        Raises:
            FetchError: There are as many versions as are kept.
        """
        final = self.folder / self._name(received.sha256)
        is_new = not final.exists()
        for one in kept if is_new else ():
            if one.without_clock == received.without_clock and one.sha256:
                same = replace(received, sha256=one.sha256)
                self._tell(self.folder / self._name(one.sha256), same)
                return False
        if is_new and len(kept) >= self.most:
            raise FetchError(
                f"is another page each time: {len(kept)} versions are kept, and no more; list "
                "the page of one report instead"
            )
        disk.sync(self.draft)
        self.draft.replace(final)
        disk.sync(self.folder)
        self._tell(final, received)
        return is_new

    def _tell(self, file: Path, received: Received) -> None:
        disk.write_file(Path(f"{file}{SIDECAR}"), self._sidecar(received))

    def _name(self, sha256: str) -> str:
        """Returns a name that tells versions apart and keeps the ending readers go by."""
        last = Path(unquote(urlsplit(str(self.source.address)).path)).name
        suffix = Path(last).suffix.lower()
        ending = suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""
        return f"{self.source.name}.{sha256[:_SHOWN_OF_HASH]}{ending}"

    def _sidecar(self, received: Received) -> str:
        now = datetime.now(UTC)
        origin = {
            "title": self.source.title,
            "publisher": self.source.publisher,
            "kind": self.source.kind,
            "description": self.source.description,
            "source": "Fetched by the nightly run.",
            "address": str(self.source.address),
            "sha256": received.sha256,
            "added": now.date(),
            "licence": self.source.licence,
            "fetched_at": now,
            "etag": received.etag,
            "last_modified": received.last_modified,
            "without_clock": received.without_clock,
        }
        return yaml.safe_dump(origin, allow_unicode=True, sort_keys=False)

    def kept(self) -> Iterator[FetchedFile]:
        """Yields the sidecars of versions that still are what was fetched from this address."""
        for sidecar in self.folder.glob(f"[!.]*{SIDECAR}"):
            file = Path(str(sidecar).removesuffix(SIDECAR))
            try:
                kept = FetchedFile.model_validate(yaml.safe_load(sidecar.read_text("utf-8")))
                sha256 = digest(file)
            except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError):
                # Asked for again as if it had never come.
                continue
            if kept.address == str(self.source.address) and kept.sha256 == sha256:
                yield kept


def conditions(kept: Iterable[FetchedFile]) -> dict[str, str]:
    """Returns headers that ask for what is newer than the newest version kept."""
    newest = max(kept, key=lambda one: one.fetched_at, default=None)
    if newest is None:
        return {}
    stated = {"If-None-Match": newest.etag, "If-Modified-Since": newest.last_modified}
    return {name: value for name, value in stated.items() if value}
