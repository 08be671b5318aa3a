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

from lti_tool.lti.addresses import allowed_addresses

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
        self._lifeline: socket.socket | None = None

    def hold(self, lifeline: socket.socket | None) -> None:
        """Take the connection that this exchange uses now; None when it is done."""
        with self._lock:
            self._lifeline = lifeline
            self._cut_if_over()

    def end(self) -> None:
        """The time is over: whoever waits for this connection wakes up with an error."""
        with self._lock:
            self.is_over = True
            self._cut_if_over()

    def _cut_if_over(self) -> None:
        if self.is_over and self._lifeline is not None:
            with suppress(OSError):  # it may have ended by itself
                self._lifeline.shutdown(socket.SHUT_RDWR)


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
        current.hold(None)
        _exchange.reset(token)


class _PlainConnection(HTTPConnection):
    """Goes to a checked address, and can be cut from outside by a second handle of its socket."""

    encrypted: ClassVar[bool] = False
    _lifeline: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        current = _exchange.get()
        addresses = allowed_addresses(
            self._dns_host, self.port, encrypted=self.encrypted, allow_private=current.allow_private
        )
        connected = self._connect_to(addresses[:MOST_ADDRESSES])
        self._lifeline = connected.dup()  # stays usable while TLS takes the socket over
        current.hold(self._lifeline)
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

    def request(self, *args: Any, **keywords: Any) -> None:  # noqa: ANN401  (passed on as they are)
        if self._lifeline is not None:  # a connection that is used again
            _exchange.get().hold(self._lifeline)
        super().request(*args, **keywords)

    def close(self) -> None:
        try:
            super().close()
        finally:
            lifeline, self._lifeline = self._lifeline, None
            if lifeline is not None:
                lifeline.close()


class _TlsConnection(_PlainConnection, HTTPSConnection):
    """The same under TLS, which names and verifies the host, not the address."""

    encrypted: ClassVar[bool] = True


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class GuardedAdapter(HTTPAdapter):
    """Lets requests use nothing but guarded connections."""

    def init_poolmanager(self, *args: Any, **keywords: Any) -> None:  # noqa: ANN401  (passed on as they are)
        """Called by requests when it makes its pools."""
        super().init_poolmanager(*args, **keywords)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}
