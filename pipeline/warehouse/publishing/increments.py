"""A publication made of the one before: what the reports that moved reach is made again.

The statements under ``transforms`` are the only word on what a table is, here as well. Each is
carried out on narrowed input where ``data/nightly.yml`` says how far a change can reach, whole
where it does not; then the rows that differ take the place of those in the copy.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from operator import attrgetter

import duckdb
from pydantic import Field

from pipeline.declared import Declaration, declared
from pipeline.warehouse.publishing.parts import WrittenFile, name_of_part
from pipeline.warehouse.publishing.steps import Source, Step, give, steps
from pipeline.warehouse.schema import TableSchema, tables
from pipeline.warehouse.statements import few_of, listed, tables_read

STAMPED = frozenset({"vintage"})
"""Columns that publishing itself writes; what they say makes no row another one."""

_TOUCHED = "touched_report"
_LINE = ("agency_id", "year")
_UNIT_WITHOUT_KEY = ("report_id",)

_EVERY_ROW = "true"

FEW = 1_000
_LARGEST_SHARE = 0.2
"""Where more reports than this are touched, to build everything takes no longer."""


class Reach(Declaration):
    """How far a change reaches in what one statement gives.

    Attributes:
        within: Conditions on the tables it reads; what else they hold has no say.
        replaces: Condition on its result: these rows are right although its input was narrowed.
    """

    within: dict[str, str] = Field(default_factory=dict)
    replaces: str = _EVERY_ROW


class TooMuchError(Exception):
    """So much changed that everything is better built whole."""


@dataclass(slots=True)
class Rewritten:
    """What of a copied publication is not as it was.

    Its relations stand in the catalog ``night``, as long as the file of the draft is open.

    Attributes:
        parts: For each table the parts of its Parquet files with other rows; a table without
            parts has the one of its name.
        units: For each table with parts the agencies and years of such rows, or the reports.
    """

    parts: dict[str, set[str]] = field(default_factory=dict)
    units: dict[str, set[tuple[str | int, ...]]] = field(default_factory=dict)

    def leaves(self, table: TableSchema) -> bool:
        """Whether all rows of a table are as they were."""
        return self.parts.get(table.name) == set()

    def has(self, part: WrittenFile) -> bool:
        """Whether rows of a part are not as they were; they never are where no step makes them."""
        return part.name in self.parts.get(part.table.name, {part.name})

    def moved(self, part: WrittenFile) -> tuple[str, list[str]]:
        """Returns a column, and its values in the rows of a part that are about such units."""
        units = self.units.get(part.table.name, set())
        if (unit := _unit(part.table)) == _LINE:
            return unit[0], [str(agency) for agency, year in units if str(year) == part.common]
        return unit[0], [str(report) for (report,) in units]

    def rows(self, table: TableSchema) -> str | None:
        """Returns what to put after FROM to read the rows about those reports and lines.

        Rows of one key are all among them, or none is; None where there are none at all.
        """
        if table.name not in self.parts or (self.parts[table.name] and table.parts is None):
            return table.name
        if not self.units.get(table.name):
            return None
        unit = listed(_unit(table))
        told = f"SELECT {unit} FROM night.main.told_{table.name}"
        return f"({few_of(table.name, f'({unit}) IN ({told})')})"

    def moved_rows(self, table: TableSchema) -> tuple[str, str]:
        """Returns the SELECTs of the rows that moved, as they were and as they are."""
        moved, units = f"night.main.moved_{table.name}", listed(_moving(table))
        before = f"FROM night.main.replaced_{table.name} SEMI JOIN {moved} USING ({units})"
        return before, few_of(f"gongkai.main.{table.name}", f"({units}) IN (FROM {moved})")


def checked(found: Mapping[str, Reach]) -> Mapping[str, Reach]:
    """Returns the reach of each statement that has one, by its title, held against the statements.

    Raises:
        ValueError: One is about a statement, or a table it reads, that does not exist.
    """
    known = {step.title: step.reads for step in steps()}
    through = {step.name: step.reads for step in steps() if step.kind == "view"}
    for name, reach in found.items():
        if name not in known:
            raise ValueError(f"nightly.yml: there is no statement {name} under transforms")
        reads = known[name].union(*(through.get(one, ()) for one in known[name]))
        if unread := reach.within.keys() - reads:
            raise ValueError(f"nightly.yml: {name} does not read {sorted(unread)}")
    return found


@cache
def reaches() -> Mapping[str, Reach]:
    """Returns the reaches that come with the code."""
    return checked(declared("pipeline.warehouse", "nightly", dict[str, Reach]))


@cache
def _sets() -> Mapping[str, str]:
    """The relations under ``nightly``, by name."""
    folder = files("pipeline.warehouse") / "nightly"
    return {
        path.name.removesuffix(".sql"): path.read_text("utf-8")
        for path in folder.iterdir()
        if path.name.endswith(".sql")
    }


class Increment:
    """Statements carried out in a copy of the publication before.

    The connection holds the copy as ``gongkai``, the publication itself as ``before``, what
    that was made of as ``before_ranked_report``, and a catalog ``night`` in memory, with the store
    in it; the copy and ``night`` are on its search path. A temporary view that hides a table of
    them narrows it.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, declared: Mapping[str, Source]
    ) -> None:
        self._connection = connection
        self._declared = declared
        self._made: set[str] = set()
        self._narrow: dict[tuple[str, str], str] = {}
        self.rewritten = Rewritten()
        for table in filter(attrgetter("parts"), tables().values()):
            columns = f"{listed(_unit(table))}, NULL::VARCHAR AS part"
            none = f"SELECT {columns} FROM gongkai.main.{table.name} LIMIT 0"
            self._run(f"CREATE TABLE night.main.told_{table.name} AS {none}")

    def carry_out(self, step: Step) -> None:
        """Carries out one statement; those before it must have been.

        Raises:
            TooMuchError: So many reports are touched that nothing is won.
        """
        if step.kind == "table" and step.reads <= self._declared.keys():
            self.rewritten.parts[step.name] = set()  # the program is the same, and gives the same
            return
        reach = reaches().get(step.title, Reach())
        for holds in (*reach.within.values(), reach.replaces):
            for name in tables_read(f"SELECT 1 WHERE {holds}"):
                self._make(name)
        give(self._connection, self._declared, step.reads)
        with self._narrowed(reach.within):
            self._give(step)
        if step.kind == "table":
            self._exchange(tables()[step.name], reach.replaces)
        elif step.kind == "update":
            self._write(step)

    def _give(self, step: Step) -> None:
        match step.kind:
            case "view":
                step.run(self._connection)
            case "table":
                self._run(tables()[step.name].ddl_as(f"night.main.made_{step.name}"))
                self._run(f"INSERT INTO night.main.made_{step.name} BY NAME {step.select}")
            case "update":
                self._run(
                    f"CREATE TABLE night.main.written_{step.name} AS "
                    f"SELECT w.* FROM ({step.select}) AS w "
                    f"JOIN gongkai.main.{step.name} AS t ON t.rowid = w.row "
                    f"WHERE {' OR '.join(_differs(column) for column in step.writes)}"
                )
            case _:
                self._run(f"CREATE TABLE night.main.{step.name} AS {step.select}")

    def _make(self, name: str) -> None:
        """Makes one of the relations under ``nightly``, once, after those it reads."""
        if name in self._made or name not in _sets():
            return
        self._made.add(name)
        reads = tables_read(_sets()[name])
        for other in reads:
            self._make(other)
        give(self._connection, self._declared, reads)
        self._run(f"CREATE TABLE night.main.{name} AS {_sets()[name]}")
        if name == _TOUCHED:
            self._refuse_much()

    def _refuse_much(self) -> None:
        ((touched, reports),) = self._run(
            f"SELECT (SELECT count(*) FROM {_TOUCHED}), (SELECT count(*) FROM ranked_report)"
        ).fetchall()
        if touched > max(FEW, _LARGEST_SHARE * reports):
            raise TooMuchError(f"{touched} of {reports} reports are touched by what changed")

    def _exchange(self, table: TableSchema, replaces: str) -> None:
        """Lets the rows made take the place of those of the copy, where they differ."""
        name, units = table.name, listed(_moving(table))
        compared = listed(_compared(table))
        if replaces == _EVERY_ROW:
            self._run(f"CREATE VIEW night.main.replaced_{name} AS FROM old.main.{name}")
            gone = f"({units}) IN (FROM moved_{name})"
        else:
            rows = few_of(f"gongkai.main.{name}", replaces, "rowid AS replaced_row, *")
            self._run(f"CREATE TABLE night.main.replaced_{name} AS {rows}")
            self._run(f"DELETE FROM night.main.made_{name} WHERE ({replaces}) IS NOT TRUE")
            moved_rows = f"FROM replaced_{name} SEMI JOIN moved_{name} USING ({units})"
            gone = f"rowid IN (SELECT replaced_row {moved_rows})"
        # Two groups of EXCEPT ALL ask the same, and take five times as long to plan.
        ((moved,),) = self._run(
            f"""
            CREATE TABLE night.main.moved_{name} AS
            SELECT DISTINCT {units}
            FROM (
                SELECT {units}, hash({compared}) AS content, 1 AS side FROM replaced_{name}
                UNION ALL
                SELECT {units}, hash({compared}), -1 FROM made_{name}
            )
            GROUP BY {units}, content
            HAVING sum(side) <> 0
            """
        ).fetchall()
        self.rewritten.parts.setdefault(name, set())
        if not moved:
            return
        both = f"(FROM replaced_{name} UNION ALL BY NAME FROM made_{name})"
        self._tell(table, f"{both} SEMI JOIN moved_{name} USING ({units})")
        self._run(f"DELETE FROM gongkai.main.{name} WHERE {gone}")
        self._run(
            f"INSERT INTO gongkai.main.{name} BY NAME "
            f"SELECT * FROM made_{name} SEMI JOIN moved_{name} USING ({units})"
        )

    def _write(self, step: Step) -> None:
        """Writes what an update gives where it is not what the table says."""
        table, name = tables()[step.name], step.name
        units = listed(_moving(table))
        rows = f"gongkai.main.{name} AS t JOIN written_{name} AS w ON t.rowid = w.row"
        self._tell(table, rows)
        self._run(
            f"INSERT INTO night.main.replaced_{name} BY NAME SELECT t.* FROM {rows} "
            f"ANTI JOIN made_{name} USING ({units})"
        )
        self._run(f"INSERT INTO night.main.moved_{name} SELECT {units} FROM {rows}")
        self._run(
            f"UPDATE gongkai.main.{name} AS t SET {step.sets} FROM written_{name} AS w "
            "WHERE t.rowid = w.row"
        )

    def _tell(self, table: TableSchema, rows: str) -> None:
        """Notes which parts some rows lie in, and what they are about."""
        name = table.name
        parts = self.rewritten.parts.setdefault(name, set())
        if table.parts is None:
            parts.add(name)
            return
        if table.parts == "arrival":
            rows = f"(FROM {rows}) LEFT JOIN before_arrival USING (report_id)"
        told = f"SELECT DISTINCT {listed(_unit(table))}, {name_of_part(table)} AS part FROM {rows}"
        self._run(f"INSERT INTO night.main.told_{name} {told}")
        found = self._run(f"FROM told_{name}").fetchall()
        self.rewritten.units[name] = {tuple(unit) for *unit, _ in found}
        parts.update(part for *_, part in found if part)

    @contextmanager
    def _narrowed(self, within: Mapping[str, str]) -> Iterator[None]:
        """Hides tables behind views of some of their rows."""
        for name, holds in within.items():
            self._run(f"CREATE TEMP VIEW {name} AS {self._some_of(name, holds)}")
        yield
        for name in within:
            self._run(f"DROP VIEW temp.main.{name}")

    def _some_of(self, name: str, holds: str) -> str:
        """The SELECT of some rows; those of what no statement changes are read once for all."""
        if name in tables():
            return f"SELECT rowid AS rowid, * FROM gongkai.main.{name} WHERE {holds}"
        if (name, holds) not in self._narrow:
            narrow = f"night.main.{name}_{len(self._narrow)}"
            self._run(f"CREATE TABLE {narrow} AS FROM night.main.{name} WHERE {holds}")
            self._narrow[name, holds] = narrow
        return f"FROM {self._narrow[name, holds]}"

    def _run(self, sql: str) -> duckdb.DuckDBPyConnection:
        return self._connection.execute(sql)


def _compared(table: TableSchema) -> list[str]:
    """Columns that make a row another one when it is made: not those written later."""
    updates = [step for step in steps() if step.name == table.name and step.kind == "update"]
    later = STAMPED.union(*(step.writes for step in updates))
    return [column.name for column in table.columns if column.name not in later]


def _unit(table: TableSchema) -> tuple[str, ...]:
    """Columns that say what rows are about; those of one key are about one thing."""
    return _LINE if set(_LINE) <= set(table.key) else _UNIT_WITHOUT_KEY


def _moving(table: TableSchema) -> tuple[str, ...]:
    """Columns by which rows are exchanged: all rows that agree in them, or none."""
    return table.key or _UNIT_WITHOUT_KEY


def _differs(column: str) -> str:
    return f'w."{column}" IS DISTINCT FROM t."{column}"'
