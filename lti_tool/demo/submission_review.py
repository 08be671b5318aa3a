"""From the gradebook to one person's work in the tool (Submission Review 1.0), as Moodle 4.5 words it."""

import json
import secrets
import time
from typing import Any

from sqlalchemy.orm import Session

from lti_tool.demo import messages
from lti_tool.demo.added import FIRST_LINK, PREFIX, find_activity
from lti_tool.demo.claims import AGS, AGS_SCOPES, LTI, target_link_uri
from lti_tool.demo.config import DemoConfig
from lti_tool.demo.course import BY_LINK_ID, Activity
from lti_tool.demo.line_items import container_url, get_line_item, line_item_url
from lti_tool.demo.models import LaunchHint, LineItem
from lti_tool.demo.people import Person

HINT = "review:"
"""What a launch hint names instead of an activity: this, the column and whose work."""


def begin_review(
    session: Session, config: DemoConfig, viewer: Person, item_id: int, whose: Person | None
) -> dict[str, str]:
    """Return the fields of the form that opens the tool's login address for this person's work.

    From a column's own menu nobody's work is asked for: Moodle then sends a review without `for_user`.
    """
    item = get_line_item(session, item_id)
    hint = LaunchHint(
        launch_id=f"ltireview_{secrets.token_hex(8)}",
        user_id=viewer.id,
        activity=f"{HINT}{item.id}:{whose.id if whose else ''}",
        document_target="window",
        created_at=time.time(),
    )
    session.add(hint)
    work = f"{whose.name}'s work" if whose else "the column"
    messages.record(session, "login", f"{viewer.name} opens {work}, “{item.label}”", {"column": item.id})
    return {
        "iss": config.issuer,
        "target_link_uri": _target(session, config, item),
        "login_hint": viewer.id,
        "lti_message_hint": json.dumps({"launchid": hint.launch_id}, separators=(",", ":")),
        "client_id": config.client_id,
        "lti_deployment_id": config.deployment_id,
    }


def review_claims(session: Session, config: DemoConfig, hint: str) -> dict[str, Any]:
    """What a review says in place of the claims of a launch; None where it leaves one out."""
    item_id, user_id = hint.removeprefix(HINT).split(":")
    item = get_line_item(session, int(item_id))
    activity = _activity_of(session, item)
    services = {"scope": AGS_SCOPES, "lineitems": container_url(config), "lineitem": line_item_url(config, item.id)}
    return {
        f"{LTI}message_type": "LtiSubmissionReviewRequest",
        f"{LTI}target_link_uri": _target(session, config, item),
        f"{LTI}for_user": {"user_id": user_id} if user_id else None,
        f"{LTI}resource_link": {"id": activity.link_id, "title": activity.title} if activity else None,
        f"{LTI}custom": None,
        f"{AGS}claim/endpoint": services,
    }


def _target(session: Session, config: DemoConfig, item: LineItem) -> str:
    """The tool's own address for this column, else that of the column's link, else the tool's launch address."""
    activity = _activity_of(session, item)
    return item.review_url or (target_link_uri(config, activity) if activity else f"{config.tool_url}/lti/launch")


def _activity_of(session: Session, item: LineItem) -> Activity | None:
    link_id = item.link_id or ""
    if link_id in BY_LINK_ID or not link_id.isdigit():
        return BY_LINK_ID.get(link_id)
    return find_activity(session, f"{PREFIX}{int(link_id) - FIRST_LINK}")
