"""The endpoints of `test_access.py` once more: from other deployments and platforms, by observers, with a tab session,
with numbers beyond all numbers; and every endpoint that needs no launch.
"""

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from lti_tool.app import create_app
from lti_tool.database import now
from lti_tool.people.models import Context, User
from lti_tool.platforms.launches.login_attempts import hash_secret
from lti_tool.platforms.models import Deployment, Launch
from lti_tool.settings import Settings
from lti_tool.web.application import Application
from lti_tool.web.session import PROOF
from tests.fixtures.tool import ADDRESS, Arrive, Visitor
from tests.web.test_access import ENDPOINTS, IDS, Endpoint, fill, go

OBSERVERS = {
    "GET course/",
    "GET not-shown",
    "GET course/lists/measures",
    "GET course/units/m1u1/",
    "GET course/units/m1u1/progress",
    "PUT course/units/m1u1/progress",
    "GET privacy/",
    "GET privacy/copy",
    "POST privacy/close-elsewhere",
    "POST language/",
    "GET session",
    "POST done",
}
"""Who only watches reads the course and keeps a place in it; whatever people have written is not theirs to see."""
ELSEWHERE = ("another course", "another deployment", "another platform")
SECRET = "what the platform keeps for this tab"

OUTER: dict[str, int] = {
    "GET /activities/course": 200,
    "GET /calendars/guessed.ics": 404,
    "GET /done": 200,
    "GET /healthz": 200,
    "GET /readyz": 200,
    "GET /lti/by-hand": 200,
    "GET /lti/canvas.json": 200,
    "GET /lti/icon.svg": 200,
    "GET /lti/jwks": 200,
    "GET /lti/login": 400,
    "POST /lti/login": 400,
    "GET /lti/launch": 405,
    "POST /lti/launch": 400,
    "GET /lti/register/guessed?openid_configuration=https://lms.example/": 403,
    "POST /lti/register/guessed?openid_configuration=https://lms.example/": 403,
    "GET /pictures/journal-64.png": 200,
    "GET /static/build/none.js": 404,
    "GET /styleguide/": 200,
    "GET /styleguide/forms": 200,
    "GET /styleguide/bare-error": 200,
    "GET /styleguide/error": 200,
}
"""Every endpoint that needs no launch, and what anybody gets there: nothing that is anybody's, and nothing changes."""
NAME = "Alice A. Adams"
"""Of whom no page speaks by itself."""
ONLY_IN_DEVELOPMENT = "styleguide."


def settle(app: Application, visitor: Arrive, where: str) -> Visitor:
    """Carla somewhere else, with a team, a submission, an earlier version of it, a placed activity and a prompt."""
    carla = _arrive(app, visitor, where)
    fill(app, carla)
    return carla


def _arrive(app: Application, visitor: Arrive, where: str) -> Visitor:
    if where == "another course":
        return visitor("carla", course="c2")
    if where == "another platform":
        return visitor("carla", issuer="https://other.school.example")
    carla = visitor("carla")
    with app.parts.database.transaction() as session:
        launch = session.get_one(Launch, carla.launch_id)
        other = Deployment(registration_id=launch.registration_id, deployment_id="2")
        session.add(other)
        session.flush()
        session.execute(update(Context).where(Context.id == carla.context_id).values(deployment_id=other.id))
        launch.deployment_id = other.id
    return carla


@pytest.mark.parametrize("where", ELSEWHERE)
def test_what_belongs_elsewhere_is_not_there(app: Application, visitor: Arrive, where: str) -> None:
    carla = settle(app, visitor, where)
    for endpoint, entry in ENDPOINTS.items():
        if entry.by:
            own = visitor(entry.by)
            assert own.context_id != carla.context_id
            own.put("journal/j3/text", {"text": "<p>My own.</p>", "version": 0})
            own.post("roadmap/teams", {"name": "Primary School 12"})
            answer = go(own, endpoint)
            assert answer.status_code == 404, f"{endpoint}: {answer.status_code}"
            assert "Carla" not in answer.text


@pytest.mark.parametrize("where", ELSEWHERE)
def test_a_launch_from_elsewhere_opens_nothing_here(app: Application, visitor: Arrive, where: str) -> None:
    alice, carla = visitor("alice"), settle(app, visitor, where)
    csrf = carla.token()
    for endpoint in ENDPOINTS:
        assert go(alice, endpoint, carla.client, csrf).status_code == 401, endpoint


def test_an_observer_gets_through_few_doors(visitor: Arrive) -> None:
    observer = visitor("observer")
    csrf = observer.token()
    for endpoint in ENDPOINTS:
        status = go(observer, endpoint, csrf=csrf).status_code
        assert (status < 400) is (endpoint in OBSERVERS), f"{endpoint}: {status}"
        assert status in {200, 303, 403}, f"{endpoint}: {status}"


def held(app: Application, visitor: Visitor) -> Visitor:
    """The same person where a tab holds the proof and no cookie is kept."""
    with app.parts.database.transaction() as session:
        launch = session.get_one(Launch, visitor.launch_id)
        launch.browser_hash, launch.storage_target = hash_secret(SECRET), "_parent"
    return Visitor(
        app.test_client(use_cookies=False), visitor.launch_id, visitor.user_id, visitor.context_id, visitor.browser
    )


def knock(visitor: Visitor, endpoint: str, proof: str) -> TestResponse:
    return go(visitor, endpoint, csrf="none", more={PROOF: proof})


@pytest.mark.parametrize("who", ["alice", "tina", "observer"])
def test_what_a_tab_holds_opens_the_same_endpoints_as_a_cookie(app: Application, visitor: Arrive, who: str) -> None:
    somebody = held(app, visitor(who))
    for endpoint, entry in ENDPOINTS.items():
        allowed = endpoint in OBSERVERS if who == "observer" else who in entry.whose.split()
        status = knock(somebody, endpoint, SECRET).status_code
        assert (status == 403) is not allowed or _is_about_a_team(endpoint, entry, status), f"{endpoint}: {status}"
        assert status not in {400, 401} or allowed, f"{endpoint}: {status}"


def _is_about_a_team(endpoint: str, entry: Endpoint, status: int) -> bool:
    return status == 403 and endpoint.split(" ")[1].startswith("roadmap/") and "alice" in entry.whose


def test_without_or_with_another_proof_no_tab_gets_in(app: Application, visitor: Arrive) -> None:
    alice = held(app, visitor("alice"))
    for endpoint in ENDPOINTS:
        assert knock(alice, endpoint, "guessed").status_code == 401, endpoint
        assert knock(alice, endpoint, "").status_code == 401, endpoint
        assert go(alice, endpoint, csrf="none").status_code == 401, endpoint


def test_a_tab_gets_in_nowhere_when_the_launch_is_over(app: Application, visitor: Arrive) -> None:
    alice = held(app, visitor("alice"))
    with app.parts.database.transaction() as session:
        session.execute(update(Launch).values(expires_at=now()))
    for endpoint in ENDPOINTS:
        assert knock(alice, endpoint, SECRET).status_code == 401, endpoint


@pytest.mark.both_databases
@pytest.mark.parametrize("number", [2**31, 2**63, 10**30])
def test_a_number_beyond_all_numbers_is_nothing(visitor: Arrive, number: int) -> None:
    for endpoint, entry in ENDPOINTS.items():
        if entry.by:
            answer = go(visitor(entry.by), endpoint, ids=dict.fromkeys(IDS, number))
            # Where the other method has such an address, it is the method that is found wrong.
            assert answer.status_code in {404, 405}, f"{endpoint}: {answer.status_code}"


# Doors without a launch


def outer_rules(app: Application) -> set[str]:
    """Methods and rules that stand outside the launches."""
    return {
        f"{method} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith("/l/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def endpoint_of(app: Application, endpoint: str) -> str:
    method, path = endpoint.split(" ")
    endpoint, _ = app.url_map.bind("127.0.0.1:8000").match(path.partition("?")[0], method)
    return f"{method} {endpoint}"


def test_every_endpoint_without_a_launch_has_an_entry_here(app: Application) -> None:
    assert {endpoint_of(app, endpoint) for endpoint in OUTER} == outer_rules(app)


@pytest.mark.parametrize("who", ["nobody", "alice", "tina", "adam", "somebody whose launch is over"])
def test_endpoints_without_a_launch_are_the_same_for_everybody_and_show_nobody(
    app: Application, visitor: Arrive, who: str
) -> None:
    known = visitor("alice" if who.startswith(("nobody", "somebody")) else who)
    with app.parts.database.transaction() as session:
        session.execute(update(User).values(name=NAME))
        if who.startswith("somebody"):
            session.execute(update(Launch).values(expires_at=now()))
    client = app.test_client() if who == "nobody" else known.client
    for endpoint, status in OUTER.items():
        method, path = endpoint.split(" ")
        answer = client.open(path, method=method, base_url=ADDRESS)
        assert answer.status_code == status, f"{endpoint}: {answer.status_code}"
        for name in (NAME, known.launch_id):
            assert name.encode() not in answer.data, endpoint
        answer.close()
    with app.parts.database.transaction(write=False) as session:
        assert len(session.scalars(select(Launch)).all()) == 1


def test_the_style_guide_is_there_in_development_only(settings: Settings, app: Application) -> None:
    in_production = create_app(settings.model_copy(update={"development": False}))
    rules = outer_rules(in_production)
    in_production.parts.database.close()
    missing = outer_rules(app) - rules
    assert missing
    assert all(one.split(" ")[1].startswith(ONLY_IN_DEVELOPMENT) for one in missing)
