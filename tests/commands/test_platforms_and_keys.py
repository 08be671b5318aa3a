"""What an operator types about LMSs and keys: invite, show, switch off and on, remove, test, rotate."""

import re
import secrets
from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import select

from lti_tool.database import Database, now
from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.outbound import Answer
from lti_tool.lti.platform import Platform
from lti_tool.lti.services.tokens import AccessTokens
from lti_tool.people.launch_upserts import Arrival, arrive
from lti_tool.people.models import Role, User
from lti_tool.platforms.models import Deployment, Launch
from lti_tool.platforms.registrations.connection_checks import services_of
from tests.commands.test_partnerwise import Operator, operator, sentence
from tests.fixtures.platform import StartPlatform

__all__ = ["operator"]


class Refusing:
    """A token address that answers with this status."""

    def __init__(self, status: int) -> None:
        self.status = status

    def post(self, url: str, body: bytes, *, content_type: str, accept: str) -> Answer:
        raise ServiceFailed(f"http_{self.status}", permanent=self.status < 500, status=self.status)


class Signing:
    """A key that nobody looks at."""

    def sign(self, claims: Mapping[str, object]) -> str:
        return "signed"


def test_an_invitation_is_an_address_to_pass_on(operator: Operator) -> None:
    said = operator.types("platforms", "invite", "--label", "Our Canvas").output
    assert re.search(r"^https://partnerwise\.school\.example/lti/register/[\w-]{43}$", said, re.MULTILINE)
    assert "once, within 24 hours" in said
    assert "in Moodle" in said


def test_an_invitation_needs_a_name(operator: Operator) -> None:
    assert "label must have" in sentence(operator.types("platforms", "invite", "--label", " "))


def test_all_that_is_written_down_of_an_lms_is_shown(operator: Operator) -> None:
    operator.types(
        *("platforms", "add", "--issuer", "https://lms.example", "--client-id", "c", "--deployment-id", "7"),
        *("--auth-url", "https://lms.example/a", "--token-url", "https://lms.example/t"),
        *("--jwks-url", "https://lms.example/k", "--token-audience", "https://api.lms.example/token"),
        *(
            "--new-deployments",
            "--anonymous",
            "--trusted-audience",
            "other",
            "--frame-ancestor",
            "https://portal.example",
        ),
    )
    said = operator.types("platforms", "show", "1").output
    for fact in ("taken in", "let in", "other", "https://portal.example", "https://api.lms.example/token", "7"):
        assert fact in said


def test_what_is_not_given_again_stays_as_it_was(operator: Operator) -> None:
    operator.adds(label="Our Moodle")
    operator.types("platforms", "disable", "1")
    operator.adds()
    said = operator.types("platforms", "show", "1").output
    assert "Our Moodle" in said
    assert "refused" in said


def test_what_is_not_given_again_keeps_who_tokens_are_for_and_that_it_is_off(operator: Operator) -> None:
    operator.adds(token_audience="https://api.lms.example/token")
    operator.types("platforms", "disable", "1")
    operator.adds(deployment_id="2")
    said = operator.types("platforms", "show", "1").output
    assert "https://api.lms.example/token" in said
    assert "switched off" in said


def test_a_frame_ancestor_is_an_origin_and_nothing_else(operator: Operator) -> None:
    assert "origin" in sentence(operator.adds(frame_ancestor="https://portal.example/path"))


def test_lists_are_emptied_by_an_empty_entry(operator: Operator) -> None:
    operator.adds(frame_ancestor="https://portal.example", trusted_audience="other")
    operator.adds(trusted_audience="")
    said = operator.types("platforms", "show", "1").output
    assert "https://portal.example" in said
    assert "other" not in said


def test_an_lms_is_switched_off_and_on(operator: Operator) -> None:
    operator.adds()
    assert "switched off" in operator.types("platforms", "disable", "1").output
    assert "(switched off)" in operator.types("platforms", "list").output
    operator.types("platforms", "enable", "1")
    assert "(switched off)" not in operator.types("platforms", "list").output


@pytest.mark.both_databases
@pytest.mark.parametrize("on_the_way", [False, True])
def test_pages_that_were_open_when_an_lms_was_switched_off_stay_closed(
    operator: Operator, database: Database, on_the_way: bool
) -> None:
    operator.adds()
    if not on_the_way:
        come(database)
    operator.types("platforms", "disable", "1")
    if on_the_way:
        come(database)
    operator.types("platforms", "enable", "1")
    assert endings(database) == ["switched_off"]
    come(database)
    operator.types("platforms", "enable", "1")
    assert endings(database) == [None, "switched_off"], "it was on"


def come(database: Database) -> None:
    """Alice opens the course."""
    with database.transaction() as session:
        here = {"registration_id": 1, "deployment_id": session.scalars(select(Deployment.id)).one()}
        arrived = arrive(session, 1, here["deployment_id"], Arrival("3", "", Role.TRAINEE, "2", "", "", "", "course"))
        who = {"user_id": arrived.user_id, "context": arrived.context, "role": Role.TRAINEE}
        later = now() + timedelta(hours=1)
        session.add(Launch(id=secrets.token_hex(8), browser_hash="x", expires_at=later, **here, **who))


def endings(database: Database) -> list[str | None]:
    """How the launches ended; first those that live."""
    with database.transaction(write=False) as session:
        found = session.execute(select(Launch.ending, Launch.expires_at)).all()
    assert all((ending is None) == (until > now()) for ending, until in found)
    return sorted((ending for ending, _ in found), key=lambda ending: ending or "")


def test_what_an_lms_says_of_people_in_one_browser_is_shown(operator: Operator) -> None:
    operator.adds()
    assert "whoever was there before" in operator.types("platforms", "show", "1").output


def test_an_lms_that_nobody_used_is_removed(operator: Operator) -> None:
    operator.adds()
    assert operator.types("platforms", "remove", "1").exit_code == 0
    assert "No LMS is registered" in operator.types("platforms", "list").output


@pytest.mark.both_databases
def test_an_lms_that_people_used_is_not_removed(operator: Operator, database: Database) -> None:
    operator.adds()
    with database.transaction() as session:
        session.add(User(registration_id=1, subject="3", name="Alice Adams"))
    assert "platforms disable" in sentence(operator.types("platforms", "remove", "1"))
    assert "aBc" in operator.types("platforms", "list").output


@pytest.mark.parametrize("command", ["show", "disable", "enable", "remove", "test"])
def test_a_number_that_is_not_there_is_said(operator: Operator, command: str) -> None:
    assert "No LMS has the number 7" in sentence(operator.types("platforms", command, "7"))


def test_each_address_of_a_running_lms_answers(operator: Operator, running_platform: StartPlatform) -> None:
    lms = running_platform()
    told = [word for name, value in lms.registration.items() for word in (f"--{name.replace('_', '-')}", value)]
    operator.types("platforms", "add", *told)
    answer = operator.types("platforms", "test", "1", PARTNERWISE_ALLOW_PRIVATE_ADDRESSES="1")
    assert f"ok      key set {lms.url}/lti/jwks: answers with 1 usable key(s)" in answer.output
    assert f"ok      login {lms.url}/lti/auth: answers" in answer.output
    # This LMS cannot reach our key set, so it grants no token, and that is what the operator must read.
    assert re.search(r"PROBLEM token for score .*: refused: is the client id right", answer.output)
    assert answer.exit_code == 1


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("refused", 400),
        ("refused", 401),
        ("refused", 403),
        ("refused", 404),
        ("out of order", 500),
        ("out of order", 503),
    ],
)
def test_a_group_service_that_an_lms_does_not_grant_is_no_problem(kind: str, status: int) -> None:
    lms = Platform(
        "https://lms.example", "c", "https://lms.example/a", "https://lms.example/t", "https://lms.example/k"
    )
    tokens = AccessTokens(Refusing(status), Signing())
    answers = {one.what.split()[2]: one for one in services_of(lms, tokens)}
    groups, score = answers["groups"], answers["score"]
    assert (score.well, score.is_needed) == (False, True)
    assert groups.well is False
    assert groups.is_needed is (kind != "refused")
    assert ("school teams are made in Partnerwise" in groups.said) is (kind == "refused")


def test_without_any_lms_an_invitation_is_recommended(operator: Operator) -> None:
    for command in (("doctor",), ("platforms", "list")):
        said = operator.types(*command).output
        assert "partnerwise platforms invite --label TEXT" in said
        assert "platforms add" not in said


def test_what_roles_in_the_institution_mean_is_set_shown_and_forgotten(operator: Operator) -> None:
    operator.adds()
    assert "do not count" in operator.types("platforms", "show", "1").output
    operator.adds("--institution-roles")
    assert "count where none in the course is named" in operator.types("platforms", "show", "1").output
    operator.adds()
    assert "count where none in the course is named" in operator.types("platforms", "show", "1").output
    operator.adds("--no-institution-roles")
    assert "do not count" in operator.types("platforms", "show", "1").output


def test_an_address_that_may_not_be_called_is_said(operator: Operator, running_platform: StartPlatform) -> None:
    lms = running_platform()
    told = [word for name, value in lms.registration.items() for word in (f"--{name.replace('_', '-')}", value)]
    operator.types("platforms", "add", *told)
    assert "only public https addresses may" in operator.types("platforms", "test", "1").output


def test_keys_are_listed_and_rotated(operator: Operator) -> None:
    first = operator.types("keys", "list").stdout.split()[0]
    said = operator.types("keys", "rotate").stdout
    assert "It signs from" in said
    listed = operator.types("keys", "list").stdout.splitlines()
    assert len(listed) == 2
    assert listed[0].startswith(first)
    assert listed[0].endswith("signs")
    assert "signs from" in listed[1]
    assert "published already" in sentence(operator.types("keys", "rotate"))
    operator.types("keys", "rotate", "--at-once")
    assert len(operator.types("keys", "list").stdout.splitlines()) == 1
