"""What is refused for security's sake stands in the log, in one line, with the reference that the page shows."""

import json
import logging
import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from lti_tool.logs import LogFormat, write_log
from lti_tool.platforms.models import Launch
from lti_tool.platforms.registrations.invitations import invite
from lti_tool.platforms.registrations.records import all_registrations, switch_registration
from lti_tool.security_log import Event
from lti_tool.web.application import Application
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import ADDRESS, Arrive, Visitor

pytestmark = on_sqlite
REFERENCE = re.compile(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")


def forge(app: Application, alice: Visitor) -> TestResponse:
    return alice.client.post(alice.at("roadmap/teams"), data={"name": "Secret School"}, base_url=ADDRESS)


def launch_by_nobody(app: Application, alice: Visitor) -> TestResponse:
    sent = {"state": "Secret School", "id_token": "Secret School"}
    return app.test_client().post("/lti/launch", data=sent, base_url=ADDRESS)


def look_at_the_desk(app: Application, alice: Visitor) -> TestResponse:
    return alice.get("desk/")


def come_with_another_browser(app: Application, alice: Visitor) -> TestResponse:
    return app.test_client().get(alice.at("course/"), base_url=ADDRESS)


def use_no_invitation(app: Application, alice: Visitor) -> TestResponse:
    address = {"openid_configuration": "https://lms.example/Secret School"}
    return app.test_client().get("/lti/register/secret", query_string=address, base_url=ADDRESS)


def come_late(app: Application, alice: Visitor) -> TestResponse:
    with app.parts.database.transaction() as session:
        session.execute(update(Launch).values(expires_at=Launch.created_at))
    return alice.get("course/")


@pytest.mark.parametrize(
    "attack",
    [
        (forge, Event.REQUEST_FORGED, True),
        (launch_by_nobody, Event.LAUNCH_REFUSED, False),
        (look_at_the_desk, Event.ACCESS_REFUSED, True),
        (come_with_another_browser, Event.ACCESS_REFUSED, True),
        (use_no_invitation, Event.REGISTRATION_REFUSED, False),
        (come_late, Event.ACCESS_REFUSED, True),
    ],
)
def test_a_refusal_is_in_the_log_under_the_reference_of_its_page(
    app: Application,
    visitor: Arrive,
    capfd: pytest.CaptureFixture[str],
    attack: tuple[Callable[[Application, Visitor], TestResponse], Event, bool],
) -> None:
    do, event, names_launch = attack
    alice = visitor("alice")
    alice.token()
    write_log(LogFormat.JSON)
    capfd.readouterr()
    answer = do(app, alice)
    assert 400 <= answer.status_code < 500
    found = REFERENCE.search(answer.text)
    assert found, answer.text
    (line,) = capfd.readouterr().err.splitlines()
    told = json.loads(line)
    assert (told["logger"], told["event"], told["reference"]) == ("lti_tool.security", event, found[0])
    assert told.get("launch") == (alice.launch_id if names_launch else None)
    assert not [word for word in ("Alice", "Secret", "lms.example") if word in line]


def test_who_was_proven_is_named_by_the_registration(
    app: Application, visitor: Arrive, caplog: pytest.LogCaptureFixture
) -> None:
    alice = visitor("alice")
    with caplog.at_level(logging.INFO), app.parts.database.transaction(write=False) as session:
        alice.get("desk/")
        number = session.get_one(Launch, alice.launch_id).registration_id
    assert f"registration={number}" in caplog.text


def test_other_refusals_and_failures_have_their_reference_in_the_log_too(
    visitor: Arrive, capfd: pytest.CaptureFixture[str]
) -> None:
    alice = visitor("alice")
    write_log(LogFormat.TEXT)
    found = REFERENCE.search(alice.get("journal/no-such-prompt").text)
    assert found
    (line,) = [line for line in capfd.readouterr().err.splitlines() if found[0] in line]
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO lti_tool\.refused ", line)


def test_changed_registrations_and_invitations_are_events_once_they_are_there(
    app: Application, visitor: Arrive, caplog: pytest.LogCaptureFixture
) -> None:
    visitor("alice")
    caplog.set_level(logging.INFO)
    caplog.clear()
    with suppress(RuntimeError), app.parts.database.transaction() as session:
        switch_registration(session, all_registrations(session)[0], on=False)
        raise RuntimeError
    assert not caplog.records
    with app.parts.database.transaction() as session:
        number = all_registrations(session)[0].id
        switch_registration(session, all_registrations(session)[0], on=False)
        invite(session, "Secret School")
    switched, invited = (record.__dict__["fields"] for record in caplog.records)
    assert (switched["event"], switched["registration"], switched["change"]) == (
        Event.REGISTRATION_CHANGED,
        str(number),
        "off",
    )
    assert invited["event"] == Event.INVITATION_GIVEN
    assert "Secret School" not in caplog.text


def test_changed_keys_are_events(app: Application, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    app.parts.tool_keys.current()
    made = app.parts.tool_keys.rotate()
    changes = [record.__dict__["fields"]["change"] for record in caplog.records]
    assert changes == ["made", "rotated"]
    assert f"key={made.key.kid}" in caplog.text
