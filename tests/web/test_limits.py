"""Who calls far more often than people do is asked to wait, in words; a whole school behind one address is let in."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lti_tool.app import create_app
from lti_tool.demo.walking import form_fields
from lti_tool.platforms.registrations.invitations import invite
from lti_tool.settings import Settings, SettingsWrong
from lti_tool.web import limiting
from lti_tool.web.application import Application
from lti_tool.web.limits import Limits
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import ADDRESS, Arrive, Visitor

pytestmark = on_sqlite
SCHOOL, ELSEWHERE = "203.0.113.7", "198.51.100.9"
FEW = Limits(writes="3 per minute", arrivals="3 per minute", invitations="3 per minute")


@pytest.fixture
def strict(app: Application) -> Iterator[Application]:
    """The tool with small limits."""
    app.parts = replace(app.parts, limits=FEW)
    yield app
    app.parts = replace(app.parts, limits=Limits())


def test_a_writer_without_a_pause_in_two_windows_is_never_stopped(app: Application) -> None:
    per_minute, per_hour = app.parts.limits.writes.split("; ")
    assert int(per_minute.split()[0]) >= 2 * 30, "a page saves every two seconds"
    assert int(per_hour.split()[0]) >= 2 * 30 * 60


def write(visitor: Visitor, number: int) -> TestResponse:
    return visitor.put("journal/j3/text", {"text": f"<p>Sentence {number}.</p>", "version": number})


def test_who_saves_more_often_than_people_do_is_asked_to_wait(strict: Application, visitor: Arrive) -> None:
    alice, bob = visitor("alice", activity="journal/j3"), visitor("bob", activity="journal/j3")
    assert [write(alice, number).status_code for number in range(4)] == [200, 200, 200, 429]
    refused = write(alice, 3)
    assert refused.json
    assert refused.json["error"] == "TooManyWrites"
    assert "not lost" in refused.json["meaning"]
    assert refused.json["session_ended"] is False
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert write(bob, 0).status_code == 200, "that is Alice's launch alone"
    assert alice.get("journal/j3").status_code == 200, "reading is free"


def test_all_kinds_of_writes_of_a_launch_count_together(strict: Application, visitor: Arrive) -> None:
    alice = visitor("alice")
    answers = [
        alice.post("roadmap/teams", {"name": "Primary School 1"}),
        alice.put("roadmap/fields/p1.definition", {"value": "A", "version": 0}),
        alice.post("roadmap/sections/p8", {"do": "add:action"}),
        write(alice, 0),
    ]
    assert [answer.status_code for answer in answers] == [303, 200, 303, 429]


def test_a_form_that_came_too_soon_can_be_sent_again_with_all_that_was_typed(
    strict: Application, visitor: Arrive
) -> None:
    alice = visitor("alice", activity="journal/j3")
    for number in range(3):
        write(alice, number)
    typed = {"text": 'A father said "stay".\n\n<b>Why & how?</b>', "version": "3"}
    refused = alice.post("journal/j3", typed)
    assert refused.status_code == 429
    fields = form_fields(refused.text)
    assert {name: fields[name] for name in typed} == typed
    strict.parts = replace(strict.parts, limits=Limits())
    assert alice.post("journal/j3", fields).status_code == 302
    assert "A father said" in alice.get("journal/j3").text


def login(client: FlaskClient, address: str, path: str = "/lti/login") -> TestResponse:
    return client.post(path, base_url=ADDRESS, headers={"X-Forwarded-For": address}, data={"iss": "https://x.example"})


@pytest.mark.parametrize("path", ["/lti/login", "/lti/launch"])
def test_an_address_from_which_more_come_than_from_a_school_is_asked_to_wait(strict: Application, path: str) -> None:
    client, network = strict.test_client(), {"/lti/login": "192.0.2.1", "/lti/launch": "192.0.2.2"}[path]
    assert [login(client, network, path).status_code for _ in range(4)] == [400, 400, 400, 429]
    refused = login(client, network, path)
    assert "Very many are arriving" in refused.text
    assert int(refused.headers["Retry-After"]) > 0
    assert form_fields(refused.text) == {"iss": "https://x.example"}, "one click tries again"
    assert login(client, ELSEWHERE, path).status_code == 400


def test_what_an_lms_keeps_for_the_browser_stands_on_no_page(strict: Application) -> None:
    client, sent = strict.test_client(), {"state": "s", "id_token": "t", "proof": "a secret"}
    for _ in range(4):
        refused = client.post("/lti/launch", base_url=ADDRESS, headers={"X-Forwarded-For": "192.0.2.4"}, data=sent)
    assert refused.status_code == 429
    assert form_fields(refused.text) == {"state": "s", "id_token": "t"}


def test_a_school_of_a_thousand_behind_one_address_arrives_within_a_minute(app: Application) -> None:
    client = app.test_client()
    answers = {login(client, SCHOOL).status_code for _ in range(1000)}
    assert answers == {400}, "refused for what they lack, and not for their number"


def test_callers_on_this_machine_are_not_counted(strict: Application) -> None:
    """A proxy that names nobody would else let everybody seem to be one."""
    client = strict.test_client()
    assert {client.post("/lti/login", base_url=ADDRESS).status_code for _ in range(6)} == {400}


def test_invitations_are_tried_now_and_then(strict: Application) -> None:
    with strict.parts.database.transaction() as session:
        secret = invite(session, "School LMS")
    client, headers = strict.test_client(), {"X-Forwarded-For": "192.0.2.3"}
    path = f"/lti/register/{secret}?openid_configuration=https://lms.example/config"
    assert [client.get(path, base_url=ADDRESS, headers=headers).status_code for _ in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("address", "forwarded", "network"),
    [
        ("127.0.0.1", "", ""),
        ("::1", "", ""),
        ("", "", ""),
        ("203.0.113.7", "", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("127.0.0.1", "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "unknown", ""),
    ],
)
def test_an_address_is_the_last_that_our_own_proxy_names(
    app: Application, address: str, forwarded: str, network: str
) -> None:
    seen: list[str] = []

    def note() -> None:
        seen.append(limiting.client_network())

    app.before_request_funcs.setdefault(None, []).append(note)
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    app.test_client().get("/healthz", base_url=ADDRESS, headers=headers, environ_base={"REMOTE_ADDR": address})
    app.before_request_funcs[None].remove(note)
    assert seen == [network]


def test_a_store_without_its_driver_is_said(settings: Settings) -> None:
    with pytest.raises(SettingsWrong, match="PARTNERWISE_LIMITS_URL"):
        create_app(settings.model_copy(update={"limits_url": "nonsense://here"}))


def test_a_store_that_is_away_stops_nobody(
    strict: Application, visitor: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    (limiter,) = strict.extensions["limiter"]

    def away(*_: object) -> bool:
        raise ConnectionError("redis is away")

    monkeypatch.setattr(limiter.limiter, "hit", away)
    alice = visitor("alice", activity="journal/j3")
    assert [write(alice, number).status_code for number in range(3)] == [200, 200, 200]
