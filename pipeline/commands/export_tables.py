"""``gongkai export``."""

from datetime import datetime
from itertools import chain
from pathlib import Path

import click
import duckdb

from pipeline.commands.failure import Failure
from pipeline.commands.progress_bar import progress
from pipeline.settings import NO_WAREHOUSE, Settings
from pipeline.warehouse import disk
from pipeline.warehouse.exports.choice import FIRST, Choice, on_request
from pipeline.warehouse.exports.export import export
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.queries.name_lookup import NotFoundError


def run(
    settings: Settings,
    *,
    out: Path,
    form: str,
    panel: bool = False,
    tables: tuple[str, ...] = (),
    years: tuple[tuple[int, ...], ...] = (),
    provinces: tuple[str, ...] = (),
    indicators: tuple[str, ...] = (),
    as_of: datetime | None = None,
) -> None:
    """Writes the warehouse, or what is chosen of it, to ``out`` and says what was written.

    Raises:
        click.UsageError: What is chosen does not go together.
        Failure: There is no warehouse, it lacks what is chosen, or the folder cannot be written.
    """
    if form == "dta" and not panel:
        raise click.UsageError("--format dta goes with --panel")
    if form == "sdmx-csv" and (panel or tables):
        raise click.UsageError("--format sdmx-csv holds the facts alone: no --panel, no --table")
    if panel and tables:
        raise click.UsageError("--panel is made of the facts: no --table beside it")
    choice = Choice(tables, tuple(sorted(set(chain(*years)))), provinces, indicators)
    publication = Publisher(settings).current()
    if publication is None:
        raise Failure(NO_WAREHOUSE.format(settings.database))
    try:
        with progress() as report:
            resources = export(
                publication,
                out.absolute(),
                form,
                choice,
                as_panel=panel,
                as_of=as_of,
                progress=report,
            )
    except (disk.BuildError, NotFoundError, duckdb.InvalidInputException) as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(str(disk.explained(error))) from error
    for resource in resources:
        gaps = f", {resource.without_value} without a value" if resource.without_value else ""
        click.echo(f"{resource.rows:>10}  {resource.table.name:<20}  {resource.path}{gaps}")
    written = {resource.table.name for resource in resources}
    for name in on_request(choice) if FIRST in written else ():
        click.echo(f"{'left out':>10}  {name:<20}  --table {name} writes it")
    files = len({resource.path for resource in resources})
    click.echo(f"{files} file{'s' * (files != 1)} in {out}")
