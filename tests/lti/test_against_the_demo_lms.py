"""The protocol's two sides against each other: launches, keys, tokens, scores and results with a running demo LMS."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from lti_tool.lti.errors import ScoreConflict, ServiceFailed
from lti_tool.lti.keys import ToolKey
from lti_tool.lti.launch.platform_keys import PlatformKeys
from lti_tool.lti.launch.verification import Launch, verify_launch
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.platform import Platform
from lti_tool.lti.roles import role_of
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.results import read_result
from lti_tool.lti.services.scores import Score, send_score
from lti_tool.lti.services.tokens import AccessTokens
from tests.fixtures import platform as fixtures
from tests.fixtures.platform import StartPlatform
from tests.lti.far_side import far_side

running_platform = fixtures.running_platform
JOURNAL = "journal-j3"


@dataclass
class Tool:
    """What a tool holds that is registered at the demo LMS."""

    lms: fixtures.Platform
    keys: PlatformKeys
    services: PlatformServices

    def launch(self, person: str, activity: str = JOURNAL) -> Launch:
        claims = self.lms.claims(person, activity, nonce="n1")
        target = next(value for name, value in claims.items() if name.endswith("/target_link_uri"))
        return verify_launch(
            self.lms.sign(claims),
            platform=self.services.platform,
            nonce="n1",
            deployments={"1"},
            target_link_uri=target,
            keys=self.keys,
            now=datetime.now(UTC),
        )


@pytest.fixture
def tool(running_platform: StartPlatform, tool_key: ToolKey) -> Iterator[Tool]:
    with far_side() as side:
        side.always(200, json.dumps({"keys": [tool_key.public_jwk]}).encode(), Content_Type="application/json")
        lms = running_platform(side.url)
        registered = {name: value for name, value in lms.registration.items() if name != "deployment_id"}
        outbound = Outbound(allow_private=True, read=1, total=2)
        services = PlatformServices(Platform(**registered), AccessTokens(outbound, tool_key), outbound)
        yield Tool(lms, PlatformKeys(outbound), services)


@pytest.fixture
def score(tool: Tool) -> Score:
    subject = tool.launch("alice").subject
    assert subject is not None
    moment = datetime.now(UTC).replace(microsecond=0)
    return Score(subject, 12, 15, "Well argued", "Completed", "FullyGraded", moment)


@pytest.mark.parametrize(("person", "role"), [("alice", "trainee"), ("tina", "trainer")])
def test_people_of_the_demo_lms_arrive_as_who_they_are(person: str, role: str, tool: Tool) -> None:
    launch = tool.launch(person)
    assert (launch.subject, role_of(launch.roles)) == (tool.lms.person(person).id, role)
    assert launch.ags is not None
    assert launch.ags.lineitem == tool.lms.line_item_url(JOURNAL)


def test_a_launch_gets_in_right_after_the_platform_changed_its_key(tool: Tool) -> None:
    tool.launch("alice")
    tool.lms.rotate_keys()
    assert tool.launch("alice").subject


def test_a_score_reaches_the_gradebook_and_a_second_one_of_the_same_second_is_a_conflict(
    tool: Tool, score: Score
) -> None:
    line_item = tool.lms.line_item_url(JOURNAL)
    send_score(tool.services, line_item, score)
    assert tool.lms.results()["alice"] == 12
    with pytest.raises(ScoreConflict):
        send_score(tool.services, line_item, score)
    result = read_result(tool.services, line_item, score.user_id)
    assert result is not None
    assert (result.score, result.maximum, result.comment) == (12, 15, "Well argued")
    send_score(
        tool.services, line_item, replace(score, score_given=13, timestamp=score.timestamp + timedelta(seconds=1))
    )
    assert tool.lms.results()["alice"] == 13


@pytest.mark.parametrize("kind", ["429", "500", "timeout", "drop", "malformed", "accept_then_drop"])
def test_trouble_at_the_platform_is_temporary(kind: str, tool: Tool, score: Score) -> None:
    tool.lms.faults("scores", kind)
    with pytest.raises(ServiceFailed) as failed:
        send_score(tool.services, tool.lms.line_item_url(JOURNAL), score)
    tool.lms.clear_faults()
    assert not failed.value.permanent


def test_one_refused_token_goes_unnoticed(tool: Tool, score: Score) -> None:
    tool.lms.faults("scores", "401")
    send_score(tool.services, tool.lms.line_item_url(JOURNAL), score)
    assert tool.lms.results()["alice"] == 12
