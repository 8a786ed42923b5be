"""What must hold before a warehouse is published, and what is worth a look.

Every check returns the rows that break it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import duckdb

from pipeline.warehouse.publishing.views import views_by_name
from pipeline.warehouse.records import records
from pipeline.warehouse.reviewed.overrides import overrides
from pipeline.warehouse.schema import TableSchema, tables
from pipeline.warehouse.statements import listed, quoted

_SHOWN = 5
_TOLD = 20


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What came of one check.

    Attributes:
        failures: Sentences, at most a few of each kind.
        rows: The same as rows of a table, where they are such.
        measured: Figures worth keeping.
    """

    failures: tuple[str, ...] = ()
    rows: tuple[dict[str, Any], ...] = ()
    measured: dict[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        """Whether nothing broke it."""
        return not self.failures


Check = Callable[[duckdb.DuckDBPyConnection], CheckOutcome]

Rows = Callable[[TableSchema], str | None]
"""Which rows of a table to look at, as what stands after FROM; None for none.

Rows of one key are all among them, or none is."""


def _all_rows(table: TableSchema) -> str | None:
    return table.name


def keys_are_unique(connection: duckdb.DuckDBPyConnection, rows: Rows = _all_rows) -> CheckOutcome:
    """No table holds two rows with the same key."""
    asked = ((table, rows(table)) for table in tables().values() if table.key)
    return CheckOutcome(
        tuple(line for table, some in asked if some for line in _repeated(connection, table, some))
    )


def references_are_met(
    connection: duckdb.DuckDBPyConnection, rows: Rows = _all_rows
) -> CheckOutcome:
    """Every id that names a row of another table finds it."""
    naming: dict[str, list[str]] = {}
    for table in tables().values():
        referring = {one.name: one.refers_to for one in table.columns if one.refers_to}
        if referring and (some := rows(table)):
            rows_asked = _read_once(connection, table, some, referring)
            for name, target in referring.items():
                named = (
                    f"SELECT '{table.name}.{name}' AS said_in, \"{name}\" AS id FROM {rows_asked}"
                )
                naming.setdefault(target, []).append(named)
    return CheckOutcome(
        tuple(
            line
            for target, named in naming.items()
            for line in _dangling(connection, target, named)
        )
    )


def schema_is_declared(connection: duckdb.DuckDBPyConnection) -> CheckOutcome:
    """Tables and views have exactly the declared columns, and every one a comment."""
    failures: list[str] = []
    columns = _found(connection)
    for name, declared in _declared().items():
        found = columns.get(name, {})
        if list(found) != list(declared):
            failures.append(f"{name}: columns {list(found)}, declared {list(declared)}")
            continue
        failures.extend(
            f"{name}.{column}: type {found[column]}, declared {type_}"
            for column, type_ in declared.items()
            if type_ and found[column] != type_
        )
    uncommented = connection.execute(
        "SELECT table_name || '.' || column_name FROM duckdb_columns() "
        "WHERE NOT internal AND comment IS NULL AND database_name = current_database()"
    ).fetchall()
    failures.extend(f"{row[0]}: no comment" for row in uncommented)
    return CheckOutcome(tuple(failures))


def identities_hold(connection: duckdb.DuckDBPyConnection) -> CheckOutcome:
    """No current report breaks an identity of severity error, those let pass aside."""
    return _outcome(
        connection,
        "SELECT name_zh, year, rule_id, message_zh FROM contradictions "
        "WHERE severity = 'error' AND override_reason IS NULL ORDER BY year DESC, name_zh",
        "SELECT outcome, count(*) FROM check_result GROUP BY outcome ORDER BY outcome",
    )


def corpus_is_covered(connection: duckdb.DuckDBPyConnection) -> CheckOutcome:
    """Every agency has a report for every year between its first and its last, or its roster's."""
    return _outcome(
        connection,
        "SELECT name_zh, year, status FROM coverage "
        "WHERE status IN ('gap', 'missing') ORDER BY year, name_zh",
        "SELECT status, count(*) FROM coverage GROUP BY status ORDER BY status",
    )


def quarantine_is_empty(connection: duckdb.DuckDBPyConnection) -> CheckOutcome:
    """Every file could be read and holds a report."""
    return _outcome(
        connection,
        "SELECT source_path, reason, detail FROM quarantine ORDER BY source_path",
        "SELECT reason, count(*) FROM quarantine GROUP BY reason ORDER BY reason",
    )


def overrides_are_needed(connection: duckdb.DuckDBPyConnection) -> CheckOutcome:
    """Every override of a report in the warehouse lets a failed check pass."""
    used = set(
        connection.execute(
            "SELECT DISTINCT rule_id, agency_id, year FROM check_result "
            "WHERE override_reason IS NOT NULL"
        ).fetchall()
    )
    reported = set(connection.execute("SELECT DISTINCT agency_id, year FROM dim_report").fetchall())
    return CheckOutcome(
        tuple(
            f"{one.rule_id} {one.agency} {one.year}: nothing fails here any more; "
            "take it out of overrides.yml"
            for one in overrides()
            if (one.agency, one.year) in reported
            and (one.rule_id, one.agency, one.year) not in used
        ),
        measured={"used": len(used)},
    )


def corrections_meet_their_values(connection: duckdb.DuckDBPyConnection) -> CheckOutcome:
    """Every correction of a report in the warehouse finds the value it was made for."""
    rows = connection.execute(
        "SELECT report_id, indicator_id, expect, found FROM correction "
        "WHERE NOT is_applied ORDER BY ALL"
    ).fetchall()
    return CheckOutcome(
        tuple(
            f"{report} {indicator}: {found if found is not None else 'nothing'} is found where "
            f"{expect} was expected; look at the report, and mend corrections.yml"
            for report, indicator, expect, found in rows
        )
    )


BLOCKING: tuple[Check, ...] = (keys_are_unique, references_are_met, schema_is_declared)
"""A warehouse that breaks one of these is not published; others are about the reports in it."""

ROW_BY_ROW = (keys_are_unique, references_are_met)
"""Where the rest of a warehouse was published before, these ask the rows that are new."""


def _outcome(connection: duckdb.DuckDBPyConnection, failing: str, counting: str) -> CheckOutcome:
    """The first failing rows, and how many there are of each kind."""
    rows = tuple(records(connection, f"{failing} LIMIT {_TOLD}", {}))
    counts = connection.execute(counting).fetchall()
    sentences = tuple(": ".join(map(str, row.values())) for row in rows)
    return CheckOutcome(sentences, rows, dict(counts))


def _declared() -> dict[str, dict[str, str | None]]:
    declared: dict[str, dict[str, str | None]] = {
        table.name: {column.name: column.type for column in table.columns}
        for table in tables().values()
    }
    declared.update({name: dict.fromkeys(view.columns) for name, view in views_by_name().items()})
    return declared


def _found(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The columns of all tables and views with their types; to describe each takes ten times."""
    found: dict[str, dict[str, str]] = {}
    for name, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal "
        "AND database_name = current_database() ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(name, {})[column] = kind
    return found


def _repeated(connection: duckdb.DuckDBPyConnection, table: TableSchema, some: str) -> list[str]:
    key = listed(table.key)
    rows_asked = _read_once(connection, table, some, table.key)
    # Grouping by a hash first keeps ten million text keys out of memory.
    rows = connection.execute(
        f"""
        SELECT {key}, count(*) FROM {rows_asked}
        WHERE hash({key}) IN (
            SELECT h FROM (SELECT hash({key}) AS h FROM {rows_asked})
            GROUP BY h HAVING count(*) > 1
        )
        GROUP BY {key} HAVING count(*) > 1 LIMIT {_SHOWN}
        """
    ).fetchall()
    return [f"{table.name}: {row[-1]} rows with {table.key} = {row[:-1]}" for row in rows]


def _dangling(
    connection: duckdb.DuckDBPyConnection, target: str, naming: Iterable[str]
) -> list[str]:
    """Ids of no row of a table, of all that tables say of it: its own rows are read once."""
    (key,) = tables()[target].key
    # Hashes are joined in half the time of texts; that one of a name which is not there meets
    # another of ten million is as likely as one in a million million.
    rows = connection.execute(
        f"""
        SELECT said_in, id
        FROM ({" UNION ALL ".join(naming)})
        ANTI JOIN (SELECT hash({key}) AS h FROM {target}) AS r ON r.h = hash(id)
        WHERE id IS NOT NULL
        GROUP BY said_in, id
        QUALIFY row_number() OVER (PARTITION BY said_in) <= {_SHOWN}
        """
    ).fetchall()
    return [f"{said_in}: {quoted(str(name))} is not in {target}" for said_in, name in rows]


def _read_once(
    connection: duckdb.DuckDBPyConnection, table: TableSchema, some: str, columns: Iterable[str]
) -> str:
    """Sets some rows aside, unless they are all: to find them takes longer than to ask of them."""
    if some == table.name:
        return some
    asked = f"asked_{table.name}"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {asked} AS SELECT {listed(columns)} FROM {some}"
    )
    return asked
