"""The Parquet files of a draft: some written for it, others shared with the publication before."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import duckdb

from pipeline.warehouse.publishing.increments import Rewritten
from pipeline.warehouse.publishing.parts import WrittenFile, parts
from pipeline.warehouse.schema import TableSchema, tables


@dataclass(frozen=True, slots=True)
class DraftFiles:
    """The Parquet files of a draft.

    Attributes:
        parts: Those that were written for it.
        shared: Hashes of those that are links to files of the publication before, by name.
    """

    parts: tuple[WrittenFile, ...]
    shared: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Before:
    """The publication that a draft was built on.

    Attributes:
        folder: Where its files lie.
        hashes: Those of its files, by name.
        rewritten: What of the draft is not as in it.
    """

    folder: Path
    hashes: Mapping[str, str]
    rewritten: Rewritten

    def lends(self, name: str, folder: Path) -> bool:
        """Lets a file lie in another folder as well, where it is known and the disk can."""
        if name not in self.hashes:
            return False
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        try:
            target.hardlink_to(self.folder / name)
        except OSError:
            return False
        return True


def write_twins(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    basis: Path,
    jobs: int,
    before: Before | None,
) -> DraftFiles:
    """Writes every table of a draft as Parquet, or lets its files be those of before.

    Args:
        connection: Holds the tables, whose rows keep their numbers from now on.
        folder: That of the draft.
        basis: Parquet file that says in which part each report arrived.
        jobs: How many files may be written at once.
        before: What the draft was built on; None where it was built whole.
    """
    shared: list[str] = []
    written: list[WrittenFile] = []
    for table in tables().values():
        names, found = _divided(connection, table, folder, basis, before)
        shared += names
        written += found
    if before:
        # What a whole publication has no use for takes a tenth of a second to load.
        from pipeline.warehouse.publishing.patches import Patches

        write = Patches(connection, before.folder, before.hashes, before.rewritten, written).write
    else:
        write = partial(WrittenFile.write, connection=connection)
    # A file by each of several takes a sixth less than several for each file.
    connection.execute("SET threads = 1")
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(lambda part: write(part, folder=folder), written))
    hashes = before.hashes if before else {}
    return DraftFiles(tuple(written), {name: hashes[name] for name in shared})


def _divided(
    connection: duckdb.DuckDBPyConnection,
    table: TableSchema,
    folder: Path,
    basis: Path,
    before: Before | None,
) -> tuple[list[str], list[WrittenFile]]:
    """The files of a table that are shared by now, and the parts that are still to be written."""
    if before is None:
        return [], list(parts(connection, table, basis))
    files = [name for name in before.hashes if name.startswith(f"parquet/{table.name}/")]
    is_left = before.rewritten.leaves(table) and bool(files)
    if is_left and all(before.lends(name, folder) for name in files):
        return files, []
    shared, written = [], []
    for part in parts(connection, table, basis):
        name = part.file.as_posix()
        if not before.rewritten.has(part) and before.lends(name, folder):
            shared.append(name)
        else:
            written.append(part)
    return shared, written
