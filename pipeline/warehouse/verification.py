"""Reads a whole warehouse back: every file against its hash, every table against its twin."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.settings import Settings
from pipeline.warehouse.checksums import difference
from pipeline.warehouse.history.vintages import Vintages
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.publishing.publication import Publication, Publisher
from pipeline.warehouse.publishing.twin_comparison import differing
from pipeline.warehouse.runs.record import RunLog
from pipeline.warehouse.store.batches import Batches
from pipeline.warehouse.store.parse_store import ParseStore


@dataclass(frozen=True, slots=True)
class Damage:
    """A file or table that differs from what was written."""

    place: str
    fault: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.fault}; {self.remedy}"


_BUILD = "the next build sets it aside and makes it again"
_ASIDE = "the next build sets it aside"


def verify(settings: Settings, *, with_rows: bool = True) -> Iterator[Damage]:
    """Yields what is damaged, missing or not the same on both sides; changes nothing.

    Args:
        settings: Where the warehouse and its store are.
        with_rows: Whether the tables of the current publication are compared row by row.
    """
    store = ParseStore(settings.store)
    for batches in (store.documents, store.reports, Vintages(settings).kept):
        yield from _batches(batches)
    if fault := Inventory(settings.store).fault():
        yield Damage(str(settings.store), fault, "all files are looked at anew by the next build")
    for path, fault in RunLog(settings).faults():
        yield Damage(str(path), fault, _ASIDE)
    publisher = Publisher(settings)
    yield from _publications(publisher, with_rows)
    for link in publisher.astray():
        yield Damage(str(link), "does not lead to what is published", _BUILD)


def _batches(batches: Batches) -> Iterator[Damage]:
    for folder in batches.all():
        if fault := batches.fault(folder, difference):
            yield Damage(str(folder), fault, _BUILD)


def _publications(publisher: Publisher, with_rows: bool) -> Iterator[Damage]:
    current = publisher.current()
    for publication in publisher.all():
        is_current = current is not None and publication.folder == current.folder
        for fault in _of_publication(publication, is_current and with_rows):
            yield Damage(str(publication.folder), fault, _BUILD if is_current else _ASIDE)
    if current is None:
        yield Damage("current", "no publication is there to read", "run `gongkai build`")


def _of_publication(publication: Publication, with_rows: bool) -> Iterator[str]:
    if fault := publication.fault(difference):
        yield fault
    elif with_rows:
        yield from differing(publication)
