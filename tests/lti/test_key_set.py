"""Published key sets: which keys of them can be used."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.keys import ToolKey
from lti_tool.lti.launch.key_set import read_key_set


@pytest.fixture(scope="module")
def jwk() -> dict[str, Any]:
    return dict(ToolKey.generate().public_jwk)


def changed(jwk: dict[str, Any]) -> list[Any]:
    small = ToolKey(generate_private_key(public_exponent=65537, key_size=1024)).public_jwk
    return [
        {**jwk, "kid": "encrypts", "use": "enc"},
        {**jwk, "kid": "other-algorithm", "alg": "RS512"},
        {**jwk, "kid": "secret", "kty": "oct", "k": "c2VjcmV0"},
        {**jwk, "kid": 7},
        {**jwk, "kid": ""},
        {**jwk, "kid": "empty", "n": ""},
        {**jwk, "kid": "not-base64", "n": "é"},
        {**jwk, "kid": "numbers", "n": 3, "e": 3},
        {**jwk, "kid": "even", "e": "Ag"},
        {**jwk, "kid": "endless", "n": "_" * 300_000},
        {**small, "kid": "small"},
        {name: value for name, value in jwk.items() if name != "kid"},
        "not a key",
        None,
    ]


def test_keys_that_cannot_be_used_are_passed_over(jwk: dict[str, Any]) -> None:
    assert set(read_key_set({"keys": [*changed(jwk), jwk]})) == {jwk["kid"]}


def test_a_key_need_not_say_what_it_is_for(jwk: dict[str, Any]) -> None:
    bare = {name: jwk[name] for name in ("kty", "kid", "e", "n")}
    assert set(read_key_set({"keys": [bare]})) == {jwk["kid"]}


def test_of_two_keys_with_one_id_the_first_counts(jwk: dict[str, Any]) -> None:
    other = {**ToolKey.generate().public_jwk, "kid": jwk["kid"]}
    found = read_key_set({"keys": [jwk, other]})[jwk["kid"]]
    assert found == read_key_set({"keys": [jwk]})[jwk["kid"]]


@pytest.mark.parametrize("document", [None, 7, "keys", [], {}, {"keys": None}, {"keys": {}}, {"keys": []}], ids=str)
def test_what_is_no_key_set_is_a_temporary_failure(document: object) -> None:
    with pytest.raises(ServiceFailed) as failed:
        read_key_set(document)
    assert not failed.value.permanent


def test_a_key_set_of_unusable_keys_is_a_temporary_failure(jwk: dict[str, Any]) -> None:
    with pytest.raises(ServiceFailed):
        read_key_set({"keys": changed(jwk)})
