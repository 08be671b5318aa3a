"""Who may reach which endpoint: a matrix of all the tool's addresses; an endpoint without an entry fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from types import MappingProxyType
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from lti_tool.course.extensions import give_person_time
from lti_tool.course.placed_activities import Placing, place
from lti_tool.course.prompts import Draft, write_prompt
from lti_tool.database import now
from lti_tool.platforms.models import Launch, Registration
from lti_tool.web.application import Application
from tests.fixtures.tool import ADDRESS, Arrive, Visitor
from tests.fixtures.uploads import A_PDF

PUBLIC = {"course.asset", "course.player"}
"""The course's own pictures and player: the same for everybody, and nobody's."""
EVERYBODY, TRAINEES, TRAINERS, ADMINISTRATORS = "alice tina adam", "alice", "tina adam", "adam"


@dataclass(frozen=True)
class Endpoint:
    """What is sent to an address, whom it is for, and which parts of its path name something of one course."""

    whose: str = EVERYBODY
    body: dict[str, object] = field(default_factory=dict)
    file: bytes = b""
    """What is sent as a file."""
    by: str = ""
    """Who comes with the other course's id, where the path has one."""
    json: bool = False


A_MAP = (
    b'{"format": "partnerwise-road-map", "version": 1, "course": "parental_engagement", "language": "en",'
    b' "school": "Lakeside School", "saved_on": "2026-03-02", "sections": {}}'
)
LATER: dict[str, object] = {"until": "2199-01-01T00:00"}
JUDGEMENT: dict[str, object] = {"levels": {}, "comment": "", "version": 0}
ENDPOINTS: dict[str, Endpoint] = {
    "GET connection/": Endpoint(ADMINISTRATORS),
    "GET course/": Endpoint(),
    "GET not-shown": Endpoint(),
    "GET course/lists/measures": Endpoint(),
    "GET course/picker": Endpoint(TRAINERS),
    "GET course/picker/details": Endpoint(TRAINERS),
    "POST course/picker/answer": Endpoint(TRAINERS, {"do": "cancel"}),
    "GET course/placed/": Endpoint(TRAINERS),
    "GET course/placed/<placed_id>": Endpoint(TRAINERS, by="tina"),
    "POST course/placed/<placed_id>": Endpoint(TRAINERS, by="tina"),
    "GET course/placed/<placed_id>/more-time": Endpoint(TRAINERS, by="tina"),
    "GET course/placed/<placed_id>/more-time/person/<user_id>": Endpoint(TRAINERS, by="tina"),
    "POST course/placed/<placed_id>/more-time/person/<user_id>": Endpoint(TRAINERS, LATER, by="tina"),
    "GET course/placed/<placed_id>/more-time/team/<team_id>": Endpoint(TRAINERS, by="tina"),
    "POST course/placed/<placed_id>/more-time/team/<team_id>": Endpoint(TRAINERS, LATER, by="tina"),
    "POST course/placed/<placed_id>/more-time/<extension_id>/end": Endpoint(TRAINERS, by="tina"),
    "GET course/prompts/new": Endpoint(TRAINERS),
    "POST course/prompts/new": Endpoint(TRAINERS, {"title": "x", "question": "x"}),
    "GET course/prompts/<written_id>": Endpoint(TRAINERS, by="tina"),
    "POST course/placed/open": Endpoint(TRAINERS, {"activity": "all"}),
    "POST course/prompts/<written_id>": Endpoint(TRAINERS, {"title": "x", "question": "x"}, by="tina"),
    "GET course/units/m1u1/": Endpoint(),
    "GET course/units/m1u1/plan": Endpoint(TRAINERS),
    "GET course/units/m1u1/progress": Endpoint(),
    "GET course/units/m1u1/trainees": Endpoint(TRAINERS),
    "GET course/units/m1u1/trainees/<user_id>": Endpoint(TRAINERS, by="tina"),
    "PUT course/units/m1u1/progress": Endpoint(body={"v": 1}, json=True),
    "GET journal/": Endpoint(),
    "GET journal/j3": Endpoint(),
    "PUT journal/j3/text": Endpoint(TRAINEES, {"text": "<p>x</p>", "version": 0}, json=True),
    "POST journal/j3": Endpoint(TRAINEES, {"text": "x", "version": "0"}),
    "POST journal/j3/question": Endpoint(TRAINEES),
    "GET journal/j3/hand-in": Endpoint(TRAINEES),
    "POST journal/j3/withdraw": Endpoint(TRAINEES, {"submission": "1"}),
    "GET journal/j3/versions": Endpoint(TRAINEES),
    "POST journal/j3/versions/<revision_id>": Endpoint(TRAINEES, {"version": "1"}, by="bob"),
    "POST journal/j3/files": Endpoint(TRAINEES, {"description": "x"}, file=A_PDF),
    "GET journal/j3/files/<attachment_id>": Endpoint(TRAINEES, by="bob"),
    "POST journal/j3/files/<attachment_id>/remove": Endpoint(TRAINEES, by="bob"),
    "GET desk/<submission_id>/files/<attachment_id>": Endpoint(TRAINERS, by="tina"),
    "GET desk/": Endpoint(TRAINERS),
    "POST desk/send-all": Endpoint(TRAINERS),
    "POST desk/send-units": Endpoint(TRAINERS),
    "POST desk/undo-all": Endpoint(TRAINERS),
    "POST desk/<submission_id>/undo": Endpoint(TRAINERS, by="tina"),
    "POST desk/names": Endpoint(TRAINERS, {"names": "hide"}),
    "POST desk/release-all": Endpoint(TRAINERS),
    "GET desk/<submission_id>": Endpoint(TRAINERS, by="tina"),
    "PUT desk/<submission_id>/judgement": Endpoint(TRAINERS, JUDGEMENT, by="tina", json=True),
    "POST desk/<submission_id>": Endpoint(TRAINERS, {"do": "save", "version": "0"}, by="tina"),
    "POST desk/<submission_id>/send": Endpoint(TRAINERS, by="tina"),
    "GET desk/calibration/": Endpoint(TRAINERS),
    "POST desk/calibration/": Endpoint(TRAINERS, {"after": "0"}),
    "GET desk/calibration/s1": Endpoint(TRAINERS),
    "PUT desk/calibration/s1/judgement": Endpoint(TRAINERS, JUDGEMENT, json=True),
    "POST desk/calibration/s1": Endpoint(TRAINERS, {"do": "save", "version": "0"}),
    "GET desk/pieces/j3": Endpoint(TRAINERS),
    "GET desk/pieces/j3/<user_id>": Endpoint(TRAINERS, by="tina"),
    "GET members/": Endpoint(TRAINERS),
    "POST members/read": Endpoint(TRAINERS),
    "GET roadmap/": Endpoint(),
    "POST roadmap/teams": Endpoint(TRAINEES, {"name": "Primary School 12"}),
    "POST roadmap/teams/<team_id>/join": Endpoint(TRAINEES, by="bob"),
    "POST roadmap/team/joining": Endpoint(TRAINEES, {"who": "code"}),
    "POST roadmap/team/leave": Endpoint(TRAINEES),
    "POST roadmap/teams/joining": Endpoint(TRAINERS, {"who": "code"}),
    "GET roadmap/no-map": Endpoint(TRAINERS),
    "GET roadmap/whole": Endpoint(TRAINEES),
    "GET roadmap/teams/<team_id>/whole": Endpoint(by="tina"),
    "GET roadmap/example": Endpoint(),
    "POST roadmap/example": Endpoint(TRAINEES),
    "POST roadmap/example/out": Endpoint(TRAINEES),
    "GET roadmap/history": Endpoint(TRAINEES),
    "GET roadmap/teams/<team_id>/history": Endpoint(by="tina"),
    "POST roadmap/history/<change_id>": Endpoint(TRAINEES, {"side": "before", "version": "1"}, by="bob"),
    "GET roadmap/timeline": Endpoint(TRAINEES),
    "GET roadmap/teams/<team_id>/timeline": Endpoint(by="tina"),
    "GET roadmap/take-along": Endpoint(TRAINEES),
    "GET roadmap/teams/<team_id>/take-along": Endpoint(by="tina"),
    "GET roadmap/files/everything": Endpoint(TRAINEES),
    "GET roadmap/teams/<team_id>/files/everything": Endpoint(by="tina"),
    "POST roadmap/import": Endpoint(TRAINEES, file=A_MAP),
    "POST roadmap/calendar": Endpoint(TRAINEES, {"do": "open"}),
    "GET roadmap/changes": Endpoint(TRAINEES),
    "GET roadmap/teams/<team_id>/changes": Endpoint(by="tina"),
    "PUT roadmap/fields/p1.definition": Endpoint(TRAINEES, {"value": "x", "version": 0}, json=True),
    "POST roadmap/rows": Endpoint(TRAINEES, {"do": "add:action", "section": "p8"}, json=True),
    "GET roadmap/sections/p1": Endpoint(),
    "POST roadmap/sections/p1": Endpoint(TRAINEES),
    "GET privacy/": Endpoint(),
    "GET privacy/copy": Endpoint(),
    "POST privacy/close-elsewhere": Endpoint(),
    "GET privacy/people/<user_id>": Endpoint(ADMINISTRATORS, by="adam"),
    "GET privacy/audit": Endpoint(ADMINISTRATORS),
    "GET privacy/people/<user_id>/erase": Endpoint(ADMINISTRATORS, by="adam"),
    "POST privacy/people/<user_id>/erase": Endpoint(ADMINISTRATORS, by="adam"),
    "POST privacy/people/<user_id>/close": Endpoint(ADMINISTRATORS, by="adam"),
    "GET roadmap/sections/p8/list": Endpoint(TRAINEES),
    "POST roadmap/sections/p8/list": Endpoint(TRAINEES, {"entry": "m03"}),
    "POST language/": Endpoint(body={"language": "el"}),
    "GET session": Endpoint(),
    "POST done": Endpoint(),  # the last: whoever has been there has left
}
COURSE_DATA = {
    "unit_id": "m1u1",
    "prompt_id": "j3",
    "sample_id": "s1",
    "section_id": "p1",
    "list_section": "p8",
    "name": "p1.definition",
    "export_name": "everything",
    "catalogue": "measures",
}
"""Parts of a path that name course data, which is the same in every course."""
IDS = {
    "placed_id": 1,
    "written_id": 1,
    "user_id": 1,
    "team_id": 1,
    "attachment_id": 1,
    "change_id": 2,
    "extension_id": 1,
    "revision_id": 1,
    "submission_id": 1,
}
"""Each database begins empty, so what `other_course` makes has these ids."""


def doors_of(app: Application) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/l/") and rule.endpoint not in PUBLIC:
            yield from (f"{method} {path_at(rule)}" for method in (rule.methods or set()) - {"HEAD", "OPTIONS"})


def path_at(rule: Rule) -> str:
    """The rule's path below the launch, as it stands in the table."""
    path = rule.rule.removeprefix("/l/<launch_id>/").replace("int(max=2147483647):", "").replace("int:", "")
    for name, value in COURSE_DATA.items():
        path = path.replace(f"<{name}>", value)
    return path


def go(
    visitor: Visitor,
    endpoint: str,
    client: FlaskClient | None = None,
    csrf: str | None = None,
    *,
    ids: Mapping[str, int] = IDS,
    more: Mapping[str, str] = MappingProxyType({}),
) -> TestResponse:
    """Knock at this endpoint as its own pages would, with `more` headers."""
    method, path = endpoint.split(" ")
    for name, value in ids.items():
        path = path.replace(f"<{name}>", str(value))
    sent = ENDPOINTS[endpoint]
    headers = {"X-CSRFToken": csrf or visitor.token(), "Accept": "application/json", **more}
    body: dict[str, Any] = {} if method == "GET" else {"json" if sent.json else "data": sent.body}
    if sent.file:
        body = {"data": {**sent.body, "file": (BytesIO(sent.file), "note.pdf")}}
    return (client or visitor.client).open(visitor.at(path), method=method, base_url=ADDRESS, headers=headers, **body)


def fill(app: Application, carla: Visitor) -> None:
    """Give Carla a team, a submission with a file and an earlier version, her course a placed activity and a prompt."""
    with app.parts.database.transaction() as session:
        placed = place(session, carla.context_id, Placing("journal/j3", due_at=now()))
        give_person_time(session, placed, carla.user_id, now() + timedelta(days=1), given_by_id=carla.user_id)
        write_prompt(session, app.parts.course, carla.context_id, Draft("Carla's", "What?"))
    assert carla.post("roadmap/teams", {"name": "Secondary School 3"}).status_code == 303
    assert carla.put("roadmap/fields/p1.definition", {"value": "Carla's words", "version": 0}).status_code == 200
    for version, text in enumerate(("<p>A first long text that is written here.</p>", "<p>Short.</p>")):
        assert carla.put("journal/j3/text", {"text": text, "version": version}).status_code == 200
    assert carla.post("journal/j3/files", {"file": (BytesIO(A_PDF), "Carla's note.pdf")}).status_code == 302
    assert carla.post("journal/j3", {"do": "submit", "version": "2"}).status_code == 302


@pytest.fixture
def other_course(app: Application, visitor: Arrive) -> Visitor:
    """Carla and her work, in another course of the same LMS."""
    carla = visitor("carla", course="c2")
    fill(app, carla)
    return carla


def test_every_endpoint_has_an_entry_here(app: Application) -> None:
    assert sorted(doors_of(app)) == sorted(ENDPOINTS)


def test_nobody_comes_in_without_a_session(app: Application, visitor: Arrive) -> None:
    alice, stranger = visitor("alice"), app.test_client()
    for endpoint in ENDPOINTS:
        answer = go(alice, endpoint, stranger, csrf="none")
        assert answer.status_code == 401, endpoint
        assert "Alice Adams" not in answer.text


def test_a_launch_is_of_no_use_in_another_browser(visitor: Arrive) -> None:
    alice, bob = visitor("alice"), visitor("bob")
    csrf = bob.token()
    for endpoint in ENDPOINTS:
        assert go(alice, endpoint, bob.client, csrf).status_code == 401, endpoint


@pytest.mark.parametrize("who", ["alice", "adam"])
def test_nobody_comes_in_when_the_launch_is_over(app: Application, visitor: Arrive, who: str) -> None:
    somebody = visitor(who)
    csrf = somebody.token()
    with app.parts.database.transaction() as session:
        session.execute(update(Launch).values(expires_at=now() - timedelta(seconds=1)))
    for endpoint in ENDPOINTS:
        assert go(somebody, endpoint, csrf=csrf).status_code == 401, endpoint


def test_nobody_comes_in_from_an_lms_that_was_switched_off(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice")
    csrf = alice.token()
    with app.parts.database.transaction() as session:
        session.execute(update(Registration).values(enabled=False))
    for endpoint in ENDPOINTS:
        assert go(alice, endpoint, csrf=csrf).status_code == 401, endpoint


@pytest.mark.parametrize("who", EVERYBODY.split())
def test_a_endpoint_is_for_some_roles_only(visitor: Arrive, who: str) -> None:
    somebody = visitor(who)
    csrf = somebody.token()
    for endpoint, entry in ENDPOINTS.items():
        if who not in entry.whose.split():
            assert go(somebody, endpoint, csrf=csrf).status_code == 403, endpoint
        else:
            assert go(somebody, endpoint, csrf=csrf).status_code not in {400, 401}, endpoint


def test_what_belongs_to_another_course_is_not_there(visitor: Arrive, other_course: Visitor) -> None:
    for endpoint, entry in ENDPOINTS.items():
        if entry.by:
            own = visitor(entry.by)
            own.put("journal/j3/text", {"text": "<p>My own.</p>", "version": 0})
            own.post("roadmap/teams", {"name": "Primary School 12"})
            answer = go(own, endpoint)
            assert answer.status_code == 404, endpoint
            assert "Carla" not in answer.text
            # It is the course that keeps them out: whoever belongs there gets in.
            there = visitor("carla" if entry.by == "bob" else entry.by, course="c2")
            assert go(there, endpoint).status_code != 404, endpoint
    # An administrator has closed her pages there; what she wrote is as it was.
    assert "Short." in visitor("carla", course="c2").get("journal/j3").text


def test_every_path_with_an_id_is_tried_with_another_courses() -> None:
    for endpoint, entry in ENDPOINTS.items():
        assert bool(entry.by) == ("<" in endpoint), endpoint


def test_the_public_parts_hold_only_the_course(app: Application) -> None:
    stranger = app.test_client()
    for path in ("course/player/../bundle.json", "course/player/%2e%2e%2fbundle.json", "course/player/"):
        assert stranger.get(f"/l/none/{path}", base_url=ADDRESS).status_code == 404


def test_a_change_from_another_site_is_refused(visitor: Arrive) -> None:
    alice, text = visitor("alice"), {"text": "<p>x</p>", "version": 0}
    for other in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        headers = {"X-CSRFToken": alice.token(), **other}
        answer = alice.client.put(alice.at("journal/j3/text"), json=text, base_url=ADDRESS, headers=headers)
        assert answer.status_code == 403
    answer = alice.client.put(alice.at("journal/j3/text"), json=text, base_url=ADDRESS)
    assert answer.status_code == 403


@pytest.mark.parametrize("ours", ["https://Partnerwise.School.Example", "https://partnerwise.school.example:443"])
def test_our_own_address_may_be_written_as_browsers_do_not_write_it(
    app: Application, ours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "parts", replace(app.parts, base_url=ours))
    headers = {"Origin": "https://partnerwise.school.example", "Accept": "application/json"}
    sent = {"openid_configuration": "https://lms.example/x"}
    answer = app.test_client().post("/lti/register/unknown", data=sent, base_url=ours, headers=headers)
    assert answer.get_json()["error"] == "InvitationNotValid"


def test_an_lms_with_letters_beyond_ascii_in_its_name_may_frame_the_pages(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice")
    with app.parts.database.transaction() as session:
        sealed = app.parts.return_addresses.close("https://школа.example:8443/back")
        session.execute(update(Launch).values(sealed_return_url=sealed))
        session.execute(update(Registration).values(issuer="https://a;sandbox,b/"))
    policy = alice.get("course/").headers["Content-Security-Policy"]
    assert f"https://{'школа'.encode('idna').decode()}.example:8443" in policy
    assert policy.isascii()
    assert "sandbox" not in policy
