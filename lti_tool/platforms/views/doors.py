"""The platforms' doors: login, launch and the tool's key set (Security Framework 1.0, 5.1; LTI Core 1.3)."""

from flask import Blueprint, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lti_tool import errors
from lti_tool.database import now
from lti_tool.lti.errors import KeySetUnavailable, LaunchRefused, ServiceFailed
from lti_tool.lti.launch import Launch as LaunchMessage
from lti_tool.lti.launch import verify_launch
from lti_tool.lti.login import LoginRequest, authorization_url
from lti_tool.platforms.launching import open_launch
from lti_tool.platforms.logging_in import FinishedLogin, begin_login, finish_login
from lti_tool.web.application import own_transactions, parts
from lti_tool.web.landing import page_of
from lti_tool.web.session import browser_hash

blueprint = Blueprint("lti", __name__, template_folder="../templates")


@blueprint.route("/lti/login", methods=["GET", "POST"])
@own_transactions
def login() -> ResponseReturnValue:
    """Begin a login (Security Framework 1.0, 5.1.1.1) and send the browser to the platform."""
    try:
        wanted = LoginRequest.from_params(request.values)
    except LaunchRefused as refused:
        raise errors.LoginRefused(str(refused)) from refused
    with parts().database.transaction() as session:
        begun = begin_login(session, wanted, browser_hash(create=True))
    return redirect(
        authorization_url(
            begun.platform,
            wanted,
            state=begun.state,
            nonce=begun.nonce,
            redirect_uri=f"{parts().base_url}/lti/launch",
        )
    )


@blueprint.post("/lti/launch")
@own_transactions
def launch() -> ResponseReturnValue:
    """Finish a login, check the id_token and show what the resource link opens."""
    if "error" in request.form:
        raise errors.LoginRefused("platform: " + request.form["error"][:40])
    browser = _browser()
    with parts().database.transaction() as session:
        begun = finish_login(session, request.form.get("state", ""), browser)
    message = _check(request.form.get("id_token", ""), begun)
    with parts().database.transaction() as session:
        opened = open_launch(session, begun, message, browser, parts().launch_lifetime)
        for listener in parts().on_arrival:
            listener(session, opened, message)
        page = page_of(opened.id, opened.activity, opened.role)
    return redirect(page, 303)


@blueprint.get("/lti/jwks")
@own_transactions
def jwks() -> ResponseReturnValue:
    """The tool's public keys (RFC 7517)."""
    answer = jsonify(parts().tool_keys.public())
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@blueprint.get("/activities/<path:activity>")
@own_transactions
def activity(activity: str) -> ResponseReturnValue:  # noqa: ARG001
    """Where a resource link points; opened without an LMS it can only say where it belongs."""
    return render_template("platforms/outside.html")


def _browser() -> str:
    try:
        return browser_hash()
    except errors.SessionEnded:
        raise errors.LoginInOtherBrowser("no cookie") from None


def _check(id_token: str, begun: FinishedLogin) -> LaunchMessage:
    try:
        return verify_launch(
            id_token,
            platform=begun.platform,
            nonce=begun.nonce,
            deployments=begun.deployments,
            target_link_uri=begun.target_link_uri,
            keys=parts().platform_keys,
            now=now(),
        )
    except (KeySetUnavailable, ServiceFailed) as failed:
        raise errors.PlatformUnreachable(str(failed)) from failed
    except LaunchRefused as refused:
        raise errors.LaunchNotValid(str(refused)) from refused
