"""``gongkai rollback``."""

import click

from pipeline.commands.failure import Failure
from pipeline.orchestration.afterwards import write_metrics
from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.history.vintages import Vintages
from pipeline.warehouse.publishing.publication import Publisher


def run(settings: Settings) -> None:
    """Goes back to the publication before the current one; waits for a build as long as it may.

    Raises:
        Failure: There is none, or a build is under way.
    """
    try:
        with disk.only_build(settings.warehouse, settings.wait):
            publisher = Publisher(settings)
            publication = publisher.roll_back()
            sentences = Vintages(settings).follow(publisher)
    except disk.BuildError as error:
        raise Failure(str(error)) from error
    write_metrics(settings)
    for sentence in sentences:
        click.echo(sentence)
    click.echo(f"readers now see {publication.folder.name}; the next build publishes anew")
