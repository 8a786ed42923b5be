"""Asks for one address politely: paced by host, again after a while, never without bounds."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, LocationValueError

from pipeline.sources.listing import Manners

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
    """

    sha256: str
    etag: str | None
    last_modified: str | None


class Client:
    """One night's requests."""

    def __init__(
        self,
        manners: Manners,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Asks for nothing yet.

        Args:
            manners: Pace, patience and bounds.
            sleep: Waits so many seconds.
        """
        self._manners = manners
        self._sleep = sleep
        self._asked: dict[str, float] = {}
        self._pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=manners.timeout, read=manners.timeout),
            retries=False,
            headers={
                "User-Agent": f"gongkai/{version('gongkai')}",
                "Accept-Encoding": "identity",
            },
        )

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
                return self._follow(address, conditions, target)
            except _PassingError as error:
                if number + 1 == tries:
                    raise FetchError(f"{error} ({tries} tries)") from error
                self._sleep(max(self._manners.backoff * 2**number, error.wait))
        raise AssertionError("there is at least one try")

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
        return Received(digest, headers.get("ETag"), headers.get("Last-Modified"))

    def _write(self, response: urllib3.BaseHTTPResponse, target: Path) -> str:
        """Writes the body and returns its hash; counts what arrives, whatever is announced."""
        latest = time.monotonic() + self._manners.deadline
        digest = hashlib.sha256()
        size = 0
        with target.open("wb") as file:
            # read1 returns what has come, so that a trickle meets the deadline too.
            while chunk := response.read1(_CHUNK):
                size += len(chunk)
                if size > self._manners.largest:
                    raise FetchError(f"is larger than {self._manners.largest} bytes")
                if time.monotonic() > latest:
                    raise FetchError(f"takes longer than {self._manners.deadline:g} s")
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
    return target


def _retry_after(response: urllib3.BaseHTTPResponse) -> float:
    """Returns the seconds a server asks to wait, within reason."""
    stated = response.headers.get("Retry-After", "")
    return min(float(stated), _LONGEST_WAIT) if stated.isdecimal() else 0.0


def _said(error: HTTPError) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:120]}"
