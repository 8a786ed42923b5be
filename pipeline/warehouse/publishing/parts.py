"""The Parquet files beside the DuckDB file: which rows of a table lie in which of them.

A small table is one file. A large one is divided as ``parts`` and ``apart`` in ``tables.yml``
say, so that a night that changes few reports writes few files again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import duckdb

from pipeline.warehouse.schema import TableSchema, schema_version
from pipeline.warehouse.statements import quoted

_NO_YEAR = "none"
ARRIVED_IN = "arrived_in"
_COMMON = {"year": "year", "arrival": ARRIVED_IN, None: "NULL"}
"""What the rows of one part have in common, by how a table is divided."""

ROWS_THAT_ARRIVE = 250_000
"""So many rows a part, where everything is built whole and all reports arrive at once."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """One file, and its rows in the table as it was written.

    Attributes:
        table: The table.
        common: The year or the arrival of its rows; the name of a table that is not divided.
        is_apart: Whether it holds those of them that lie apart, or the others.
        first: Least number of a row.
        last: Greatest.
        is_alone: Whether no row of another part lies between.
        arrivals: Parquet file that says in which part each report arrived.
    """

    table: TableSchema
    common: str
    is_apart: bool
    first: int
    last: int
    is_alone: bool
    arrivals: Path

    @property
    def name(self) -> str:
        """Tells the file from others of the table."""
        apart = self.table.apart
        if apart is None:
            return self.common
        return f"{self.common}-{apart.name if self.is_apart else apart.others}"

    @property
    def file(self) -> Path:
        """Where it lies below the folder of the publication."""
        return Path("parquet") / self.table.name / f"{self.name}.parquet"

    def write(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        """Writes the file below the folder of a publication; several may be written at once."""
        target = folder / self.file
        target.parent.mkdir(parents=True, exist_ok=True)
        # A link to the file of an earlier publication would be written through.
        target.unlink(missing_ok=True)
        connection.cursor().execute(
            f"COPY ({rows_of([self])}) TO {quoted(str(target))} (FORMAT parquet, COMPRESSION zstd, "
            f"KV_METADATA {{schema_version: '{schema_version()}'}})"
        )


def rows_of(parts: Sequence[WrittenFile]) -> str:
    """Returns the SELECT that gives the rows of some parts of one table."""
    table = parts[0].table
    first, last = min(part.first for part in parts), max(part.last for part in parts)
    within = f"SELECT * FROM {table.name} WHERE rowid BETWEEN {first} AND {last}"
    if len(parts) == 1 and parts[0].is_alone:
        return within
    if table.parts == "year":
        by_side = groupby(sorted(parts, key=attrgetter("is_apart")), attrgetter("is_apart"))
        sides = (_of_years(table, is_apart, list(some)) for is_apart, some in by_side)
        return f"{within} AND ({' OR '.join(sides)})"
    listed = ", ".join(quoted(part.common) for part in parts)
    arrived = f"FROM {_arrived(parts[0].arrivals)} WHERE {ARRIVED_IN} IN ({listed})"
    return f"{within} AND report_id IN (SELECT report_id {arrived})"


def _of_years(table: TableSchema, is_apart: bool, parts: Sequence[WrittenFile]) -> str:
    """The condition that holds for the rows of some parts on one side of a table's years."""
    years = [part.common for part in parts if part.common != _NO_YEAR]
    holds = [f"year IN ({', '.join(years)})"] if years else []
    holds += ["year IS NULL"] if len(years) < len(parts) else []
    return f"({' OR '.join(holds)}) AND {'' if is_apart else 'NOT '}{_lies_apart(table)}"


def name_of_part(table: TableSchema) -> str:
    """Returns the SQL expression that gives the part of a row, with its arrival joined."""
    common, apart = _common(table), table.apart
    if apart is None:
        return common
    return f"{common} || CASE WHEN {apart.holds} THEN '-{apart.name}' ELSE '-{apart.others}' END"


def _common(table: TableSchema) -> str:
    match table.parts:
        case "year":
            return f"coalesce(year::VARCHAR, {quoted(_NO_YEAR)})"
        case "arrival":
            return ARRIVED_IN
        case None:
            return quoted(table.name)


def _lies_apart(table: TableSchema) -> str:
    return f"({table.apart.holds if table.apart else 'false'})"


def parts(
    connection: duckdb.DuckDBPyConnection, table: TableSchema, arrivals: Path
) -> Iterator[WrittenFile]:
    """Yields the parts of a table, at least one.

    Args:
        connection: Holds it.
        table: The table.
        arrivals: Parquet file that says in which part each report arrived.
    """
    joined = f" JOIN {_arrived(arrivals)} USING (report_id)" if table.parts == "arrival" else ""
    # Years are grouped as numbers: as texts of each row they take ten times as long.
    found = connection.execute(
        f"""
        SELECT {_common(table)} AS common, is_apart, first, last, count
        FROM (
            SELECT
                {_COMMON[table.parts]},
                {_lies_apart(table)} AS is_apart,
                min(t.rowid) AS first,
                max(t.rowid) AS last,
                count(*) AS count
            FROM {table.name} AS t{joined}
            GROUP BY ALL
            HAVING count > 0
        )
        ORDER BY common, is_apart
        """
    ).fetchall()
    for common, is_apart, first, last, count in found or [(table.name, False, 0, -1, 0)]:
        is_alone = table.parts is None or count == last - first + 1
        yield WrittenFile(table, common, is_apart, first, last, is_alone, arrivals)


def _arrived(arrivals: Path) -> str:
    return f"read_parquet({quoted(str(arrivals))})"
