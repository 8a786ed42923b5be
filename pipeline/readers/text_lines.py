"""Lines of a plain text, counted from its beginning."""

import re
from typing import NamedTuple

from pipeline.readers.document import Place

BAR = "|｜│┃║"
BARS = re.compile(f"[{BAR}]")
LONGEST_CELL = 120
_LONGEST_ROW = 20_000

Rows = list[list[Place]]


class Line(NamedTuple):
    """A line and where in the text it begins."""

    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing is to be seen on it."""
        return not self.text.strip()

    @property
    def may_be_row(self) -> bool:
        """Whether it is short enough: millions of bars on a line are no row of a table."""
        return len(self.text) <= _LONGEST_ROW

    @property
    def has_bars(self) -> bool:
        """Whether a bar may part cells of it."""
        return self.may_be_row and BARS.search(self.text) is not None

    @property
    def has_tabs(self) -> bool:
        """Whether a tab may part cells of it."""
        return self.may_be_row and "\t" in self.text
