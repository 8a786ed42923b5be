"""The indicators: what is counted, in which unit, on which forms."""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, StringConstraints, model_validator

from pipeline.declared import Declaration, declared, parsed
from pipeline.lexis.units import is_money

DATA = files("pipeline.forms") / "data"

FormLetter = Annotated[str, StringConstraints(pattern="[A-Z]")]
"""The letter of a form, in the name of its file."""


def declarations(name: str, ending: str) -> Iterator[str]:
    """Yields the texts of one kind of declaration: the file of that name, then additions to it.

    A form that is added brings files of its own: ``indicators_E.csv`` beside ``form_E.yml``.

    Args:
        name: ``indicators``, ``identities``, ``crosswalk`` or ``form``.
        ending: ``csv`` or ``yml``.
    """
    own = re.compile(rf"{name}(_[A-Z])?\.{ending}")
    for file in sorted(DATA.iterdir(), key=lambda file: file.name.removesuffix(f".{ending}")):
        if own.fullmatch(file.name):
            yield file.read_text("utf-8")


ALL_APPLICANTS = "all"
CUMULATIVE = "cumulative"


class Applicant(Declaration):
    """A kind of applicant."""

    zh: str
    en: str


@cache
def applicants() -> dict[str, Applicant]:
    """The kinds of applicants in the order of their columns, by what stands after the colon."""
    return declared("pipeline.forms", "applicants", dict[str, Applicant])


def declaration_of(name: str) -> dict[str, Any]:
    """Returns a YAML declaration with all additions: lists go on, mappings are joined.

    Args:
        name: ``identities``, ``crosswalk`` or ``rates``.
    """
    whole: dict[str, Any] = {}
    for text in declarations(name, "yml"):
        whole = _joined(whole, parsed(text, dict[str, Any]))
    return whole


def _joined(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        both = {key: _joined(one[key], other[key]) for key in one.keys() & other.keys()}
        return {**one, **other, **both}
    return [*one, *other] if isinstance(one, list) and isinstance(other, list) else other


class Indicator(Declaration):
    """A row of ``indicators.csv``, the source of ``dim_indicator``.

    Attributes:
        indicator_id: The measure, with the member of a breakdown after a colon.
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

    @cached_property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return is_money(self.unit)

    @property
    def is_change(self) -> bool:
        """Whether it says how many more or fewer there are, and may lie below zero."""
        return self.measure.endswith("_change")

    @property
    def measure(self) -> str:
        """The id without its breakdown."""
        return self.indicator_id.partition(":")[0]

    @property
    def block(self) -> str:
        """The table of the form that it is in."""
        return block_of(self.measure)

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
    first, *additions = declarations("indicators", "csv")
    rows = list(csv.DictReader(first.splitlines()))
    for text in additions:
        rows = _with_additions(rows, csv.DictReader(text.splitlines()))
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


def _in_catalogue(name: str) -> str:
    if name not in indicators():
        raise ValueError(f"{name} is not in indicators.csv")
    return name


IndicatorId = Annotated[str, AfterValidator(_in_catalogue)]
"""The id of an indicator of the catalogue, in a file that may name no other."""


def _measure(row: dict[str, str]) -> str:
    return row["indicator_id"].partition(":")[0]


def _applicant(row: dict[str, str], by_applicant: set[str]) -> str | None:
    if row["breakdown"] in applicants():
        return row["breakdown"]
    return ALL_APPLICANTS if _measure(row) in by_applicant else None


def _with_additions(
    rows: list[dict[str, str]], additions: Iterable[dict[str, str]]
) -> list[dict[str, str]]:
    """The indicators, with those of added forms; an existing one gets the form's letter as well."""
    known = {row["indicator_id"]: row for row in rows}
    for row in additions:
        own = known.get(row["indicator_id"])
        if own:
            row = {**own, "templates": f"{own['templates']};{row['templates']}"}
        known[row["indicator_id"]] = row
    return list(known.values())


def _totals(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yields what rows are parts of, in their own column of the form too."""
    parents = {row["indicator_id"]: row["parent_id"] for row in rows}
    for row in rows:
        measure, _, member = row["indicator_id"].partition(":")
        if member != "cumulative":
            yield row["parent_id"]
        if member and parents.get(measure):
            yield f"{parents[measure]}:{member}"


class _Block(Declaration):
    zh: str
    en: str
    measures: tuple[str, ...]


class _File(Declaration):
    blocks: dict[str, _Block]


def block_of(measure: str) -> str:
    """Returns the table of the form that a measure is in."""
    path = measure.split(".")
    ahead = (".".join(path[:length]) for length in range(len(path), 0, -1))
    return next((_blocks()[one] for one in ahead if one in _blocks()), path[0])


@cache
def _blocks() -> dict[str, str]:
    said = declared("pipeline.forms", "blocks", _File).blocks
    return {measure: name for name, block in said.items() for measure in block.measures}
