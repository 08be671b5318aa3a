"""Access tokens: how they are asked for, how long they serve, what happens when they end early."""

from dataclasses import replace
from urllib.parse import parse_qs

import jwt
import pytest

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.keys import ToolKey
from lti_tool.lti.launch.key_set import read_key_set
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.platform import Platform
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.scores import SCORE_SCOPE, send_score
from lti_tool.lti.services.tokens import AccessTokens
from tests.lti.clock import Clock
from tests.lti.far_side import Reply, far_side
from tests.lti.lms import SCORE, SCORES_PATH, Lms


def test_a_token_is_asked_for_with_an_assertion_that_the_tool_signed(
    services: PlatformServices, lms: Lms, line_item: str, tool_key: ToolKey
) -> None:
    send_score(services, line_item, SCORE)
    form = {name: values[0] for name, values in parse_qs(lms.calls("/token")[0].body.decode()).items()}
    assertion = form.pop("client_assertion")
    assert form == {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "scope": SCORE_SCOPE,
    }
    key = read_key_set({"keys": [tool_key.public_jwk]})[tool_key.kid]
    said = jwt.decode(assertion, key, algorithms=["RS256"], audience=f"{lms.url}/token")
    assert (said["iss"], said["sub"]) == ("client 1", "client 1")
    assert said["exp"] - said["iat"] == 60
    assert len(said["jti"]) >= 22


def test_the_assertion_is_for_whom_the_registration_names(services: PlatformServices, lms: Lms) -> None:
    platform = replace(services.platform, token_audience="https://api.brightspace.com/auth/token")
    services.tokens.token(platform, ["a"])
    assertion = parse_qs(lms.calls("/token")[0].body.decode())["client_assertion"][0]
    said = jwt.decode(assertion, options={"verify_signature": False})
    assert said["aud"] == "https://api.brightspace.com/auth/token"


def test_every_assertion_has_an_id_of_its_own(services: PlatformServices, lms: Lms) -> None:
    for scope in "abc":
        services.tokens.token(services.platform, [scope])
    assertions = [parse_qs(call.body.decode())["client_assertion"][0] for call in lms.calls("/token")]
    ids = {jwt.decode(assertion, options={"verify_signature": False})["jti"] for assertion in assertions}
    assert len(ids) == 3


def test_a_token_serves_until_shortly_before_its_end(services: PlatformServices, lms: Lms, clock: Clock) -> None:
    tokens, platform = services.tokens, services.platform
    assert tokens.token(platform, ["a"]) == tokens.token(platform, ["a"]) == "token-1"
    clock.pass_by(3539)
    assert tokens.token(platform, ["a"]) == "token-1"
    clock.pass_by(1)
    assert tokens.token(platform, ["a"]) == "token-2"
    assert lms.granted == 2


@pytest.mark.parametrize(
    ("lifetime", "seconds"),
    [(30, 15), ("600", 540), (None, 240), ("soon", 240), (-1, 240), (10**9, 86340), (float("inf"), 86340)],
)
def test_the_lifetime_that_the_platform_names_is_believed_within_reason(
    lifetime: object, seconds: float, *, services: PlatformServices, lms: Lms, clock: Clock
) -> None:
    lms.lifetime = lifetime
    services.tokens.token(services.platform, ["a"])
    clock.pass_by(seconds - 1)
    assert services.tokens.token(services.platform, ["a"]) == "token-1"
    clock.pass_by(1)
    assert services.tokens.token(services.platform, ["a"]) == "token-2"


def test_tokens_of_other_clients_platforms_and_scopes_are_never_mixed(services: PlatformServices, lms: Lms) -> None:
    one = services.platform
    tokens = [
        services.tokens.token(one, ["a"]),
        services.tokens.token(one, ["a", "b"]),
        services.tokens.token(replace(one, client_id="client 2"), ["a"]),
    ]
    assert tokens == ["token-1", "token-2", "token-3"]
    assert services.tokens.token(one, ["b", "a"]) == "token-2"
    # Another registration that names the same addresses and the same client has a token of its own.
    assert services.tokens.token(replace(one, issuer="https://another.example.com"), ["a"]) == "token-4"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"[]", b"{}", b'{"access_token": 7}', b'{"access_token": "a b"}', b'{"access_token": "a\\nb"}'],
)
def test_an_answer_without_a_token_is_temporary(body: bytes, tool_key: ToolKey) -> None:
    with far_side() as side:
        side.always(200, body)
        platform = Platform("", "client", "", f"{side.url}/token", "")
        with pytest.raises(ServiceFailed) as failed:
            AccessTokens(Outbound(allow_private=True), tool_key).token(platform, ["a"])
        assert not failed.value.permanent


def test_a_refused_client_tries_again_later_for_the_platform_may_not_have_reached_our_keys(
    tool_key: ToolKey,
) -> None:
    with far_side() as side:
        side.always(400, b'{"error": "invalid_client"}')
        platform = Platform("", "client", "", f"{side.url}/token", "")
        with pytest.raises(ServiceFailed) as failed:
            AccessTokens(Outbound(allow_private=True), tool_key).token(platform, ["a"])
        refusal = (failed.value.reason, failed.value.permanent, failed.value.status)
        assert refusal == ("token_refused", False, 400)


def test_a_token_that_ended_early_is_replaced_and_the_call_made_again(
    services: PlatformServices, lms: Lms, line_item: str
) -> None:
    send_score(services, line_item, SCORE)
    lms.serve = lambda asked: Reply(401 if asked.headers["Authorization"] == "Bearer token-1" else 200)
    send_score(services, line_item, SCORE)
    assert [call.headers["Authorization"] for call in lms.calls(SCORES_PATH)] == [
        "Bearer token-1",
        "Bearer token-1",
        "Bearer token-2",
    ]


def test_a_platform_that_accepts_no_token_is_asked_twice_and_not_more(
    services: PlatformServices, lms: Lms, line_item: str
) -> None:
    lms.serve = lambda _: Reply(401)
    with pytest.raises(ServiceFailed) as failed:
        send_score(services, line_item, SCORE)
    assert (failed.value.status, failed.value.permanent) == (401, True)
    assert (lms.granted, len(lms.calls(SCORES_PATH))) == (2, 2)


def test_a_token_that_somebody_else_renewed_already_is_kept(services: PlatformServices) -> None:
    tokens, platform = services.tokens, services.platform
    old = tokens.token(platform, ["a"])
    tokens.forget(platform, ["a"], old)
    new = tokens.token(platform, ["a"])
    tokens.forget(platform, ["a"], old)
    assert tokens.token(platform, ["a"]) == new
