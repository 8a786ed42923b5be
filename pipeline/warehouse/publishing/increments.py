"""A publication made of the one before: what the reports that moved reach is made again.

The statements under ``transforms`` are the only word on what a table is, here as well. Each is
carried out on narrowed input where ``data/nightly.yml`` says how far a change can reach, whole
where it does not; then the rows that differ take the place of those in the copy.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import duckdb
from pydantic import Field

from pipeline.declared import Declaration, declared
from pipeline.warehouse.publishing.parts import WrittenFile, name_of_part
from pipeline.warehouse.publishing.steps import Source, Step, give, steps
from pipeline.warehouse.schema import TableSchema, tables
from pipeline.warehouse.statements import few_of, listed, quoted, tables_read

STAMPED = frozenset({"vintage"})
"""Columns that publishing itself writes; what they say makes no row another one."""

_FACTS = "fact_indicator"
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

    Attributes:
        parts: For each table the parts of its Parquet files with other rows; a table without
            parts has the one of its name.
        units: For each table with parts the agencies and years of such rows, or the reports.
    """

    parts: dict[str, set[str]] = field(default_factory=dict)
    units: dict[str, set[tuple[str | int, ...]]] = field(default_factory=dict)

    @property
    def lines(self) -> set[tuple[str, int]]:
        """Agencies and years of which a fact is another one, in whatever column."""
        return {(str(agency), int(year)) for agency, year in self.units.get(_FACTS, ())}

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
        if not (units := self.units.get(table.name)):
            return None
        unit, values = _unit(table), ", ".join(map(_row, units))
        return f"({few_of(table.name, f'({listed(unit)}) IN (VALUES {values})')})"


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
                self._run(f"CREATE TABLE night.main.written_{step.name} AS {step.select}")
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
        name, units = table.name, listed(table.key or _UNIT_WITHOUT_KEY)
        compared = listed(_compared(table))
        columns, here = "rowid AS replaced_row, *", f"gongkai.main.{name}"
        if replaces == _EVERY_ROW:
            self._run(f"CREATE VIEW night.main.replaced_{name} AS SELECT {columns} FROM {here}")
        else:
            rows = few_of(here, replaces, columns)
            self._run(f"CREATE TABLE night.main.replaced_{name} AS {rows}")
            self._run(f"DELETE FROM night.main.made_{name} WHERE ({replaces}) IS NOT TRUE")
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
        self._run(
            f"DELETE FROM gongkai.main.{name} WHERE rowid IN (SELECT replaced_row "
            f"FROM replaced_{name} SEMI JOIN moved_{name} USING ({units}))"
        )
        self._run(
            f"INSERT INTO gongkai.main.{name} BY NAME "
            f"SELECT * FROM made_{name} SEMI JOIN moved_{name} USING ({units})"
        )

    def _write(self, step: Step) -> None:
        """Writes what an update gives where it is not what the table says."""
        table, name = tables()[step.name], step.name
        columns = sorted(step.writes)
        here, there = (", ".join(f'{side}."{one}"' for one in columns) for side in "tw")
        other = (
            f"gongkai.main.{name} AS t JOIN written_{name} AS w ON t.rowid = w.row "
            f"WHERE ({here}) IS DISTINCT FROM ({there})"
        )
        self._tell(table, other)
        self._run(
            f"UPDATE gongkai.main.{name} AS t SET {step.sets} FROM written_{name} AS w "
            f"WHERE t.rowid = w.row AND ({here}) IS DISTINCT FROM ({there})"
        )

    def _tell(self, table: TableSchema, rows: str) -> None:
        """Notes which parts some rows lie in, and what they are about."""
        if table.parts:
            units = self._run(f"SELECT DISTINCT {listed(_unit(table))} FROM {rows}").fetchall()
            self.rewritten.units.setdefault(table.name, set()).update(units)
        if table.parts == "arrival":
            self._run(f"INSERT INTO night.main.arrived SELECT DISTINCT report_id FROM {rows}")
            rows = "before_arrival SEMI JOIN arrived USING (report_id)"
        found = self._run(f"SELECT DISTINCT {name_of_part(table)} FROM {rows}").fetchall()
        self.rewritten.parts.setdefault(table.name, set()).update(name for (name,) in found)

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


def _row(values: Iterable[str | int]) -> str:
    return f"({', '.join(quoted(one) if isinstance(one, str) else str(one) for one in values)})"
