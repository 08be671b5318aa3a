"""Calls to platforms: where they go, what they follow, when they end, and what is said when they fail."""

import gzip
import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.outbound import LARGEST_ANSWER, Outbound
from tests.lti.far_side import FarSide, Reply
from tests.lti.outside import failure_of, lead


def test_an_answer_brings_status_headers_and_body(outbound: Outbound, platform: FarSide) -> None:
    platform.always(201, b'{"a": 1}', X_Page="AbC")
    answer = outbound.post(platform.url, b"{}", content_type="text/plain", accept="application/json")
    assert (answer.status, answer.headers["x-page"], answer.json()) == (201, "AbC", {"a": 1})


def test_a_call_says_who_calls_and_accepts_exactly_one_media_type(outbound: Outbound, platform: FarSide) -> None:
    outbound.put(
        f"{platform.url}/a?b=AbC", b"x", content_type="text/x", accept="text/y", headers={"Authorization": "Bearer t"}
    )
    asked = platform.asked[0]
    assert (asked.method, asked.path, asked.body) == ("PUT", "/a?b=AbC", b"x")
    assert asked.headers["User-Agent"].startswith("Partnerwise")
    assert (asked.headers["Accept"], asked.headers["Content-Type"]) == ("text/y", "text/x")
    assert asked.headers["Authorization"] == "Bearer t"


def test_one_connection_serves_several_calls(outbound: Outbound, platform: FarSide) -> None:
    for _ in range(3):
        outbound.get(platform.url, accept="a/b")
    assert len(platform.connections) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(status: int, outbound: Outbound, platform: FarSide) -> None:
    platform.always(status, Location=f"{platform.url}/elsewhere")
    failed = failure_of(outbound, platform.url)
    assert (failed.status, failed.permanent) == (status, status in {301, 308})
    assert len(platform.asked) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://lms.example.com/",
        "ftp://lms.example.com/",
        "file:///etc/passwd",
        "//lms.example.com/",
        "lms.example.com",
        "",
        "https://",
        "https://user:secret@lms.example.com/",
        "https://lms.example.com/\r\nX: y",
        "https://[::1/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:127.0.0.1]/",
        "https://2130706433/",
        "https://0x7f.1/",
    ],
)
def test_outside_development_nothing_but_public_https_is_called(url: str) -> None:
    failed = failure_of(Outbound(), url)
    assert (failed.reason, failed.permanent) == ("address_not_allowed", True)


def test_development_does_not_open_plain_http_to_others(outbound: Outbound, monkeypatch: pytest.MonkeyPatch) -> None:
    lead(monkeypatch, "lms.example.com", "93.184.215.14")
    assert failure_of(outbound, "http://lms.example.com/").reason == "address_not_allowed"


def test_a_name_is_resolved_once_and_the_checked_address_is_the_one_called(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["93.184.215.14", "127.0.0.1"])  # rebinding: public for the check, private for the call
    called: list[Any] = []

    def resolve(*_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 443))]

    def connect(address: Any, *_: object) -> None:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    failed = failure_of(Outbound(), "https://rebinding.example.com/")
    assert called == [("93.184.215.14", 443)]
    assert (failed.reason, failed.permanent) == ("not_reached", False)


def test_the_second_address_serves_where_the_first_does_not_answer(
    outbound: Outbound, platform: FarSide, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead(monkeypatch, "lms.example.com", "127.0.0.2", "127.0.0.1")
    answer = outbound.get(platform.url.replace("127.0.0.1", "lms.example.com"), accept="a/b")
    assert answer.status == 200
    assert platform.asked[0].headers["Host"].startswith("lms.example.com:")


def test_proxies_and_passwords_of_the_environment_are_not_used(
    outbound: Outbound,
    platform: FarSide,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login alice password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert outbound.get(platform.url, accept="a/b").status == 200
    assert "Authorization" not in platform.asked[0].headers


def test_cookies_of_one_call_do_not_go_with_the_next(outbound: Outbound, platform: FarSide) -> None:
    platform.always(200, Set_Cookie="session=alice; Path=/")
    outbound.get(platform.url, accept="a/b")
    outbound.get(platform.url, accept="a/b")
    assert "Cookie" not in platform.asked[1].headers
    assert not outbound._session.cookies


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        *((status, True) for status in (400, 401, 403, 404, 409, 422)),
        *((status, False) for status in (408, 425, 429, 500, 502, 503)),
    ],
)
def test_a_failed_call_says_whether_it_would_fail_again(
    status: int, permanent: bool, outbound: Outbound, platform: FarSide
) -> None:
    platform.always(status, b"Alice Adams may not do this")
    failed = failure_of(outbound, platform.url)
    assert (failed.status, failed.permanent, failed.retry_after) == (status, permanent, None)
    assert "Alice" not in str(failed)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7),
        ("9" * 30, 86400),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", None),
    ],
)
def test_retry_after_is_heard(value: str, seconds: int | None, outbound: Outbound, platform: FarSide) -> None:
    platform.always(429, Retry_After=value)
    assert failure_of(outbound, platform.url).retry_after == seconds


def test_retry_after_is_heard_as_a_date_too(outbound: Outbound, platform: FarSide) -> None:
    platform.always(503, Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True))
    assert failure_of(outbound, platform.url).retry_after in range(80, 91)


def test_an_answer_that_is_too_large_is_not_read_to_its_end(outbound: Outbound, platform: FarSide) -> None:
    platform.always(200, b"x" * LARGEST_ANSWER)
    assert len(outbound.get(platform.url, accept="a/b").body) == LARGEST_ANSWER
    platform.always(200, b"x" * (LARGEST_ANSWER + 1))
    failed = failure_of(outbound, platform.url)
    assert (failed.reason, failed.permanent) == ("answer_too_large", True)


def test_a_packed_answer_that_unpacks_to_too_much_is_refused(outbound: Outbound, platform: FarSide) -> None:
    platform.always(200, gzip.compress(bytes(50 * LARGEST_ANSWER)), Content_Encoding="gzip")
    assert failure_of(outbound, platform.url).reason == "answer_too_large"


@pytest.mark.parametrize(
    "raw",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", b"not http at all\r\n\r\n"],
    ids=["at once", "half-way", "after nonsense"],
)
def test_a_dropped_connection_is_temporary(raw: bytes, outbound: Outbound, platform: FarSide) -> None:
    platform.answer = lambda _: Reply(raw=iter([raw]))
    failed = failure_of(outbound, platform.url)
    assert (failed.reason, failed.permanent) == ("not_reached", False)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a":', b"\xff\xfe\xfa", b"[" * 100_000])
def test_an_answer_that_is_not_json_is_temporary(body: bytes, outbound: Outbound, platform: FarSide) -> None:
    platform.always(200, body)
    answer = outbound.get(platform.url, accept="application/json")
    with pytest.raises(ServiceFailed) as failed:
        answer.json()
    assert (failed.value.reason, failed.value.permanent) == ("malformed_answer", False)
