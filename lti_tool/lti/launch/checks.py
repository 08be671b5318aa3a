"""Whether a signed token is for this tool, this login and this moment (Security Framework 1.0, 5.1.3)."""

import math
from collections.abc import Container
from datetime import datetime

from lti_tool.lti.errors import (
    ClaimMalformed,
    ClaimMissing,
    TokenExpired,
    TokenFromTheFuture,
    TokenTooOld,
    WrongAudience,
    WrongAuthorizedParty,
    WrongIssuer,
    WrongNonce,
)
from lti_tool.lti.launch.claim_values import Claims
from lti_tool.lti.platform import Platform

LEEWAY = 180  # seconds that a platform's clock may be off, either way
LONGEST_AGE = 3600  # seconds since it was issued, for tokens that claim to live for years


def check_parties(claims: Claims, platform: Platform, trusted_audiences: Container[str]) -> None:
    """Issued by this platform, for this client, and for nobody else who is not trusted."""
    if claims.get("iss") != platform.issuer:
        raise WrongIssuer
    audiences = _audiences(claims)
    others = audiences - {platform.client_id}
    if platform.client_id not in audiences or not all(other in trusted_audiences for other in others):
        raise WrongAudience
    party = claims.get("azp")
    if (others or party is not None) and party != platform.client_id:
        raise WrongAuthorizedParty


def _audiences(claims: Claims) -> set[str]:
    given = claims.get("aud")
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, list) or not all(isinstance(audience, str) for audience in listed):
        raise WrongAudience
    return set(listed)


def check_time(claims: Claims, now: datetime) -> None:
    """Issued not long ago, not over yet, and not starting later; all times are seconds since 1970."""
    moment = now.timestamp()
    if _seconds(claims, "exp") < moment - LEEWAY:
        raise TokenExpired
    issued = _seconds(claims, "iat")
    if issued > moment + LEEWAY:
        raise TokenFromTheFuture("iat")
    if issued < moment - LONGEST_AGE - LEEWAY:
        raise TokenTooOld
    if claims.get("nbf") is not None and _seconds(claims, "nbf") > moment + LEEWAY:
        raise TokenFromTheFuture("nbf")


def _seconds(claims: Claims, name: str) -> float:
    value = claims.get(name)
    if value is None:
        raise ClaimMissing(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ClaimMalformed(name)
    try:
        seconds = float(value)
    except OverflowError as problem:
        raise ClaimMalformed(name) from problem
    if not math.isfinite(seconds):
        raise ClaimMalformed(name)
    return seconds


def check_nonce(claims: Claims, nonce: str) -> None:
    """The token answers exactly the login that was stored with this nonce."""
    if not nonce or claims.get("nonce") != nonce:
        raise WrongNonce
