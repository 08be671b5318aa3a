"""Connections that go only to checked addresses and end when their time is over.

The name is resolved once, each address is checked, and the connection is made to the checked address: a
name that answers differently the second time (DNS rebinding) gains nothing. TLS still names and verifies
the host.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, ClassVar

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from lti_tool.lti.network.addresses import allowed_addresses

MOST_ADDRESSES = 3  # of one host, tried one after the other


class Exchange:
    """One request and its answer: where it may go, and the connection to cut when its time is over.

    The time-outs of sockets start again with each byte, so a server that dribbles could hold a worker for
    ever.
    """

    def __init__(self, *, allow_private: bool) -> None:
        self.allow_private = allow_private
        self.is_over = False
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None

    def hold(self, connected: socket.socket) -> None:
        """Take the connection that this exchange uses now, by a handle of its own."""
        with self._lock:
            self._close_handle()
            self._handle = connected.dup()
            self._cut_if_over()

    def end(self) -> None:
        """The time is over: whoever waits for this connection wakes up with an error."""
        with self._lock:
            self.is_over = True
            self._cut_if_over()

    def release(self) -> None:
        """The exchange is done and its connection may serve another one."""
        with self._lock:
            self._close_handle()

    def _close_handle(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.close()

    def _cut_if_over(self) -> None:
        if self.is_over and self._handle is not None:
            with suppress(OSError):  # it may have ended by itself
                self._handle.shutdown(socket.SHUT_RDWR)


_exchange: ContextVar[Exchange] = ContextVar("exchange")


@contextmanager
def exchange(*, allow_private: bool, seconds: float) -> Iterator[Exchange]:
    """An exchange of at most ``seconds`` for the call that is made inside."""
    current = Exchange(allow_private=allow_private)
    token = _exchange.set(current)
    timer = threading.Timer(seconds, current.end)
    timer.daemon = True
    timer.start()
    try:
        yield current
    finally:
        timer.cancel()
        current.release()
        _exchange.reset(token)


class _PlainConnection(HTTPConnection):
    """Goes to a checked address, and can be cut from outside by another handle of its socket."""

    encrypted: ClassVar[bool] = False
    _raw: socket.socket | None = None  # what self.sock was before TLS took it over

    def _new_conn(self) -> socket.socket:
        current = _exchange.get()
        addresses = allowed_addresses(
            self._dns_host, self.port, encrypted=self.encrypted, allow_private=current.allow_private
        )
        connected = self._connect_to(addresses[:MOST_ADDRESSES])
        self._raw = connected.dup()
        current.hold(self._raw)
        return connected

    def _connect_to(self, addresses: list[str]) -> socket.socket:
        problem: OSError = OSError("no address")
        for address in addresses:
            try:
                connected = socket.create_connection((address, self.port), self.timeout)
            except OSError as caught:
                problem = caught
            else:
                connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return connected
        if isinstance(problem, TimeoutError):
            raise ConnectTimeoutError(self, "timed out") from problem
        raise NewConnectionError(self, "not connected") from problem

    def request(self, *args: Any, **keywords: Any) -> None:
        if self._raw is not None:  # a connection that is used again
            _exchange.get().hold(self._raw)
        super().request(*args, **keywords)

    def close(self) -> None:
        try:
            super().close()
        finally:
            raw, self._raw = self._raw, None
            if raw is not None:
                raw.close()


class _TlsConnection(_PlainConnection, HTTPSConnection):
    """The same under TLS, which names and verifies the host, not the address."""

    encrypted: ClassVar[bool] = True


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class GuardedAdapter(HTTPAdapter):
    """Lets requests use nothing but guarded connections."""

    def init_poolmanager(self, *args: Any, **keywords: Any) -> None:
        """Called by requests when it makes its pools."""
        super().init_poolmanager(*args, **keywords)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}
