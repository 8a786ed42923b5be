"""Printed numbers known to be wrong, withheld from the facts: ``data/corrections.yml``."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Self

from pydantic import Field, model_validator

from pipeline.declared import Declaration, declared, repeated
from pipeline.forms.catalogue import IndicatorId


class Correction(Declaration):
    """A decision to withhold one number of one report.

    A printed value is never exchanged for another: the right one comes with the document
    that prints it.

    Attributes:
        report_id: The report, as in ``dim_report``; its hash binds it to one content.
        indicator_id: The indicator.
        expect: The value the report gives; another one is not withheld, but told.
        reason: What is wrong and how that is known.
        decided_on: Day of the decision.
    """

    report_id: str = Field(alias="report", pattern=r"^[0-9a-f]{16}-\d+$")
    indicator_id: IndicatorId = Field(alias="indicator")
    expect: Decimal
    reason: str = Field(min_length=5)
    decided_on: date


class CorrectionsFile(Declaration):
    """All of them; no two decide the same number."""

    corrections: tuple[Correction, ...]

    @model_validator(mode="after")
    def _decided_once(self) -> Self:
        if twice := repeated((one.report_id, one.indicator_id) for one in self.corrections):
            raise ValueError(f"corrections.yml: decided twice: {twice}")
        return self


@cache
def corrections() -> tuple[Correction, ...]:
    """Returns the corrections that come with the code."""
    return declared("pipeline.warehouse", "corrections", CorrectionsFile).corrections
