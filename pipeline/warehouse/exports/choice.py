"""What of a publication is exported: tables, years, provinces and indicators."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import duckdb

from pipeline.warehouse.publishing.views import View, views
from pipeline.warehouse.queries.name_lookup import (
    NotFoundError,
    indicators_called,
    provinces_called,
    years_told,
)
from pipeline.warehouse.schema import ColumnSchema, TableSchema, tables
from pipeline.warehouse.statements import quoted

FIRST = "facts"
ON_REQUEST = ("indicator_coverage",)
"""Views of a row for each agency, year and indicator there is, printed or not: some thirty times
the facts. What stands where there is no fact is in ``fact_gap`` as well."""

_COLUMNS = "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = $name"
_TYPES = {"HUGEINT": "BIGINT", "ENUM": "VARCHAR", "DECIMAL": "DECIMAL(20,6)"}
_KEYS = {"facts": ("agency_id", "year", "indicator_id")}


class ChoiceError(NotFoundError):
    """Something is asked for that the publication does not hold; the message says what it has."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; empty means all.

    Attributes:
        tables: Names of tables and views.
        years: Years that rows are about.
        provinces: Full names of provinces, or what they begin with.
        indicators: Ids or labels.
    """

    tables: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    provinces: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, list[str | int]]:
        """Returns what was asked for, for a descriptor."""
        return {name: list(value) for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Selection:
    """Rows of one table.

    Attributes:
        table: The table or view, with columns in order.
        where: Condition of its rows, in SQL.
        query: What they are read from, where that is not the table itself.
    """

    table: TableSchema
    where: str = "true"
    query: str = ""

    @property
    def relation(self) -> str:
        """What stands after FROM."""
        return f"({self.query})" if self.query else self.table.name


def resolved(connection: duckdb.DuckDBPyConnection, choice: Choice) -> Choice:
    """Returns a choice with names as the warehouse spells them.

    Raises:
        NotFoundError: A table, province or indicator is not there, or no report is on the years.
    """
    known = [table.name for table in _relations(connection)]
    for name in choice.tables:
        if name not in known:
            raise ChoiceError(f"no table or view is called {name}; there are {', '.join(known)}")
    return Choice(
        choice.tables,
        tuple(years_told(connection, choice.years)),
        tuple(one for name in choice.provinces for one in provinces_called(connection, name)),
        tuple(one for name in choice.indicators for one in _indicators(connection, name)),
    )


def selections(connection: duckdb.DuckDBPyConnection, choice: Choice) -> list[Selection]:
    """Returns what a resolved choice means for each table: facts first, then other views."""
    return [
        Selection(table, condition([column.name for column in table.columns], choice))
        for table in _relations(connection)
        if (table.name in choice.tables if choice.tables else table.name not in on_request(choice))
    ]


def on_request(choice: Choice) -> tuple[str, ...]:
    """Returns the views that a choice leaves out, since it names neither them nor indicators."""
    return () if choice.tables or choice.indicators else ON_REQUEST


def left_out(connection: duckdb.DuckDBPyConnection, choice: Choice) -> dict[str, int]:
    """Returns how many rows of each such view a resolved choice would have."""
    named = Choice(on_request(choice), choice.years, choice.provinces)
    found = selections(connection, named) if named.tables else []
    count = "SELECT count(*) FROM {} WHERE {}"
    return {
        one.table.name: connection.sql(count.format(one.relation, one.where)).fetchall()[0][0]
        for one in found
    }


def condition(columns: Sequence[str], choice: Choice) -> str:
    """Returns the condition on the rows of a table with some columns.

    What a table has no column for does not narrow it: a list of forms has no province.
    """
    return " AND ".join(_conditions(columns, choice)) or "true"


def _conditions(columns: Sequence[str], choice: Choice) -> Iterator[str]:
    if "agency_id" not in columns and "province" not in columns and "report_id" in columns:
        reports = " AND ".join(_of_agency_and_year(("agency_id", "year"), choice))
        if reports:
            yield f"report_id IN (SELECT report_id FROM dim_report WHERE {reports})"
    else:
        yield from _of_agency_and_year(columns, choice)
    if choice.indicators:
        listed = ", ".join(map(quoted, choice.indicators))
        if "indicator_id" in columns:
            yield f"indicator_id IN ({listed})"
        elif "indicator_ids" in columns:
            yield f"list_has_any(indicator_ids, [{listed}])"


def _of_agency_and_year(columns: Sequence[str], choice: Choice) -> Iterator[str]:
    if choice.years and "year" in columns:
        yield f"year IN ({', '.join(map(str, choice.years))})"
    if choice.provinces:
        provinces = f"province IN ({', '.join(map(quoted, choice.provinces))})"
        if "province" in columns:
            yield provinces
        elif "agency_id" in columns:
            yield f"agency_id IN (SELECT agency_id FROM dim_agency WHERE {provinces})"


def _relations(connection: duckdb.DuckDBPyConnection) -> list[TableSchema]:
    """The views and tables of a publication, facts before all others."""
    for table in tables().values():
        _must_have(connection, table)
    of_views = [_of_view(connection, view) for view in sorted(views(), key=lambda one: one.name)]
    of_views = [table for table in of_views if table.columns]
    of_views.sort(key=lambda table: table.name != FIRST)
    return [*of_views, *tables().values()]


def _must_have(connection: duckdb.DuckDBPyConnection, table: TableSchema) -> None:
    there = {name for name, _ in connection.execute(_COLUMNS, {"name": table.name}).fetchall()}
    if lacking := [column.name for column in table.columns if column.name not in there]:
        raise ChoiceError(
            f"{table.name} lacks {', '.join(lacking)}: it was published by another version of "
            "gongkai; run `gongkai build` first"
        )


def _of_view(connection: duckdb.DuckDBPyConnection, view: View) -> TableSchema:
    types = dict(connection.execute(_COLUMNS, {"name": view.name}).fetchall())
    columns = tuple(
        ColumnSchema(
            name=name, type=_type(types[name]), optional=True, zh=zh.strip(), en=en.strip()
        )
        for name, (zh, _, en) in ((n, c.partition("|")) for n, c in view.columns.items())
        if name in types  # a publication of an earlier version lacks what came since
    )
    return TableSchema(
        name=view.name,
        zh=view.zh,
        en=f"{view.en}; {view.grain}",
        key=_KEYS.get(view.name, ()),
        columns=columns,
    )


def _type(name: str) -> str:
    plain, bracket, rest = name.partition("(")
    listed = "[]" if rest.endswith("[]") else ""
    return f"{_TYPES.get(plain, name)}{listed}" if bracket else _TYPES.get(name, name)


def _indicators(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    found = indicators_called(connection, name)
    if not found:
        raise ChoiceError(f"no indicator is called {name}: try `gongkai find {name}`")
    return found
