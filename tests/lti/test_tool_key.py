"""The tool's own key: what it signs, what it publishes, how it is kept."""

import base64
import hashlib
import json

import jwt
import pytest

from lti_tool.lti.keys import ToolKey
from lti_tool.lti.launch.key_set import read_key_set


@pytest.fixture(scope="module")
def key() -> ToolKey:
    return ToolKey.generate()


def test_what_the_key_signs_verifies_with_what_it_publishes(key: ToolKey) -> None:
    token = key.sign({"iss": "partnerwise"})
    public = read_key_set({"keys": [key.public_jwk]})[jwt.get_unverified_header(token)["kid"]]
    assert jwt.decode(token, public, algorithms=["RS256"]) == {"iss": "partnerwise"}
    assert public.key_size == 2048


def test_the_key_id_is_the_thumbprint_of_rfc_7638(key: ToolKey) -> None:
    members = {name: key.public_jwk[name] for name in ("e", "kty", "n")}
    digest = hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest()
    assert key.kid == base64.urlsafe_b64encode(digest).decode().rstrip("=")


def test_nothing_private_is_published(key: ToolKey) -> None:
    assert set(key.public_jwk) == {"kty", "e", "n", "kid", "alg", "use"}


def test_a_key_comes_back_from_its_pem(key: ToolKey) -> None:
    again = ToolKey.from_pem(key.pem)
    assert (again.kid, again.public_jwk) == (key.kid, key.public_jwk)


@pytest.mark.parametrize("pem", ["", "not a key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_what_is_no_key_is_refused(pem: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (its words are the library's)
        ToolKey.from_pem(pem)


def test_two_keys_differ(key: ToolKey) -> None:
    assert ToolKey.generate().kid != key.kid
