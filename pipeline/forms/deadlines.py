"""By which day a report has to be published: ``data/deadlines.yml``."""

from datetime import date
from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator

from pipeline.declared import Declaration, declared

Kind = Literal["government", "department"]


class Deadline(Declaration):
    """A day set by law.

    Attributes:
        first_year: First year reported on that it holds for.
        last_year: Last one, None if it is in force.
        of: Whom it binds.
        month: Month of the year after the one reported on.
        day: Day of that month.
        source: The article.
    """

    first_year: int
    last_year: int | None = None
    of: tuple[Kind, ...] = Field(min_length=1)
    month: int
    day: int
    source: str

    def due_on(self, year: int) -> date:
        """Returns the day for the report on a year."""
        return date(year + 1, self.month, self.day)

    @model_validator(mode="after")
    def _is_a_day(self) -> Self:
        date(2001, self.month, self.day)
        return self


class Deadlines(Declaration):
    """Every deadline, and whom the law calls a government.

    Attributes:
        governments: Functions that report for a whole region.
        deadlines: In order; the first that fits counts.
    """

    governments: tuple[str, ...]
    deadlines: tuple[Deadline, ...]

    def kind_of(self, function: str) -> Kind:
        """Returns what the law calls an agency of a function."""
        return "government" if function in self.governments else "department"


@cache
def deadlines() -> Deadlines:
    """Returns the deadlines that come with the code.

    Raises:
        pydantic.ValidationError: One names no day, or nobody it binds.
    """
    return declared("pipeline.forms", "deadlines", Deadlines)
