"""Problems known beforehand that would stop the next run or its alerts."""

from collections.abc import Iterator

from pipeline.alerts import channels
from pipeline.declared import StatedError
from pipeline.settings import Settings, misspelt
from pipeline.sources import listing
from pipeline.warehouse import disk
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.reviewed import expected
from pipeline.warehouse.reviewed.hindrances import hindrances
from pipeline.warehouse.runs.health import Problem


def ahead(settings: Settings) -> Iterator[Problem]:
    """Yields a problem for each file and variable that cannot be used or is not kept to."""
    sentences = [*misspelt(), *_unusable(settings), *hindrances(settings), *_not_kept_to(settings)]
    yield from (Problem("settings", sentence) for sentence in sentences)


def _unusable(settings: Settings) -> Iterator[str]:
    for load, file in ((channels.load, settings.alerts), (listing.load, settings.sources)):
        try:
            load(file)
        except StatedError as error:
            yield str(error)


def _not_kept_to(settings: Settings) -> Iterator[str]:
    """What is published against what is expected, which a night without news does not ask."""
    try:
        bounds = expected.load(settings.expected)
    except disk.BuildError:  # told by what hinders
        return
    published = Publisher(settings).current()
    if not bounds.years or published is None or not published.is_readable():
        return
    with published.read() as connection:
        for sentence in expected.outside(connection, bounds):
            yield f"{sentence}; nothing new would be published: look at {settings.expected}"
