"""The columns that a report prints, told as those of its form."""

from typing import NamedTuple

from pipeline.forms.form import Column


class PrintedColumn(NamedTuple):
    """A column as the header of a report prints it: its place on the form and in the grid.

    Its index and declaration are None where the form does not know the head; in running text it
    has no place.
    """

    head: str
    column: int | None
    declared: Column | None
    col: int | None = None
    year: int | None = None
    colspan: int = 1

    @property
    def is_value(self) -> bool:
        """Whether values stand in it, known or not."""
        return self.declared is None or self.declared.role == "value"
