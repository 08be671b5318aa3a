"""Login attempts: begun once, finished once, by the same browser (Security Framework 1.0, 5.1.1)."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import (
    LoginAttemptExpired,
    LoginAttemptUnknown,
    LoginAttemptUsed,
    LoginInOtherBrowser,
    PlatformUnknown,
)
from lti_tool.lti.login import LoginRequest
from lti_tool.lti.platform import Platform
from lti_tool.platforms.models import LoginAttempt, Registration
from lti_tool.platforms.registering import find_registration, platform_of

ATTEMPT_LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True)
class BegunLogin:
    """What goes to the platform, and comes back from it."""

    platform: Platform
    state: str
    nonce: str


@dataclass(frozen=True)
class FinishedLogin:
    """What the id_token is checked against."""

    registration_id: int
    platform: Platform
    deployments: frozenset[str]
    nonce: str
    target_link_uri: str


def hash_secret(secret: str) -> str:
    """SHA-256 in hex: what is kept of a secret that only the browser may hold."""
    return hashlib.sha256(secret.encode()).hexdigest()


def begin_login(session: Session, login: LoginRequest, browser_hash: str) -> BegunLogin:
    """Store a login attempt; raises PlatformUnknown."""
    registration = find_registration(session, login.issuer, login.client_id)
    state, nonce = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    session.execute(delete(LoginAttempt).where(LoginAttempt.expires_at < now() - timedelta(days=1)))
    session.add(
        LoginAttempt(
            state_hash=hash_secret(state),
            nonce=nonce,
            registration_id=registration.id,
            target_link_uri=login.target_link_uri,
            browser_hash=browser_hash,
            expires_at=now() + ATTEMPT_LIFETIME,
        )
    )
    session.flush()
    return BegunLogin(platform_of(registration), state, nonce)


def finish_login(session: Session, state: str, browser_hash: str) -> FinishedLogin:
    """Consume the attempt with this state; whoever comes second, or from another browser, is refused."""
    attempt = session.get(LoginAttempt, hash_secret(state))
    if attempt is None:
        raise LoginAttemptUnknown
    if attempt.expires_at < now():
        raise LoginAttemptExpired
    if not hmac.compare_digest(attempt.browser_hash, browser_hash):
        raise LoginInOtherBrowser
    _consume(session, attempt)
    registration = session.get_one(Registration, attempt.registration_id)
    if not registration.enabled:
        raise PlatformUnknown("switched off")
    return FinishedLogin(
        registration.id,
        platform_of(registration),
        frozenset(deployment.deployment_id for deployment in registration.deployments),
        attempt.nonce,
        attempt.target_link_uri,
    )


def _consume(session: Session, attempt: LoginAttempt) -> None:
    # A guarded update, so that of two requests at the same moment exactly one gets through.
    consumed: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]
        update(LoginAttempt)
        .where(LoginAttempt.state_hash == attempt.state_hash, LoginAttempt.consumed_at.is_(None))
        .values(consumed_at=now())
    )
    if consumed.rowcount != 1:
        raise LoginAttemptUsed
