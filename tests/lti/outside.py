"""What befalls calls to the outside: names that lead elsewhere, servers that dribble, and what is said then."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.outbound import Outbound


def lead(monkeypatch: pytest.MonkeyPatch, name: str, *addresses: str) -> None:
    """Make this name lead to these addresses; addresses lead to themselves, as always."""

    def resolve(host: str, port: int, *_: object, **__: object) -> list[Any]:
        found = addresses if host == name else (host,)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def dribble(start: bytes) -> Iterator[bytes]:
    yield start
    for _ in range(40):
        time.sleep(0.1)
        yield b"x"


def failure_of(outbound: Outbound, url: str) -> ServiceFailed:
    with pytest.raises(ServiceFailed) as failed:
        outbound.get(url, accept="application/json")
    return failed.value
