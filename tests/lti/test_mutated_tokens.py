"""Whatever is done to a token, it is refused or it is still a proper launch; nothing else is ever raised.

`PARTNERWISE_MUTATED_TOKENS` says how many tokens are tried in all: 1,000 by default, 10,000 in `make sure`. Of them
95 % are tried here, with the function that decides (`verify_launch`), as fast as a platform can sign; the other 5 %
go over HTTP through the running tool, in `tests/conformance/test_mutated_launches.py`, and their states are spoilt too.
"""

import re
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.lti.errors import LaunchRefused
from lti_tool.lti.launch.claims import LTI, Launch
from tests.lti.conftest import CLAIMS, Verify
from tests.lti.forging import forge
from tests.lti.harmless import EXACT, is_harmless
from tests.lti.mutations import MUTATIONS, OVER_HTTP, Keys, Mutated, Mutation, apply, json_values, mutations, so_many

PLAIN = re.compile(r"[a-z_]+(: [A-Za-z0-9_.-]{1,40})?")
"""A refusal in the log: its code, and at most the name of a claim."""


def is_proper(launch: Launch) -> bool:
    ids = [launch.subject, launch.deployment_id, launch.resource_link and launch.resource_link.id]
    ids += [launch.context.id] if launch.context else []
    return all(isinstance(one, str) and 0 < len(one) <= 255 and one.isascii() for one in ids)


def storable(launch: Launch) -> bool:
    texts = [launch.name, launch.email, *launch.roles, *launch.custom, *launch.custom.values()]
    return all("\x00" not in text and text.encode() is not None for text in texts if text)


def outcome(verify: Verify, token: str) -> tuple[Launch | None, str]:
    """The launch, or why there is none."""
    try:
        return verify(token), ""
    except LaunchRefused as refused:
        return None, str(refused)


@pytest.fixture(scope="module")
def signers(platform_key: RSAPrivateKey, strangers_key: RSAPrivateKey) -> Keys:
    return Keys("k1", platform_key, strangers_key)


@pytest.mark.parametrize("kind", MUTATIONS)
def test_a_mutated_token_is_refused_or_a_proper_launch(
    kind: str, verify: Verify, signers: Keys, record_property: Callable[[str, object], None]
) -> None:
    tried = {"refused": 0, "harmless": 0}

    @so_many(MUTATIONS[kind][0] * (1 - OVER_HTTP))
    @given(mutation=mutations(kind))
    def attempt(mutation: Mutation) -> None:
        made = apply(mutation, CLAIMS, signers)
        launch, reason = outcome(verify, made.token)
        tried["harmless" if launch else "refused"] += 1
        if launch is None:
            assert PLAIN.fullmatch(reason)
            return
        assert is_harmless(made, CLAIMS, signers.kid)
        assert is_proper(launch)
        assert storable(launch)

    attempt()
    told = f"{kind}: {tried['refused']:,} refused, {tried['harmless']:,} harmless"
    record_property("tried", [sum(tried.values()), told])
    assert tried["refused"]


@so_many(0.1)
@given(name=st.sampled_from(EXACT), value=json_values)
def test_no_other_value_will_do_for_a_claim_that_must_be_exact(
    name: str, value: object, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    if value != CLAIMS[name]:
        with pytest.raises(LaunchRefused):
            verify(forge({**CLAIMS, name: value}, {"alg": "RS256", "typ": "JWT", "kid": "k1"}, platform_key))


def test_what_is_harmless_is_judged_by_what_counts() -> None:
    """The judge of the test above must be able to say no."""
    header = {"alg": "RS256", "kid": "k1"}
    assert is_harmless(Mutated("", CLAIMS, header), CLAIMS, "k1")
    assert is_harmless(Mutated("", {**CLAIMS, "name": 1}, header), CLAIMS, "k1")
    for name, value in (("sub", ""), ("nonce", "n"), ("aud", "x"), ("exp", 1), ("azp", "x"), (LTI + "roles", "x")):
        assert not is_harmless(Mutated("", {**CLAIMS, name: value}, header), CLAIMS, "k1")
    assert not is_harmless(Mutated("", CLAIMS, {**header, "alg": "none"}), CLAIMS, "k1")
    assert not is_harmless(Mutated("", None, header), CLAIMS, "k1")
