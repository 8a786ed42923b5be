"""Options that several commands have.

What the environment says in their place is read with all other settings, in one way.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pipeline.storage import StoragePath


class PlaceType(click.ParamType["StoragePath"]):
    """A folder of this machine, or one in an object store."""

    name = "directory or URL"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> StoragePath:
        """Returns the place; a URL of an unknown kind is wrong usage."""
        from pipeline.storage import StorageError, place

        try:
            return place(value)
        except StorageError as error:
            self.fail(str(error), param, ctx)


class YearsType(click.ParamType[tuple[int, ...]]):
    """A year, or the first and the last of several."""

    name = "year or years"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Returns the years; anything else is wrong usage."""
        first, _, last = str(value).partition("-")
        last = last or first
        if not (first.isdecimal() and last.isdecimal() and int(first) <= int(last) < 10_000):
            self.fail(f"{value} is no year: write 2018, or 2015-2018")
        return tuple(range(int(first), int(last) + 1))


class DayType(click.ParamType[datetime]):
    """A day, which stands for its end, or a day and time."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Returns the moment, UTC; anything else is wrong usage."""
        from pipeline.warehouse.history.as_of import moment_of

        try:
            return moment_of(str(value))
        except ValueError:
            self.fail(f"{value} is no day: write 2026-03-31, or 2026-03-31T02:30+08:00")


raw_option = click.option(
    "--raw",
    type=PlaceType(),
    help="Folder or s3:// URL of raw files.  [env: GONGKAI_RAW]",
)

warehouse_option = click.option(
    "--warehouse",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the warehouse.  [env: GONGKAI_WAREHOUSE]",
)

store_option = click.option(
    "--store",
    "kept_at",
    type=PlaceType(),
    help="Folder or URL where parse results are kept.  "
    "[default: in the warehouse; env: GONGKAI_STORE]",
)

wait_option = click.option(
    "--wait", type=click.FloatRange(0), default=0.0, help="Seconds to wait for another build."
)

as_of_option = click.option(
    "--as-of",
    type=DayType(),
    metavar="DATE",
    help="Answer as of a day (to its end, UTC) or a day and time: facts, agencies, reports and "
    "views made of them. What is printed (observation, quarantine), checks, gaps and coverage "
    "cannot be asked as of a day; definitions and names are those of today.",
)

lang_option = click.option(
    "--lang",
    "--language",
    "language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of labels and messages.",
)


class SqlCommand(click.Command):
    """A command whose argument may begin with a comment, which is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Sets a line break before what looks like an option and is none."""
        return super().parse_args(ctx, [_as_sql(argument) for argument in args])


def _as_sql(argument: str) -> str:
    is_option = len(argument.partition("=")[0].split()) == 1
    return argument if is_option or not argument.startswith("--") else f"\n{argument}"
