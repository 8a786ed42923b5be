"""The list of addresses that are asked for each night; nothing else ever is."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, HttpUrl, model_validator

from pipeline.declared import Declaration, repeated, stated


class FetchedSource(Declaration):
    """One page or file to fetch; all but name and address goes into the origin sidecar as it is."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,79}$")]
    address: HttpUrl
    title: str | None = None
    publisher: str | None = None
    kind: Literal["annual_report", "work_summary", "other"] = "annual_report"
    description: str = "Fetched from the address given, as listed by the operator."
    licence: str = "Not stated in the list of sources."

    @model_validator(mode="after")
    def _no_secrets(self) -> "FetchedSource":
        if self.address.username or self.address.password:
            raise ValueError("an address with a user name or password would end in the sidecars")
        return self


class Manners(Declaration):
    """How politely and how patiently is asked.

    Attributes:
        pause: Seconds between two requests to one host.
        tries: Requests for one source before it is given up for the night.
        backoff: Seconds before the second try; doubled before each further one.
        timeout: Seconds without a byte.
        deadline: Seconds one whole file may take.
        night: Seconds all sources together may take; the rest waits for the next night.
        largest: Bytes one file may have.
        versions: Versions of one source that are kept; a page that never is the same twice is
            no source.
    """

    pause: float = Field(default=5.0, ge=0)
    tries: int = Field(default=3, ge=1, le=10)
    backoff: float = Field(default=10.0, ge=0)
    timeout: float = Field(default=30.0, gt=0)
    deadline: float = Field(default=600.0, gt=0)
    night: float = Field(default=3600.0, gt=0)
    largest: int = Field(default=100_000_000, gt=0)
    versions: int = Field(default=100, gt=0)


class SourceList(Declaration):
    """The file ``data/sources.yml``.

    Attributes:
        manners: How is asked.
        private: Names of hosts that may be in a private network. No other name is followed
            there, nor any redirect; an address that is listed by its number is meant.
        sources: What is asked for.
    """

    manners: Manners = Manners()
    private: tuple[str, ...] = ()
    sources: tuple[FetchedSource, ...] = ()

    @property
    def private_hosts(self) -> frozenset[str]:
        """Hosts that may be in a private network."""
        hosts = {str(source.address.host).strip("[]") for source in self.sources}
        return frozenset(self.private) | frozenset(filter(_is_number, hosts))

    @model_validator(mode="after")
    def _names_are_unique(self) -> "SourceList":
        if twice := repeated(source.name for source in self.sources):
            raise ValueError(f"listed twice: {', '.join(sorted(twice))}")
        return self


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def load(path: Path) -> SourceList:
    """Returns the list; without a file nothing is listed.

    Raises:
        StatedError: The file cannot be read or says something else than a list of sources.
    """
    return stated(path, SourceList, "nothing was fetched, correct it there")
