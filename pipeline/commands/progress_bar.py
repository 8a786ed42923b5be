"""How far a long command is: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from pipeline.warehouse.progress import Progress

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def progress() -> Iterator[Progress]:
    """Gives a callable that shows its progress on the error stream."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines(console)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console, transient=True) as bars:
        task = bars.add_task("starting", total=None)
        yield lambda what, done, total: bars.update(
            task, description=what, completed=done, total=total or None
        )


class _Lines:
    """Reports progress as plain lines, a few a minute."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._what = ""
        self._next = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        is_new = what != self._what and not total
        is_due = total and (done == total or time.monotonic() >= self._next)
        if is_new or is_due:
            self._what = what
            self._next = time.monotonic() + _SECONDS_BETWEEN_LINES
            counts = f" {done}/{total}" if total else ""
            self._console.print(f"{what}{counts}", highlight=False)
