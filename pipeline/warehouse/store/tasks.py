"""Requests to parse and their answers, in types that load without the parser.

A build that finds nothing to parse loads neither readers nor dictionaries.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.readers.archive.shards import Shard

Key = tuple[str, int]
"""A file and which part of it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to parse, or a share of one.

    Attributes:
        file_id: What it was known by when it was listed: the hash of its bytes, mostly.
        source_path: Its printable path below the raw folder.
        path: Where to open it, a path or a URL.
        size: Bytes to read, as listed.
        mtime_ns: Time of its last change, None where that was too fresh to be trusted.
        shard: The share to parse, None for the whole.
        stored: Where its documents are kept, None where the file has to be read.
    """

    file_id: str
    source_path: str
    path: str
    size: int
    mtime_ns: int | None = None
    shard: Shard | None = None
    stored: "Stored | None" = None

    @property
    def key(self) -> Key:
        """The file, and which part of it."""
        if self.stored:
            return self.file_id, self.stored.part
        return self.file_id, self.shard.part if self.shard else 1


@dataclass(frozen=True, slots=True)
class Stored:
    """Documents of a file, or of one part of it, that the store holds.

    Attributes:
        batch: Folder of the batch they are in.
        part: Which part.
        parts: How many parts the file has.
        pages_skipped: Pages of a crawl that were no reports.
    """

    batch: str
    part: int
    parts: int
    pages_skipped: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A file whose bytes could not be had; it is tried again in the next run."""

    source_path: str
    detail: str


def grouped(
    tasks: Iterable[Task], most: Callable[[int], int], largest: int
) -> Iterator[tuple[Task, ...]]:
    """Yields several small tasks at a time, a large one alone.

    Args:
        tasks: What is to be parsed.
        most: How many tasks a group holds, by how many groups were given before it.
        largest: Bytes of a group of more than one task.
    """
    group: list[Task] = []
    size = given = 0
    for task in tasks:
        if group and (len(group) >= most(given) or size + task.size > largest):
            yield tuple(group)
            given += 1
            group, size = [], 0
        group.append(task)
        size += task.size
    if group:
        yield tuple(group)


@dataclass(frozen=True, slots=True)
class TasksOutcome:
    """What came of some tasks, without the rows.

    Attributes:
        files: How many tasks gave rows.
        unread: Files that could not be read at all.
        pages_skipped: Pages of crawls that were no reports.
    """

    files: int
    unread: tuple[Unread, ...] = ()
    pages_skipped: int = 0


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of some tasks.

    Attributes:
        outcome: How many, and which not.
        tables: Arrow IPC streams by name of the store table.
    """

    outcome: TasksOutcome
    tables: dict[str, bytes]
