"""Access tokens for the tool: granted for a signed assertion, checked on every service call.

LTI Security Framework 1.0, section 4.1 (client credentials with a JWT, RFC 7523); errors in Moodle's words.
"""

import hashlib
import secrets
import time
from collections.abc import Mapping
from typing import Any

import jwt
import requests
from sqlalchemy import delete
from sqlalchemy.orm import Session

from lti_tool.demo import messages
from lti_tool.demo.claims import AGS_SCOPES, GROUPS_SCOPE, NRPS_SCOPE
from lti_tool.demo.config import DemoConfig
from lti_tool.demo.errors import ServiceRefused, TokenRefused
from lti_tool.demo.models import AccessToken

GRANTED_SCOPES = [*AGS_SCOPES, NRPS_SCOPE, GROUPS_SCOPE]
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
TOKEN_SECONDS = 3600
KEY_SET_TIMEOUT = 5.0


def check_assertion(config: DemoConfig, form: Mapping[str, str]) -> list[str]:
    """Return the scopes that may be granted. Fetches the tool's key set: call it outside a transaction.

    Raises TokenRefused with the error that the tool is shown.
    """
    if not form.get("scope") or form.get("client_assertion_type") != ASSERTION_TYPE:
        raise TokenRefused("invalid_request")
    if form.get("grant_type") != "client_credentials":
        raise TokenRefused("unsupported_grant_type")
    _verify(config, form.get("client_assertion", ""))
    granted = [scope for scope in form["scope"].split() if scope in GRANTED_SCOPES]
    if not granted:
        raise TokenRefused("invalid_scope")
    return granted


def grant(session: Session, scopes: list[str]) -> dict[str, Any]:
    """Make a token for `scopes` and return the answer of the token endpoint."""
    now = time.time()
    token = secrets.token_urlsafe(32)
    session.execute(delete(AccessToken).where(AccessToken.expires_at < now))
    session.add(AccessToken(digest=_digest(token), scopes=scopes, expires_at=now + TOKEN_SECONDS))
    answer = {"token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": " ".join(scopes)}
    detail = {"answer": {"access_token": messages.masked(token), **answer}}
    messages.record(session, "token", "The tool got an access token", detail)
    return {"access_token": token, **answer}


def require_scope(session: Session, authorization: str, *scopes: str) -> None:
    """Let a call pass whose bearer token has one of `scopes`. Raises ServiceRefused (401) otherwise."""
    kind, _, token = authorization.partition(" ")
    row = session.get(AccessToken, _digest(token)) if kind.lower() == "bearer" else None
    if row is None or row.expires_at < time.time() or not set(scopes) & set(row.scopes):
        raise ServiceRefused(401, "Unauthorized")


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _verify(config: DemoConfig, assertion: str) -> None:
    try:
        header = jwt.get_unverified_header(assertion)
        unverified = jwt.decode(assertion, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        raise TokenRefused("invalid_request") from None
    if unverified.get("sub") != config.client_id or unverified.get("iss") != config.client_id:
        raise TokenRefused("invalid_client")
    if not header.get("kid"):
        raise TokenRefused("error/Error: kid must be provided in JWT header.")
    key = tool_key(config, header["kid"])
    try:
        jwt.decode(
            assertion,
            key,
            algorithms=["RS256"],
            audience=[config.token_url, config.issuer],
            options={"require": ["exp", "iat", "aud"]},
        )
    except jwt.ExpiredSignatureError:
        raise TokenRefused("Expired token") from None
    except jwt.InvalidTokenError as problem:
        raise TokenRefused(str(problem)) from None


def tool_key(config: DemoConfig, kid: str) -> jwt.PyJWK:
    """The tool's public key with this id, read from the tool; raises TokenRefused."""
    try:
        answer = requests.get(
            config.tool_key_set_url,
            timeout=KEY_SET_TIMEOUT,
            headers={"Accept": "application/json", "User-Agent": "Partnerwise-Demo-LMS"},
        )
        answer.raise_for_status()
        key_set = jwt.PyJWKSet.from_dict(answer.json())
    except (requests.RequestException, ValueError, jwt.PyJWTError):
        raise TokenRefused("The tool's key set could not be read") from None
    for key in key_set.keys:
        if key.key_id == kid:
            return key
    raise TokenRefused('"kid" invalid, unable to lookup correct key')
