"""Fills the tables of a draft: all of them from the store, or what moved in a copy of them."""

from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb

from pipeline.settings import Settings
from pipeline.warehouse.attaching import attach
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.publishing.increments import Increment, Rewritten
from pipeline.warehouse.publishing.overlay import Decided
from pipeline.warehouse.publishing.parts import ARRIVED_IN, ROWS_THAT_ARRIVE
from pipeline.warehouse.publishing.steps import Source, give, needed_for, steps
from pipeline.warehouse.statements import quoted
from pipeline.warehouse.store.parse_store import PARSED, ParseStore

_LEAST_MEMORY = 400_000_000
MOST_MEMORY = 4_000_000_000
_MEMORY_A_STORED_BYTE = 13
"""Bytes of memory for each byte of the store: enough for joins, the rest goes to the disk."""

MACROS = r"""
CREATE TEMP MACRO plain(value) AS
    regexp_replace(value::VARCHAR, '\.0*$|(\.\d*[1-9])0+$', '\1')
"""
"""What the statements call: a number as a sentence has it, without idle zeros behind its point."""

_MEMORY_A_PUBLISHED_BYTE = 2
"""The same for each byte of a file that is built: with half of it, copies take twice as long."""


def limit_by(connection: duckdb.DuckDBPyConnection, database: Path, threads: int) -> None:
    """Limits a connection's threads, and its memory by the size of the file it builds."""
    _limit(connection, threads, database.stat().st_size * _MEMORY_A_PUBLISHED_BYTE)


def _limit(connection: duckdb.DuckDBPyConnection, threads: int, memory: int) -> None:
    bound = min(max(_LEAST_MEMORY, memory), MOST_MEMORY)
    connection.execute(f"SET memory_limit = '{bound}B'")
    connection.execute(f"SET threads = {threads}")


def give_store(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    store: ParseStore,
    inventory: Inventory,
    decided: Decided,
    catalog: str | None = None,
) -> None:
    """Gives a connection to a draft what the statements that fill it read from the store.

    Args:
        connection: Writes the draft.
        settings: Name the store, and how many threads may be used.
        store: Parse results.
        inventory: What lies in the raw folder.
        decided: Documents that count as people decided, not as they were parsed.
        catalog: Where the tables of the store are named; for this connection alone if None.
    """
    connection.execute(MACROS)
    _limit(connection, settings.jobs, store.reports.size() * _MEMORY_A_STORED_BYTE)
    attach(connection, settings.store)
    connection.execute(f"CREATE TEMP VIEW inventory AS FROM {inventory.relation()}")
    view = f"VIEW {catalog}.main." if catalog else "TEMP VIEW "
    for name in PARSED:
        if name in decided.tables:
            connection.register(f"decided_{name}", decided.tables[name])
        rows = decided.over(store.reports.relation(name), name)
        connection.execute(f"CREATE {view}store_{name} AS {rows}")


def fill(
    connection: duckdb.DuckDBPyConnection, declared: Mapping[str, Source], names: Collection[str]
) -> None:
    """Fills some tables, after whatever they are made of; all of them must be there, empty."""
    for step in needed_for(names):
        give(connection, declared, step.reads)
        step.run(connection)


def keep_basis(connection: duckdb.DuckDBPyConnection, basis: Path) -> None:
    """Writes down what the reports of a whole publication are, and in which part each arrived."""
    connection.execute(
        f"""
        COPY (
            SELECT p.*, lpad((a.first // {ROWS_THAT_ARRIVE})::VARCHAR, 4, '0') AS {ARRIVED_IN}
            FROM ranked_report AS p
            LEFT JOIN (
                SELECT report_id, min(rowid) AS first FROM observation GROUP BY report_id
            ) AS a USING (report_id)
        ) TO {quoted(str(basis))} (FORMAT parquet, COMPRESSION zstd)
        """
    )


def give_before(connection: duckdb.DuckDBPyConnection, before: Path, basis: Path) -> None:
    """Gives a connection to a copy of a publication that itself, and a catalog of the night.

    Args:
        connection: Holds the copy.
        before: The DuckDB file that was copied.
        basis: What its reports were.
    """
    connection.execute(f"ATTACH {quoted(str(before))} AS old (READ_ONLY)")
    connection.execute("ATTACH ':memory:' AS night")
    connection.execute("SET search_path = 'gongkai.main,night.main'")
    old = f"read_parquet({quoted(str(basis))})"
    connection.execute(
        f"""
        CREATE VIEW night.main.before_ranked_report AS SELECT * EXCLUDE ({ARRIVED_IN}) FROM {old};
        CREATE VIEW night.main.before_arrival AS SELECT report_id, {ARRIVED_IN} FROM {old}
        """
    )


def refill(
    connection: duckdb.DuckDBPyConnection,
    declared: Mapping[str, Source],
    basis: Path,
    arrival: str,
) -> Rewritten:
    """Makes a copy of a publication what the whole would be now, and returns what that took.

    Args:
        connection: Holds the copy, was given what it is a copy of, and the store in ``night``.
        declared: What gives the rows that come with the code.
        basis: Where to write down what its reports are now.
        arrival: Name of the part that what is new arrives in.

    Raises:
        increments.TooMuchError: To build everything takes no longer.
    """
    increment = Increment(connection, declared)
    for step in steps():
        increment.carry_out(step)
    connection.execute(
        f"""
        COPY (
            SELECT
                p.*,
                CASE WHEN n.report_id IS NULL THEN a.{ARRIVED_IN} ELSE {quoted(arrival)} END
                    AS {ARRIVED_IN}
            FROM ranked_report AS p
            LEFT JOIN before_arrival AS a USING (report_id)
            LEFT JOIN (SELECT DISTINCT report_id FROM told_observation) AS n USING (report_id)
        ) TO {quoted(str(basis))} (FORMAT parquet, COMPRESSION zstd)
        """
    )
    increment.rewritten.parts.setdefault("observation", set()).add(arrival)
    return increment.rewritten
