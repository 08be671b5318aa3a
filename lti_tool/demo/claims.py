"""The claims of a launch, as Moodle 4.5 sends them (LTI Core 1.3, section 5.3 and 5.4)."""

import time
from typing import Any

from sqlalchemy.orm import Session

from lti_tool.demo.added import course_claim, filled_in
from lti_tool.demo.config import DemoConfig
from lti_tool.demo.course import COURSE_ID, COURSE_SOURCED_ID, Activity
from lti_tool.demo.line_items import container_url, launch_line_item, line_item_url
from lti_tool.demo.people import Person
from lti_tool.demo.switched_roles import claimed_roles

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/"
AGS_SCOPES = [f"{AGS}scope/{name}" for name in ("lineitem", "lineitem.readonly", "result.readonly", "score")]
GROUPS = "https://purl.imsglobal.org/spec/lti-gs/"
GROUPS_SCOPE = f"{GROUPS}scope/contextgroup.readonly"
NRPS_SCOPE = f"{NRPS}scope/contextmembership.readonly"
ID_TOKEN_SECONDS = 60


def target_link_uri(config: DemoConfig, activity: Activity) -> str:
    """The page of the tool that an activity asks for."""
    return activity.url or f"{config.tool_url}/activities/{activity.path}"


def memberships_url(config: DemoConfig) -> str:
    """Where the members of the course are listed."""
    return f"{config.issuer}/lti/services/CourseSection/{COURSE_ID}/bindings/{config.deployment_id}/memberships"


def groups_url(config: DemoConfig) -> str:
    """Where the groups of the course are listed."""
    return f"{config.issuer}/lti/services/CourseSection/{COURSE_ID}/bindings/{config.deployment_id}/groups"


def launch_claims(
    session: Session,
    config: DemoConfig,
    person: Person,
    activity: Activity,
    *,
    nonce: str,
    document_target: str,
) -> dict[str, Any]:
    """All claims of a resource link launch; `document_target` is "iframe" or "window"."""
    now = int(time.time())
    return {
        "nonce": nonce,
        "iat": now,
        "exp": now + ID_TOKEN_SECONDS,
        "iss": config.issuer,
        "aud": config.client_id,
        "sub": person.id,
        **_person_claims(person),
        f"{LTI}version": "1.3.0",
        f"{LTI}message_type": "LtiResourceLinkRequest",
        f"{LTI}deployment_id": config.deployment_id,
        f"{LTI}target_link_uri": target_link_uri(config, activity),
        f"{LTI}roles": claimed_roles(session, person),
        f"{LTI}context": course_claim(session, activity),
        f"{LTI}resource_link": {
            "id": activity.link_id,
            "title": activity.title,
            "description": activity.intro,
        },
        f"{LTI}lis": {
            "person_sourcedid": person.sourced_id,
            "course_section_sourcedid": COURSE_SOURCED_ID,
        },
        f"{LTI}launch_presentation": _presentation(config, person, document_target),
        f"{LTI}tool_platform": _platform(config),
        f"{LTI}ext": {"user_username": person.key, "lms": "demo-1"},
        f"{LTI}custom": {**_custom(config, activity), **filled_in(session, activity)},
        **_service_claims(session, config, activity),
    }


def _person_claims(person: Person) -> dict[str, str]:
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "name": person.name,
        "email": person.email,
    }


def _presentation(config: DemoConfig, person: Person, document_target: str) -> dict[str, str]:
    return_url = f"{config.issuer}/as/{person.key}/return"
    return {"locale": "en", "document_target": document_target, "return_url": return_url}


def _platform(config: DemoConfig) -> dict[str, str]:
    return {
        "product_family_code": config.product,
        "version": "1",
        "guid": "partnerwise-demo-lms",
        "name": "Demo LMS",
        "description": "A small LMS to try Partnerwise in",
    }


def _custom(config: DemoConfig, activity: Activity) -> dict[str, str]:
    """Our own parameter, and what Moodle leaves in: a variable that is empty, one that it does not know."""
    return {
        "activity": activity.path,
        "context_history": "",
        "available_end": "$ResourceLink.available.endDateTime",
        "context_memberships_url": memberships_url(config),
    }


def _service_claims(session: Session, config: DemoConfig, activity: Activity) -> dict[str, Any]:
    if activity.course_id != COURSE_ID:
        return {}  # a copy of the course has no gradebook here
    endpoint: dict[str, Any] = {"scope": AGS_SCOPES, "lineitems": container_url(config)}
    item = launch_line_item(session, activity)
    if item is not None:
        endpoint["lineitem"] = line_item_url(config, item.id)
    names_and_roles = {"context_memberships_url": memberships_url(config), "service_versions": ["1.0", "2.0"]}
    offered = {f"{AGS}claim/endpoint": endpoint, f"{NRPS}claim/namesroleservice": names_and_roles}
    if config.groups:
        groups = {"scope": [GROUPS_SCOPE], "context_groups_url": groups_url(config), "service_versions": ["1.0"]}
        offered[f"{GROUPS}claim/groupsservice"] = groups
    return offered
