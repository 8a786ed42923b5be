"""The statistical forms: their tables, rows, columns and labels as printed."""

import re
from functools import cache, cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from pipeline.declared import Declaration, parsed
from pipeline.forms.catalogue import FormLetter, declarations, indicators
from pipeline.lexis.normalise import letters

OF_ORGANISATIONS = "法人或其他组织"
"""What is printed over the columns of all applicants that are no natural persons."""


class Column(Declaration):
    """A column to the right of the labels.

    Attributes:
        heads: Column heads as printed on one form or another.
        group: What is printed above the heads of several columns.
        role: What stands in it.
        suffix: Breakdown of the values in it, None for the whole.
        year_head: Whether a year, such as ``2016年``, may head it.
    """

    heads: tuple[str, ...]
    group: str | None = None
    role: Literal["value", "unit", "code"] = "value"
    suffix: str | None = None
    year_head: bool = False

    @cached_property
    def name(self) -> str:
        """The column's head with that of its group before it."""
        return f"{self.group} · {self.heads[0]}" if self.group else self.heads[0]


class Row(Declaration):
    """A row, or a heading without values of its own.

    Attributes:
        label: Label without number and note; None for the row of an unlabelled table.
        aliases: Other labels printed for it, misprints included.
        note: What the form prints in brackets after the label.
        number: Its number on the form, a hint and never a key.
        level: Depth in the form, from 1.
        indicator: Id of the whole; columns add their suffix.
        cells: Ids by column, where the columns are different indicators.
        unlabelled: Whether the values stand below column heads alone.
    """

    label: str | None = None
    aliases: tuple[str, ...] = ()
    note: str | None = None
    number: str | None = None
    level: int = Field(ge=1)
    indicator: str | None = None
    cells: tuple[str, ...] = ()
    unlabelled: bool = False

    @cached_property
    def is_heading(self) -> bool:
        """Whether the form prints no value in this row."""
        return not (self.indicator or self.cells)


class FormTable(Declaration):
    """One table of a form.

    Attributes:
        id: Its number on the form.
        heading: What stands above the column heads.
        columns: Columns in printed order.
        rows: Rows in printed order.
    """

    id: str
    heading: str | None = None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @cached_property
    def has_variable_columns(self) -> bool:
        """Whether reports choose among the columns, so that their heads must be read."""
        return any(column.role == "unit" for column in self.columns)

    @cached_property
    def head_letters(self) -> tuple[str, ...]:
        """The letters of all heads printed over its columns."""
        return tuple(letters(head) for column in self.columns for head in column.heads)

    @cached_property
    def names(self) -> frozenset[str]:
        """All that it prints over its columns and before its rows."""
        heads = {head for column in self.columns for head in (*column.heads, column.group)}
        return frozenset(filter(None, heads.union(row.label for row in self.rows)))

    @cached_property
    def heads_of_block(self) -> re.Pattern[str]:
        """The letters of all heads of a block, in any order, once or for every block."""
        heads = {head for column in self.columns for head in column.heads}
        block = len({column.heads[0] for column in self.columns})
        return re.compile(rf"(?:{'|'.join(sorted(heads))}){{{block},}}")

    @cached_property
    def heading_row(self) -> Row:
        """Its heading as a row without values."""
        return Row(label=self.heading, level=1)

    def ids_of(self, row: Row) -> tuple[str, ...]:
        """The ids of a row's cells, column by column."""
        return row.cells or _broken_down(row.indicator, self._suffixes)

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        return tuple(f":{column.suffix}" if column.suffix else "" for column in self.columns)


@cache
def _broken_down(whole: str | None, suffixes: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of a whole in every column of its table."""
    return tuple([f"{whole}{suffix}" for suffix in suffixes])


class Form(Declaration):
    """A generation of the statistics table.

    Attributes:
        form: Its letter.
        title: Title as printed.
        source: The law or circular that sets it.
        counts_zh: What it counts, in one sentence.
        counts_en: The same in English.
        years: First and last year reported with it, as a rule; None for open.
        tables: Its tables in printed order.
    """

    form: FormLetter
    title: str
    source: str
    counts_zh: str
    counts_en: str
    years: tuple[int, int | None]
    tables: tuple[FormTable, ...]

    @model_validator(mode="after")
    def _cells_are_in_the_catalogue(self) -> Self:
        for table in self.tables:
            for row in table.rows:
                if row.is_heading:
                    continue
                if row.cells and len(row.cells) != len(table.columns):
                    raise ValueError(f"form {self.form}, {row.label}: not one cell a column")
                for indicator_id, column in zip(table.ids_of(row), table.columns, strict=True):
                    if column.role == "value":
                        self._require(indicator_id)
        return self

    def _require(self, indicator_id: str) -> None:
        measure, _, suffix = indicator_id.partition(":")
        known = measure if suffix == "cumulative" else indicator_id
        if known not in indicators():
            raise ValueError(f"form {self.form}: {indicator_id} is not in indicators.csv")


@cache
def forms() -> tuple[Form, ...]:
    """The forms, in the order of their letters.

    Raises:
        pydantic.ValidationError: A declaration is incomplete or names an unknown indicator.
    """
    texts = declarations("form", "yml")
    return tuple(parsed(text, Form) for text in texts)


@cache
def printed_labels() -> dict[str, tuple[str, ...]]:
    """Labels that the forms print, misprints included, with the indicators of their rows."""
    found: dict[str, dict[str, None]] = {}
    for form in forms():
        for table in form.tables:
            for row in table.rows:
                if row.label is None or row.is_heading:
                    continue
                ids = [
                    indicator_id
                    for indicator_id, column in zip(table.ids_of(row), table.columns, strict=True)
                    if column.role == "value"
                ]
                for label in (row.label, *row.aliases):
                    found.setdefault(label, {}).update(dict.fromkeys(ids))
    return {label: tuple(ids) for label, ids in found.items()}


@cache
def usual_years() -> dict[str, tuple[int, int | None]]:
    """First and last year of each form as the newest one, which a report without tables follows."""
    starts = [form.years[0] for form in forms()]
    ends = [*(start - 1 for start in starts[1:]), None]
    return {form.form: (start, end) for form, start, end in zip(forms(), starts, ends, strict=True)}


@cache
def form_letters() -> tuple[str, ...]:
    """The letters of the forms."""
    return tuple(form.form for form in forms())


def form_in_force(year: int) -> str:
    """The letter of the form that reports on a year follow as a rule.

    Args:
        year: The year; before the first form, that one is meant.
    """
    begun = [letter for letter, (first, _) in usual_years().items() if first <= year]
    return begun[-1] if begun else forms()[0].form
