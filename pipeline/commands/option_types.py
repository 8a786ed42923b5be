"""What options of the command may be, beside the types that click brings."""

from __future__ import annotations

from datetime import datetime
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
