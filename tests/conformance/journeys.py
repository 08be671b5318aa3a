"""Launches in which not the token is wrong but the way: who begins, who finishes, how often, and with what."""

import pytest
import requests

from lti_tool.platforms.launches import login_states
from tests.conformance.launches import Attempt, Play
from tests.conformance.stage import Stage
from tests.conformance.watching import Browser

Fields = dict[str, str]


def good(stage: Stage, browser: Browser) -> Fields:
    """What the LMS posts at the end of a good login in this browser."""
    state, nonce = stage.begin(browser)
    return {"state": state, "id_token": stage.sign(stage.claims(nonce))}


def normal(stage: Stage) -> requests.Response:
    browser = Browser()
    return stage.arrive(browser, stage.finish(browser, good(stage, browser)))


def by_get(stage: Stage) -> requests.Response:
    browser = Browser()
    answer = browser.send_to("GET", f"{stage.url}/lti/login", params=stage.login_form())
    assert answer.status_code == 302
    return stage.finish(browser, good(stage, browser))


def second_visit(stage: Stage) -> requests.Response:
    """Two tabs: the later login is finished first, and the earlier one still is good."""
    browser = Browser()
    earlier, later = good(stage, browser), good(stage, browser)
    assert stage.finish(browser, later).status_code == 303
    return stage.arrive(browser, stage.finish(browser, earlier))


def after_new_keys(stage: Stage) -> requests.Response:
    stage.forget_keys()
    assert normal(stage).status_code == 303
    stage.lms.rotate_keys()
    stage.signing.clear()
    return normal(stage)


def replayed(stage: Stage) -> requests.Response:
    browser = Browser()
    fields = good(stage, browser)
    assert stage.finish(browser, fields).status_code == 303
    return stage.finish(browser, fields)


def replayed_after_a_refusal(stage: Stage) -> requests.Response:
    """A state is used up by a token that the platform signed and we refuse."""
    browser = Browser()
    state, nonce = stage.begin(browser)
    refused = stage.sign({name: value for name, value in stage.claims(nonce).items() if not name.endswith("/roles")})
    assert stage.finish(browser, {"state": state, "id_token": refused}).status_code == 400
    return stage.finish(browser, {"state": state, "id_token": stage.sign(stage.claims(nonce))})


def good_after_rubbish(stage: Stage) -> requests.Response:
    """What no platform signed uses nothing up: anybody can send it."""
    browser = Browser()
    fields = good(stage, browser)
    assert stage.finish(browser, {**fields, "id_token": "a.b.c"}).status_code == 400
    return stage.arrive(browser, stage.finish(browser, fields))


def with_another_state(stage: Stage) -> requests.Response:
    browser = Browser()
    first, second = good(stage, browser), good(stage, browser)
    return stage.finish(browser, {"state": first["state"], "id_token": second["id_token"]})


def token_of_an_earlier_launch(stage: Stage) -> requests.Response:
    browser = Browser()
    first, second = good(stage, browser), good(stage, browser)
    assert stage.finish(browser, first).status_code == 303
    return stage.finish(browser, {"state": second["state"], "id_token": first["id_token"]})


def signed_by_the_other_lms(stage: Stage) -> requests.Response:
    browser = Browser()
    state, nonce = stage.begin(browser)
    claims = stage.claims(nonce, lms=stage.other)
    return stage.finish(browser, {"state": state, "id_token": stage.sign(claims, lms=stage.other)})


def pretending_by_the_other_lms(stage: Stage) -> requests.Response:
    browser = Browser()
    state, nonce = stage.begin(browser)
    return stage.finish(browser, {"state": state, "id_token": stage.sign(stage.claims(nonce), lms=stage.other)})


def in_another_browser(stage: Stage) -> requests.Response:
    return stage.finish(Browser(), good(stage, Browser()))


def in_a_browser_with_a_login_of_its_own(stage: Stage) -> requests.Response:
    stranger = Browser()
    good(stage, stranger)
    return stage.finish(stranger, good(stage, Browser()))


def too_late(stage: Stage) -> requests.Response:
    browser = Browser()
    fields = good(stage, browser)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(login_states, "LIFETIME", -1)
        return stage.finish(browser, fields)


def switched_off_meanwhile(stage: Stage) -> requests.Response:
    browser = Browser()
    fields = good(stage, browser)
    stage.allow(enabled=False)
    return stage.finish(browser, fields)


def while_the_lms_is_down(stage: Stage) -> requests.Response:
    stage.forget_keys()
    browser = Browser()
    fields = good(stage, browser)
    stage.lms.faults("jwks", "500", times=2)
    try:
        return stage.finish(browser, fields)
    finally:
        stage.lms.clear_faults()
        stage.forget_keys()


def posted(**changed: str | None) -> Play:
    """A launch whose form has other fields."""

    def play(stage: Stage) -> requests.Response:
        browser = Browser()
        fields = {**good(stage, browser), **changed}
        return stage.finish(browser, {name: value for name, value in fields.items() if value is not None})

    return play


def by_method(method: str) -> Play:
    def play(stage: Stage) -> requests.Response:
        browser = Browser()
        return browser.send_to(method, f"{stage.url}/lti/launch", params=good(stage, browser))

    return play


def login(*further: tuple[str, str], **changed: str | None) -> Play:
    """A login, sent with other parameters, or with further ones."""

    def play(stage: Stage) -> requests.Response:
        fields = [*stage.login_form(**changed).items(), *further]
        return Browser().send_to("POST", f"{stage.url}/lti/login", data=fields)

    return play


def _way(name: str, play: Play, refused_for: str = "", status: int = 400, gets_in_as: str = "") -> Attempt:
    return Attempt("the way", name, play, gets_in_as, refused_for=refused_for, status=status)


WAYS = [
    _way("a login by POST", normal, gets_in_as="trainee"),
    _way("a login by GET", by_get, gets_in_as="trainee"),
    _way("two tabs, finished the other way round", second_visit, gets_in_as="trainee"),
    _way("right after the LMS changed its keys", after_new_keys, gets_in_as="trainee"),
    _way("sent twice", replayed, "LoginAttemptUsed"),
    _way("a good token after a bad one with the same state", replayed_after_a_refusal, "LoginAttemptUsed"),
    _way("a good token after rubbish with the same state", good_after_rubbish, gets_in_as="trainee"),
    _way("the state of another login", with_another_state, "wrong_nonce"),
    _way("the token of a launch that is done", token_of_an_earlier_launch, "wrong_nonce"),
    _way("an answer by another registered LMS", signed_by_the_other_lms, "unknown_key"),
    _way("another registered LMS that pretends", pretending_by_the_other_lms, "unknown_key"),
    _way("finished in a browser without our cookie", in_another_browser, "CookieRefused"),
    _way("finished in a browser that has begun another", in_a_browser_with_a_login_of_its_own, "LoginInOtherBrowser"),
    _way("finished too late", too_late, "LoginAttemptExpired"),
    _way("switched off between login and launch", switched_off_meanwhile, "PlatformUnknown"),
    _way("while the LMS does not give its keys", while_the_lms_is_down, "key_set_unavailable", 503),
    _way("no state", posted(state=None), "LoginAttemptUnknown"),
    _way("a state that was never given out", posted(state="never begun"), "LoginAttemptUnknown"),
    _way("a state that no database stores", posted(state="\x00\ud7ff"), "LoginAttemptUnknown"),
    _way("a state beyond all measure", posted(state="x" * 100_000), "LoginAttemptUnknown"),
    _way("no token", posted(id_token=None), "token_malformed"),
    _way("an error in place of a token", posted(error="login_required"), "LmsLoginNeeded"),
    _way("a launch by GET", by_method("GET"), "BadInput", 405),
    _way("a launch by PUT", by_method("PUT"), "BadInput", 405),
]  # fmt: skip

LOGINS = [
    Attempt("logins", name, play, refused_for=reason)
    for name, play, reason in (
        ("an issuer that nobody registered", login(iss="https://unknown.example"), "PlatformUnknown"),
        ("the issuer with a slash more", login(iss="https://lms.example/"), "PlatformUnknown"),
        ("a client that nobody registered", login(client_id="another"), "PlatformUnknown"),
        ("no issuer", login(iss=None), "LoginRefused"),
        ("nobody to log in", login(login_hint=None), "LoginRefused"),
        ("no target", login(target_link_uri=None), "LoginRefused"),
        ("two issuers", login(("iss", "https://other.example.com")), "LoginRefused"),
        ("two targets", login(("target_link_uri", "https://other.example.com")), "LoginRefused"),
        ("two clients", login(("client_id", "another")), "LoginRefused"),
        ("a target beyond all measure", login(target_link_uri="x" * 5000), "LoginRefused"),
        ("a hint with a line break", login(login_hint="4\r\nSet-Cookie: a=b"), "LoginRefused"),
        ("an issuer that no database stores", login(iss="https://lms.example/\x00"), "LoginRefused"),
    )
]

JOURNEYS = [*WAYS, *LOGINS]
