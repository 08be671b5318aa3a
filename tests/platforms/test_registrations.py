"""An administrator connects an LMS with an invitation: each product as it is, and what must never be connected."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask import jsonify
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from lti_tool.database import now
from lti_tool.demo.walking import form_fields
from lti_tool.lti.errors import RegistrationRefused
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.registration.dynamic import TOOL, read_metadata
from lti_tool.platforms.models import Invitation, Registration
from lti_tool.platforms.registrations.dynamic_registration import Connecting
from lti_tool.platforms.registrations.invitations import invite
from lti_tool.web.application import Application
from tests.fixtures.platform import Served
from tests.fixtures.tool import ADDRESS
from tests.fixtures.waiting import until
from tests.lti.far_side import Reply, far_side
from tests.platforms.registering_lms import PICKING, RegisteringLms

Start = Callable[..., RegisteringLms]


@pytest.fixture
def lms() -> Iterator[Start]:
    """Start an LMS of a product."""
    served: list[Served] = []

    def start(product: str) -> RegisteringLms:
        started = RegisteringLms(product)
        served.append(Served(started.app()))
        started.url = served[-1].url
        return started

    yield start
    for one in served:
        one.stop()


@dataclass
class Administrator:
    """Somebody with an invitation, in the LMS's frame, whose browser takes no cookies there."""

    app: Application
    secret: str

    def opens(self, lms: RegisteringLms) -> TestResponse:
        """The page that the LMS shows."""
        return self._client.get(self._at(lms), base_url=ADDRESS)

    def connects(self, lms: RegisteringLms, **headers: str) -> TestResponse:
        """Press the button on it."""
        sent = {"openid_configuration": f"{lms.url}/openid-configuration", "registration_token": self._token(lms)}
        return self._client.post(self._at(lms), data=sent, base_url=ADDRESS, headers=headers)

    @property
    def _client(self) -> FlaskClient:
        return self.app.test_client(use_cookies=False)

    def _token(self, lms: RegisteringLms) -> str:
        return "" if lms.product == "desire2learn" else lms.token

    def _at(self, lms: RegisteringLms) -> str:
        told = {"openid_configuration": f"{lms.url}/openid-configuration", "registration_token": self._token(lms)}
        return f"/lti/register/{self.secret}?{urlencode(told)}"


@pytest.fixture
def administrator(app: Application) -> Administrator:
    with app.parts.database.transaction() as session:
        return Administrator(app, invite(session, "Our school's LMS"))


def registrations(app: Application) -> list[Registration]:
    with app.parts.database.transaction(write=False) as session:
        return list(session.scalars(select(Registration)).unique())


def deployments(app: Application) -> list[str]:
    with app.parts.database.transaction(write=False) as session:
        found = session.scalars(select(Registration)).one()
        return [deployment.deployment_id for deployment in found.deployments]


@pytest.mark.parametrize("product", ["moodle", "canvas", "desire2learn", "BlackboardLearn", "sakailms.org", "another"])
def test_an_lms_is_connected_as_its_product_wants_it(
    app: Application, administrator: Administrator, lms: Start, product: str
) -> None:
    ours = lms(product)
    answer = administrator.connects(ours)
    assert answer.status_code == 200, answer.text
    assert "Our school&#39;s LMS is connected" in answer.text
    (found,) = registrations(app)
    assert (found.issuer, found.client_id, found.product) == (ours.url, f"{product}-1", product)
    assert (found.label, found.enabled) == ("Our school's LMS", True)
    assert deployments(app) == (["3"] if product == "moodle" else [])
    # Where no deployment was named, the first launch brings it; Moodle named the only one.
    assert found.accepts_new_deployments is (product != "moodle")


def test_what_is_asked_for_is_what_the_tool_needs_and_the_lms_knows(administrator: Administrator, lms: Start) -> None:
    moodle = lms("moodle")
    administrator.connects(moodle)
    (asked,) = moodle.registered
    assert asked["redirect_uris"] == [f"{ADDRESS}/lti/launch"]
    assert asked[TOOL]["claims"] == ["iss", "sub", "name", "given_name", "family_name"]
    assert asked[TOOL]["custom_parameters"] == {"context_history": "$Context.id.history"}
    picking = next(message for message in asked[TOOL]["messages"] if message["type"] == PICKING)
    assert picking["placements"] == ["ContentArea"]
    assert "contextgroup" not in asked["scope"]
    assert "email" not in str(asked)


def test_nothing_is_called_or_changed_before_the_administrator_says_so(
    app: Application, administrator: Administrator, lms: Start
) -> None:
    moodle = lms("moodle")
    page = administrator.opens(moodle)
    assert page.status_code == 200
    assert moodle.url in page.text
    assert moodle.registered == []
    assert registrations(app) == []


@pytest.mark.both_databases
def test_an_invitation_works_once(app: Application, administrator: Administrator, lms: Start) -> None:
    assert administrator.connects(lms("moodle")).status_code == 200
    again = administrator.connects(other := lms("moodle"))
    assert again.status_code == 403
    assert "has been used" in again.text
    assert other.registered == []
    assert administrator.opens(other).status_code == 403
    assert len(registrations(app)) == 1


def test_nobody_takes_over_a_client_that_is_registered(app: Application, lms: Start) -> None:
    canvas = lms("canvas")
    with app.parts.database.transaction() as session:
        first, second = invite(session, "First school"), invite(session, "Second school")
    assert Administrator(app, first).connects(canvas).status_code == 200
    assert Administrator(app, second).connects(canvas).status_code == 502
    assert [one.label for one in registrations(app)] == ["First school"]


@pytest.mark.both_databases
def test_an_invitation_works_for_a_day(app: Application, administrator: Administrator, lms: Start) -> None:
    with app.parts.database.transaction() as session:
        session.execute(update(Invitation).values(expires_at=now() - timedelta(seconds=1)))
    assert "too old" in administrator.connects(lms("moodle")).text
    assert registrations(app) == []


def test_nobody_connects_an_lms_without_an_invitation(app: Application, lms: Start) -> None:
    stranger = Administrator(app, "a-guess")
    assert stranger.opens(lms("moodle")).status_code == 403
    assert stranger.connects(moodle := lms("moodle")).status_code == 403
    assert moodle.registered == []


def test_no_other_site_can_press_the_button(app: Application, administrator: Administrator, lms: Start) -> None:
    answer = administrator.connects(lms("moodle"), Origin="https://evil.example")
    assert answer.status_code == 403
    assert registrations(app) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": "https://another.example"},
        {"authorization_endpoint": "https://evil.example/auth"},
        {"token_endpoint": "https://evil.example/token"},
        {"jwks_uri": "https://evil.example/jwks"},
        {"registration_endpoint": "https://evil.example/register"},
        {"jwks_uri": "https://evil.example@127.0.0.1/jwks"},
        {"jwks_uri": "javascript:alert(1)"},
        {"token_endpoint": None},
        {"registration_endpoint": ["x"]},
        {"issuer": "https://[half"},
        pytest.param({"issuer": "http://127.0.0.1/" + "x" * 240}, id="an issuer that no login can name"),
    ],
    ids=str,
)
def test_a_description_that_leads_elsewhere_is_not_believed(
    app: Application, administrator: Administrator, lms: Start, changed: dict[str, object]
) -> None:
    hostile = lms("another")
    hostile.changed = changed
    answer = administrator.connects(hostile)
    assert answer.status_code == 502
    assert registrations(app) == []
    assert hostile.registered == []
    # What went wrong was not the administrator's fault: the invitation still works.
    assert administrator.connects(lms("another")).status_code == 200


def test_people_are_not_sent_to_log_in_over_plain_http() -> None:
    described = RegisteringLms("moodle", url="https://lms.example").description()
    assert read_metadata(described, "https://lms.example/conf").auth_url == "https://lms.example/auth"
    described["authorization_endpoint"] = "http://lms.example/auth"
    with pytest.raises(RegistrationRefused, match="authorization_endpoint"):
        read_metadata(described, "https://lms.example/conf")


@pytest.mark.parametrize(
    "answered",
    [
        (lambda: ("a page", 200)),
        (lambda: jsonify({})),
        (lambda: jsonify(["client_id"])),
        (lambda: jsonify(client_id=7)),
        (lambda: jsonify(client_id="x" * 256)),
        (lambda: ("", 302, {"Location": "/openid-configuration"})),
        (lambda: ("x" * 2_000_000, 200)),
    ],
    ids=["html", "empty", "list", "number", "long", "redirect", "huge"],
)
def test_an_answer_without_a_client_connects_nothing(
    app: Application, administrator: Administrator, lms: Start, answered: Callable[[], object]
) -> None:
    strange = lms("another")
    strange.answer = lambda _asked: answered()  # type: ignore[assignment,return-value]
    assert administrator.connects(strange).status_code == 502
    assert registrations(app) == []


@pytest.mark.parametrize("address", ["", "x" * 3000, "file:///etc/passwd", "http://10.0.0.1/x", "gopher://x"])
def test_an_address_that_may_not_be_called_is_not_called(
    app: Application, administrator: Administrator, address: str
) -> None:
    told = {"openid_configuration": address, "registration_token": "t"}
    answer = app.test_client().post(f"/lti/register/{administrator.secret}", data=told, base_url=ADDRESS)
    assert answer.status_code in {400, 502}
    assert registrations(app) == []


def test_the_page_by_hand_and_canvas_have_every_value(app: Application) -> None:
    client = app.test_client()
    page = client.get("/lti/by-hand", base_url=ADDRESS)
    for path in ("/lti/login", "/lti/launch", "/lti/jwks", "/lti/icon.svg", "/lti/canvas.json", "/activities/picker"):
        assert f"{ADDRESS}{path}" in page.text
    told = client.get("/lti/canvas.json", base_url=ADDRESS).get_json()
    assert told["oidc_initiation_url"] == f"{ADDRESS}/lti/login"
    placements = told["extensions"][0]["settings"]["placements"]
    assert {one["placement"] for one in placements} == {"link_selection", "assignment_selection", "course_navigation"}
    icon = client.get("/lti/icon.svg", base_url=ADDRESS)
    assert icon.mimetype == "image/svg+xml"


def test_lmss_that_hang_while_they_are_connected_keep_nobody_else_waiting(app: Application) -> None:
    goes_on = threading.Event()
    app.parts = replace(app.parts, connecting=Connecting(Outbound(allow_private=True), at_once=2, longest=20))
    with far_side() as side, ThreadPoolExecutor(2) as pool:
        side.answer = lambda _: (goes_on.wait(30), Reply(500))[1]
        hanging = RegisteringLms("moodle", url=side.url)
        waiting = [pool.submit(Administrator(app, invited(app)).connects, hanging) for _ in range(2)]
        until(lambda: len(side.asked) == 2)
        third = Administrator(app, invited(app)).connects(hanging)
        assert (third.status_code, third.headers["Retry-After"]) == (503, "30")
        assert "the invitation still works" in third.text
        assert form_fields(third.text)["openid_configuration"] == f"{side.url}/openid-configuration"
        goes_on.set()
        assert [one.result(30).status_code for one in waiting] == [502, 502]


def test_an_lms_that_takes_too_long_to_be_connected_is_given_up(app: Application) -> None:
    goes_on = threading.Event()
    app.parts = replace(app.parts, connecting=Connecting(Outbound(allow_private=True), longest=0.3))
    with far_side() as side:
        side.answer = lambda _: (goes_on.wait(30), Reply(500))[1]
        began = time.monotonic()
        assert Administrator(app, invited(app)).connects(RegisteringLms("moodle", url=side.url)).status_code == 502
        assert time.monotonic() - began < 5
        goes_on.set()


def invited(app: Application) -> str:
    """A new invitation's secret."""
    with app.parts.database.transaction() as session:
        return invite(session, "School LMS")
