"""The address for calendars: made by the team, shown to it alone, revoked at once, slow to be guessed, never logged."""

import logging
import re
from dataclasses import replace
from itertools import count

import icalendar
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from lti_tool.platforms.models import Registration
from lti_tool.roadmap.models import CalendarSubscription, MapChange
from lti_tool.web.application import Application
from lti_tool.web.limits import Limits
from tests.fixtures.tool import ADDRESS, Arrive, Visitor
from tests.roadmap.conftest import Team, team_id

pytestmark = pytest.mark.both_databases
ELSEWHERE = count(1)
"""What is counted by address is remembered from test to test, so each has one of its own."""


def make_address(who: Visitor) -> str:
    """Press the button and read the address from the page."""
    assert who.post("roadmap/calendar", {"do": "open"}).status_code == 303
    return shown_address(who)


def shown_address(who: Visitor) -> str:
    found = re.search(r'id="calendar-address" value="([^"]*)"', who.get("roadmap/take-along").text)
    assert found
    return found[1].removeprefix(ADDRESS)


def subscribe(app: Application, address: str, network: int | None = None) -> TestResponse:
    """Ask as a calendar does: from another address, without cookies."""
    number = network or next(ELSEWHERE)
    where = f"198.51.{number // 250}.{number % 250}"
    client: FlaskClient = app.test_client(use_cookies=False)
    return client.get(address, base_url=ADDRESS, environ_base={"REMOTE_ADDR": where})


def summaries(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200
    assert answer.mimetype == "text/calendar"
    return [str(event["summary"]) for event in icalendar.Calendar.from_ical(answer.data).walk("VEVENT")]


def test_a_calendar_sees_what_changes_without_anybodys_name(team: Team, app: Application) -> None:
    row = team.add("action", what="Ring each family", who="Bob Brown", when="2026-03-09")
    address = make_address(team.alice)
    assert summaries(subscribe(app, address)) == ["Ring each family"]
    team.save(team.bob, f"action.{row}.what", "Write to each family", version=1)
    answer = subscribe(app, address)
    assert summaries(answer) == ["Write to each family"]
    assert not [name for name in ("Alice", "Bob", "lms.school") if name in answer.text]
    assert "Set-Cookie" not in answer.headers


def test_the_address_is_shown_to_the_team_and_to_nobody_else(team: Team, visitor: Arrive) -> None:
    address = make_address(team.alice)
    assert shown_address(team.bob) == address
    page = visitor("tina").get(f"roadmap/teams/{team_id(team.alice)}/take-along").text
    assert "/calendars/" not in page
    assert "Make an address" not in page


def test_a_closed_address_opens_nothing(team: Team, app: Application) -> None:
    team.add("action", what="Ring each family", when="2026-03-09")
    address = make_address(team.alice)
    assert team.bob.post("roadmap/calendar", {"do": "close"}).status_code == 303
    refused = subscribe(app, address)
    assert refused.status_code == 404
    assert "Ring" not in refused.text
    assert "There is no address yet" in team.alice.get("roadmap/take-along").text
    assert team.bob.post("roadmap/calendar", {"do": "close"}).status_code == 303, "twice is as good as once"


def test_a_new_address_ends_the_old_one(team: Team, app: Application) -> None:
    old = make_address(team.alice)
    new = make_address(team.bob)
    assert old != new
    assert (subscribe(app, old).status_code, subscribe(app, new).status_code) == (404, 200)
    with app.parts.database.transaction(write=False) as session:
        kinds = session.scalars(select(MapChange.what).order_by(MapChange.revision)).all()
    assert kinds[-2:] == ["calendar_opened", "calendar_opened"]
    assert "Made an address for calendars" in team.alice.get("roadmap/history").text


def test_the_database_alone_does_not_give_the_secret_away(team: Team, app: Application) -> None:
    secret = make_address(team.alice).split("/")[-1].removesuffix(".ics")
    assert len(secret) == 43
    with app.parts.database.transaction(write=False) as session:
        row = session.scalars(select(CalendarSubscription)).one()
        assert secret not in f"{row.secret_hash} {row.sealed_secret}"


def test_under_another_secret_key_it_works_and_is_not_shown(team: Team, app: Application) -> None:
    address = make_address(team.alice)
    with app.parts.database.transaction() as session:
        session.execute(update(CalendarSubscription).values(sealed_secret="sealed otherwise"))
    assert "The address cannot be shown any more" in team.alice.get("roadmap/take-along").text
    assert subscribe(app, address).status_code == 200


def test_an_lms_that_is_switched_off_takes_its_calendars_along(team: Team, app: Application) -> None:
    address = make_address(team.alice)
    with app.parts.database.transaction() as session:
        session.execute(update(Registration).values(enabled=False))
    assert subscribe(app, address).status_code == 404


@pytest.mark.parametrize("secret", ["guessed", "", "A" * 43, "a" * 4000, "%00", "..%2F..", "%ff", "ά" * 20])
def test_a_guess_is_refused_and_logged_without_the_guess(
    team: Team, app: Application, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    make_address(team.alice)
    with caplog.at_level(logging.INFO):
        refused = subscribe(app, f"/calendars/{secret}.ics")
    assert refused.status_code == 404
    told = caplog.text
    assert not secret or len(secret) < 5 or secret not in told


def test_a_refused_guess_is_a_security_event(app: Application, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        subscribe(app, "/calendars/guessed.ics")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "lti_tool.security"]
    assert "event=access_refused" in line
    assert "kind=CalendarNotFound" in line


def test_a_secret_that_opens_something_is_in_no_log(
    team: Team, app: Application, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        address = make_address(team.alice)
        subscribe(app, address)
        team.alice.post("roadmap/calendar", {"do": "close"})
        subscribe(app, address)
    assert address.split("/")[-1].removesuffix(".ics") not in caplog.text


def test_who_guesses_on_is_slowed(team: Team, app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "parts", replace(app.parts, limits=Limits(calendars="3 per minute")))
    address = make_address(team.alice)
    network = next(ELSEWHERE)
    answers = [subscribe(app, f"/calendars/{number}.ics", network).status_code for number in range(5)]
    assert answers == [404, 404, 404, 429, 429]
    assert subscribe(app, address).status_code == 200, "others are not slowed"
    refused = subscribe(app, address, network)
    assert refused.status_code == 429
    assert "Retry-After" in refused.headers


def test_only_the_team_makes_and_closes_the_address(team: Team, visitor: Arrive) -> None:
    for who in ("tina", "adam", "observer", "carla"):
        assert visitor(who).post("roadmap/calendar", {"do": "open"}).status_code == 403
    assert team.alice.post("roadmap/calendar", {"do": "burn"}).status_code == 400
