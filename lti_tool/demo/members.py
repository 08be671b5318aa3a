"""The members of the course (Names and Role Provisioning Services 2.0, section 2)."""

from collections.abc import Collection
from html import escape
from typing import Any

from lti_tool.demo.claims import LTI, groups_url, memberships_url
from lti_tool.demo.config import DemoConfig
from lti_tool.demo.course import BY_LINK_ID, context_claim
from lti_tool.demo.errors import ServiceRefused
from lti_tool.demo.people import MEMBERSHIP, Person, Role, members

SHORT_ROLE = {Role.TRAINEE: "Learner", Role.TRAINER: "Instructor"}


def memberships(
    config: DemoConfig,
    role: str | None,
    link_id: str | None,
    start: int = 0,
    limit: int | None = None,
    *,
    away: Collection[str] = (),
    non_editing: Collection[str] = (),
    with_groups: bool = False,
) -> tuple[dict[str, Any], int | None]:
    """The membership container from member `start` on, and where the next page begins (None at the end).

    `role` is a short name or the whole URI. Raises ServiceRefused (404) for a link that does not exist.
    """
    if link_id is not None and link_id not in BY_LINK_ID:
        raise ServiceRefused(404, f"Not Found: LTI link {link_id} doesn't exist")
    enrolled = [person for person in members(with_class=config.with_class) if person.key not in away]
    listed = {person.key: "Learner" if person.key in non_editing else SHORT_ROLE[person.role] for person in enrolled}
    found = [person for person in enrolled if role is None or listed[person.key] == role.removeprefix(MEMBERSHIP)]
    end = len(found) if not limit else start + limit
    context = {key: value for key, value in context_claim().items() if key != "type"}
    container = {
        "id": memberships_url(config),
        "context": context,
        "members": [
            {
                **_member(person, listed[person.key], link_id is not None),
                **(_groups(config, person) if with_groups else {}),
            }
            for person in found[start:end]
        ],
    }
    return container, end if end < len(found) else None


def groups(config: DemoConfig) -> dict[str, Any]:
    """The groups of the course (Course Groups Service 1.0, section 4)."""
    return {"id": groups_url(config), "groups": [{"id": group.id, "name": group.name} for group in config.groups]}


def _groups(config: DemoConfig, person: Person) -> dict[str, Any]:
    return {"group_enrollments": [{"group_id": group.id} for group in config.groups if person.key in group.people]}


def _member(person: Person, role: str, with_message: bool) -> dict[str, Any]:
    message = {"message": [{f"{LTI}message_type": "LtiResourceLinkRequest"}]} if with_message else {}
    return {
        "status": "Active",
        "roles": [role],
        **message,
        "user_id": person.id,
        "lis_person_sourcedid": person.sourced_id,
        # Names are written for HTML here, and plainly in launches.
        "name": escape(person.name, quote=False),
        "given_name": escape(person.given_name, quote=False),
        "family_name": escape(person.family_name, quote=False),
        "email": person.email,
        "ext_user_username": person.key,
    }
