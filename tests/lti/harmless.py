"""Says of a mutated token whether it may still get in: from the specification alone, without the code under test."""

import math
from typing import Any

from lti_tool.lti.launch.claims import LTI
from tests.lti.cases import CONTEXT, LINK, ROLES, Json
from tests.lti.mutations import Mutated

EXACT = ("iss", "nonce", *(LTI + name for name in ("version", "message_type", "deployment_id", "target_link_uri")))
SLACK = 190.0
"""Seconds that a clock may be off, and what the test itself takes."""
AN_HOUR = 3600.0


def is_harmless(made: Mutated, good: Json, kid: str) -> bool:
    """Whether the platform signed this, and all that counts is as in a good launch (Security Framework 1.0, 5.1.3)."""
    if made.signed is None or made.header is None:
        return False
    return _is_header(made.header, kid) and _is_for_us(made.signed, good) and _is_whole(made.signed)


def _is_header(header: Json, kid: str) -> bool:
    return (header.get("alg"), header.get("kid")) == ("RS256", kid) and not {
        "jku",
        "jwk",
        "x5u",
        "crit",
    } & header.keys()


def _is_for_us(claims: Json, good: Json) -> bool:
    audience = claims.get("aud")
    listed = audience if isinstance(audience, list) else [audience]
    return (
        all(claims.get(name) == good[name] for name in EXACT)
        and bool(listed)
        and all(one == good["aud"] for one in listed)
        and claims.get("azp") in (None, good["aud"])
        and _is_now(claims, good["iat"])
    )


def _is_now(claims: Json, now: float) -> bool:
    issued, ends, begins = (_seconds(claims.get(name)) for name in ("iat", "exp", "nbf"))
    if issued is None or ends is None or (begins is None and claims.get("nbf") is not None):
        return False
    return ends >= now - SLACK and now - AN_HOUR - SLACK <= issued <= now + SLACK and (begins or 0) <= now + SLACK


def _seconds(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None


def _is_whole(claims: Json) -> bool:
    roles, context = claims.get(ROLES), claims.get(CONTEXT)
    return (
        _is_id(claims.get("sub"))
        and isinstance(roles, list)
        and all(isinstance(role, str) for role in roles)
        and isinstance(claims.get(LINK), dict)
        and _is_id(claims[LINK].get("id"))
        and (context in (None, [], {}) or (isinstance(context, dict) and _is_id(context.get("id"))))
    )


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 255 and value.isascii() and value.isprintable()
