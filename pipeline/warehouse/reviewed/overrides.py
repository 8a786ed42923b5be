"""Failed checks that are let pass, with the reason: ``data/overrides.yml``."""

from datetime import date
from functools import cache
from typing import Self

from pydantic import Field, model_validator

from pipeline.declared import Declaration, declared, repeated


class Override(Declaration):
    """A decision about one check of one agency and year.

    Attributes:
        rule_id: The rule, as in ``check_result``.
        agency: Id of the agency.
        year: Year of the report.
        reason: Why the failure is no concern; shown wherever it is.
        decided_on: Day of the decision.
    """

    rule_id: str = Field(pattern=r"^[A-Z]+-[A-Z]+\d+(:\w+)?$")
    agency: str = Field(pattern=r"^[\w]+\.[\w.]+$")
    year: int = Field(ge=2008, le=2100)
    reason: str = Field(min_length=5)
    decided_on: date


class OverridesFile(Declaration):
    """All of them; no two decide the same check."""

    overrides: tuple[Override, ...]

    @model_validator(mode="after")
    def _decided_once(self) -> Self:
        if twice := repeated((one.rule_id, one.agency, one.year) for one in self.overrides):
            raise ValueError(f"overrides.yml: decided twice: {twice}")
        return self


@cache
def overrides() -> tuple[Override, ...]:
    """Returns the overrides that come with the code."""
    return declared("pipeline.warehouse", "overrides", OverridesFile).overrides
