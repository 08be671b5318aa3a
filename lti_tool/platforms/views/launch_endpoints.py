"""The endpoints that platforms call: login, launch and key set (Security Framework 1.0, 5.1; LTI Core 1.3)."""

import logging
import secrets

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import MethodNotAllowed

from lti_tool.database import now
from lti_tool.errors import SessionEnded
from lti_tool.lti.errors import UNSIGNED, KeySetUnavailable, LaunchRefused, ServiceFailed
from lti_tool.lti.launch.claims import DEEP_LINKING, RESOURCE_LINK, SUBMISSION_REVIEW
from lti_tool.lti.launch.login import LoginRequest, authorization_url
from lti_tool.lti.launch.verification import Launch as LaunchMessage
from lti_tool.lti.launch.verification import named_deployment, verify_launch
from lti_tool.platforms.errors import (
    CookieRefused,
    LaunchNotValid,
    LoginInOtherBrowser,
    LoginRefused,
    PlatformUnreachable,
)
from lti_tool.platforms.launches.creation import Browser, open_launch
from lti_tool.platforms.launches.login_attempts import (
    BegunLogin,
    ExpectedAnswer,
    awaited_secret,
    begin_login,
    expected_answer,
    hash_secret,
    refuse_used,
    use_login,
)
from lti_tool.platforms.launches.login_states import LoginAttempt
from lti_tool.platforms.registrations.clients import find_client
from lti_tool.platforms.views.login_errors import login_error
from lti_tool.web.application import own_transactions, parts
from lti_tool.web.session import browser_hash, remember_registration, takes_cookies, try_cookies

log = logging.getLogger("lti_tool.launches")
blueprint = Blueprint("lti", __name__, template_folder="../templates")


@blueprint.route("/lti/login", methods=["GET", "POST"])
@own_transactions
def login() -> ResponseReturnValue:
    """Begin a login (Security Framework 1.0, 5.1.1.1) and send the browser to the platform.

    In a frame in which the browser has not yet shown that it keeps our cookie, a page finds out first what works:
    the platform can be asked once only.
    """
    try:
        wanted = LoginRequest.from_params(request.values)
    except LaunchRefused as refused:
        raise LoginRefused(str(refused)) from refused
    asked_by_page = request.accept_mimetypes.best == "application/json"
    if not takes_cookies() and (asked_by_page or _in_frame()):
        return jsonify(onward=None) if asked_by_page else _find_out_what_works(wanted)
    with parts().database.transaction(write=False) as session:
        begun = begin_login(session, parts().login_states, wanted, browser_hash(create=True))
    onward = _authorization_url(wanted, begun)
    if asked_by_page:
        return jsonify(onward=onward)
    return render_template("platforms/onward.html", onward=onward) if "own_tab" in request.form else redirect(onward)


@blueprint.get("/lti/launch")
@own_transactions
def launch_address() -> ResponseReturnValue:
    """An LMS that cannot post its error puts it into the address; nothing else comes by GET."""
    if "error" in request.args:
        raise login_error(request.args["error"])
    raise MethodNotAllowed(["POST"])


@blueprint.post("/lti/launch")
@own_transactions
def launch() -> ResponseReturnValue:
    """Finish a login, check the id_token and show what the resource link opens.

    Where the platform keeps the browser's secret, a page fetches it and sends everything once more.
    """
    if "error" in request.form:
        raise login_error(request.form["error"])
    state, id_token = request.form.get("state", ""), request.form.get("id_token", "")
    held, proof = "proof" in request.form, request.form.get("proof", "")
    attempt = parts().login_states.open(state)
    remember_registration(attempt.registration_id)
    try:
        browser = hash_secret(proof) if held else _browser()
        with parts().database.transaction(write=False) as session:
            expected = expected_answer(session, attempt, browser, named_deployment(id_token))
    except LoginInOtherBrowser:
        if (asking := _fetch_the_secret(attempt, state, id_token)) is None:
            raise
        return asking
    message = _check(id_token, expected, state)
    for fault in message.faulty_services:
        log.warning("registration %s: a service is switched off: %s", expected.client.registration_id, fault)
    with parts().database.transaction() as session:
        use_login(session, state)
        here, lifetimes, seal = Browser(browser, _computer(browser)), parts().lifetimes, parts().return_addresses
        opened = open_launch(session, expected, message, here, lifetimes=lifetimes, return_addresses=seal)
        for listener in parts().on_arrival:
            listener(session, opened, message)
        endpoint, values = parts().activities.page_of(
            session, opened, is_review=message.message_type == SUBMISSION_REVIEW
        )
        page = url_for(endpoint, launch_id=opened.id, **values)
    return jsonify(page=page) if held else redirect(page, 303)


@blueprint.get("/lti/jwks")
@own_transactions
def jwks() -> ResponseReturnValue:
    """The tool's public keys (RFC 7517)."""
    answer = jsonify(parts().tool_keys.public())
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@blueprint.get("/activities/", defaults={"activity": ""}, strict_slashes=False)
@blueprint.get("/activities/<path:activity>")
@own_transactions
def activity(activity: str) -> ResponseReturnValue:  # noqa: ARG001
    """Where a resource link points; opened without an LMS it can only say where it belongs."""
    return render_template("platforms/outside.html")


def _in_frame() -> bool:
    """Whether this page stands in another; a browser that does not say so is taken for one, a program is not."""
    where = request.headers.get("Sec-Fetch-Dest")
    return where != "document" if where else "text/html" in request.headers.get("Accept", "")


def _find_out_what_works(wanted: LoginRequest) -> Response:
    secret = secrets.token_urlsafe(32)
    begun = None
    with parts().database.transaction(write=False) as session:
        find_client(session, wanted.issuer, wanted.client_id)
        if wanted.storage_target:
            begun = begin_login(session, parts().login_states, wanted, hash_secret(secret), wanted.storage_target)
    page = render_template(
        "platforms/opening.html",
        fields=wanted.as_params(),
        stored=begun and begun.stored,
        secret=secret if begun else "",
        onward=_authorization_url(wanted, begun) if begun else "",
    )
    return try_cookies(make_response(page))


def _fetch_the_secret(attempt: LoginAttempt, state: str, id_token: str) -> str | None:
    with parts().database.transaction(write=False) as session:
        stored = None if "proof" in request.form else awaited_secret(session, attempt, state)
    if stored is None:
        return None
    return render_template("platforms/proving.html", stored=stored, fields={"state": state, "id_token": id_token})


def _authorization_url(wanted: LoginRequest, begun: BegunLogin) -> str:
    return authorization_url(
        begun.platform,
        wanted,
        state=begun.state,
        nonce=begun.nonce,
        redirect_uri=f"{parts().base_url}/lti/launch",
    )


def _browser() -> str:
    try:
        return browser_hash()
    except SessionEnded:
        raise CookieRefused("no cookie") from None


def _computer(browser: str) -> str:
    """What is the same for all launches of one browser: its cookie's secret, else a name that its LMS keeps for us."""
    name = request.form.get("computer", "") if "proof" in request.form else ""
    return hash_secret(name) if name else browser


def _check(id_token: str, expected: ExpectedAnswer, state: str) -> LaunchMessage:
    try:
        return verify_launch(
            id_token,
            platform=expected.client.platform,
            nonce=expected.nonce,
            deployments=expected.client.deployments,
            target_link_uri=expected.target_link_uri,
            keys=parts().platform_keys,
            now=now(),
            message_types=(RESOURCE_LINK, DEEP_LINKING, SUBMISSION_REVIEW),
            trusted_audiences=expected.client.trusted_audiences,
            allow_anonymous=expected.client.allows_anonymous,
        )
    except (KeySetUnavailable, ServiceFailed) as failed:
        raise PlatformUnreachable(str(failed)) from failed
    except LaunchRefused as refused:
        # A login is answered once, rightly or wrongly. The back button answers a second time with an old token: that
        # it was used is what people are told, and not that it is old. What no platform signed uses nothing up, and
        # writes nothing: anybody can send that.
        with parts().database.transaction(write=not isinstance(refused, UNSIGNED)) as session:
            refuse_used(session, state) if isinstance(refused, UNSIGNED) else use_login(session, state)
        raise LaunchNotValid(str(refused)) from refused
