"""Asks for one address politely: paced by host, again after a while, never without bounds."""

import hashlib
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.exceptions import HTTPError, LocationValueError

from pipeline.sources.clocks import without_clock
from pipeline.sources.listing import Manners
from pipeline.sources.wire import PrivateAddressError, Wire

_AGENT = f"gongkai/{version('gongkai')}"
_REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_MAY_PASS = {408, 425, 429, 500, 502, 503, 504}
_LONGEST_WAIT = 120.0
_CHUNK = 1 << 16


class FetchError(Exception):
    """An address gave nothing that can be kept; the message says why."""


class _PassingError(FetchError):
    """What may be gone in a moment."""

    def __init__(self, message: str, wait: float = 0.0) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Received:
    """A body that lies whole on the disk.

    Attributes:
        sha256: Hash of its bytes.
        etag: The server's mark for this version.
        last_modified: The server's day for this version, as sent.
        without_clock: Hash of the page but for the time at which it was asked for.
        has_end: Whether its length was told, or its end.
    """

    sha256: str
    etag: str | None
    last_modified: str | None
    without_clock: str
    has_end: bool


class Client:
    """One night's requests."""

    def __init__(
        self,
        manners: Manners,
        sleep: Callable[[float], None] = time.sleep,
        private: Collection[str] = (),
    ) -> None:
        self._manners = manners
        self._sleep = sleep
        self._latest = time.monotonic() + manners.night
        self._asked: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser] = {}
        self._wire = Wire(private)
        headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity", "Connection": "close"}
        self._pool = self._wire.pool(manners.timeout, headers)

    @property
    def is_out_of_time(self) -> bool:
        """Whether the night's time is used up."""
        return time.monotonic() > self._latest

    def get(self, address: str, conditions: Mapping[str, str], target: Path) -> Received | None:
        """Writes what an address gives to ``target``; returns None where it has not changed.

        Args:
            address: Where to ask.
            conditions: Headers that let the server say that nothing changed.
            target: File for the body; incomplete where an error is raised.

        Raises:
            FetchError: It gave nothing that can be kept.
        """
        tries = self._manners.tries
        for number in range(tries):
            try:
                return self._whole(address, conditions, target)
            except _PassingError as error:
                wait = max(self._manners.backoff * 2**number, error.wait)
                if number + 1 == tries or time.monotonic() + wait > self._latest:
                    raise FetchError(f"{error} ({number + 1} tries)") from error
                self._sleep(wait)
        raise AssertionError("there is at least one try")

    def forbids(self, address: str) -> bool:
        """Whether the server's robots.txt asks programs not to fetch an address."""
        parts = urlsplit(address)
        if parts.netloc not in self._robots:
            rules = RobotFileParser()
            with TemporaryDirectory(prefix="gongkai-") as folder:
                target = Path(folder) / "robots.txt"
                try:
                    self._within(f"{parts.scheme}://{parts.netloc}/robots.txt", {}, target)
                    rules.parse(target.read_text("utf-8", "replace").splitlines())
                except (FetchError, OSError):
                    rules.parse([])
            self._robots[parts.netloc] = rules
        return not self._robots[parts.netloc].can_fetch(_AGENT, address)

    def _whole(self, address: str, conditions: Mapping[str, str], target: Path) -> Received | None:
        """Asks twice where nothing tells where a body ends: half of it looks like all of it."""
        received = self._within(address, conditions, target)
        if received is None or received.has_end:
            return received
        again = self._within(address, {}, target)
        if again is None or again.without_clock != received.without_clock:
            raise _PassingError("does not say where it ends, and gives something else each time")
        return again

    def _within(self, address: str, conditions: Mapping[str, str], target: Path) -> Received | None:
        """Follows an address within the time that one file and the night have."""
        seconds = min(self._manners.deadline, self._latest - time.monotonic())
        late = FetchError(f"takes longer than {self._manners.deadline:g} s")
        with self._wire.within(seconds):
            try:
                received = self._follow(address, conditions, target)
            except FetchError as error:
                if self._wire.has_ended:
                    raise late from error
                raise
        if self._wire.has_ended:
            raise late
        return received

    def _follow(self, address: str, conditions: Mapping[str, str], target: Path) -> Received | None:
        for _ in range(_REDIRECTS + 1):
            response = self._open(address, conditions)
            try:
                if response.status not in _MOVED:
                    return self._take(response, conditions, target)
                address = _next(address, response.headers.get("Location"))
            finally:
                # What is left of the body is of no use to anyone.
                response.close()
        raise FetchError(f"sends on more than {_REDIRECTS} times")

    def _open(self, address: str, conditions: Mapping[str, str]) -> urllib3.BaseHTTPResponse:
        self._pace(urlsplit(address).netloc)
        try:
            return self._pool.request(
                "GET",
                address,
                headers={**self._pool.headers, **conditions},
                redirect=False,
                preload_content=False,
            )
        except LocationValueError as error:
            raise FetchError(f"is no address: {error}") from error
        except PrivateAddressError as error:
            raise FetchError(str(error)) from error
        except HTTPError as error:
            raise _PassingError(_said(error)) from error

    def _take(
        self, response: urllib3.BaseHTTPResponse, conditions: Mapping[str, str], target: Path
    ) -> Received | None:
        if response.status == 304 and conditions:
            return None
        if response.status in _MAY_PASS:
            raise _PassingError(f"answers {response.status}", _retry_after(response))
        if response.status != 200:
            raise FetchError(f"answers {response.status}")
        try:
            digest = self._write(response, target)
        except HTTPError as error:
            raise _PassingError(_said(error)) from error
        headers = response.headers
        return Received(
            digest,
            headers.get("ETag"),
            headers.get("Last-Modified"),
            without_clock(target.read_bytes(), datetime.now(UTC).date()),
            "Content-Length" in headers
            or "chunked" in headers.get("Transfer-Encoding", "").lower(),
        )

    def _write(self, response: urllib3.BaseHTTPResponse, target: Path) -> str:
        """Writes the body and returns its hash; counts what arrives, whatever is announced."""
        digest = hashlib.sha256()
        size = 0
        with target.open("wb") as file:
            # read1 returns what has come, so that a trickle meets the deadline too.
            while chunk := response.read1(_CHUNK):
                size += len(chunk)
                if size > self._manners.largest:
                    raise FetchError(f"is larger than {self._manners.largest} bytes")
                digest.update(chunk)
                file.write(chunk)
        if not size:
            raise FetchError("answers with nothing")
        return digest.hexdigest()

    def _pace(self, host: str) -> None:
        """Waits until a host may be asked again."""
        now = time.monotonic()
        due = self._asked.get(host, now - self._manners.pause) + self._manners.pause
        if due > now:
            self._sleep(due - now)
        self._asked[host] = max(due, now)


def _next(address: str, location: str | None) -> str:
    """Returns where a redirect leads.

    Raises:
        FetchError: Nowhere, or to something else than a web address.
    """
    target = urljoin(address, location or "")
    parts = urlsplit(target)
    if not location or parts.scheme not in {"http", "https"} or not parts.netloc:
        raise FetchError(f"sends on to {location!r}, which is no web address")
    if parts.username or parts.password:
        raise FetchError("sends on to an address with a user name or password in it")
    return target


def _retry_after(response: urllib3.BaseHTTPResponse) -> float:
    """Returns the seconds a server asks to wait, within reason; it may name a moment instead."""
    stated = response.headers.get("Retry-After", "").strip()
    if stated.isdecimal():
        return min(float(stated), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(stated)
    except ValueError:
        return 0.0
    seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), _LONGEST_WAIT)


def _said(error: HTTPError) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"
