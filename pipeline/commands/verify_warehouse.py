"""``gongkai verify --warehouse``: is what lies there what was written?"""

import click

from pipeline.commands.failure import Failure
from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.verification import verify


def run(settings: Settings) -> None:
    """Reads the warehouse back and prints each thing that is not as it was written.

    Raises:
        Failure: Something is not, or a build is under way.
    """
    if not settings.warehouse.is_dir():
        raise Failure(f"no warehouse at {settings.warehouse}: name another with --warehouse")
    try:
        with disk.no_build(settings.warehouse, settings.wait):
            found = list(verify(settings))
    except disk.BuildError as error:
        raise Failure(str(error)) from error
    for finding in found:
        click.echo(str(finding))
    if found:
        raise Failure(f"{len(found)} things in {settings.warehouse} are not as they were written")
    click.echo(f"{settings.warehouse}: every file and every row is as it was written")
