"""Turns checked claims into the values that the tool uses (LTI 1.3 Core, 5.3 and 5.4).

What says who comes and where is strict. What is only shown is lenient. A service is optional: one that is described
wrongly is not used, and keeps nobody out.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from lti_tool.lti.deep_linking.request import PickingSettings, read_settings
from lti_tool.lti.errors import ClaimMalformed, ClaimMissing
from lti_tool.lti.launch.claim_values import (
    LONG_TEXT_LIMIT,
    Claims,
    clean,
    optional_id,
    optional_object,
    optional_strings,
    optional_text,
    optional_url,
    required_id,
    required_strings,
    usable_id,
    usable_object,
    usable_strings,
    usable_url,
)
from lti_tool.lti.launch.claims import (
    AGS,
    DEEP_LINKING,
    GROUPS,
    LTI,
    NRPS,
    RESOURCE_LINK,
    SUBMISSION_REVIEW,
    Context,
    CourseGroups,
    ForUser,
    GradeServices,
    Launch,
    LaunchPresentation,
    NamesAndRoles,
    ResourceLink,
    ToolPlatform,
)
from lti_tool.lti.platform import Platform

Service = TypeVar("Service")

_SERVICES: Final = {AGS: "grades", NRPS: "members", GROUPS: "groups"}
"""What each service is called in the log."""


def read_message(claims: Claims, platform: Platform) -> Launch:
    """The launch that these claims describe, as an answer of this platform; raises ClaimMissing, ClaimMalformed."""
    faulty: list[str] = []
    return Launch(
        issuer=str(claims["iss"]),
        deployment_id=required_id(claims, LTI + "deployment_id"),
        message_type=str(claims[LTI + "message_type"]),
        target_link_uri=str(claims[LTI + "target_link_uri"]),
        subject=optional_id(claims, "sub"),
        roles=required_strings(claims, LTI + "roles"),
        name=optional_text(claims, "name"),
        given_name=optional_text(claims, "given_name"),
        family_name=optional_text(claims, "family_name"),
        email=optional_text(claims, "email"),
        locale=optional_text(claims, "locale"),
        context=_context(claims),
        resource_link=_resource_link(claims),
        ags=_service(claims, AGS, _ags, faulty),
        nrps=_service(claims, NRPS, _nrps, faulty),
        groups=_service(claims, GROUPS, _groups, faulty),
        for_user=_for_user(claims),
        custom=_custom(claims),
        launch_presentation=_launch_presentation(claims),
        tool_platform=_tool_platform(claims),
        picking=_picking(claims, platform),
        faulty_services=tuple(faulty),
    )


def _context(claims: Claims) -> Context | None:
    context = optional_object(claims, LTI + "context")
    if context is None:
        return None
    return Context(
        id=_id_in(context, "context"),
        title=optional_text(context, "title"),
        label=optional_text(context, "label"),
        types=usable_strings(context, "type"),
    )


def _resource_link(claims: Claims) -> ResourceLink | None:
    link = optional_object(claims, LTI + "resource_link")
    if link is None:
        if claims[LTI + "message_type"] == RESOURCE_LINK:
            raise ClaimMissing("resource_link")
        return None
    return ResourceLink(
        id=_id_in(link, "resource_link"),
        title=optional_text(link, "title"),
        description=optional_text(link, "description", LONG_TEXT_LIMIT),
    )


def _picking(claims: Claims, platform: Platform) -> PickingSettings | None:
    if claims[LTI + "message_type"] != DEEP_LINKING:
        return None
    # Keys come over plain http in development only, so only there may an answer go that way, too.
    return read_settings(claims, insecure_loopback=platform.jwks_url.startswith("http:"))


def _id_in(claim: Claims, name: str) -> str:
    return required_id({f"{name}.id": claim.get("id")}, f"{name}.id")


def _service(claims: Claims, name: str, read: Callable[[Claims], Service | None], faulty: list[str]) -> Service | None:
    """The service that this claim offers; None where there is none, and where it is faulty, which is then noted."""
    try:
        offered = optional_object(claims, name)
        return None if offered is None else read(offered)
    except ClaimMalformed as fault:
        faulty.append(f"{_SERVICES[name]} ({fault.where})")
        return None


def _ags(offered: Claims) -> GradeServices:
    return GradeServices(
        lineitem=optional_url(offered, "lineitem"),
        lineitems=optional_url(offered, "lineitems"),
        scopes=optional_strings(offered, "scope"),
    )


def _nrps(offered: Claims) -> NamesAndRoles | None:
    url = optional_url(offered, "context_memberships_url")
    return None if url is None else NamesAndRoles(url=url, versions=usable_strings(offered, "service_versions"))


def _groups(offered: Claims) -> CourseGroups | None:
    url = optional_url(offered, "context_groups_url")
    return None if url is None else CourseGroups(url)


def _for_user(claims: Claims) -> ForUser | None:
    if claims[LTI + "message_type"] != SUBMISSION_REVIEW:
        return None
    person = optional_object(claims, LTI + "for_user")
    if person is None:
        return None  # Moodle opens a whole column like this
    user_id = required_id({"for_user.user_id": person.get("user_id")}, "for_user.user_id")
    parts = (optional_text(person, name) for name in ("given_name", "family_name"))
    return ForUser(user_id, optional_text(person, "name") or " ".join(filter(None, parts)) or None)


def _custom(claims: Claims) -> dict[str, str]:
    given = usable_object(claims, LTI + "custom")
    texts = {
        name: str(value)
        for name, value in given.items()
        if isinstance(value, str | int) and not isinstance(value, bool)  # Canvas sends its ids as numbers
    }
    return {clean(name): clean(value) for name, value in texts.items()}


def _launch_presentation(claims: Claims) -> LaunchPresentation:
    presentation = usable_object(claims, LTI + "launch_presentation")
    return LaunchPresentation(
        return_url=usable_url(presentation, "return_url"),
        locale=optional_text(presentation, "locale"),
        document_target=optional_text(presentation, "document_target"),
    )


def _tool_platform(claims: Claims) -> ToolPlatform:
    instance = usable_object(claims, LTI + "tool_platform")
    return ToolPlatform(
        guid=usable_id(instance, "guid"),
        name=optional_text(instance, "name"),
        product=optional_text(instance, "product_family_code"),
    )
