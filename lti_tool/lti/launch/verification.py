"""Verifies an id_token, or refuses it (LTI 1.3 Core, 5.3; Security Framework 1.0, 5.1.3).

The rules for each kind of message come from pylti1p3. Its own token check is not used: it accepts replayed
tokens, tokens of another login or another registered platform, and tokens without times.
"""

from collections.abc import Collection, Container
from datetime import datetime

from pylti1p3.exception import LtiException
from pylti1p3.message_validators import get_validators

from lti_tool.lti.errors import (
    AnonymousLaunch,
    ClaimMissing,
    InvalidMessage,
    LaunchRefused,
    UnknownDeployment,
    UnknownMessage,
    WrongTarget,
    WrongVersion,
)
from lti_tool.lti.launch.checks import check_nonce, check_parties, check_time
from lti_tool.lti.launch.claim_values import Claims, required_id
from lti_tool.lti.launch.claims import LTI, RESOURCE_LINK, Launch
from lti_tool.lti.launch.message import read_message
from lti_tool.lti.launch.signature import KeySource, unproven_claims, verified_claims
from lti_tool.lti.platform import Platform

__all__ = ["Launch", "named_deployment", "verify_launch"]

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

    ``platform`` is the one the login went to, ``deployments`` are those of it that are let in, ``now`` is
    aware. Raises a LaunchRefused and nothing else, whatever the token holds. Using each nonce once is the
    caller's part.
    """
    claims = verified_claims(id_token, jwks_url=platform.jwks_url, keys=keys)
    check_parties(claims, platform, trusted_audiences)
    check_time(claims, now)
    check_nonce(claims, nonce)
    _check_message(claims, message_types)
    _check_place(claims, deployments, target_link_uri)
    launch = read_message(claims, platform)
    if launch.subject is None and not allow_anonymous:
        raise AnonymousLaunch
    _check_rules_of_its_kind(claims)
    return launch


def named_deployment(id_token: str) -> str:
    """The deployment that a token names before anything of it is proven; empty where it names none.

    Only that one need be looked up among the registered ones, of which a client may have thousands.
    """
    try:
        return required_id(unproven_claims(id_token), LTI + "deployment_id")
    except LaunchRefused:
        return ""


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
    # Whether nobody may come, and whether nobody's work may be asked for, is settled already.
    known = {
        **claims,
        "sub": claims.get("sub") or "anonymous",
        LTI + "for_user": claims.get(LTI + "for_user") or {"user_id": "everybody"},
    }
    try:
        for rules in _MESSAGE_RULES:
            if rules.can_validate(known):
                rules.validate(known)
    except (LtiException, AttributeError, TypeError) as problem:
        raise InvalidMessage from problem
