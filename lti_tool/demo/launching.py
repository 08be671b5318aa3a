"""A launch from the platform's side: begin a login, then answer the tool's authentication request.

LTI Security Framework 1.0, section 5.1.1 (third-party initiated login), in Moodle 4.5's order of checks.
"""

import json
import secrets
import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from lti_tool.demo import keys, messages, submission_review
from lti_tool.demo.added import find_activity
from lti_tool.demo.claims import LTI, launch_claims, target_link_uri
from lti_tool.demo.config import DemoConfig
from lti_tool.demo.course import DESK, Activity
from lti_tool.demo.deep_linking import HINT, picking_claims
from lti_tool.demo.errors import AuthenticationRefused, InvalidRequest
from lti_tool.demo.models import LaunchHint
from lti_tool.demo.people import BY_ID, Person
from lti_tool.demo.storage import storage_target

HINT_SECONDS = 24 * 3600
REQUIRED = ("scope", "response_type", "client_id", "redirect_uri", "login_hint", "nonce")


def begin_launch(
    session: Session, config: DemoConfig, person: Person, activity: Activity, document_target: str = "iframe"
) -> dict[str, str]:
    """Return the fields of the form that opens the tool's login address; the message hint works once."""
    now = time.time()
    session.execute(delete(LaunchHint).where(LaunchHint.created_at < now - HINT_SECONDS))
    hint = LaunchHint(
        launch_id=f"ltilaunch{activity.link_id}_{secrets.token_hex(8)}",
        user_id=person.id,
        activity=activity.key,
        document_target=document_target,
        created_at=now,
    )
    session.add(hint)
    form = {
        "iss": config.issuer,
        "target_link_uri": target_link_uri(config, activity),
        "login_hint": person.id,
        "lti_message_hint": json.dumps(
            {"cmid": int(activity.link_id), "launchid": hint.launch_id}, separators=(",", ":")
        ),
        "client_id": config.client_id,
        "lti_deployment_id": config.deployment_id,
    }
    target = storage_target(session)
    if target and document_target == "iframe":
        form["lti_storage_target"] = target
    messages.record(session, "login", f"{person.name} opens “{activity.title}”", {"form": form})
    return form


def redeem_hint(session: Session, asked: Mapping[str, str]) -> LaunchHint:
    """Take the launch that an authentication request names, so that it cannot be used again.

    Raises InvalidRequest where Moodle shows its own page. Commit before going on: the hint is spent even if
    the rest of the request is wrong.
    """
    if not all(asked.get(name) for name in REQUIRED):
        raise InvalidRequest
    if asked["scope"] != "openid" or asked["response_type"] != "id_token":
        raise InvalidRequest
    hint = session.get(LaunchHint, _launch_id(asked.get("lti_message_hint", "")))
    if hint is None:
        raise InvalidRequest
    session.delete(hint)
    return hint


def authenticate(session: Session, config: DemoConfig, hint: LaunchHint, asked: Mapping[str, str]) -> dict[str, str]:
    """Return the fields to post to the tool: `id_token` and `state`, or `error` and `state`.

    Raises InvalidRequest for a redirect address that we do not know: nothing is ever sent there.
    """
    if asked["redirect_uri"] != config.redirect_uri:
        raise InvalidRequest
    state = asked.get("state", "")
    try:
        answer = {"id_token": _id_token(session, config, hint, asked)}
    except AuthenticationRefused as refusal:
        answer = {"error": refusal.error}
        if refusal.description:
            answer["error_description"] = refusal.description
        _record_refusal(session, asked, refusal)
    return {**answer, "state": state}


def _launch_id(message_hint: str) -> str:
    try:
        fields: Any = json.loads(message_hint)
        return str(fields["launchid"])
    except (ValueError, TypeError, KeyError):
        raise InvalidRequest from None


def _id_token(session: Session, config: DemoConfig, hint: LaunchHint, asked: Mapping[str, str]) -> str:
    _check(config, hint, asked)
    person = BY_ID[hint.user_id]
    if hint.activity.startswith(HINT):
        return _picking_token(session, config, person, hint, asked)
    if hint.activity.startswith(submission_review.HINT):
        return _review_token(session, config, person, hint, asked)
    activity = find_activity(session, hint.activity)
    if activity is None:
        raise AuthenticationRefused("access_denied")
    claims = launch_claims(
        session, config, person, activity, nonce=asked["nonce"], document_target=hint.document_target
    )
    token = keys.sign(session, claims)
    detail = {"asked": dict(asked), "claims": claims}
    messages.record(session, "id_token", f"{person.name} is let into “{activity.title}”", detail)
    return token


def _picking_token(
    session: Session, config: DemoConfig, person: Person, hint: LaunchHint, asked: Mapping[str, str]
) -> str:
    claims = launch_claims(session, config, person, DESK, nonce=asked["nonce"], document_target="iframe")
    del claims[f"{LTI}resource_link"], claims[f"{LTI}custom"]
    claims |= picking_claims(config, person, hint.activity.removeprefix(HINT))
    detail = {"asked": dict(asked), "claims": claims}
    messages.record(session, "id_token", f"{person.name} is let into the picker", detail)
    return keys.sign(session, claims)


def _review_token(
    session: Session, config: DemoConfig, person: Person, hint: LaunchHint, asked: Mapping[str, str]
) -> str:
    claims = launch_claims(session, config, person, DESK, nonce=asked["nonce"], document_target="window")
    claims |= submission_review.review_claims(session, config, hint.activity)
    claims = {name: value for name, value in claims.items() if value is not None}
    detail = {"asked": dict(asked), "claims": claims}
    messages.record(session, "id_token", f"{person.name} is let into somebody's work", detail)
    return keys.sign(session, claims)


def _check(config: DemoConfig, hint: LaunchHint, asked: Mapping[str, str]) -> None:
    if asked["client_id"] != config.client_id:
        raise AuthenticationRefused("unauthorized_client")
    if asked["login_hint"] != hint.user_id:
        raise AuthenticationRefused("access_denied")
    if asked.get("response_mode") != "form_post":
        raise AuthenticationRefused("invalid_request", "Invalid response_mode")
    if asked.get("prompt", "none") != "none":
        raise AuthenticationRefused("invalid_request", "Invalid prompt")


def _record_refusal(session: Session, asked: Mapping[str, str], refusal: AuthenticationRefused) -> None:
    detail = {"asked": dict(asked), "error": refusal.error, "error_description": refusal.description}
    messages.record(session, "id_token", f"Login refused: {refusal.error}", detail, status=400)
