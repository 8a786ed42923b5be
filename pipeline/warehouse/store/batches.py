"""Parquet batches: some tables of what one version of a stage made, written once and for all.

A batch is a folder with one file a table. What is written last is its manifest, and a folder
without one counts for nothing; on a disk the folder appears at once anyway. A batch is never
changed; one that takes the place of others names them, so that a crash between writing it and
deleting them leaves no row twice.
"""

import errno
import hashlib
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.declared import Declaration
from pipeline.storage import (
    Remote,
    StoragePath,
    delete,
    delete_folder,
    filesystem,
    listing,
    opened,
    upload,
)
from pipeline.warehouse import disk
from pipeline.warehouse.checksums import SealError, digest, sealed, unsealed
from pipeline.warehouse.schema import store_tables, store_version
from pipeline.warehouse.statements import quoted

Look = Callable[[StoragePath, str | None], str | None]
"""Says what is wrong with a file, given the hash it was written with; None where nothing is."""

SMALL_BATCHES = 16
"""So many small batches are merged into one."""

_SMALL = 256 << 10
_MANIFEST = "batch.json"
_REPLACES = "replaces.json"


class Manifest(Declaration):
    """What a batch says of itself.

    Attributes:
        schema_version: Of the declarations its tables follow.
        sha256: Hashes of its files by name.
    """

    schema_version: int
    sha256: Mapping[str, str]


class Batches:
    """Batches below one folder, which is named by the version of what makes them."""

    def __init__(self, folder: StoragePath, tables: Mapping[str, int | None], files: str) -> None:
        """Opens them; nothing is created until the first batch is written.

        Args:
            folder: Where they are.
            tables: Names of their tables, with the rows of a row group where that matters.
            files: The one of them that lists files.
        """
        self.folder = folder
        self._tables = tables
        self._files = files

    def all(self) -> list[StoragePath]:
        """Returns the folders whose rows count."""
        return [self.folder / name for name in self._alive(self._found())]

    def size(self) -> int:
        """Returns the bytes of the batches whose rows count."""
        found = self._found()
        return sum(sum(found[name].values()) for name in self._alive(found))

    def relation(self, table: str, *, with_name: bool = False) -> str:
        """Returns what to put after FROM to read a table."""
        paths = [quoted(str(batch / f"{table}.parquet")) for batch in self.all()]
        if not paths:
            name = ", NULL::VARCHAR AS filename" if with_name else ""
            return f"(SELECT *{name} FROM ({store_tables()[table].no_rows}))"
        named = ", filename = true" if with_name else ""
        return f"read_parquet([{', '.join(paths)}]{named})"

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Writes a batch, named by the files it lists: to write it twice is harmless."""
        if not tables[self._files].num_rows:
            return
        with self._new_batch(_name(_contents(tables[self._files]))) as folder:
            for name in self._tables:
                self._write_table(folder, name, [tables[name]])

    def compact(self) -> None:
        """Merges small batches once there are many of them."""
        found = self._found()
        small = [name for name in self._alive(found) if sum(found[name].values()) < _SMALL]
        if len(small) < SMALL_BATCHES:
            return
        names = [one for batch in small for one in (batch, *self._replaced_by(found, batch))]
        with self._new_batch(_name(small), replaces=names) as folder:
            for table in self._tables:
                self._write_table(folder, table, (self._read(batch, table) for batch in small))
        self.sweep()

    def forget(self, file_ids: Iterable[str]) -> None:
        """Takes the rows of some files out, so that they are made again."""
        doomed = set(file_ids)
        found = self._found()
        for batch in self._alive(found):
            files = self._read(batch, self._files)
            if doomed.isdisjoint(files["file_id"].to_pylist()):
                continue
            names = [batch, *self._replaced_by(found, batch)]
            with self._new_batch(f"batch-{uuid4().hex[:20]}", replaces=names) as folder:
                for table in self._tables:
                    self._write_table(folder, table, [_without(self._read(batch, table), doomed)])
        self.sweep()

    def sweep(self) -> None:
        """Deletes unfinished and replaced batches."""
        if isinstance(self.folder, Path) and self.folder.exists():
            disk.sweep(self.folder)
        found = self._found(finished=False)
        alive = self._alive(self._found())
        for batch in set(found) - set(alive):
            self._delete(batch, found[batch])
        for batch in alive:
            # One of the same files, and so of the same name, may come again and must count.
            if _REPLACES in found[batch]:
                self._count_again(self.folder / batch)

    def heal(self, look: Look) -> list[str]:
        """Sets damaged batches aside, so that their rows are made again."""
        if not isinstance(self.folder, Path):
            return []
        sentences = []
        for batch in self._alive(self._found()):
            folder = self.folder / batch
            if fault := self.fault(folder, look):
                sentences.append(
                    f"{folder} was damaged ({fault}) and is set aside as "
                    f"{disk.set_aside(folder)}; what it held is made again"
                )
        return sentences

    def fault(self, folder: StoragePath, look: Look) -> str | None:
        """Returns what is wrong with a batch: every byte of it was hashed when it was written."""
        try:
            manifest = _manifest(folder)
            _replaced(folder)
        except (OSError, ValueError) as error:
            return f"its manifest is damaged ({error})"
        for name in sorted({f"{table}.parquet" for table in self._tables} | set(manifest.sha256)):
            if fault := look(folder / name, manifest.sha256.get(name)):
                return fault
        return None

    def _found(self, *, finished: bool = True) -> dict[str, dict[str, int]]:
        """Returns names and sizes of the files in each batch, by name of the batch."""
        found: dict[str, dict[str, int]] = {}
        for one in listing(self.folder):
            batch, _, file = one.name.partition("/")
            if batch.startswith("batch-") and file:
                found.setdefault(batch, {})[file] = one.size
        return {name: files for name, files in found.items() if not finished or _MANIFEST in files}

    def _alive(self, found: Mapping[str, Mapping[str, int]]) -> list[str]:
        replaced = {old for name in found for old in self._replaced_by(found, name)}
        return sorted(set(found) - replaced)

    def _replaced_by(self, found: Mapping[str, Mapping[str, int]], batch: str) -> list[str]:
        if _REPLACES not in found[batch]:
            return []
        try:
            return _replaced(self.folder / batch)
        except SealError:  # a damaged list names none; the batch is set aside by ``heal``
            return []

    @contextmanager
    def _new_batch(self, name: str, replaces: Iterable[str] = ()) -> Iterator[Path]:
        """Gives a folder to fill that becomes a batch, unless there is one of that name."""
        if isinstance(self.folder, Path):
            try:
                with disk.new_folder(self.folder / name, uuid4().hex) as draft:
                    yield draft
                    seal(draft, replaces)
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise
            return
        with TemporaryDirectory(prefix="gongkai-") as folder:
            yield Path(folder)
            seal(Path(folder), replaces)
            files = sorted(Path(folder).iterdir(), key=lambda file: file.name == _MANIFEST)
            for file in files:
                upload(file, self.folder / name / file.name)

    def _write_table(self, folder: Path, table: str, parts: Iterable[pa.Table]) -> None:
        schema, rows = store_tables()[table].arrow, self._tables[table]
        with pq.ParquetWriter(folder / f"{table}.parquet", schema, compression="zstd") as writer:
            for part in parts:
                writer.write_table(part, row_group_size=rows)

    def _read(self, batch: str, table: str) -> pa.Table:
        return parquet(self.folder / batch, table).read()

    def _count_again(self, batch: StoragePath) -> None:
        if isinstance(batch, Path):
            (batch / _REPLACES).unlink()
            disk.sync(batch)
        else:
            delete(batch, [_REPLACES])

    def _delete(self, batch: str, files: Iterable[str]) -> None:
        folder = self.folder / batch
        if isinstance(folder, Path):
            shutil.rmtree(folder)
        else:
            # Without its manifest the rest counts for nothing, should this be cut short.
            delete(folder, [name for name in files if name == _MANIFEST])
            delete_folder(folder)


def seal(folder: Path, replaces: Iterable[str] = ()) -> None:
    """Writes the manifest of a folder with all its tables, which makes it a batch."""
    hashes = {file.name: digest(file) for file in sorted(folder.glob("*.parquet"))}
    if names := sorted(replaces):
        (folder / _REPLACES).write_text(sealed({"batches": names}), "utf-8")
    manifest = Manifest(schema_version=store_version(), sha256=hashes)
    (folder / _MANIFEST).write_text(sealed(manifest.model_dump(mode="json")), "utf-8")


def _manifest(folder: StoragePath) -> Manifest:
    with opened(folder / _MANIFEST) as stream:
        return Manifest.model_validate(unsealed(stream.read()))


def _replaced(folder: StoragePath) -> list[str]:
    """The batches that one takes the place of; none where no list says so."""
    try:
        with opened(folder / _REPLACES) as stream:
            return list(unsealed(stream.read())["batches"])
    except FileNotFoundError:
        return []


def parquet(batch: StoragePath, table: str) -> pq.ParquetFile:
    """Opens a table of a batch."""
    file = batch / f"{table}.parquet"
    if isinstance(file, Remote):
        return pq.ParquetFile(filesystem(file).open_input_file(file.key))
    return pq.ParquetFile(file)


def _name(contents: Iterable[str]) -> str:
    digest = hashlib.sha256("\n".join(sorted(contents)).encode()).hexdigest()
    return f"batch-{digest[:20]}"


def _contents(files: pa.Table) -> list[str]:
    rows = zip(files["file_id"].to_pylist(), files["part"].to_pylist(), strict=True)
    return [f"{file_id}/{part}" for file_id, part in rows]


def _without(rows: pa.Table, file_ids: Collection[str]) -> pa.Table:
    """Rows that belong to none of some files: ids and origins begin with the file's id."""
    # Loaded here: its functions are made one by one, and few builds take anything out.
    import pyarrow.compute as pc

    if "file_id" in rows.column_names:
        owner = rows["file_id"]
    else:
        owner = pc.list_element(pc.split_pattern(rows["origin"], "!/", max_splits=1), 0)
    return rows.filter(pc.invert(pc.is_in(owner, pa.array(list(file_ids), pa.string()))))
