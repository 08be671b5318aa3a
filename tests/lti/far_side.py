"""The far side of the network: a small real HTTP server on loopback that answers what a test tells it to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Reply:
    """What to answer; `raw` replaces status line, headers and all by bytes that are written one piece at a time."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    raw: Iterator[bytes] | None = None


class FarSide:
    """`answer` is called for each request; `asked` lists them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[Asked] = []
        self.connections: set[object] = set()
        self.answer: Callable[[Asked], Reply] = lambda _: Reply()

    def always(self, status: int = 200, body: bytes = b"", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answer = lambda _: Reply(status, named, body)

    def in_turn(self, *replies: Reply) -> None:
        """One answer after the other; the last one stays."""
        waiting = list(replies)
        self.answer = lambda _: waiting.pop(0) if len(waiting) > 1 else waiting[0]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    far_side: FarSide

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(self.command, self.path, dict(self.headers.items()), body)
        self.far_side.asked.append(asked)
        self.far_side.connections.add(self.client_address)
        reply = self.far_side.answer(asked)
        try:
            self._write(reply)
        except OSError:
            self.close_connection = True  # the caller had enough

    def _write(self, reply: Reply) -> None:
        if reply.raw is not None:
            self.close_connection = True
            for piece in reply.raw:
                self.wfile.write(piece)
            return
        self.send_response(reply.status)
        for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    do_GET = do_POST = do_PUT = _serve  # noqa: N815  (the base class's names)

    def log_message(self, *_: object) -> None:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Callers that hang up are what the tests are about."""


@contextmanager
def far_side(tls: SSLContext | None = None) -> Iterator[FarSide]:
    """A server that runs inside the block."""
    handler = type("Handler", (_Handler,), {})
    server = _Server(("127.0.0.1", 0), handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    side = FarSide(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}")
    handler.far_side = side  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield side
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
