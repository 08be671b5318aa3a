"""Calls to platforms end in time, whatever the platform does."""

import socket
import time
from typing import Any

import pytest

from lti_tool.lti.network.outbound import Outbound
from tests.lti.far_side import FarSide, Reply
from tests.lti.outside import dribble, failure_of


def test_a_platform_that_does_not_answer_is_given_up(outbound: Outbound, platform: FarSide) -> None:
    def wait(_: object) -> Reply:
        time.sleep(0.6)
        return Reply()

    platform.answer = wait
    failed = failure_of(outbound, platform.url)
    assert (failed.reason, failed.permanent) == ("timed_out", False)


@pytest.mark.parametrize(
    "start",
    [
        b"HTTP/1.1 200 ",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
    ],
    ids=["in its status line", "in its headers", "in its body", "in a body without length"],
)
def test_a_platform_that_dribbles_is_cut_off(start: bytes, outbound: Outbound, platform: FarSide) -> None:
    platform.answer = lambda _: Reply(raw=dribble(start))
    began = time.monotonic()
    failed = failure_of(outbound, platform.url)
    assert (failed.reason, failed.permanent) == ("timed_out", False)
    assert time.monotonic() - began < 2


def test_a_platform_that_dribbles_on_a_connection_used_before_is_cut_off(outbound: Outbound, platform: FarSide) -> None:
    platform.in_turn(Reply(), Reply(raw=dribble(b"HTTP/1.1 200 OK\r\nX-Slow: ")))
    outbound.get(platform.url, accept="a/b")
    began = time.monotonic()
    assert failure_of(outbound, platform.url).reason == "timed_out"
    assert time.monotonic() - began < 2
    assert len(platform.connections) == 1


def test_nothing_is_sent_any_more_when_finding_the_platform_took_all_the_time(
    platform: FarSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = socket.getaddrinfo

    def slowly(*wanted: Any, **more: Any) -> Any:
        time.sleep(0.3)
        return really(*wanted, **more)

    monkeypatch.setattr(socket, "getaddrinfo", slowly)
    assert failure_of(Outbound(allow_private=True, total=0.1), platform.url).reason == "timed_out"
    assert platform.asked == []
