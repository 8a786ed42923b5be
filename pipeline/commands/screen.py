"""Values and tables on a screen."""

from datetime import date, datetime
from decimal import Decimal
from typing import IO

from rich.console import Console
from rich.table import Table

_UNBOUNDED = 100_000


def plain(value: object) -> object:
    """Returns a value for people and JSON: 17 for 17.0000, dates as ISO text."""
    match value:
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime() | date():
            return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        case list() | tuple():
            return [plain(item) for item in value]
        case bytes():
            return value.hex()
    return value


def text(value: object) -> str:
    """Returns a value as one cell of a table."""
    value = plain(value)
    if value is None:
        return ""
    return "; ".join(text(item) for item in value) if isinstance(value, list) else str(value)


def on_one_line(quote: str | None) -> str:
    """Returns words as printed with a sign where a line of theirs ends."""
    return " ⏎ ".join((quote or "").splitlines())


def table(*names: str) -> Table:
    """Returns a table without rules, of columns that break their lines."""
    made = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        made.add_column(name, overflow="fold")
    return made


class _Screen(Console):
    def on_broken_pipe(self) -> None:
        """Raises the error of a closed pipe, which all commands handle in one place."""
        raise BrokenPipeError


def console(stream: IO[str]) -> Console:
    """Returns a console that cuts nothing off where the output is not a terminal."""
    width = None if stream.isatty() else _UNBOUNDED
    return _Screen(file=stream, width=width, highlight=False, markup=False, emoji=False)
