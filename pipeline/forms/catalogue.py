"""The indicators: what is counted, in which unit, on which forms."""

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

DATA = files("pipeline.forms") / "data"


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
    is_total: bool

    @property
    def measure(self) -> str:
        """The id without its breakdown."""
        return self.indicator_id.partition(":")[0]

    @property
    def description(self) -> str:
        """Where on which form the number is printed, for the data dictionary."""
        forms = "、".join(self.templates)
        return f"{self.path_zh} > {self.label_zh}（{forms}）" if self.path_zh else self.label_zh

    @model_validator(mode="after")
    def _breakdown_is_the_suffix(self) -> Self:
        if self.breakdown != (self.indicator_id.partition(":")[2] or None):
            raise ValueError(f"{self.indicator_id}: breakdown {self.breakdown} is not its suffix")
        return self


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by its id, in the order of the forms.

    Raises:
        ValueError: An id stands twice, or a parent is not in the catalogue.
    """
    rows = list(csv.DictReader((DATA / "indicators.csv").read_text("utf-8").splitlines()))
    totals = set(_totals(rows))
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
            is_total=row["indicator_id"] in totals,
        )
        if indicator.indicator_id in catalogue:
            raise ValueError(f"indicators.csv: {indicator.indicator_id} stands twice")
        catalogue[indicator.indicator_id] = indicator
    unknown = {row["parent_id"] for row in rows} - catalogue.keys() - {""}
    if unknown:
        raise ValueError(f"indicators.csv: parents {sorted(unknown)} are not in the catalogue")
    return catalogue


def _totals(rows: Iterable[dict[str, str]]) -> Iterator[str]:
    """Yields what rows are parts of, in their own column of the form too."""
    parents = {row["indicator_id"]: row["parent_id"] for row in rows}
    for row in rows:
        measure, _, member = row["indicator_id"].partition(":")
        if member != "cumulative":
            yield row["parent_id"]
        if member and parents.get(measure):
            yield f"{parents[measure]}:{member}"
