"""A platform's request for a login, and the address that answers it."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.datastructures import MultiDict

from lti_tool.lti.errors import LoginMalformed
from lti_tool.lti.launch.login import LoginRequest, authorization_url
from tests.lti.conftest import ISSUER, PLATFORM, TARGET

MOODLE = {
    "iss": ISSUER,
    "target_link_uri": TARGET,
    "login_hint": "4",
    "lti_message_hint": '{"cmid":2,"launchid":"ltilaunch1_896677966"}',
    "client_id": PLATFORM.client_id,
    "lti_deployment_id": "1",
}


def read(*further: tuple[str, str], **changes: str) -> LoginRequest:
    return LoginRequest.from_params(MultiDict([*(MOODLE | changes).items(), *further]))


def test_a_login_request_is_read_as_moodle_sends_it() -> None:
    assert read() == LoginRequest(
        issuer=ISSUER,
        login_hint="4",
        target_link_uri=TARGET,
        client_id=PLATFORM.client_id,
        deployment_id="1",
        message_hint=MOODLE["lti_message_hint"],
        storage_target=None,
    )


def test_what_a_platform_need_not_send_may_be_absent_or_empty() -> None:
    needed = {name: MOODLE[name] for name in ("iss", "login_hint", "target_link_uri")}
    login = LoginRequest.from_params(MultiDict({**needed, "client_id": ""}))
    assert (login.client_id, login.deployment_id, login.message_hint) == (None, None, None)


@pytest.mark.parametrize("name", ["iss", "login_hint", "target_link_uri"])
def test_a_login_request_without_what_is_needed_is_refused(name: str) -> None:
    with pytest.raises(LoginMalformed) as refused:
        read(**{name: ""})
    assert refused.value.where == name


@pytest.mark.parametrize("name", list(MOODLE))
def test_a_repeated_parameter_is_refused(name: str) -> None:
    with pytest.raises(LoginMalformed) as refused:
        read((name, "again"))
    assert refused.value.where == name


@pytest.mark.parametrize(
    ("name", "limit"), [("iss", 255), ("client_id", 255), ("login_hint", 8192), ("target_link_uri", 2048)]
)
def test_an_overlong_parameter_is_refused(name: str, limit: int) -> None:
    assert read(**{name: "x" * limit})
    with pytest.raises(LoginMalformed):
        read(**{name: "x" * (limit + 1)})


@pytest.mark.parametrize("value", ["4\r\nSet-Cookie: a=b", "4\x00", "\ud800"])
def test_a_parameter_with_control_characters_is_refused(value: str) -> None:
    with pytest.raises(LoginMalformed):
        read(login_hint=value)


def answer(auth_url: str = PLATFORM.auth_url, login: LoginRequest | None = None) -> str:
    return authorization_url(
        replace(PLATFORM, auth_url=auth_url),
        login or read(),
        state="the state",
        nonce="the nonce",
        redirect_uri="https://tool.example.com/lti/launch",
    )


def test_the_answer_asks_for_an_id_token_by_form_post() -> None:
    url = urlsplit(answer())
    assert f"{url.scheme}://{url.netloc}{url.path}" == PLATFORM.auth_url
    assert parse_qs(url.query, strict_parsing=True) == {
        "scope": ["openid"],
        "response_type": ["id_token"],
        "response_mode": ["form_post"],
        "prompt": ["none"],
        "client_id": [PLATFORM.client_id],
        "redirect_uri": ["https://tool.example.com/lti/launch"],
        "login_hint": ["4"],
        "lti_message_hint": [MOODLE["lti_message_hint"]],
        "state": ["the state"],
        "nonce": ["the nonce"],
    }


def test_a_message_hint_that_was_not_sent_is_not_made_up() -> None:
    assert "lti_message_hint" not in answer(login=replace(read(), message_hint=None))


def test_an_address_that_has_a_query_already_keeps_it_byte_for_byte() -> None:
    url = answer("https://lms.example.com/auth?tenant=a%2Fb+c&empty=&state=theirs#top")
    assert url.startswith("https://lms.example.com/auth?tenant=a%2Fb+c&empty=&scope=openid&")
    assert url.count("?") == 1
    assert "#" not in url
    assert parse_qs(urlsplit(url).query)["state"] == ["the state"]
