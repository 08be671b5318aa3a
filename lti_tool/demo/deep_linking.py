"""The platform's side of Deep Linking 2.0: opens the tool's picker and takes its signed answer, once."""

import json
import secrets
import time
from typing import Any

import jwt
from sqlalchemy import delete
from sqlalchemy.orm import Session

from lti_tool.demo import messages
from lti_tool.demo.added import add_link
from lti_tool.demo.claims import LTI
from lti_tool.demo.config import DemoConfig
from lti_tool.demo.course import COURSE_ID, context_claim
from lti_tool.demo.errors import AnswerRefused, TokenRefused
from lti_tool.demo.models import AddedLink, LaunchHint, Picking
from lti_tool.demo.people import Person
from lti_tool.demo.storage import storage_target
from lti_tool.demo.tokens import tool_key

DL = "https://purl.imsglobal.org/spec/lti-dl/claim/"
HINT = "picking:"
"""What a launch hint names instead of an activity."""
PICKING_SECONDS = 24 * 3600
RESPONSE = "LtiDeepLinkingResponse"


def begin_picking(session: Session, config: DemoConfig, person: Person, course_id: str = COURSE_ID) -> dict[str, str]:
    """Return the fields of the form that opens the tool's login address for its picker."""
    now = time.time()
    session.execute(delete(Picking).where(Picking.created_at < now - PICKING_SECONDS))
    token = secrets.token_urlsafe(12)
    session.add(Picking(token=token, user_id=person.id, course_id=course_id, created_at=now))
    hint = LaunchHint(
        launch_id=f"ltipicking_{token}",
        user_id=person.id,
        activity=HINT + token,
        document_target="iframe",
        created_at=now,
    )
    session.add(hint)
    messages.record(session, "login", f"{person.name} opens the picker", {"course": course_id})
    target = storage_target(session)
    return {
        **({"lti_storage_target": target} if target else {}),
        "iss": config.issuer,
        "target_link_uri": f"{config.tool_url}/activities/course",
        "login_hint": person.id,
        "lti_message_hint": json.dumps({"launchid": hint.launch_id}, separators=(",", ":")),
        "client_id": config.client_id,
        "lti_deployment_id": config.deployment_id,
    }


def picking_claims(config: DemoConfig, person: Person, token: str) -> dict[str, Any]:
    """What a deep linking request says beside the claims that every launch has, as Moodle 4.5 sends it."""
    return {
        f"{LTI}message_type": "LtiDeepLinkingRequest",
        f"{LTI}target_link_uri": f"{config.tool_url}/activities/course",
        f"{LTI}context": context_claim(),
        f"{DL}deep_linking_settings": {
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["frame", "iframe", "window"],
            "accept_multiple": True,
            "accept_lineitem": True,
            "accept_copy_advice": False,
            "accept_unsigned": False,
            "auto_create": False,
            "can_confirm": False,
            "deep_link_return_url": f"{config.issuer}/as/{person.key}/add/return?token={token}",
            "title": "Partnerwise",
            "text": "",
            "data": token,
        },
    }


def read_answer(config: DemoConfig, answer: str) -> dict[str, Any]:
    """The claims of the tool's answer, once its signature is proved. Fetches the tool's keys. Raises AnswerRefused."""
    try:
        kid = jwt.get_unverified_header(answer).get("kid", "")
        claims: dict[str, Any] = jwt.decode(
            answer,
            tool_key(config, kid),
            algorithms=["RS256"],
            audience=config.issuer,
            issuer=config.client_id,
            options={"require": ["exp", "iat", "aud", "iss", "nonce"]},
        )
    except (jwt.InvalidTokenError, TokenRefused) as problem:
        raise AnswerRefused(f"The answer is not the tool's: {problem}") from None
    if claims.get(f"{LTI}message_type") != RESPONSE or claims.get(f"{LTI}version") != "1.3.0":
        raise AnswerRefused("The answer is of another kind.")
    if claims.get(f"{LTI}deployment_id") != config.deployment_id:
        raise AnswerRefused("The answer is for another deployment.")
    return claims


def take_answer(session: Session, person: Person, token: str, claims: dict[str, Any]) -> list[AddedLink]:
    """Add what was picked to the course page. Raises AnswerRefused for a picker that is not open."""
    picking = session.get(Picking, token)
    if picking is None or picking.user_id != person.id or claims.get(f"{DL}data") != token:
        raise AnswerRefused("This picker was answered before, or it is somebody else's.")
    session.delete(picking)
    items = claims.get(f"{DL}content_items", [])
    detail = {"claims": claims}
    messages.record(session, "picked", f"{person.name} has picked {len(items)} in Partnerwise", detail)
    return [add_link(session, picking.course_id, item) for item in items if item.get("type") == "ltiResourceLink"]
