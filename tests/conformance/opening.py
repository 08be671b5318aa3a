"""What a link opens, for whom; and links to what is not there."""

import requests

from lti_tool.lti.launch.claims import LTI
from tests.conformance.launches import Attempt, Play
from tests.conformance.stage import Stage
from tests.conformance.watching import Browser
from tests.lti.cases import ROLES

MENTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor"


def to(activity: str, person: str = "alice", *roles: str) -> Play:
    """A link to this activity, opened by this person, or by somebody with these roles."""

    def play(stage: Stage) -> requests.Response:
        browser, target = Browser(), f"{stage.url}/activities/{activity}"
        state, nonce = stage.begin(browser, target_link_uri=target)
        claims = {**stage.claims(nonce, person), LTI + "target_link_uri": target}
        token = stage.sign({**claims, ROLES: roles} if roles else claims)
        return stage.arrive(browser, stage.finish(browser, {"state": state, "id_token": token}))

    return play


OPENED = [
    Attempt("what a link opens", f"{activity}, for {role}s", to(activity, person, *given), role, page)
    for person, role, given, pages in (
        ("alice", "trainee", (), {"journal/j3": "journal/j3", "roadmap": "roadmap/"}),
        ("tina", "trainer", (), {"journal/j3": "desk/?prompt=j3", "roadmap": "roadmap/", "desk": "desk/"}),
        ("bob", "observer", (MENTOR,), {}),
    )
    for activity, page in (
        ("course", "course/"),
        ("module/m2", "course/#m2"),
        ("unit/m1u1", "course/units/m1u1/"),
        *((room, pages.get(room, "not-shown")) for room in ("journal/j3", "roadmap", "desk")),
    )
]
ELSEWHERE = [
    Attempt("what a link opens", name, to(activity), refused_for="NotFound", status=404)
    for name, activity in (
        ("a unit that the course does not have", "unit/none"),
        ("a module that the course does not have", "module/none"),
        ("a prompt that the course does not have", "journal/none"),
        ("a room that is none", "kitchen"),
        ("the way out of the folder", "unit/../../etc/passwd"),
    )
]
LINKS = [*OPENED, *ELSEWHERE]
