"""Login attempts: begun once, finished once, by the same browser (Security Framework 1.0, 5.1.1)."""

import hashlib
import hmac
import secrets
from collections.abc import Container
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
from lti_tool.lti.origins import origin_of
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
    stored: "StoredSecret | None"
    """Where the browser's secret is to be kept, if not in a cookie."""


@dataclass(frozen=True)
class FinishedLogin:
    """What the id_token is checked against."""

    registration_id: int
    platform: Platform
    deployments: Container[str]
    """Those that are registered, or any where the registration takes new ones in."""
    allows_anonymous: bool
    trusted_audiences: frozenset[str]
    nonce: str
    target_link_uri: str
    storage_target: str
    """The platform's frame that kept the browser's secret; empty where a cookie did."""


@dataclass(frozen=True)
class StoredSecret:
    """Where the platform keeps a browser's secret for us (LTI Platform Storage)."""

    target: str
    """The name of the platform's frame, or `_parent`."""
    origin: str
    """Whose answers count: the origin at which the platform lets people in."""
    key: str
    """What it is kept under."""


def hash_secret(secret: str) -> str:
    """SHA-256 in hex: what is kept of a secret that only the browser may hold."""
    return hashlib.sha256(secret.encode()).hexdigest()


def stored_secret(registration: Registration, storage_target: str, browser_hash: str) -> StoredSecret | None:
    """Where to look for the secret with this hash; None where the platform keeps none."""
    if not storage_target:
        return None
    # A part of the hash names it: what is kept can be found again from the launch alone, and tells nothing.
    key = f"partnerwise.{browser_hash[:16]}"
    return StoredSecret(storage_target, origin_of(registration.auth_url), key)


def begin_login(session: Session, login: LoginRequest, browser_hash: str, storage_target: str = "") -> BegunLogin:
    """Store a login attempt; raises PlatformUnknown.

    With a storage target it is the platform that keeps the browser's secret, and no cookie.
    """
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
            storage_target=storage_target,
            expires_at=now() + ATTEMPT_LIFETIME,
        )
    )
    session.flush()
    stored = stored_secret(registration, storage_target, browser_hash)
    return BegunLogin(platform_of(registration), state, nonce, stored)


def awaited_secret(session: Session, state: str) -> StoredSecret | None:
    """Where the secret for the open attempt with this state is kept; None for one that a cookie proves, or for none."""
    attempt = session.get(LoginAttempt, hash_secret(state))
    if attempt is None or attempt.consumed_at is not None or attempt.expires_at < now():
        return None
    registration = session.get_one(Registration, attempt.registration_id)
    return stored_secret(registration, attempt.storage_target, attempt.browser_hash)


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
        _deployments(registration),
        registration.allows_anonymous,
        frozenset(registration.trusted_audiences.split()),
        attempt.nonce,
        attempt.target_link_uri,
        attempt.storage_target,
    )


class _AnyDeployment:
    """A new deployment is a matter of the platform's administrators, where the operator leaves it to them."""

    def __contains__(self, deployment_id: object) -> bool:
        return True


def _deployments(registration: Registration) -> Container[str]:
    if registration.accepts_new_deployments:
        return _AnyDeployment()
    return frozenset(deployment.deployment_id for deployment in registration.deployments)


def _consume(session: Session, attempt: LoginAttempt) -> None:
    # A guarded update, so that of two requests at the same moment exactly one gets through.
    consumed: CursorResult[tuple[()]] = session.execute(  # type: ignore[assignment]
        update(LoginAttempt)
        .where(LoginAttempt.state_hash == attempt.state_hash, LoginAttempt.consumed_at.is_(None))
        .values(consumed_at=now())
    )
    if consumed.rowcount != 1:
        raise LoginAttemptUsed
