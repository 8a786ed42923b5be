"""The Parquet files beside the DuckDB file: which rows of a table lie in which of them.

A small table is one file. A large one is divided as ``parts`` in ``tables.yml`` says, so that
a night that changes few reports writes few files anew.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.warehouse.schema import Table, quoted, schema_version

NO_YEAR = "none"
ARRIVED_IN = "arrived_in"
_UNIT = {"year": "year", "arrival": ARRIVED_IN, None: "NULL"}
"""What tells the rows of one part from others, by how a table is divided."""

ROWS_THAT_ARRIVE = 250_000
"""So many rows a part, where everything is built whole and all reports arrive at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file, and its rows in the table as it was written.

    Attributes:
        table: The table.
        name: Tells the file from others of the table.
        first: Least number of a row.
        last: Greatest.
        is_apart: Whether no row of another part lies between.
        arrivals: Parquet file that says in which part each report arrived.
    """

    table: Table
    name: str
    first: int
    last: int
    is_apart: bool
    arrivals: Path

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


def rows_of(parts: Sequence[Part]) -> str:
    """Returns the SELECT that gives the rows of some parts of one table."""
    table = parts[0].table
    first, last = min(part.first for part in parts), max(part.last for part in parts)
    within = f"SELECT * FROM {table.name} WHERE rowid BETWEEN {first} AND {last}"
    if len(parts) == 1 and parts[0].is_apart:
        return within
    names = [part.name for part in parts]
    if table.parts == "year":
        years = ", ".join(name for name in names if name != NO_YEAR)
        holds = [f"year IN ({years})"] if years else []
        holds += ["year IS NULL"] if NO_YEAR in names else []
        return f"{within} AND ({' OR '.join(holds)})"
    listed = ", ".join(map(quoted, names))
    arrived = f"FROM {_arrived(parts[0].arrivals)} WHERE {ARRIVED_IN} IN ({listed})"
    return f"{within} AND report_id IN (SELECT report_id {arrived})"


def name_of_part(table: Table) -> str:
    """Returns the SQL expression that gives the part of a row, with its arrival joined."""
    match table.parts:
        case "year":
            return f"coalesce(year::VARCHAR, {quoted(NO_YEAR)})"
        case "arrival":
            return ARRIVED_IN
        case None:
            return quoted(table.name)


def parts(connection: duckdb.DuckDBPyConnection, table: Table, arrivals: Path) -> Iterator[Part]:
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
        SELECT {name_of_part(table)} AS name, first, last, count
        FROM (
            SELECT
                {_UNIT[table.parts]},
                min(t.rowid) AS first,
                max(t.rowid) AS last,
                count(*) AS count
            FROM {table.name} AS t{joined}
            GROUP BY ALL
            HAVING count > 0
        )
        ORDER BY name
        """
    ).fetchall()
    for name, first, last, count in found or [(table.name, 0, -1, 0)]:
        is_apart = table.parts is None or count == last - first + 1
        yield Part(table, name, first, last, is_apart, arrivals)


def _arrived(arrivals: Path) -> str:
    return f"read_parquet({quoted(str(arrivals))})"
