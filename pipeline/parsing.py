"""From the bytes of one file to everything its documents say."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.extract.report import Report
from pipeline.readers.document import Rejection

_ROOMS = ("readers", "forms", "extract", "agencies", "facts")
_SOURCES = {".py", ".csv", ".yml", ".txt"}


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """One document of a file with its reports, or why it could not be read.

    Attributes:
        member: Path inside the archive, empty for the file itself.
        sha256: Hash of the document's bytes.
        media_type: IANA media type, None where it could not be read.
        encoding: Codec the text was decoded with, if any.
        reports: Reports found, in reading order.
        rejection: Why there are none, where the document could not be read.
    """

    member: str
    sha256: str
    media_type: str | None
    encoding: str | None
    reports: tuple[Report, ...]
    rejection: Rejection | None


def parse_file(name: str, data: bytes) -> Iterator[ParsedDocument]:
    """Yields the documents of a file; the outcome depends on the bytes and the code alone."""
    raise NotImplementedError(name)


@cache
def parser_version() -> str:
    """Returns the version of the code and data that parsing depends on: a hash of both."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    found = (path for room in _ROOMS for path in (package / room).rglob("*"))
    for path in sorted([Path(__file__), *found]):
        if path.suffix in _SOURCES:
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
