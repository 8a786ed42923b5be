"""The indicators: what is counted, in which unit, on which forms."""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, model_validator

DATA = files("pipeline.forms") / "data"

ALL_APPLICANTS = "all"
CUMULATIVE = "cumulative"


class Applicant(BaseModel):
    """A kind of applicant.

    Attributes:
        zh: Head of its column.
        en: The same in English.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str


@cache
def applicants() -> dict[str, Applicant]:
    """The kinds of applicants in the order of their columns, by what stands behind the colon."""
    text = (DATA / "applicants.yml").read_text("utf-8")
    return TypeAdapter(dict[str, Applicant]).validate_python(yaml.load(text, yaml.CSafeLoader))


class Indicator(BaseModel):
    """A row of ``indicators.csv``, the source of ``dim_indicator``.

    Attributes:
        indicator_id: The measure, with the member of a breakdown behind a colon.
        templates: Letters of the forms that print it, ``derived`` where none does.
        unit: Unit of the facts.
        label_zh: Label on the form.
        label_en: The same in English.
        parent_id: The indicator it is part of, None at the top.
        path_zh: Headings above it on the form.
        breakdown: The member it counts, None for the whole.
        applicant: Whose requests it counts, ``all`` for everybody's, None where the forms do
            not tell applicants apart.
        period: Whether it counts a year or adds up all years so far.
        is_total: Whether other indicators are its parts, so that summing both counts twice.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator_id: str
    templates: tuple[str, ...]
    unit: str
    label_zh: str
    label_en: str
    parent_id: str | None
    path_zh: str
    breakdown: str | None
    applicant: str | None
    period: Literal["year", "cumulative"]
    is_total: bool

    @property
    def measure(self) -> str:
        """The id without its breakdown."""
        return self.indicator_id.partition(":")[0]

    @property
    def row_id(self) -> str:
        """The row of the form, without applicant and period."""
        return self.measure

    @property
    def description(self) -> str:
        """Where on which form the number is printed, for the data dictionary."""
        forms = "、".join(self.templates)
        return f"{self.path_zh} > {self.label_zh}（{forms}）" if self.path_zh else self.label_zh

    @model_validator(mode="after")
    def _breakdown_is_the_suffix(self) -> Self:
        if self.breakdown != (self.indicator_id.partition(":")[2] or None):
            raise ValueError(f"{self.indicator_id}: breakdown {self.breakdown} is not its suffix")
        if self.breakdown not in (None, CUMULATIVE, *applicants()):
            raise ValueError(
                f"{self.indicator_id}: {self.breakdown} is neither {CUMULATIVE} nor a kind of "
                "applicant; add it to applicants.yml"
            )
        return self


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by its id, in the order of the forms.

    Raises:
        ValueError: An id stands twice, or a parent is not in the catalogue.
    """
    rows = list(csv.DictReader((DATA / "indicators.csv").read_text("utf-8").splitlines()))
    totals = set(_totals(rows))
    by_applicant = {_measure(row) for row in rows if row["breakdown"] in applicants()}
    catalogue: dict[str, Indicator] = {}
    for row in rows:
        indicator = Indicator(
            indicator_id=row["indicator_id"],
            templates=tuple(row["templates"].split(";")),
            unit=row["unit"],
            label_zh=row["label_zh"],
            label_en=row["label_en"],
            parent_id=row["parent_id"] or None,
            path_zh=row["path_zh"],
            breakdown=row["breakdown"] or None,
            applicant=_applicant(row, by_applicant),
            period="cumulative" if row["breakdown"] == CUMULATIVE else "year",
            is_total=row["indicator_id"] in totals,
        )
        if indicator.indicator_id in catalogue:
            raise ValueError(f"indicators.csv: {indicator.indicator_id} stands twice")
        catalogue[indicator.indicator_id] = indicator
    unknown = {row["parent_id"] for row in rows} - catalogue.keys() - {""}
    if unknown:
        raise ValueError(f"indicators.csv: parents {sorted(unknown)} are not in the catalogue")
    return catalogue


def _measure(row: dict[str, str]) -> str:
    return row["indicator_id"].partition(":")[0]


def _applicant(row: dict[str, str], by_applicant: set[str]) -> str | None:
    if row["breakdown"] in applicants():
        return row["breakdown"]
    return ALL_APPLICANTS if _measure(row) in by_applicant else None


def _totals(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yields what rows are parts of, in their own column of the form too."""
    parents = {row["indicator_id"]: row["parent_id"] for row in rows}
    for row in rows:
        measure, _, member = row["indicator_id"].partition(":")
        if member != "cumulative":
            yield row["parent_id"]
        if member and parents.get(measure):
            yield f"{parents[measure]}:{member}"
