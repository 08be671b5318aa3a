"""Launches over HTTP: a genuine platform, the running tool, and everything that must not get in."""

import logging
import re
from dataclasses import astuple
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import event, func, select, update

from lti_tool.database import now
from lti_tool.people.models import Context, Membership, Role, User
from lti_tool.platforms.errors import LoginAttemptUnknown
from lti_tool.platforms.launches import login_states
from lti_tool.platforms.launches.login_states import LoginAttempt, LoginStates
from lti_tool.platforms.models import Deployment, Launch, Registration
from lti_tool.scores.models import LineItem
from tests.fixtures.platform import StartPlatform
from tests.fixtures.tool import ADDRESS
from tests.lti.cases import CONTEXT, LINK
from tests.platforms.conftest import Door, register


def nonce_of(location: str) -> str:
    return parse_qs(urlsplit(location).query)["nonce"][0]


def state_of(location: str) -> str:
    return parse_qs(urlsplit(location).query)["state"][0]


def test_a_launch_leads_to_the_page_that_the_link_names(door: Door) -> None:
    answer = door.launch("alice", "journal-j3")
    assert answer.status_code == 303
    page = door.browser.get(answer.headers["Location"], base_url=ADDRESS)
    assert page.status_code == 200
    assert urlsplit(answer.headers["Location"]).path.endswith("/journal/j3")
    frame = re.search("frame-ancestors ([^;]+)", page.headers["Content-Security-Policy"])
    assert frame
    assert frame[1].split() == ["'self'", door.platform.url]


@pytest.mark.both_databases
def test_a_launch_writes_down_who_came_where_and_the_gradebooks_column(door: Door) -> None:
    door.launch("alice", "journal-j3")
    door.launch("tina", "desk")
    with door.app.parts.database.transaction(write=False) as session:
        people = {user.name: user for user in session.scalars(select(User))}
        assert set(people) == {"Alice Adams", "Tina Trainer"}
        roles = dict(session.execute(select(Membership.user_id, Membership.role)).all())
        assert roles == {people["Alice Adams"].id: Role.TRAINEE, people["Tina Trainer"].id: Role.TRAINER}
        assert session.scalar(select(func.count()).select_from(Context)) == 1
        column = session.scalars(select(LineItem)).one()
        assert column.activity == "journal/j3"
        assert column.url == door.platform.line_item_url("journal-j3")


@pytest.mark.both_databases
def test_links_that_say_no_course_are_not_taken_for_links_of_one_course(door: Door) -> None:
    """A platform may leave the context out (Core 1.3, 5.4.1); their trainers must not see each other's trainees."""
    for link in ("1", "2", "1", "x" * 255):
        location = door.begin("alice")
        claims = door.platform.claims("alice", "journal-j3", nonce_of(location))
        del claims[CONTEXT]
        claims[LINK]["id"] = link
        fields = {"state": state_of(location), "id_token": door.platform.sign(claims)}
        assert door.finish(fields).status_code == 303
    with door.app.parts.database.transaction(write=False) as session:
        courses = [launch.context_id for launch in session.scalars(select(Launch).order_by(Launch.created_at))]
    first, second, again, long = courses
    assert first == again
    assert len({first, second, long}) == 3


def test_the_cookie_is_for_a_frame_of_another_site_and_for_no_script(door: Door) -> None:
    form = door.platform.launch_form("alice", "journal-j3")
    cookie = door.browser.post("/lti/login", data=form, base_url=ADDRESS).headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "SameSite=None", "Partitioned", "Path=/"} <= set(cookie.split("; "))


def test_a_login_that_was_begun_before_an_upgrade_is_unknown_and_no_crash() -> None:
    states = LoginStates("a secret of the tool, long enough to be one")
    attempt = LoginAttempt("nonce", 1, "https://tool.example/activities/course", "browser", "")
    former = states._serializer.dumps(astuple(attempt)[:-1])
    with pytest.raises(LoginAttemptUnknown):
        states.open(former if isinstance(former, str) else former.decode())


@pytest.mark.both_databases
def test_a_launch_that_is_sent_twice_gets_in_once(door: Door) -> None:
    fields = door.platform.auth(door.begin())
    assert door.finish(fields).status_code == 303
    again = door.finish(fields)
    assert again.status_code == 400
    assert "This was opened before" in again.text


def test_a_token_of_one_login_is_refused_with_the_state_of_another(door: Door) -> None:
    first, second = (door.platform.auth(door.begin()) for _ in range(2))
    assert door.finish({"state": first["state"], "id_token": second["id_token"]}).status_code == 400
    # Neither is worth anything now: the state was used up, the nonce belongs to another login.
    assert door.finish({"state": first["state"], "id_token": first["id_token"]}).status_code == 400


def test_a_token_of_another_registered_platform_is_refused(door: Door, running_platform: StartPlatform) -> None:
    other = running_platform(ADDRESS)
    register(door.app, other)
    location = door.begin()
    claims = other.claims("alice", "journal-j3", nonce_of(location))
    answer = door.finish({"state": state_of(location), "id_token": other.sign(claims)})
    assert answer.status_code == 400
    pretending = {**claims, "iss": door.platform.config.issuer}
    location = door.begin()
    pretending["nonce"] = nonce_of(location)
    assert door.finish({"state": state_of(location), "id_token": other.sign(pretending)}).status_code == 400


def test_a_login_begun_in_one_browser_cannot_be_finished_in_another(door: Door) -> None:
    fields = door.platform.auth(door.begin())
    stranger = door.another_browser()
    assert door.finish(fields, stranger).status_code == 400
    stranger.get("/lti/login", base_url=ADDRESS)
    answer = door.finish(fields)
    assert answer.status_code == 303, "a stranger's try must not use up the login"


def test_a_login_that_took_more_than_ten_minutes_is_refused(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = door.platform.auth(door.begin())
    monkeypatch.setattr(login_states, "LIFETIME", -1)
    answer = door.finish(fields)
    assert answer.status_code == 400
    assert "That took too long" in answer.text


@pytest.mark.both_databases
@pytest.mark.parametrize("state", ["", "never-begun", "x" * 5000, "\x00", "ελληνικά"])
def test_a_state_that_was_never_given_out_is_refused(door: Door, state: str) -> None:
    fields = door.platform.auth(door.begin())
    assert door.finish({**fields, "state": state}).status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://unknown.example"},
        {"iss": None},
        {"client_id": "another"},
        {"login_hint": None},
        {"target_link_uri": None},
        {"target_link_uri": "x" * 5000},
        {"iss": "\x00"},
    ],
    ids=str,
)
def test_a_login_that_is_not_understood_gets_a_page_that_says_so(door: Door, changed: dict[str, str | None]) -> None:
    form = {**door.platform.launch_form("alice", "journal-j3"), **changed}
    sent = {name: value for name, value in form.items() if value is not None}
    answer = door.browser.post("/lti/login", data=sent, base_url=ADDRESS)
    assert answer.status_code == 400
    assert "What you can do" in answer.text


def test_a_launch_with_new_keys_gets_in_and_one_without_any_says_that_the_lms_did_not_answer(door: Door) -> None:
    door.platform.faults("jwks", "500", times=2)
    answer = door.launch()
    assert answer.status_code == 503
    assert "Your LMS did not answer" in answer.text


def test_pages_of_a_launch_are_refused_to_every_other_browser(door: Door) -> None:
    page = door.launch().headers["Location"]
    stranger = door.another_browser()
    assert stranger.get(page, base_url=ADDRESS).status_code == 401
    door_of_stranger = Door(door.app, door.platform, stranger)
    door_of_stranger.launch("bob")
    assert stranger.get(page, base_url=ADDRESS).status_code == 401


def test_pages_of_a_launch_end_with_it(door: Door) -> None:
    page = door.launch().headers["Location"]
    with door.app.parts.database.transaction() as session:
        session.execute(update(Launch).values(expires_at=now()))
    answer = door.browser.get(page, base_url=ADDRESS)
    assert answer.status_code == 401
    assert "no longer open" in answer.text


def test_an_activity_that_the_course_does_not_have_gets_a_page_that_says_so(door: Door) -> None:
    location = door.begin()
    claims = door.platform.claims("alice", "journal-j3", nonce_of(location))
    target = f"{ADDRESS}/activities/journal/none"
    form = {**door.platform.launch_form("alice", "journal-j3"), "target_link_uri": target}
    location = str(door.browser.post("/lti/login", data=form, base_url=ADDRESS).headers["Location"])
    claims.update(nonce=nonce_of(location))
    claims["https://purl.imsglobal.org/spec/lti/claim/target_link_uri"] = target
    answer = door.finish({"state": state_of(location), "id_token": door.platform.sign(claims)})
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text


def test_an_administrator_sees_the_connection_whatever_else_the_platform_calls_them(door: Door) -> None:
    page = door.launch("adam", "desk").headers["Location"].split("/desk")[0]
    answer = door.browser.get(f"{page}/connection/", base_url=ADDRESS)
    assert answer.status_code == 200
    assert door.platform.config.client_id in answer.text
    page = door.launch("tina", "desk").headers["Location"].split("/desk")[0]
    assert door.browser.get(f"{page}/connection/", base_url=ADDRESS).status_code == 403


def test_a_launch_reads_no_deployment_but_its_own(door: Door) -> None:
    """A client of Canvas may have one in each course; also what a stranger sends must not cost more."""
    database = door.app.parts.database
    with database.transaction() as session:
        registration = session.scalars(select(Registration)).one()
        session.add_all(Deployment(registration_id=registration.id, deployment_id=f"d{n}") for n in range(40))
    fields, forged = door.platform.auth(door.begin()), {**door.platform.auth(door.begin()), "id_token": "a.b.c"}
    read: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("SELECT"):
            read.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    assert door.finish(forged).status_code == 400
    assert door.finish(fields).status_code == 303
    event.remove(database.engine, "before_cursor_execute", note)
    with database.engine.connect() as connection:
        rows = [len(connection.exec_driver_sql(*one).all()) for one in read]
    assert rows
    assert max(rows) == 1


def test_launches_are_in_the_log_by_number_and_refused_ones_with_their_registration(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fields = door.platform.auth(door.begin())
    page = door.finish(fields).headers["Location"]
    refused = door.finish(fields)
    told = [record.__dict__["fields"] for record in caplog.records if record.name == "lti_tool.security"]
    opened, again = (one for one in told if one["event"].startswith("launch_"))
    assert (opened["event"], opened["launch"]) == ("launch_opened", page.split("/l/")[1].split("/")[0])
    assert (again["event"], again["kind"]) == ("launch_refused", "LoginAttemptUsed")
    assert opened["registration"] == again["registration"]
    assert again["reference"] in refused.text
    assert "Alice" not in caplog.text
