"""What would stop the next run or keep it from being told, known before it begins."""

from collections.abc import Iterator

from pipeline.alerts import channels
from pipeline.settings import Settings
from pipeline.sources import listing
from pipeline.warehouse.reviewed.hindrances import hindrances
from pipeline.warehouse.runs.health import Problem


def ahead(settings: Settings) -> Iterator[Problem]:
    """Yields a problem for each file of settings that cannot be used."""
    sentences = [*_unusable(settings), *hindrances(settings)]
    yield from (Problem("settings", sentence) for sentence in sentences)


def _unusable(settings: Settings) -> Iterator[str]:
    try:
        channels.load(settings.alerts)
    except channels.AlertsError as error:
        yield str(error)
    try:
        listing.load(settings.sources)
    except listing.ListingError as error:
        yield str(error)
