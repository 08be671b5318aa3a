"""Login, launch, deep linking, scores and members with an LMS that we did not write."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import delete

from lti_tool.demo.walking import form_fields
from lti_tool.lti.platform import Platform as Registered
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.line_items import read_line_item
from lti_tool.lti.services.results import read_result, read_results
from lti_tool.people.models import Role
from lti_tool.platforms.models import AccessToken
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.web.application import Application
from tests.fixtures.platform import Served
from tests.fixtures.school import School
from tests.fixtures.walking import Browser
from tests.scores.marking import COMMENT, POINTS, hand_in, release
from tests.second_platform.lms import SecondLms
from tests.second_platform.registered import CLIENT_ID, DEPLOYMENT_ID


@dataclass
class SecondSchool(School):
    """A school whose LMS is the second one; its launches begin with a redirect."""

    second: SecondLms = field(default_factory=SecondLms)

    def walk_to(self, path: str) -> requests.Response:
        """Follow a launch, whatever it leads to."""
        self.browser = Browser()
        login = self.browser.send("GET", f"{self.second.url}{path}")
        onward = self.browser.send("GET", login.headers["Location"])
        launch = form_fields(self.browser.send("GET", onward.headers["Location"]).text)
        return self.browser.send("POST", f"{self.tool_url}/lti/launch", data=launch)

    def try_to_open(self, path: str) -> requests.Response:
        return self.walk_to(path.replace("journal-j3", "journal/j3"))


@pytest.fixture
def second(app: Application) -> Iterator[SecondSchool]:
    with ExitStack() as stack:
        lms = SecondLms()
        served, tool = Served(lms.app), Served(app)
        stack.callback(served.stop)
        stack.callback(tool.stop)
        app.parts = replace(app.parts, base_url=tool.url)
        lms.meet(served.url, tool.url)
        platform = Registered(served.url, CLIENT_ID, f"{served.url}/auth", f"{served.url}/token", f"{served.url}/jwks")
        with app.parts.database.transaction() as session:
            add_registration(session, platform, DEPLOYMENT_ID, "Second LMS")
        yield SecondSchool(app, tool.url, lms=None, second=lms)  # type: ignore[arg-type]


def services(second: SecondSchool) -> PlatformServices:
    url = second.second.url
    return second.services_for(Registered(url, CLIENT_ID, f"{url}/auth", f"{url}/token", f"{url}/jwks"))


@pytest.mark.parametrize(
    ("person", "activity", "page", "role"),
    [
        ("alice", "journal/j3", "/journal/j3", Role.TRAINEE),
        ("bob", "unit/m1u1", "/course/units/m1u1/", Role.TRAINEE),
        ("tina", "desk", "/desk/", Role.TRAINER),
        ("adam", "course", "/course/", Role.ADMINISTRATOR),
    ],
)
def test_a_launch_opens_what_the_link_names(
    second: SecondSchool, person: str, activity: str, page: str, role: Role
) -> None:
    answer = second.try_to_open(f"/as/{person}/launch/{activity}")
    assert answer.status_code == 200, answer.text
    assert urlsplit(answer.url).path.endswith(page)
    (member,) = second.members().values()
    assert member.role is role


def test_a_grade_reaches_the_gradebook_in_a_column_of_our_own_and_can_be_read_back(second: SecondSchool) -> None:
    hand_in(second)
    release(second)
    for _ in range(3):
        second.deliver()
        second.let_time_pass()
    (column,) = second.second.book.columns.values()
    assert (column["resourceId"], column["scoreMaximum"]) == ("journal/j3", 15)
    (score,) = [one for one in second.second.book.scores.values() if "scoreGiven" in one]
    assert (score["userId"], score["scoreGiven"], score["comment"]) == ("alice", POINTS, COMMENT)
    at = services(second)
    result = read_result(at, column["id"], "alice")
    assert result is not None
    assert (result.score, result.maximum, result.comment) == (POINTS, 15, COMMENT)
    assert read_result(at, column["id"], "bob") is None
    assert [one.user_id for one in read_results(at, column["id"])] == ["alice"]
    read = read_line_item(at, column["id"])
    assert read is not None
    assert read.label == column["label"]


def test_a_second_grade_goes_into_the_same_column(second: SecondSchool) -> None:
    hand_in(second)
    hand_in(second, "bob")
    for piece in (1, 2):
        release(second, piece)
    for _ in range(4):
        second.deliver()
        second.let_time_pass()
    assert len(second.second.book.columns) == 1
    assert {user for _, user in second.second.book.scores} == {"alice", "bob"}


def test_scores_go_on_after_the_tool_has_changed_its_key(second: SecondSchool) -> None:
    hand_in(second)
    release(second)
    second.deliver()
    assert len(second.second.book.scores) == 1
    second.app.parts.tool_keys.rotate(timedelta(0))
    second.second.conf.read_keys_again()
    with second.database.transaction() as session:
        session.execute(delete(AccessToken))
    hand_in(second, "bob")
    release(second, 2)
    second.deliver()
    assert len(second.second.book.scores) == 2


def test_the_class_is_read_page_by_page(second: SecondSchool) -> None:
    second.walk_in("tina", "desk")
    second.let_time_pass()
    second.read_rosters()
    found = {name: member.role for name, member in second.members().items()}
    assert found == {
        "Alice Adams": Role.TRAINEE,
        "Bob Brown": Role.TRAINEE,
        "Carla Costa": Role.TRAINEE,
        "Tina Trainer": Role.TRAINER,
        "Adam Admin": Role.ADMINISTRATOR,
    }
    assert second.context().roster_problem == ""


def test_activities_are_picked_and_then_opened(second: SecondSchool) -> None:
    tina = second.walk_in("tina", "picker")
    chosen = ["unit/m1u1", "journal/j3"]
    details = tina.browser.send("GET", f"{tina.page}course/picker/details", params={"chosen": chosen})
    assert details.status_code == 200, details.text
    fields = {name: value for name, value in form_fields(details.text).items() if name != "opens_in"}
    answer = tina.post("course/picker/answer", {**fields, "chosen": chosen})
    assert answer.status_code == 200, answer.text
    taken = requests.post(f"{second.second.url}/picked", data={"JWT": form_fields(answer.text)["JWT"]}, timeout=20)
    assert taken.text == "taken"
    unit, prompt = second.second.picked
    assert [unit["type"], prompt["type"]] == ["ltiResourceLink"] * 2
    assert prompt["lineItem"]["scoreMaximum"] == 15
    for item, page in ((unit, "/course/units/m1u1/"), (prompt, "/journal/j3")):
        opened = second.walk_to(f"/as/alice/launch/{item['url'].split('/activities/')[1]}")
        assert opened.status_code == 200, opened.text
        assert urlsplit(opened.url).path.endswith(page)


def test_a_trainee_is_kept_out_of_the_picker(second: SecondSchool) -> None:
    assert second.try_to_open("/as/alice/launch/picker").status_code == 403
