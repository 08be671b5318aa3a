"""What a verified launch says, and who may be trusted beyond the usual."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from lti_tool.lti import errors
from lti_tool.lti.launch.claims import (
    AGS,
    LTI,
    NRPS,
    Context,
    ForUser,
    GradeServices,
    Launch,
    NamesAndRoles,
    ResourceLink,
)
from tests.lti.cases import Case, Json, also_for, both, drop, put, put_in
from tests.lti.conftest import NOW, PLATFORM, SERVICES, TARGET, KnownKeys, Verify
from tests.lti.forging import forge, seal

LaunchCase = Callable[[Case], Launch]


@pytest.fixture
def launch(launch_case: LaunchCase) -> Callable[..., Launch]:
    def launch(*changes: Callable[[Json, Json], object]) -> Launch:
        return launch_case(Case("", both(*changes)))

    return launch


LaunchWith = Callable[..., Launch]


def test_a_launch_says_who_came_where_and_what_the_platform_offers(launch: LaunchWith) -> None:
    said = launch()
    assert (said.issuer, said.deployment_id, said.subject) == (PLATFORM.issuer, "1", "4")
    assert (said.name, said.given_name, said.family_name, said.email) == (
        "Alice Adams",
        "Alice",
        "Adams",
        "alice@example.com",
    )
    assert said.roles == ("http://purl.imsglobal.org/vocab/lis/v2/membership#Learner",)
    assert said.context == Context("2", "Parental Engagement 101", "PE101", ("CourseSection",))
    assert said.resource_link == ResourceLink("1", "Definitions", "The first unit")
    assert said.target_link_uri == TARGET
    assert said.ags == GradeServices(
        lineitem=f"{SERVICES}/2/lineitems/2/lineitem?type_id=1",
        lineitems=f"{SERVICES}/2/lineitems?type_id=1",
        scopes=("https://purl.imsglobal.org/spec/lti-ags/scope/score",),
    )
    assert said.nrps == NamesAndRoles(f"{SERVICES}/CourseSection/2/bindings/1/memberships", ("1.0", "2.0"))
    assert said.custom == {"activity": "unit/m1u1", "start": ""}
    assert said.launch_presentation.document_target == "iframe"
    assert said.launch_presentation.locale == "en"
    assert said.launch_presentation.return_url is not None
    assert (said.tool_platform.name, said.tool_platform.product) == ("PEM", "moodle")


def test_a_launch_cannot_be_changed(launch: LaunchWith) -> None:
    with pytest.raises(FrozenInstanceError):
        launch().subject = "5"  # type: ignore[misc]


def test_what_the_platform_withholds_is_absent(launch: LaunchWith) -> None:
    optional = ("context", "custom", "launch_presentation", "tool_platform")
    said = launch(drop("name", "given_name", "family_name", "email", AGS, NRPS, *(LTI + name for name in optional)))
    assert (said.name, said.given_name, said.family_name, said.email) == (None, None, None, None)
    assert (said.context, said.ags, said.nrps, said.custom) == (None, None, None, {})
    assert said.launch_presentation.return_url is None
    assert said.tool_platform.guid is None


def test_null_is_the_same_as_absent_where_a_claim_is_optional(launch: LaunchWith) -> None:
    said = launch(*(put(name, None) for name in ("name", "email", AGS, NRPS, LTI + "context", LTI + "custom")))
    assert (said.name, said.email, said.ags, said.nrps, said.context, said.custom) == (None,) * 5 + ({},)


def test_a_name_that_is_no_text_keeps_nobody_out(launch: LaunchWith) -> None:
    assert launch(put("name", {"first": "Alice"})).name is None


def test_names_and_titles_lose_what_no_database_stores(launch: LaunchWith) -> None:
    said = launch(put("name", "  Ali\x00ce\ud800 Adams "), put_in(LTI + "context", "title", "x" * 5000))
    assert said.name == "Alice Adams"
    assert said.context is not None
    assert said.context.title == "x" * 255


def test_custom_numbers_become_text_and_structures_are_left_out(launch: LaunchWith) -> None:
    assert launch(put(LTI + "custom", {"id": 42, "list": [1], "none": None, "ok": True})).custom == {"id": "42"}


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "/lineitems/2", "ftp://lms.example.com/2", "https://lms@evil.example/", "https://a b/", 7],
)
def test_a_line_item_that_is_no_web_address_is_not_used(url: object, launch: LaunchWith) -> None:
    assert launch(put_in(AGS, "lineitem", url)).ags is None


def test_a_return_address_that_is_no_web_address_counts_as_absent(launch: LaunchWith) -> None:
    said = launch(put_in(LTI + "launch_presentation", "return_url", "javascript:alert(1)"))
    assert said.launch_presentation.return_url is None


def test_a_refusal_names_the_claim_and_not_what_it_held(launch: LaunchWith) -> None:
    with pytest.raises(errors.LaunchRefused) as refused:
        launch(put("sub", "alice@example.com\n"))
    assert (refused.value.code, refused.value.where) == ("claim_malformed", "sub")
    assert "alice" not in str(refused.value)


def test_an_anonymous_launch_passes_only_where_it_is_allowed(
    claims: Json, header: Json, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    del claims["sub"]
    token = forge(claims, header, platform_key)
    with pytest.raises(errors.AnonymousLaunch):
        verify(token)
    assert verify(token, allow_anonymous=True).subject is None


def test_a_further_audience_passes_if_it_is_trusted_and_azp_names_this_client(
    claims: Json, header: Json, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    also_for("https://friend.example.com", first=True)(claims, header)
    trusted = {"trusted_audiences": {"https://friend.example.com"}}
    with pytest.raises(errors.WrongAuthorizedParty):
        verify(forge(claims, header, platform_key), **trusted)
    claims["azp"] = PLATFORM.client_id
    assert verify(forge(claims, header, platform_key), **trusted).subject == "4"


def test_a_token_of_one_registered_platform_is_no_answer_to_a_login_at_another(
    claims: Json, header: Json, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    other = replace(PLATFORM, issuer="https://b.example.com", jwks_url="https://b.example.com/jwks")
    with pytest.raises(errors.UnknownKey):  # its key is not looked for anywhere else
        verify(forge(claims, header, platform_key), platform=other)
    with pytest.raises(errors.WrongIssuer):  # and if both use one key set, the issuer tells them apart
        verify(forge(claims, header, platform_key), platform=replace(other, jwks_url=PLATFORM.jwks_url))


def test_keys_are_looked_for_only_in_the_registered_key_set(
    claims: Json, header: Json, verify: Verify, platform_key: RSAPrivateKey, keys: KnownKeys
) -> None:
    header["jku"] = "https://evil.example/jwks"
    with pytest.raises(errors.HeaderRefused):
        verify(forge(claims, header, platform_key))
    assert keys.asked == []


def test_a_token_is_too_old_after_an_hour_whatever_it_says(
    claims: Json, header: Json, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    claims["exp"] += 10_000_000
    token = forge(claims, header, platform_key)
    assert verify(token, now=NOW + timedelta(minutes=62)).subject == "4"
    with pytest.raises(errors.TokenTooOld):
        verify(token, now=NOW + timedelta(minutes=64))


def test_other_kinds_of_message_pass_only_where_they_are_taken_and_follow_their_own_rules(
    claims: Json, header: Json, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    kind = "LtiSubmissionReviewRequest"
    claims[LTI + "message_type"] = kind
    with pytest.raises(errors.UnknownMessage):
        verify(forge(claims, header, platform_key))
    claims[LTI + "for_user"] = {"name": "Bob Brown"}
    with pytest.raises(errors.ClaimMissing):  # it does not say whose work is to be reviewed
        verify(forge(claims, header, platform_key), message_types={kind})
    claims[LTI + "for_user"] = {"user_id": "5", "given_name": "Bob", "family_name": "Brown"}
    launch = verify(forge(claims, header, platform_key), message_types={kind})
    assert (launch.message_type, launch.for_user) == (kind, ForUser("5", "Bob Brown"))
    del claims[AGS]["lineitem"]
    with pytest.raises(errors.InvalidMessage):  # nor which piece of it
        verify(forge(claims, header, platform_key), message_types={kind})


@pytest.mark.parametrize(
    "token", ["", "a.b.c", "a.b", "a.b.c.d", "é.é.é", "." * 5, "x" * 200_000, "W10.e30.e30", "\ud800"]
)
def test_what_is_no_token_is_refused(token: str, verify: Verify) -> None:
    with pytest.raises(errors.TokenMalformed):
        verify(token)


@pytest.mark.parametrize("change", ["{}.e30", "x.{}", "{}=", " {}", "{}\n"])
def test_a_token_in_any_but_the_compact_form_is_refused(
    change: str, claims: Json, header: Json, *, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    with pytest.raises(errors.TokenMalformed):
        verify(change.format(forge(claims, header, platform_key)))


@pytest.mark.parametrize(
    "payload", [b"", b"[]", b"null", b"claims", b"\xff", b"[" * 50_000, b'{"exp": ' + b"9" * 5000 + b"}"]
)
def test_a_signed_token_without_an_object_in_it_is_refused(
    payload: bytes, header: Json, verify: Verify, platform_key: RSAPrivateKey
) -> None:
    with pytest.raises(errors.TokenMalformed):
        verify(seal(payload, header, platform_key))


def test_a_token_beyond_all_measure_is_refused_before_anything_is_computed(
    claims: Json, header: Json, verify: Verify, platform_key: RSAPrivateKey, keys: KnownKeys
) -> None:
    claims["ballast"] = "x" * 100_000
    with pytest.raises(errors.TokenMalformed):
        verify(forge(claims, header, platform_key))
    assert keys.asked == []
