"""Claims that may be left out: as nothing, as what PHP writes for nothing, and as nonsense; nobody is kept out."""

import copy
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from lti_tool.lti.errors import LaunchRefused
from lti_tool.lti.launch.claims import AGS, GROUPS, LTI, NRPS, SUBMISSION_REVIEW, Launch
from tests.lti.conftest import CLAIMS, Verify
from tests.lti.forging import forge

NOTHING: list[Any] = [None, [], {}]
OBJECTS = [LTI + name for name in ("context", "custom", "launch_presentation", "tool_platform")]
SERVICES = {AGS: "ags", NRPS: "nrps", GROUPS: "groups"}


@pytest.fixture
def launch(verify: Verify, platform_key: RSAPrivateKey) -> Any:
    """A good launch with these claims in place of its own."""

    def launch(changes: dict[str, object], **login: Any) -> Launch:
        header = {"alg": "RS256", "typ": "JWT", "kid": "k1"}
        return verify(forge({**copy.deepcopy(CLAIMS), **changes}, header, platform_key), **login)

    return launch


@pytest.mark.parametrize("name", [*OBJECTS, *SERVICES])
@pytest.mark.parametrize("nothing", NOTHING, ids=str)
def test_nothing_is_taken_for_nothing_however_it_is_written(launch: Any, name: str, nothing: object) -> None:
    got_in = launch({name: nothing})
    assert got_in.subject == "4"
    assert got_in.faulty_services == ()
    left = {LTI + "context": got_in.context, AGS: got_in.ags, NRPS: got_in.nrps, GROUPS: got_in.groups}
    assert left.get(name) is None
    assert name != LTI + "custom" or got_in.custom == {}


@pytest.mark.parametrize("name", OBJECTS[1:])
@pytest.mark.parametrize("nonsense", ["x", 7, True, ["x"], [[]]], ids=str)
def test_what_is_only_shown_may_be_nonsense(launch: Any, name: str, nonsense: object) -> None:
    assert launch({name: nonsense}).subject == "4"


@pytest.mark.parametrize("name", ["name", "given_name", "family_name", "email", "locale", "picture", LTI + "lis"])
def test_what_is_said_of_a_person_may_be_nothing_or_nonsense(launch: Any, name: str) -> None:
    for said in (*NOTHING, 7, ["x"]):
        assert launch({name: said}).subject == "4", said


@pytest.mark.parametrize(
    ("claim", "member"),
    [
        *(("resource_link", name) for name in ("title", "description")),
        *(("context", name) for name in ("title", "label", "type")),
        *(("launch_presentation", name) for name in ("return_url", "locale", "document_target", "height")),
        *(("tool_platform", name) for name in ("name", "product_family_code", "version")),
        ("custom", "x"),
    ],
)
def test_a_part_that_may_be_left_out_may_be_nothing_or_nonsense(launch: Any, claim: str, member: str) -> None:
    for said in (*NOTHING, 7, ["x"]):
        whole = CLAIMS.get(LTI + claim, {})
        assert launch({LTI + claim: {**whole, member: said}}).subject == "4", said


@pytest.mark.parametrize("guid", [7, "g" * 300, "γ", ["x"]], ids=str)
def test_an_odd_name_of_the_installation_keeps_nobody_out(launch: Any, guid: object) -> None:
    assert launch({LTI + "tool_platform": {"guid": guid, "name": "PEM"}}).tool_platform.name == "PEM"


@pytest.mark.parametrize(
    ("name", "claim", "fault"),
    [
        (AGS, {"lineitem": "/lineitems/7", "scope": []}, "grades (lineitem)"),
        (AGS, {"lineitems": "ftp://lms.example/items", "scope": []}, "grades (lineitems)"),
        (AGS, {"lineitems": ["https://lms.example/items"], "scope": []}, "grades (lineitems)"),
        (AGS, {"lineitems": "https://lms.example/items", "scope": "score"}, "grades (scope)"),
        (AGS, "https://lms.example/items", "grades (endpoint)"),
        (AGS, ["x"], "grades (endpoint)"),
        (NRPS, {"context_memberships_url": "memberships"}, "members (context_memberships_url)"),
        (NRPS, {"context_memberships_url": "https://me@lms.example/x"}, "members (context_memberships_url)"),
        (NRPS, 1, "members (namesroleservice)"),
        (GROUPS, {"context_groups_url": "https://lms.example/" + "x" * 3000}, "groups (context_groups_url)"),
        (GROUPS, "groups", "groups (groupsservice)"),
    ],
    ids=str,
)
def test_a_faulty_service_is_switched_off_alone(launch: Any, name: str, claim: object, fault: str) -> None:
    got_in = launch({name: claim})
    assert got_in.faulty_services == (fault,)
    assert getattr(got_in, SERVICES[name]) is None
    others = {"ags", "nrps"} - {SERVICES[name]}
    assert all(getattr(got_in, other) is not None for other in others)


def test_several_faulty_services_are_all_named(launch: Any) -> None:
    got_in = launch({AGS: "x", NRPS: "y"})
    assert got_in.faulty_services == ("grades (endpoint)", "members (namesroleservice)")


@pytest.mark.parametrize("context", ["2", ["2"], 2, {"title": "No id"}], ids=str)
def test_a_course_that_cannot_be_told_from_others_is_refused(launch: Any, context: object) -> None:
    with pytest.raises(LaunchRefused):
        launch({LTI + "context": context})


@pytest.mark.parametrize("nobody", [*NOTHING, "left out"], ids=str)
def test_a_review_may_ask_for_nobodys_work(launch: Any, nobody: object) -> None:
    asked: dict[str, object] = {LTI + "message_type": SUBMISSION_REVIEW}
    asked |= {} if nobody == "left out" else {LTI + "for_user": nobody}
    got_in = launch(asked, message_types=(SUBMISSION_REVIEW,))
    assert got_in.for_user is None
