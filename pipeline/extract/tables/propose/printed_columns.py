"""The columns that a report prints, told as those of its form."""

from typing import NamedTuple

from pipeline.forms.form import Column


class PrintedColumn(NamedTuple):
    """A column as the header of a report prints it.

    Attributes:
        head: The head as printed.
        column: Index in the form's table, None if the form does not know the head.
        declared: The form's column.
        col: Logical column in the grid, None in running text.
        year: The year that heads it, if one does.
        colspan: Logical columns that its head covers.
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
