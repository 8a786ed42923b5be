"""What one publication changed against another, row by row, and why.

A connection has both as ``old`` and ``gongkai``. What comes of it are temporary relations of
that connection with the names and columns of the store's tables.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import duckdb

from pipeline.warehouse.history.ledger import PAST
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.schema import TableSchema, store_tables, tables
from pipeline.warehouse.statements import columns_of, few_of, quoted, statement

ROLLED_BACK = "rolled back"


@dataclass(frozen=True)
class VersionedTable:
    """A table whose rows of the past are kept.

    Attributes:
        name: The table.
        past: Where its rows go once a publication replaces or drops them.
    """

    name: str
    past: str

    @cached_property
    def key(self) -> tuple[str, ...]:
        """What makes a row of today unique."""
        return tables()[self.name].key

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What is kept of a row, the numbers of publications aside."""
        names = (column.name for column in tables()[self.past].columns)
        return tuple(name for name in names if name not in ("vintage", "until"))

    @property
    def keys(self) -> str:
        """The key as SQL."""
        return ", ".join(self.key)


KEPT = tuple(VersionedTable(name, past) for name, past in PAST.items())
FACTS = KEPT[0]

Moved = Callable[[TableSchema], tuple[str, str]]
"""Gives the SELECTs of the rows of a table that moved, as they were and as they are."""

RELATIONS = ("vintage", "revision", *(kept.past for kept in KEPT), "begun")
"""What is known of a publication, as tables of the store."""


def compare(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    moved: Moved | None = None,
) -> None:
    """Fills the relations of the past and ``begun``.

    Args:
        connection: Has ``old`` and ``gongkai``, and the empty relations.
        number: Number of the new publication.
        moved: Gives the rows that may differ; all are compared if None.

    Raises:
        duckdb.Error: The old one is of another schema.
    """
    for kept in KEPT:
        had = columns_of(connection, f"old.{kept.name}")
        columns = [name for name in kept.columns if name in had]
        old, new = f"old.{kept.name}", f"gongkai.{kept.name}"
        if moved:
            rows = zip((old, new), moved(tables()[kept.name]), strict=True)
            old, new = (_gathered(connection, side, some) for side, some in rows)
        elif kept is FACTS:
            _find_touched(connection, columns)
            line = "(agency_id, year) IN (FROM touched)"
            old, new = (_gathered(connection, side, few_of(side, line)) for side in (old, new))
        same = " AND ".join(
            [f"o.{name} = n.{name}" for name in kept.key]
            + [f"o.{name} IS NOT DISTINCT FROM n.{name}" for name in columns]
        )
        since = "o.vintage" if "vintage" in had else "1"
        connection.execute(
            f"INSERT INTO {kept.past} BY NAME "
            f"SELECT {', '.join(f'o.{name}' for name in columns)}, "
            f"{since} AS vintage, {number} AS until "
            f"FROM {old} AS o ANTI JOIN {new} AS n ON {same} ORDER BY ALL"
        )
        connection.execute(
            f"INSERT INTO begun BY NAME "
            f"SELECT {', '.join(f'n.{name}' for name in kept.key)}, "
            f"{number} AS vintage, {quoted(kept.name)} AS relation "
            f"FROM {new} AS n ANTI JOIN {old} AS o ON {same} ORDER BY ALL"
        )


def _gathered(connection: duckdb.DuckDBPyConnection, table: str, rows: str) -> str:
    """Reads the rows of a table that may differ once: each look reads all of them."""
    name = table.replace(".", "_")
    connection.execute(f"CREATE TEMP TABLE {name} AS {rows}")
    return name


def _find_touched(connection: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> None:
    """Agencies and years whose facts are to be compared one by one."""
    rows_hashed = f"count(*) AS rows, bit_xor(hash({', '.join(columns)})) AS hash"
    side = "SELECT agency_id, year, {rows} FROM {side}.fact_indicator GROUP BY ALL"
    connection.execute(
        f"""
        CREATE TEMP TABLE touched AS SELECT agency_id, year
        FROM ({side.format(rows=rows_hashed, side="old")}) AS o
        FULL JOIN ({side.format(rows=rows_hashed, side="gongkai")}) AS n USING (agency_id, year)
        WHERE (o.rows, o.hash) IS DISTINCT FROM (n.rows, n.hash)
        """
    )


def find_causes(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    inventory: Inventory,
    *,
    is_other_program: bool,
) -> None:
    """Fills ``revision`` from what ``compare`` found."""
    connection.execute(statement(__name__, "revised"), {"number": number})
    connection.execute(
        f"CREATE TEMP VIEW lying AS SELECT source_path FROM {inventory.relation()} "
        "WHERE retired_at IS NULL"
    )
    connection.execute(
        statement(__name__, "causes"),
        {"number": number, "other": is_other_program},
    )


def give_back(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Fills ``revision`` where readers were led back: there is one cause for all."""
    connection.execute(statement(__name__, "revised"), {"number": number})
    connection.execute(
        f"INSERT INTO revision BY NAME SELECT r.*, {quoted(ROLLED_BACK)} AS cause, "
        "v.vintage, v.publication, v.published_at "
        f"FROM revised AS r, vintage AS v WHERE v.vintage = {number}"
    )


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the empty relations."""
    for name in RELATIONS:
        connection.execute(f"CREATE TEMP TABLE {name} AS {store_tables()[name].no_rows}")
