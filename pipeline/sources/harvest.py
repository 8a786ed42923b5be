"""One night's fetch of everything listed."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.declared import StatedError
from pipeline.sources.client import Client, FetchError
from pipeline.sources.listing import FetchedSource, SourceList, load
from pipeline.sources.versions import Versions, conditions
from pipeline.storage import Remote, StoragePath
from pipeline.warehouse.disk import BuildError

FOLDER = "fetched"
"""Below the raw folder."""

_SHOWN = 10
_NO_FOLDER = (
    "sources are fetched into a folder of this machine only, and the raw folder is {raw}: "
    "fetch them where there is one, and copy the folder"
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a night's fetch brought.

    Attributes:
        listed: Sources listed.
        new: Sources that gave something not seen before.
        failures: Why a source gave nothing, one sentence each.
        silent: Names of these sources.
        unwelcome: Sources that their server does not want to be fetched, one sentence each.
    """

    listed: int = 0
    new: int = 0
    failures: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    unwelcome: tuple[str, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """What the summary of the run says."""
        sentences = [f"{self.new} of {self.listed} sources gave something new"] if self.new else []
        sentences.extend(self.failures[:_SHOWN])
        if len(self.failures) > _SHOWN:
            sentences.append(f"… and {len(self.failures) - _SHOWN} more sources gave nothing")
        sentences.extend(self.unwelcome[:_SHOWN])
        return tuple(sentences)


def harvest(listed: Path, raw: StoragePath, sleep: Callable[[float], None] = time.sleep) -> Harvest:
    """Fetches what is listed into the raw folder; what fails is told and never raised.

    Args:
        listed: The list of sources.
        raw: The raw folder.
        sleep: Waits so many seconds.
    """
    try:
        listing = load(listed)
    except StatedError as error:
        return Harvest(failures=(str(error),))
    if not listing.sources:
        return Harvest()
    if isinstance(raw, Remote):
        return Harvest(len(listing.sources), failures=(_NO_FOLDER.format(raw=raw),))
    client = Client(listing.manners, sleep, listing.private_hosts)
    return _fetch_all(listing, raw / FOLDER, client)


def _fetch_all(listing: SourceList, folder: Path, client: Client) -> Harvest:
    new = 0
    failures: dict[str, str] = {}
    for source in listing.sources:
        if client.is_out_of_time:
            failures[source.name] = "was not asked, the night's time was used up"
            continue
        try:
            versions = Versions(folder / source.name, source, listing.manners.versions)
            new += _fetch(source, versions, client)
        except (FetchError, BuildError, OSError) as error:
            failures[source.name] = f"gave nothing: {source.address} {error}"
        except Exception as error:  # A page must not cost a night, whatever is wrong with it.
            _log.exception("source %s", source.name)
            failures[source.name] = f"gave nothing: {type(error).__name__}: {error}"
    return Harvest(
        listed=len(listing.sources),
        new=new,
        failures=tuple(f"source {name} {why}" for name, why in failures.items()),
        silent=tuple(failures),
        unwelcome=tuple(_unwelcome(listing, client)),
    )


def _unwelcome(listing: SourceList, client: Client) -> Iterator[str]:
    """Sources that were fetched although their server asks programs to stay away."""
    for source in listing.sources:
        if not client.is_out_of_time and client.forbids(str(source.address)):
            yield (
                f"source {source.name}: robots.txt of its server forbids {source.address}; take "
                "it off the list, or agree with the agency"
            )


def _fetch(source: FetchedSource, versions: Versions, client: Client) -> bool:
    """Fetches one source and returns whether it gave something not seen before."""
    versions.open()
    try:
        kept = list(versions.kept())
        received = client.get(str(source.address), conditions(kept), versions.draft)
        return received is not None and versions.put(received, kept)
    finally:
        versions.draft.unlink(missing_ok=True)
