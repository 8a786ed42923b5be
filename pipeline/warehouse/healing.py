"""Sets aside what is damaged of a warehouse's own state, and says so."""

import logging
from collections.abc import Iterator

import duckdb

from pipeline.settings import Settings
from pipeline.warehouse import disk
from pipeline.warehouse.checksums import LookLog, difference
from pipeline.warehouse.history.vintages import Vintages
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.runs.record import RunLog
from pipeline.warehouse.store.batches import Look
from pipeline.warehouse.store.parse_store import ParseStore

_log = logging.getLogger(__name__)


def heal(
    settings: Settings,
    publisher: Publisher,
    store: ParseStore,
    inventory: Inventory,
    vintages: Vintages,
) -> Iterator[str]:
    """Yields a sentence for each thing that was damaged.

    Raises:
        disk.BuildError: All hashes are those written, and yet something cannot be read.
    """
    looks = LookLog(settings.warehouse)
    yield from publisher.heal(looks.fault)
    yield from store.heal(looks.fault)
    yield from inventory.heal()
    yield from _history(settings, publisher, vintages, looks.fault)
    yield from RunLog(settings).heal()
    looks.keep()


def _history(
    settings: Settings, publisher: Publisher, vintages: Vintages, look: Look
) -> Iterator[str]:
    """Heals the history; a publication it cannot read was believed too long, and is hashed."""
    try:
        yield from vintages.heal(look, publisher)
    except duckdb.Error as error:
        if disk.is_full(error):
            raise
        _log.warning("every publication is hashed: %s", disk.first_line(error))
    else:
        return
    try:
        yield from heal_hashed(publisher, vintages)
    except duckdb.Error as error:
        raise disk.BuildError(
            f"the history of {settings.warehouse} cannot be read, though every file is as it was "
            f"written ({disk.first_line(error)}). Nothing was published; look at the disk and the "
            "memory of this machine, then build again"
        ) from error


def heal_hashed(publisher: Publisher, vintages: Vintages) -> Iterator[str]:
    """Hashes every publication, whoever believed it, and yields a sentence for each damage."""
    yield from publisher.heal(difference)
    yield from vintages.heal(difference, publisher)
