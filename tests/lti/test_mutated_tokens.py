"""Whatever is done to a token, it is refused or it is still a proper launch; nothing else is ever raised."""

import copy
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lti_tool.lti.claims import LTI, Launch
from lti_tool.lti.errors import LaunchRefused
from tests.lti.cases import Json
from tests.lti.conftest import CLAIMS, Verify
from tests.lti.forging import forge

HEADER = {"alg": "RS256", "typ": "JWT", "kid": "k1"}
EXACT = ("iss", "nonce", *(LTI + name for name in ("version", "message_type", "deployment_id", "target_link_uri")))

numbers = st.integers() | st.floats() | st.sampled_from([10**400, -1, 2**63])
scalars = st.none() | st.booleans() | numbers | st.text() | st.text(st.characters(categories=["Cs", "Cc"]), max_size=3)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
paths = st.sampled_from(
    [(name,) for name in CLAIMS]
    + [(name, member) for name, value in CLAIMS.items() if isinstance(value, dict) for member in value]
    + [("azp",), ("nbf",), ("locale",)]
)

many = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def is_proper(launch: Launch) -> bool:
    ids = [launch.subject, launch.deployment_id, launch.resource_link and launch.resource_link.id]
    ids += [launch.context.id] if launch.context else []
    return all(isinstance(one, str) and 0 < len(one) <= 255 and one.isascii() for one in ids)


def storable(launch: Launch) -> bool:
    texts = [launch.name, launch.email, *launch.roles, *launch.custom, *launch.custom.values()]
    return all("\x00" not in text and text.encode() is not None for text in texts if text)


@many
@given(changes=st.lists(st.tuples(paths, json_values), min_size=1, max_size=3))
def test_signed_claims_of_any_shape_are_refused_or_a_proper_launch(
    changes: list[tuple[tuple[str, ...], Any]], verify: Verify, platform_key: RSAPrivateKey
) -> None:
    claims: Json = copy.deepcopy(CLAIMS)
    for path, value in changes:
        place = claims if len(path) == 1 else claims[path[0]]
        if isinstance(place, dict):
            place[path[-1]] = value
    try:
        launch = verify(forge(claims, HEADER, platform_key))
    except LaunchRefused:
        return
    assert is_proper(launch)
    assert storable(launch)
    assert all(claims[name] == CLAIMS[name] for name in EXACT)
    assert claims["aud"] in (CLAIMS["aud"], [CLAIMS["aud"]])


@many
@given(name=st.sampled_from(EXACT), value=json_values)
def test_no_other_value_will_do_for_a_claim_that_must_be_exact(
    name: str, value: object, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    if value != CLAIMS[name]:
        with pytest.raises(LaunchRefused):
            verify(forge({**CLAIMS, name: value}, HEADER, platform_key))


@many
@given(name=st.sampled_from(["alg", "kid", "typ", "jku", "jwk", "x5u", "crit", "b64", "zip"]), value=json_values)
def test_headers_of_any_shape_are_refused_or_harmless(
    name: str, value: object, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    try:
        launch = verify(forge(CLAIMS, {**HEADER, name: value}, platform_key))
    except LaunchRefused:
        return
    assert launch.subject == "4"
    assert name in {"typ", "b64", "zip"} or HEADER[name] == value


@many
@given(data=st.data())
def test_a_token_with_any_character_changed_is_refused(
    data: st.DataObject, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    token = forge(CLAIMS, HEADER, platform_key)
    at = data.draw(st.integers(0, len(token) - 2))  # the last one has bits that mean nothing
    other = data.draw(st.characters(max_codepoint=255, exclude_characters="+/" + token[at]))  # + and / are - and _
    with pytest.raises(LaunchRefused):
        verify(token[:at] + other + token[at + 1 :])


@many
@given(token=st.text() | st.text("abcdefXYZ019-_.=", max_size=60))
def test_any_text_is_refused(token: str, verify: Verify) -> None:
    with pytest.raises(LaunchRefused):
        verify(token)
