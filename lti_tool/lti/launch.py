"""Verifies an id_token, or refuses it (LTI 1.3 Core, 5.3; Security Framework 1.0, 5.1.3).

The rules for each kind of message come from pylti1p3. Its own token check is not used: it accepts replayed
tokens, tokens of another login or another registered platform, and tokens without times.
"""

from collections.abc import Collection, Container
from datetime import datetime

from pylti1p3.exception import LtiException
from pylti1p3.message_validators import get_validators

from lti_tool.lti.checks import check_nonce, check_parties, check_time
from lti_tool.lti.claims import (
    AGS,
    DEEP_LINKING,
    LTI,
    NRPS,
    RESOURCE_LINK,
    Context,
    GradeServices,
    Launch,
    LaunchPresentation,
    NamesAndRoles,
    ResourceLink,
    ToolPlatform,
)
from lti_tool.lti.deep_linking import PickingSettings, read_settings
from lti_tool.lti.errors import (
    AnonymousLaunch,
    ClaimMissing,
    InvalidMessage,
    UnknownDeployment,
    UnknownMessage,
    WrongTarget,
    WrongVersion,
)
from lti_tool.lti.platform import Platform
from lti_tool.lti.reading import (
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
    usable_strings,
    usable_url,
)
from lti_tool.lti.signature import KeySource, verified_claims

__all__ = ["Launch", "verify_launch"]

_MESSAGE_RULES = tuple(get_validators())  # type: ignore[no-untyped-call]


def verify_launch(
    id_token: str,
    *,
    platform: Platform,
    nonce: str,
    deployments: Container[str],
    target_link_uri: str,
    keys: KeySource,
    now: datetime,
    message_types: Collection[str] = (RESOURCE_LINK,),
    trusted_audiences: Container[str] = frozenset(),
    allow_anonymous: bool = False,
) -> Launch:
    """The launch that this token proves, as an answer to the login with this nonce and target.

    ``platform`` is the one the login went to, ``deployments`` are its registered deployment ids, ``now`` is
    aware. Raises a LaunchRefused and nothing else, whatever the token holds. Using each nonce once is the
    caller's part.
    """
    claims = verified_claims(id_token, jwks_url=platform.jwks_url, keys=keys)
    check_parties(claims, platform, trusted_audiences)
    check_time(claims, now)
    check_nonce(claims, nonce)
    _check_message(claims, message_types)
    _check_place(claims, deployments, target_link_uri)
    launch = _launch(claims, platform)
    if launch.subject is None and not allow_anonymous:
        raise AnonymousLaunch
    _check_rules_of_its_kind(claims)
    return launch


def _check_message(claims: Claims, message_types: Collection[str]) -> None:
    if claims.get(LTI + "version") != "1.3.0":
        raise WrongVersion
    kind = claims.get(LTI + "message_type")
    if kind is None:
        raise ClaimMissing("message_type")
    if not isinstance(kind, str) or kind not in message_types:
        raise UnknownMessage


def _check_place(claims: Claims, deployments: Container[str], target_link_uri: str) -> None:
    if required_id(claims, LTI + "deployment_id") not in deployments:
        raise UnknownDeployment
    target = claims.get(LTI + "target_link_uri")
    if target is None:
        raise ClaimMissing("target_link_uri")
    if target != target_link_uri:
        raise WrongTarget


def _check_rules_of_its_kind(claims: Claims) -> None:
    known = {**claims, "sub": claims.get("sub") or "anonymous"}  # whether that may be is settled already
    try:
        for rules in _MESSAGE_RULES:
            if rules.can_validate(known):
                rules.validate(known)
    except (LtiException, AttributeError, TypeError) as problem:
        raise InvalidMessage from problem


def _launch(claims: Claims, platform: Platform) -> Launch:
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
        ags=_ags(claims),
        nrps=_nrps(claims),
        custom=_custom(claims),
        launch_presentation=_launch_presentation(claims),
        tool_platform=_tool_platform(claims),
        picking=_picking(claims, platform),
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


def _ags(claims: Claims) -> GradeServices | None:
    services = optional_object(claims, AGS)
    if services is None:
        return None
    return GradeServices(
        lineitem=optional_url(services, "lineitem"),
        lineitems=optional_url(services, "lineitems"),
        scopes=optional_strings(services, "scope"),
    )


def _nrps(claims: Claims) -> NamesAndRoles | None:
    service = optional_object(claims, NRPS)
    url = optional_url(service, "context_memberships_url") if service is not None else None
    if service is None or url is None:
        return None
    return NamesAndRoles(url=url, versions=usable_strings(service, "service_versions"))


def _custom(claims: Claims) -> dict[str, str]:
    given = optional_object(claims, LTI + "custom") or {}
    texts = {
        name: str(value)
        for name, value in given.items()
        if isinstance(value, str | int) and not isinstance(value, bool)  # Canvas sends its ids as numbers
    }
    return {clean(name): clean(value) for name, value in texts.items()}


def _launch_presentation(claims: Claims) -> LaunchPresentation:
    presentation = optional_object(claims, LTI + "launch_presentation") or {}
    return LaunchPresentation(
        return_url=usable_url(presentation, "return_url"),
        locale=optional_text(presentation, "locale"),
        document_target=optional_text(presentation, "document_target"),
    )


def _tool_platform(claims: Claims) -> ToolPlatform:
    instance = optional_object(claims, LTI + "tool_platform") or {}
    return ToolPlatform(
        guid=optional_id(instance, "guid"),
        name=optional_text(instance, "name"),
        product=optional_text(instance, "product_family_code"),
    )
