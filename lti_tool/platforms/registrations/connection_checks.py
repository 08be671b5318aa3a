"""Whether a registered platform can be reached and grants what is needed: each of its addresses in turn."""

from collections.abc import Iterator
from dataclasses import dataclass

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.launch.key_set import read_key_set
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.platform import Platform
from lti_tool.lti.registration.tool_description import SCOPES
from lti_tool.lti.services.tokens import TOKEN_REFUSED, AccessTokens

NOT_EVERYWHERE = {"groups": "not granted, as by most LMSs: school teams are made in Partnerwise"}
"""Services without which all works, and what is told where an LMS does not grant them."""


@dataclass(frozen=True)
class Answered:
    """What one address answered."""

    well: bool
    what: str
    said: str
    is_needed: bool = True
    """Whether something is wrong where it did not answer well."""


def examine(platform: Platform, outbound: Outbound, tokens: AccessTokens) -> Iterator[Answered]:
    """Call the key set, the login and the token address, and ask for a token for each service."""
    yield _key_set(platform, outbound)
    yield _login(platform, outbound)
    yield from services_of(platform, tokens)


def services_of(platform: Platform, tokens: AccessTokens) -> Iterator[Answered]:
    """Ask for a token for each service."""
    for name, scope in SCOPES.items():
        yield _token(platform, tokens, name, scope)


def _key_set(platform: Platform, outbound: Outbound) -> Answered:
    try:
        keys = read_key_set(outbound.get(platform.jwks_url, accept="application/json").json())
    except ServiceFailed as failed:
        return Answered(False, f"key set {platform.jwks_url}", _explain(failed))
    return Answered(True, f"key set {platform.jwks_url}", f"answers with {len(keys)} usable key(s)")


def _login(platform: Platform, outbound: Outbound) -> Answered:
    what = f"login {platform.auth_url}"
    try:
        outbound.get(platform.auth_url, accept="text/html")
    except ServiceFailed as failed:
        # Without a login it can only refuse, Moodle with 404; any answer of its own shows that it is there.
        if failed.status is None or failed.status >= 500:
            return Answered(False, what, _explain(failed))
    return Answered(True, what, "answers")


def _token(platform: Platform, tokens: AccessTokens, name: str, scope: str) -> Answered:
    what = f"token for {name} from {platform.token_url}"
    try:
        tokens.token(platform, [scope])
    except ServiceFailed as failed:
        if name in NOT_EVERYWHERE and failed.reason == TOKEN_REFUSED:
            return Answered(False, what, NOT_EVERYWHERE[name], is_needed=False)
        return Answered(False, what, _explain(failed))
    return Answered(True, what, "granted")


def _explain(failed: ServiceFailed) -> str:
    known = {
        "address_not_allowed": "may not be called: only public https addresses may",
        "host_not_found": "is not found: the name does not resolve",
        "not_reached": "cannot be reached",
        "not_trusted": "has a certificate that is not trusted",
        "timed_out": "did not answer in time",
        "no_usable_keys": "answers, but with no RSA key that can be used",
        "malformed_answer": "answers, but not with JSON",
        "token_refused": "refused: is the client id right, and can the LMS read our key set?",
    }
    said = known.get(failed.reason, failed.reason)
    return f"{said} (HTTP {failed.status})" if failed.status and failed.reason in known else said
