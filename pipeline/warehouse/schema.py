"""Tables and columns, declared once in ``data/*.yml``; schemas and DDL are derived from them.

No table is described anywhere else.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Literal

import pyarrow as pa
from pydantic import Field, model_validator

from pipeline.declared import Bilingual, Declaration, declared
from pipeline.forms.form import form_letters
from pipeline.warehouse.statements import listed, quoted

_FORMS = "forms"

Parts = Literal["year", "arrival"]
"""What its Parquet files are distinguished by: the year, or which reports came together."""

ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "DECIMAL(20,6)": pa.decimal128(20, 6),
    "BLOB": pa.binary(),
    "VARCHAR[]": pa.list_(pa.string()),
    "DECIMAL(20,6)[]": pa.list_(pa.decimal128(20, 6)),
}


class ColumnSchema(Bilingual):
    """One column of a table."""

    name: str
    type: str
    optional: bool = False
    values: tuple[str, ...] = ()
    refers_to: str | None = None

    @model_validator(mode="after")
    def _known_type(self) -> "ColumnSchema":
        if self.type not in ARROW_TYPES:
            raise ValueError(f"column {self.name}: unknown type {self.type}")
        return self

    @property
    def field(self) -> pa.Field:
        """The column in Arrow, with its description as metadata."""
        about = {"comment_zh": self.zh, "comment_en": self.en}
        return pa.field(self.name, ARROW_TYPES[self.type], self.optional, metadata=about)

    @property
    def ddl(self) -> str:
        """The column in ``CREATE TABLE``."""
        parts = [f'"{self.name}"', self.type]
        if not self.optional:
            parts.append("NOT NULL")
        if self.values:
            allowed = ", ".join(quoted(value) for value in self.values)
            parts.append(f'CHECK ("{self.name}" IN ({allowed}))')
        return " ".join(parts)


class Apart(Declaration):
    """Rows kept in Parquet files of their own, since changes of other rows mostly leave them alone.

    No file bears the year alone, as if it held all of it.

    Attributes:
        holds: Condition that tells the rows.
        name: Stands after the year in the names of their files.
        others: The same of all other rows.
    """

    holds: str
    name: str
    others: str


class TableSchema(Bilingual):
    """One table: its columns in order and what makes a row unique."""

    name: str
    key: tuple[str, ...]
    columns: tuple[ColumnSchema, ...]
    parts: Parts | None = None
    apart: Apart | None = None

    @model_validator(mode="after")
    def _key_is_columns(self) -> "TableSchema":
        if missing := set(self.key) - {column.name for column in self.columns}:
            raise ValueError(f"table {self.name}: key names no column: {sorted(missing)}")
        return self

    @cached_property
    def arrow(self) -> pa.Schema:
        """The schema every Parquet file of the table is written with."""
        return pa.schema([column.field for column in self.columns])

    @property
    def names(self) -> str:
        """Its columns, as SQL lists them."""
        return listed(column.name for column in self.columns)

    @property
    def cast(self) -> str:
        """Its columns with the types that are declared, whichever their rows have."""
        return ", ".join(f'"{one.name}"::{one.type} AS "{one.name}"' for one in self.columns)

    @property
    def no_rows(self) -> str:
        """A SELECT with its columns and without a row."""
        columns = ", ".join(f'NULL::{one.type} AS "{one.name}"' for one in self.columns)
        return f"SELECT {columns} WHERE false"

    def having(self, columns: Iterable[ColumnSchema]) -> "TableSchema":
        """The table with other columns; a copy would keep the schema of its own."""
        return TableSchema(
            name=self.name, zh=self.zh, en=self.en, key=self.key, columns=tuple(columns)
        )

    @property
    def ddl(self) -> str:
        """The ``CREATE TABLE`` statement."""
        return self.ddl_as(self.name)

    def ddl_as(self, name: str) -> str:
        """The statement that creates a table of another name with the same columns."""
        columns = ",\n  ".join(column.ddl for column in self.columns)
        return f"CREATE TABLE {name} (\n  {columns}\n)"

    def comments(self) -> Iterator[str]:
        """Yields the ``COMMENT ON`` statements of the table and its columns."""
        yield f"COMMENT ON TABLE {self.name} IS {quoted(self.both)}"
        for column in self.columns:
            yield f'COMMENT ON COLUMN {self.name}."{column.name}" IS {quoted(column.both)}'


class _Entry(Bilingual):
    """A table as written in the file, before ``like`` is followed."""

    key: tuple[str, ...]
    columns: dict[str, dict[str, Any]] = Field(default_factory=dict)
    parts: Parts | None = None
    apart: Apart | None = None
    like: str | None = None
    without: tuple[str, ...] = ()

    def own_columns(self) -> tuple[ColumnSchema, ...]:
        """The columns written here; ``forms`` among values stands for the letters of all forms."""
        return tuple(
            ColumnSchema(
                name=name, **{**column, "values": tuple(_written_out(column.get("values", ())))}
            )
            for name, column in self.columns.items()
        )

    def table(self, name: str, more: tuple[ColumnSchema, ...] = ()) -> TableSchema:
        """The table, with the columns that ``like`` gives it."""
        kept = self.model_dump(include={"zh", "en", "key", "parts", "apart"})
        return TableSchema(name=name, columns=self.own_columns() + more, **kept)


class _File(Declaration):
    version: int
    tables: dict[str, _Entry]


def rows_counted() -> str:
    """Returns the SELECT of each published table and how many rows it has."""
    return " UNION ALL ".join(f"SELECT {quoted(name)}, count(*) FROM {name}" for name in tables())


@cache
def tables() -> dict[str, TableSchema]:
    """Returns the published tables by name, in publishing order."""
    declared = _load("tables").tables
    return {
        name: entry.table(name, _as_they_were(entry, declared)) for name, entry in declared.items()
    }


@cache
def store_tables() -> dict[str, TableSchema]:
    """Returns the tables of the parse store by name."""
    found = _load("store").tables
    return {name: entry.table(name, _taken_over(entry)) for name, entry in found.items()}


@cache
def export_tables() -> dict[str, TableSchema]:
    """Returns the tables that exports alone hold by name."""
    return {name: entry.table(name) for name, entry in _load("exports").tables.items()}


@cache
def schema_version() -> int:
    """Returns the version of the published tables; raised when a column changes meaning."""
    return _load("tables").version


@cache
def store_version() -> int:
    """Returns the version of the store's tables."""
    return _load("store").version


def _load(name: str) -> _File:
    return declared("pipeline.warehouse", name, _File)


def _written_out(values: Iterable[str]) -> Iterator[str]:
    """The values of a column, the letters of the forms in the place of ``forms``."""
    for value in values:
        yield from form_letters() if value == _FORMS else (value,)


def _taken_over(table: _Entry) -> tuple[ColumnSchema, ...]:
    if table.like is None:
        return ()
    return tuple(c for c in tables()[table.like].columns if c.name not in table.without)


def _as_they_were(table: _Entry, declared: Mapping[str, _Entry]) -> tuple[ColumnSchema, ...]:
    """Columns of rows of the past: what they refer to, and columns of today, may be missing."""
    if table.like is None:
        return ()
    kept = {*table.key, "vintage"}
    return tuple(
        column.model_copy(update={"refers_to": None, "optional": column.name not in kept})
        for column in declared[table.like].own_columns()
        if column.name not in table.without
    )
