"""Connections that reach public addresses only, and end in time whatever a server does."""

import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from ipaddress import IPv6Address, ip_address
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NameResolutionError


class PrivateAddressError(HTTPError):
    """A name or a redirect leads into a network that is not everybody's."""


class Wire:
    """All connections of a night.

    Attributes:
        has_ended: Whether the time given by ``within`` was used up.
    """

    def __init__(self, private: Collection[str]) -> None:
        self.has_ended = False
        self._private = frozenset(private)
        self._sockets: list[socket.socket] = []

    def pool(self, timeout: float, headers: dict[str, str]) -> urllib3.PoolManager:
        """Returns what asks over these connections.

        Args:
            timeout: Seconds without a byte.
            headers: Sent with each request.
        """
        wire = self

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return wire._connected(self, super()._new_conn)

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return wire._connected(self, super()._new_conn)

        class PlainPool(urllib3.HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(urllib3.HTTPSConnectionPool):
            ConnectionCls = Secure

        patience = urllib3.Timeout(connect=timeout, read=timeout)
        pool = urllib3.PoolManager(timeout=patience, retries=False, headers=headers)
        pool.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
        return pool

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Ends every connection made meanwhile after so many seconds.

        Timeouts of a socket count silence; a byte now and then, in headers too, or one
        interim answer after the other, would go on for ever.
        """
        self.has_ended = False
        clock = threading.Timer(max(seconds, 0.01), self._end)
        clock.daemon = True
        clock.start()
        try:
            yield
        finally:
            clock.cancel()
            while self._sockets:
                self._sockets.pop().close()

    def _connected(self, connection: HTTPConnection, connect: Any) -> socket.socket:
        """Connects to one of the addresses that were looked at, not to what a name says next."""
        name = connection.host
        failure: Exception | None = None
        for address in self._addresses(connection):
            connection._dns_host = address
            try:
                connected: socket.socket = connect()
            except HTTPError as error:
                failure = error
                continue
            finally:
                connection._dns_host = name
            # TLS takes the socket over; a second handle on it can still end it.
            self._sockets.append(connected.dup())
            return connected
        raise failure or PrivateAddressError(f"{name} has no address")

    def _addresses(self, connection: HTTPConnection) -> list[str]:
        name = connection.host.strip("[]")
        try:
            found = socket.getaddrinfo(name, connection.port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(name, connection, error) from error  # type: ignore[arg-type]
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if name in self._private:
            return addresses
        if private := [one for one in addresses if not is_public(one)]:
            raise PrivateAddressError(
                f"leads to {private[0]} ({name}), which is no public address; list the host under "
                "`private` if that is meant"
            )
        return addresses

    def _end(self) -> None:
        self.has_ended = True
        for one in list(self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)


def is_public(address: str) -> bool:
    """Whether an address is everybody's, and not of this machine or a network of its own."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast
