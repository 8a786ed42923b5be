"""What one exported file is."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.warehouse.checksums import digest
from pipeline.warehouse.schema import TableSchema


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of an export.

    Attributes:
        path: Its path below the export folder, with forward slashes.
        table: The table it holds rows of.
        rows: How many.
        sha256: Hash of its bytes.
        size: Bytes.
        without_value: Rows that tell of a gap, in a file of facts that has them.
    """

    path: str
    table: TableSchema
    rows: int
    sha256: str
    size: int
    without_value: int = 0

    @property
    def ending(self) -> str:
        """What its name ends in, without the dot."""
        return self.path.rpartition(".")[2]

    @property
    def name(self) -> str:
        """A name without slash and dot, different for each resource of an export."""
        stem = self.path.rpartition(".")[0].rpartition("/")[2].replace(".", "-")
        return self.table.name if self.ending == "xlsx" else stem


def resource(folder: Path, file: Path, table: TableSchema, rows: int) -> Resource:
    """Returns the description of a file just written below ``folder``."""
    path = file.relative_to(folder).as_posix()
    return Resource(path, table, rows, digest(file), file.stat().st_size)
