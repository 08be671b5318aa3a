"""Logins in frames: what is sent to a browser that has shown no cookie yet, and what it must bring to get in."""

import html
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lti_tool.demo.walking import form_fields
from lti_tool.platforms.models import Launch
from tests.fixtures.tool import ADDRESS
from tests.platforms.conftest import Door

FRAME = {"Sec-Fetch-Dest": "iframe", "Accept": "text/html"}


def login(door: Door, headers: dict[str, str] = FRAME, **changed: str) -> TestResponse:
    return login_in(door.browser, door, headers, **changed)


def login_in(browser: FlaskClient, door: Door, headers: dict[str, str] = FRAME, **changed: str) -> TestResponse:
    form = {**door.platform.launch_form("alice", "journal-j3"), **changed}
    return browser.post("/lti/login", data=form, base_url=ADDRESS, headers=headers)


def data_of(page: TestResponse) -> dict[str, str]:
    """What the page tells its script."""
    return {name: html.unescape(value) for name, value in re.findall(r'data-(\w+)="([^"]*)"', page.text)}


def send(door: Door, fields: dict[str, Any], **more: str) -> TestResponse:
    return door.another_browser().post("/lti/launch", data={**fields, **more}, base_url=ADDRESS)


def open_by_storage(door: Door) -> tuple[dict[str, str], str]:
    """What the platform posts for a login whose secret it keeps, and that secret."""
    page = data_of(login_in(door.another_browser(), door, lti_storage_target="_parent"))
    return door.platform.auth(page["onward"]), page["secret"]


def launches(door: Door) -> int:
    with door.app.parts.database.transaction(write=False) as session:
        return session.scalar(select(func.count()).select_from(Launch)) or 0


def test_a_frame_without_a_cookie_gets_a_page_that_finds_out_what_works(door: Door) -> None:
    page = login(door)
    assert page.status_code == 200
    assert "Open in a new tab" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert data_of(page)["onward"] == "", "the platform is not asked before it is known what works"


def test_the_button_for_a_new_tab_sends_the_same_login_again(door: Door) -> None:
    form = door.platform.launch_form("alice", "journal-j3")
    page = door.browser.post("/lti/login", data=form, base_url=ADDRESS, headers=FRAME)
    assert form_fields(page.text) == {**form, "own_tab": "yes"}
    again = door.another_browser().post(
        "/lti/login", data=form_fields(page.text), base_url=ADDRESS, headers={"Sec-Fetch-Dest": "document"}
    )
    # No redirect: the policy of the page with the button would hold for wherever the LMS redirects to.
    assert again.status_code == 200
    assert f'content="0; url={door.platform.url}/lti/auth?' in again.text


def test_the_page_works_without_scripts(door: Door) -> None:
    without = re.search("<noscript>(.*?)</noscript>", login(door).text, re.DOTALL)
    assert without
    assert 'target="_blank"' in without[1]
    assert "Open in a new tab" in without[1]


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Dest": "document", "Accept": "text/html"}, {}])
def test_a_tab_of_its_own_is_sent_on_at_once(door: Door, headers: dict[str, str]) -> None:
    assert login(door, headers).status_code == 302


def test_a_browser_that_does_not_say_where_the_page_stands_is_taken_to_be_in_a_frame(door: Door) -> None:
    assert login(door, {"Accept": "text/html,application/xhtml+xml"}).status_code == 200


def test_a_frame_that_keeps_our_cookie_is_sent_on_at_once(door: Door) -> None:
    assert login(door).status_code == 200
    assert login(door).status_code == 302


def test_the_pages_script_hears_whether_its_cookie_came_back(door: Door) -> None:
    asking = {"Accept": "application/json", "Sec-Fetch-Dest": "empty"}
    assert login(door, asking).json == {"onward": None}
    login(door)
    onward = login(door, asking).json
    assert onward
    assert door.finish(door.platform.auth(onward["onward"])).status_code == 303


def test_a_platform_that_is_not_known_gets_no_page_to_go_on_with(door: Door) -> None:
    answer = login(door, iss="https://unknown.example")
    assert answer.status_code == 400
    assert "Open in a new tab" not in answer.text


def test_what_the_platform_keeps_is_named_with_the_origin_that_may_keep_it(door: Door) -> None:
    page = data_of(login(door, lti_storage_target="_parent"))
    assert page["target"] == "_parent"
    assert page["origin"] == door.platform.url
    assert page["secret"] not in page["onward"], "the secret is in no address"
    assert page["secret"] not in page["key"]


def test_markup_in_a_login_stays_text(door: Door) -> None:
    page = login(door, lti_storage_target='"><script>alert(1)</script>', login_hint="<img src=x>")
    assert "<script>alert" not in page.text
    assert "<img src=x>" not in page.text


def test_a_launch_without_a_cookie_gets_in_with_what_the_platform_kept(door: Door) -> None:
    fields, secret = open_by_storage(door)
    asking = send(door, fields)
    assert asking.status_code == 200
    assert form_fields(asking.text) == fields
    assert secret not in asking.text
    opened = send(door, fields, proof=secret)
    assert opened.status_code == 200
    assert opened.json
    assert re.fullmatch(r"/l/[\w-]+/journal/j3", opened.json["page"])
    assert secret not in opened.json["page"]


def test_asking_for_the_proof_does_not_use_the_login_up_but_proving_does(door: Door) -> None:
    fields, secret = open_by_storage(door)
    for _ in range(3):
        assert send(door, fields).status_code == 200
    assert send(door, fields, proof=secret).status_code == 200
    again = send(door, fields, proof=secret)
    assert again.status_code == 400
    assert "This was opened before" in again.text
    assert send(door, fields).status_code == 400
    assert launches(door) == 1


@pytest.mark.parametrize("proof", ["", "guessed", "\x00", "x" * 5000])
def test_a_wrong_proof_gets_nobody_in_and_uses_nothing_up(door: Door, proof: str) -> None:
    fields, secret = open_by_storage(door)
    assert send(door, fields, proof=proof).status_code == 400
    assert launches(door) == 0
    assert send(door, fields, proof=secret).status_code == 200


def test_the_proof_of_one_login_does_not_open_another(door: Door) -> None:
    (first, _), (_, other) = open_by_storage(door), open_by_storage(door)
    assert send(door, first, proof=other).status_code == 400


def test_a_cookie_does_not_prove_a_login_whose_secret_the_platform_keeps(door: Door) -> None:
    fields, _ = open_by_storage(door)
    asking = door.finish(fields)
    assert asking.status_code == 200, "it is asked for the proof"
    assert launches(door) == 0


def test_no_proof_in_a_form_stands_for_the_cookie_of_a_login_that_began_with_one(door: Door) -> None:
    fields = door.platform.auth(door.begin())
    assert send(door, fields, proof="anything").status_code == 400
    assert send(door, fields).status_code == 400
    assert door.finish(fields).status_code == 303
