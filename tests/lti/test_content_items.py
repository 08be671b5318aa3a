"""What is read of a deep linking request and what is sent back (Deep Linking 2.0)."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.lti.deep_linking.content_items import Column, Item, answer_claims, content_item
from lti_tool.lti.deep_linking.request import DL, PickingSettings, read_settings
from lti_tool.lti.errors import ClaimMalformed, ClaimMissing, LaunchRefused
from lti_tool.lti.platform import Platform

PLATFORM = Platform("https://lms.example", "client-1", "https://lms.example/a", "https://lms.example/t", "https://l/j")
ALL = PickingSettings("https://lms.example/back", ("ltiResourceLink",), ("iframe", "window"), several=True)
MOMENT = datetime(2026, 12, 1, 9, 0, tzinfo=timezone(timedelta(hours=2)))
FULL = Item(
    url="https://tool.example/activities/journal/j3?placement=k",
    title="Think piece",
    text="One moment.",
    icon="https://tool.example/pictures/journal-64.png",
    thumbnail="https://tool.example/pictures/journal-256.png",
    custom={"activity": "journal/j3", "placement": "k"},
    column=Column(15, "Think piece", "journal/j3", "partnerwise", "Look at the piece"),
    opens_at=MOMENT,
    due_at=MOMENT + timedelta(days=7),
    closes_at=MOMENT + timedelta(days=9),
)


def settings(**changed: Any) -> dict[str, Any]:
    given = {
        "deep_link_return_url": "https://lms.example/back?sesskey=1",
        "accept_types": ["ltiResourceLink"],
        "accept_presentation_document_targets": ["iframe"],
        **changed,
    }
    return {f"{DL}deep_linking_settings": {name: value for name, value in given.items() if value is not None}}


def nothings(value: Any) -> bool:
    """Whether there is anything empty in it, at any depth."""
    if isinstance(value, dict):
        return not value or any(map(nothings, value.values()))
    if isinstance(value, list):
        return not value or any(map(nothings, value))
    return value is None or value == ""


def test_a_link_says_all_that_it_can() -> None:
    assert content_item(ALL, FULL) == {
        "type": "ltiResourceLink",
        "url": "https://tool.example/activities/journal/j3?placement=k",
        "title": "Think piece",
        "text": "One moment.",
        "icon": {"url": "https://tool.example/pictures/journal-64.png", "width": 64, "height": 64},
        "thumbnail": {"url": "https://tool.example/pictures/journal-256.png", "width": 256, "height": 256},
        "custom": {"activity": "journal/j3", "placement": "k"},
        "lineItem": {
            "scoreMaximum": 15,
            "label": "Think piece",
            "resourceId": "journal/j3",
            "tag": "partnerwise",
            "submissionReview": {
                "reviewableStatus": ["InProgress", "Submitted", "Completed"],
                "label": "Look at the piece",
                "url": "https://tool.example/activities/journal/j3?placement=k",
            },
            "startDateTime": "2026-12-01T07:00:00Z",
            "endDateTime": "2026-12-10T07:00:00Z",
        },
        "available": {"startDateTime": "2026-12-01T07:00:00Z"},
        "submission": {"startDateTime": "2026-12-01T07:00:00Z", "endDateTime": "2026-12-08T07:00:00Z"},
        "iframe": {"width": 900, "height": 700},
    }


def test_no_column_is_sent_where_the_platform_says_that_it_ignores_them() -> None:
    assert "lineItem" not in content_item(replace(ALL, takes_line_items=False), FULL)
    assert "lineItem" in content_item(replace(ALL, takes_line_items=True), FULL)


@pytest.mark.parametrize(
    ("targets", "in_window", "sent"),
    [
        (("iframe", "window"), False, {"iframe"}),
        (("iframe", "window"), True, {"window"}),
        (("window",), False, {"window"}),
        (("iframe",), True, set()),
        (("frame",), False, set()),
        (("embed",), False, set()),
    ],
)
def test_hints_name_only_what_the_platform_can_show(targets: tuple[str, ...], in_window: bool, sent: set[str]) -> None:
    item = content_item(replace(ALL, targets=targets), replace(FULL, in_window=in_window))
    assert {"iframe", "window"} & item.keys() == sent


texts = st.text(max_size=20)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
columns = st.none() | st.builds(
    Column, st.floats(-1, 100), texts.filter(bool), texts.filter(bool), texts.filter(bool), texts
)
items = st.builds(
    Item,
    url=st.just("https://tool.example/activities/course"),
    title=texts.filter(bool),
    text=texts,
    icon=st.sampled_from(["", "https://tool.example/i.png"]),
    custom=st.none() | st.dictionaries(texts, texts.filter(bool)),
    column=columns,
    opens_at=moments,
    due_at=moments,
    closes_at=moments,
    in_window=st.booleans(),
)
accepted = st.builds(
    PickingSettings,
    return_url=st.just("https://lms.example/back"),
    types=st.just(("ltiResourceLink",)),
    targets=st.lists(st.sampled_from(["iframe", "window", "frame", "embed"])).map(tuple),
    takes_line_items=st.sampled_from([None, True, False]),
)


@given(accepted, items)
def test_nothing_null_or_empty_is_ever_sent(takes: PickingSettings, item: Item) -> None:
    assert not nothings(content_item(takes, item))


def test_the_answer_is_signed_for_the_platform_alone_and_gives_the_data_back() -> None:
    data = ' {"csrf":"é\\"<b>"} '
    now = datetime.now(UTC)
    claims = answer_claims(PLATFORM, "d1", replace(ALL, data=data), [FULL], now=now)
    assert claims["iss"] == claims["sub"] == "client-1"
    assert claims["aud"] == ["https://lms.example"]
    assert 0 < claims["exp"] - claims["iat"] <= 300
    assert claims[DL + "data"] == data
    assert claims["https://purl.imsglobal.org/spec/lti/claim/deployment_id"] == "d1"
    again = answer_claims(PLATFORM, "d1", ALL, [], now=now)
    assert again["nonce"] != claims["nonce"]
    assert DL + "data" not in again
    assert again[DL + "content_items"] == []


def test_settings_are_kept_as_json_and_come_back_the_same() -> None:
    read = read_settings(settings(accept_multiple=True, accept_lineitem=False, accept_media_types="image/*, text/html"))
    assert read.media_types == ("image/*", "text/html")
    assert read.several
    assert not read.wants_line_items
    assert PickingSettings.from_json(read.as_json()) == read


@pytest.mark.parametrize(
    ("value", "several"), [(True, True), ("true", True), (False, False), ("no", False), (None, False), (1, False)]
)
def test_several_are_sent_only_where_the_platform_says_so(value: object, several: bool) -> None:
    assert read_settings(settings(accept_multiple=value)).several is several


@pytest.mark.parametrize(
    "changed",
    [
        {"deep_link_return_url": "http://lms.example/back"},
        {"deep_link_return_url": "http://localhost/back"},
        {"deep_link_return_url": "javascript:alert(1)"},
        {"deep_link_return_url": 'https://lms.example/"><script>'.replace(">", "> ")},
        {"deep_link_return_url": "https://user:secret@lms.example/back"},
        {"deep_link_return_url": "//lms.example/back"},
        {"deep_link_return_url": "https://lms.example/" + "x" * 3000},
        {"deep_link_return_url": 7},
        {"accept_types": "ltiResourceLink"},
        {"accept_presentation_document_targets": [1]},
        {"data": 5},
        {"data": "x" * 30_000},
        {"data": "\x00"},
    ],
    ids=str,
)
def test_settings_that_are_not_what_they_must_be_are_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ClaimMalformed):
        read_settings(settings(**changed))


@pytest.mark.parametrize("name", ["deep_link_return_url", "accept_types", "accept_presentation_document_targets"])
def test_settings_that_lack_what_must_be_there_are_refused(name: str) -> None:
    with pytest.raises(ClaimMissing):
        read_settings(settings(**{name: None}))
    with pytest.raises(ClaimMissing):
        read_settings({})


def test_in_development_the_answer_may_go_to_this_machine_over_plain_http() -> None:
    for host in ("localhost:8001", "127.0.0.1:8001", "[::1]"):
        url = f"http://{host}/back"
        assert read_settings(settings(deep_link_return_url=url), insecure_loopback=True).return_url == url
    with pytest.raises(ClaimMalformed):
        read_settings(settings(deep_link_return_url="http://lms.example/"), insecure_loopback=True)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = [
    "deep_link_return_url",
    "accept_types",
    "accept_presentation_document_targets",
    "accept_media_types",
    "accept_multiple",
    "accept_lineitem",
    "data",
    "title",
    "text",
]


@given(st.dictionaries(st.sampled_from(NAMES), anything))
def test_whatever_stands_in_the_settings_is_read_or_refused(changed: dict[str, Any]) -> None:
    try:
        read = read_settings(settings(**changed))
    except LaunchRefused:
        return
    assert read.return_url.startswith("https://")
    assert PickingSettings.from_json(json.loads(json.dumps(read.as_json()))) == read
