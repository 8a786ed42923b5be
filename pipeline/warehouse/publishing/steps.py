"""The statements that fill the published tables, and what each reads, as its SQL says.

A statement under ``transforms`` is one SELECT in a file ``<order>_<name>[.<kind>].sql``. It
fills the published table of its name; or else gives a relation that later ones read, a view
where its kind says so, a table of its own where not; or it updates a table that is filled:
its columns replace those of the row whose ``rowid`` its column ``row`` names.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import duckdb
import pyarrow as pa

from pipeline.warehouse.schema import tables
from pipeline.warehouse.statements import columns_given, tables_read

Source = Callable[[duckdb.DuckDBPyConnection], pa.Table]
"""Gives the rows of a relation from the tables built before it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One statement.

    Attributes:
        name: The relation it gives, fills or changes.
        kind: ``table`` for a published one, ``relation``, ``view`` or ``update``.
        select: The SELECT.
        reads: Tables and relations that it reads.
    """

    name: str
    kind: str
    select: str
    reads: frozenset[str]

    @property
    def title(self) -> str:
        """Tells it from others about the same table."""
        return f"{self.name}.update" if self.kind == "update" else self.name

    @property
    def writes(self) -> tuple[str, ...]:
        """Columns that an update writes."""
        return tuple(name for name in columns_given(self.select) if name != "row")

    @property
    def sets(self) -> str:
        """What an update sets, from the row that its SELECT gives as ``w``."""
        return ", ".join(f'"{name}" = w."{name}"' for name in self.writes)

    def run(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Carries it out; what it reads must be there."""
        match self.kind:
            case "update":
                connection.execute(
                    f"UPDATE {self.name} AS t SET {self.sets} "
                    f"FROM ({self.select}) AS w WHERE t.rowid = w.row"
                )
            case "table":
                connection.execute(f"INSERT INTO {self.name} BY NAME {self.select}")
            case "view":
                connection.execute(f"CREATE TEMP VIEW {self.name} AS {self.select}")
            case _:
                connection.execute(f"CREATE TEMP TABLE {self.name} AS {self.select}")


@cache
def steps() -> tuple[Step, ...]:
    """Returns every step, each after those it reads from."""
    folder = files("pipeline.warehouse") / "transforms"
    found = sorted(folder.iterdir(), key=lambda path: path.name)
    return tuple(_step(path.name, path.read_text("utf-8")) for path in found)


def _step(file: str, select: str) -> Step:
    name, *kind = file.partition("_")[2].removesuffix(".sql").split(".")
    usual = "table" if name in tables() else "relation"
    return Step(name, kind[0] if kind else usual, select, tables_read(select))


def needed_for(names: Collection[str]) -> tuple[Step, ...]:
    """Returns the steps that give some relations, with those that they read, in order."""
    wanted = set(names)
    needed: list[Step] = []
    for step in reversed(steps()):
        if step.name in wanted:
            needed.append(step)
            wanted |= step.reads
    return tuple(reversed(needed))


def direct_sources(name: str) -> frozenset[str]:
    """Returns what a table is filled from: published tables, and relations that no step gives.

    Relations in between are followed to what they are made of. What updates a table later reads
    tables made of it and is left out: it would be a circle.
    """
    made = {step.name for step in steps()}
    sources: set[str] = set()
    met = {name}
    waiting = [name]
    while waiting:
        at = waiting.pop()
        fills = [step for step in steps() if step.name == at and step.kind != "update"]
        for source in {one for step in fills for one in step.reads} - met:
            met.add(source)
            if source in made and source not in tables():
                waiting.append(source)
            else:
                sources.add(source)
    return frozenset(sources)


def give(
    connection: duckdb.DuckDBPyConnection, declared: Mapping[str, Source], names: Collection[str]
) -> None:
    """Lets statements read those of some relations that come with the code."""
    for name in declared.keys() & names:
        connection.register(name, declared[name](connection))
