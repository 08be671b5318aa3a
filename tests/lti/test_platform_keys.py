"""Platforms' keys: how long they are remembered, when they are asked for again, and what an outage does."""

import base64
import json
import threading
from typing import Any

import pytest

from lti_tool.lti.errors import KeySetUnavailable, UnknownKey
from lti_tool.lti.keys import ToolKey
from lti_tool.lti.launch.platform_keys import COOL_DOWN, LONGEST, LONGEST_OUTAGE, SHORTEST, USUAL, PlatformKeys
from lti_tool.lti.network.outbound import Outbound
from tests.lti.clock import Clock
from tests.lti.far_side import FarSide, Reply


@pytest.fixture
def keys(clock: Clock) -> PlatformKeys:
    return PlatformKeys(Outbound(allow_private=True, read=1, total=1), clock)


@pytest.fixture(scope="module")
def first() -> ToolKey:
    return ToolKey.generate()


@pytest.fixture(scope="module")
def second() -> ToolKey:
    return ToolKey.generate()


def published(*keys: ToolKey | dict[str, Any]) -> bytes:
    return json.dumps({"keys": [key.public_jwk if isinstance(key, ToolKey) else key for key in keys]}).encode()


def test_a_key_is_fetched_once_and_remembered(keys: PlatformKeys, platform: FarSide, first: ToolKey) -> None:
    platform.always(200, published(first))
    found = keys.key(platform.url, first.kid)
    assert found.public_numbers().n == int.from_bytes(_bytes(first.public_jwk["n"]))
    assert keys.key(platform.url, first.kid) is found
    assert len(platform.asked) == 1


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "==")


@pytest.mark.parametrize(
    ("control", "seconds"),
    [
        ("max-age=600", 600),
        ("public, MAX-AGE=600", 600),
        ("max-age=0", SHORTEST),
        ("no-store, max-age=600", SHORTEST),
        ("max-age=99999999", LONGEST),
        ("s-maxage=70", USUAL),
        ("max-age=soon", USUAL),
        ("", USUAL),
    ],
)
def test_a_key_set_is_asked_for_again_when_its_time_is_over(
    control: str, seconds: float, *, keys: PlatformKeys, platform: FarSide, clock: Clock, first: ToolKey
) -> None:
    platform.always(200, published(first), Cache_Control=control)
    keys.key(platform.url, first.kid)
    clock.pass_by(seconds - 1)
    keys.key(platform.url, first.kid)
    assert len(platform.asked) == 1
    clock.pass_by(1)
    keys.key(platform.url, first.kid)
    assert len(platform.asked) == 2


def test_a_new_key_is_found_at_once_after_the_platform_changed_keys(
    keys: PlatformKeys, platform: FarSide, first: ToolKey, second: ToolKey
) -> None:
    platform.always(200, published(first))
    keys.key(platform.url, first.kid)
    platform.always(200, published(second))
    assert keys.key(platform.url, second.kid)
    with pytest.raises(UnknownKey):  # and the old one is gone
        keys.key(platform.url, first.kid)


def test_unknown_key_ids_do_not_make_the_tool_hammer_the_platform(
    keys: PlatformKeys, platform: FarSide, clock: Clock, first: ToolKey
) -> None:
    platform.always(200, published(first))
    keys.key(platform.url, first.kid)
    for number in range(20):
        with pytest.raises(UnknownKey):
            keys.key(platform.url, f"imaginary-{number}")
    assert len(platform.asked) == 2
    clock.pass_by(COOL_DOWN)
    with pytest.raises(UnknownKey):
        keys.key(platform.url, "imaginary")
    assert len(platform.asked) == 3


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500),
        Reply(404, body=b"{}"),
        Reply(200, body=b"<html>maintenance</html>"),
        Reply(200, body=b'{"error": "down"}'),
        Reply(200, body=b'{"keys": []}'),
        Reply(200, body=b'{"keys": {}}'),
        Reply(200, body=b"[]"),
        Reply(302, headers={"Location": "/login"}),
        Reply(raw=iter([])),
    ],
    ids=["500", "404", "a page", "an error in JSON", "no keys", "keys as an object", "a list", "a redirect", "nothing"],
)
def test_an_outage_of_the_platform_leaves_the_old_keys_in_use(
    reply: Reply, keys: PlatformKeys, platform: FarSide, clock: Clock, first: ToolKey
) -> None:
    platform.always(200, published(first))
    keys.key(platform.url, first.kid)
    platform.answer = lambda _: reply
    clock.pass_by(USUAL)
    assert keys.key(platform.url, first.kid)
    assert keys.key(platform.url, first.kid)
    assert len(platform.asked) == 2  # it is not asked again with every launch
    clock.pass_by(COOL_DOWN)
    platform.always(200, published(first))
    assert keys.key(platform.url, first.kid)
    assert len(platform.asked) == 3


def test_keys_that_could_not_be_confirmed_for_a_day_are_not_trusted(
    keys: PlatformKeys, platform: FarSide, clock: Clock, first: ToolKey
) -> None:
    platform.always(200, published(first))
    keys.key(platform.url, first.kid)
    platform.always(500)
    clock.pass_by(USUAL + LONGEST_OUTAGE)
    assert keys.key(platform.url, first.kid)
    clock.pass_by(1)
    with pytest.raises(KeySetUnavailable):
        keys.key(platform.url, first.kid)


def test_without_any_keys_yet_an_outage_is_said_and_tried_again_later(
    keys: PlatformKeys, platform: FarSide, clock: Clock, first: ToolKey
) -> None:
    platform.always(503)
    for _ in range(2):
        with pytest.raises(KeySetUnavailable):
            keys.key(platform.url, first.kid)
    assert len(platform.asked) == 1
    platform.always(200, published(first))
    clock.pass_by(COOL_DOWN)
    assert keys.key(platform.url, first.kid)


def test_an_address_that_may_not_be_called_has_no_keys(first: ToolKey) -> None:
    with pytest.raises(KeySetUnavailable):
        PlatformKeys(Outbound()).key("https://169.254.169.254/keys", first.kid)


def test_the_keys_of_two_platforms_are_never_mixed(
    keys: PlatformKeys, platform: FarSide, first: ToolKey, second: ToolKey
) -> None:
    platform.answer = lambda asked: Reply(body=published(first if asked.path == "/a" else second))
    assert keys.key(f"{platform.url}/a", first.kid)
    with pytest.raises(UnknownKey):
        keys.key(f"{platform.url}/b", first.kid)


def test_many_launches_at_once_ask_for_the_keys_once(keys: PlatformKeys, platform: FarSide, first: ToolKey) -> None:
    platform.always(200, published(first))
    barrier = threading.Barrier(8)
    found: list[object] = []

    def launch() -> None:
        barrier.wait()
        found.append(keys.key(platform.url, first.kid))

    threads = [threading.Thread(target=launch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(platform.asked) == 1


def test_while_one_launch_asks_for_fresh_keys_the_others_go_on_with_the_old(
    keys: PlatformKeys, platform: FarSide, clock: Clock, first: ToolKey
) -> None:
    platform.always(200, published(first))
    keys.key(platform.url, first.kid)
    clock.pass_by(USUAL)
    asked, go_on = threading.Event(), threading.Event()

    def slowly(_: object) -> Reply:
        asked.set()
        go_on.wait(5)
        return Reply(body=published(first))

    platform.answer = slowly
    asking = threading.Thread(target=keys.key, args=(platform.url, first.kid))
    asking.start()
    assert asked.wait(5)
    assert keys.key(platform.url, first.kid)
    assert asking.is_alive()  # so nobody waited for it
    go_on.set()
    asking.join()
    assert len(platform.asked) == 2
