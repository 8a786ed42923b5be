"""``gongkai export``."""

from pathlib import Path

import click

from pipeline.commands.failure import Failure
from pipeline.commands.progress_bar import progress
from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.exports.choice import Choice, ChoiceError
from pipeline.warehouse.exports.export import export
from pipeline.warehouse.publication import Publisher

Chosen = tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...], tuple[str, ...]]
"""Tables, years, provinces and indicators, as they were typed."""


def run(settings: Settings, out: Path, form: str, chosen: Chosen, *, as_panel: bool) -> None:
    """Writes the warehouse, or what is chosen of it, to ``out`` and says what was written.

    Raises:
        Failure: There is no warehouse, it lacks what is chosen, or the folder cannot be written.
    """
    publication = Publisher(settings).current()
    if publication is None:
        raise Failure(f"no warehouse at {settings.database}: run `gongkai build` first")
    try:
        with progress() as report:
            resources = export(
                publication,
                out.absolute(),
                form,
                Choice(*chosen),
                as_panel=as_panel,
                progress=report,
            )
    except (disk.BuildError, ChoiceError) as error:
        raise Failure(str(error)) from error
    except OSError as error:
        raise Failure(str(disk.explained(error))) from error
    for resource in resources:
        click.echo(f"{resource.rows:>10}  {resource.path}")
    click.echo(f"{len(resources)} files in {out}")
