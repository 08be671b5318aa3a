"""Launches and registrations with addresses as people type them: too long, badly escaped, not addresses at all."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from lti_tool.database import Database
from lti_tool.errors import BadInput
from lti_tool.lti.launch.claims import AGS, LTI, NRPS
from lti_tool.lti.platform import Platform
from lti_tool.people.models import Context
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.scores.models import LineItem
from tests.fixtures.tool import ADDRESS
from tests.platforms.conftest import Door


def launch_to(door: Door, target: str) -> TestResponse:
    """A launch whose link points at this address; beside it the demo LMS names `journal/j3` in `custom`."""
    location = door.begin(target_link_uri=target)
    asked = parse_qs(urlsplit(location).query)
    claims = door.platform.claims("alice", "journal-j3", asked["nonce"][0])
    claims[LTI + "target_link_uri"] = target
    return door.finish({"state": asked["state"][0], "id_token": door.platform.sign(claims)})


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("target", "opens"),
    [
        (f"{ADDRESS}/activities/journal/j3?x={'x' * 1990}", "/journal/j3"),
        (f"{ADDRESS}/activities/journal%2Fj3", "/journal/j3"),
        (f"{ADDRESS}/activities/journal/j3%00", "/journal/j3"),
        (f"{ADDRESS}/activities/%00", "/course/"),
        (f"{ADDRESS}/activities", "/journal/j3"),
        (f"{ADDRESS}/activities/", "/course/"),
        ("http://[/activities/course", "/journal/j3"),
        (f"{ADDRESS}/activities/%ff", None),
        (f"{ADDRESS}/activities/{'x' * 1900}", None),
    ],
)
def test_a_link_with_an_odd_address_opens_what_it_names_or_says_that_nothing_is_there(
    door: Door, target: str, opens: str | None
) -> None:
    answer = launch_to(door, target)
    assert answer.status_code == (303 if opens else 404), answer.text
    assert answer.headers.get("Location", "").endswith(opens or "")


@pytest.mark.both_databases
@pytest.mark.parametrize("address", ["https://[lms.example", "lms.example", "ftp://lms.example", "https://"])
def test_a_platform_is_not_registered_with_what_is_no_address(database: Database, address: str) -> None:
    good = "https://lms.school.example"
    with pytest.raises(BadInput, match="jwks_url"), database.transaction() as session:
        add_registration(session, Platform(good, "client", good, good, address), "1", "School LMS")


def test_a_faulty_service_is_logged_by_its_name_and_its_last_good_address_stays(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    door.launch()
    location = door.begin()
    claims = door.platform.claims("alice", "journal-j3", parse_qs(urlsplit(location).query)["nonce"][0])
    claims |= {AGS: {"lineitem": "/lineitems/7", "scope": []}, NRPS: "nowhere", LTI + "custom": []}
    fields = {"state": parse_qs(urlsplit(location).query)["state"][0], "id_token": door.platform.sign(claims)}
    assert door.finish(fields).status_code == 303
    assert "switched off: grades (lineitem)" in caplog.text
    assert "switched off: members (namesroleservice)" in caplog.text
    assert "/lineitems/7" not in caplog.text
    with door.app.parts.database.transaction(write=False) as session:
        context = session.scalars(select(Context)).one()
        assert session.scalars(select(LineItem.url)).one() == door.platform.line_item_url("journal-j3")
    assert context.lineitems_url
    assert context.roster_url
