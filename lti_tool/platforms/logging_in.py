"""Login attempts: begun once, finished once, by the same browser (Security Framework 1.0, 5.1.1)."""

import hashlib
import hmac
import secrets
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from lti_tool.database import insert_new, now
from lti_tool.errors import LoginAttemptUsed, LoginInOtherBrowser, PlatformUnknown
from lti_tool.lti.login import LoginRequest
from lti_tool.lti.origins import origin_of
from lti_tool.lti.platform import Platform
from lti_tool.platforms.login_states import LIFETIME, LoginAttempt, LoginStates
from lti_tool.platforms.models import Registration, UsedLogin
from lti_tool.platforms.registering import find_registration, platform_of


@dataclass(frozen=True)
class BegunLogin:
    """What goes to the platform, and comes back from it."""

    platform: Platform
    state: str
    nonce: str
    stored: "StoredSecret | None"
    """Where the browser's secret is to be kept, if not in a cookie."""


@dataclass(frozen=True)
class ExpectedAnswer:
    """What the id_token is checked against."""

    registration_id: int
    platform: Platform
    product: str
    """The platform's family code, where it has said so."""
    known_deployments: Mapping[str, int]
    """The rows of the deployments that are registered, by the platform's ids."""
    accepts_new_deployments: bool
    allows_anonymous: bool
    trusted_audiences: frozenset[str]
    nonce: str
    target_link_uri: str
    storage_target: str
    """The platform's frame that kept the browser's secret; empty where a cookie did."""

    @property
    def deployments(self) -> Container[str]:
        """Those that may answer: the registered ones, or any where the registration takes new ones in."""
        return _AnyDeployment() if self.accepts_new_deployments else self.known_deployments


class _AnyDeployment:
    """A new deployment is a matter of the platform's administrators, where the operator leaves it to them."""

    def __contains__(self, deployment_id: object) -> bool:
        return True


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


def begin_login(
    session: Session, states: LoginStates, login: LoginRequest, browser_hash: str, storage_target: str = ""
) -> BegunLogin:
    """Begin a login; raises PlatformUnknown.

    With a storage target it is the platform that keeps the browser's secret, and no cookie.
    """
    registration = find_registration(session, login.issuer, login.client_id)
    attempt = LoginAttempt(
        secrets.token_urlsafe(32), registration.id, login.target_link_uri, browser_hash, storage_target
    )
    stored = stored_secret(registration, storage_target, browser_hash)
    return BegunLogin(platform_of(registration), states.close(attempt), attempt.nonce, stored)


def awaited_secret(session: Session, attempt: LoginAttempt, state: str) -> StoredSecret | None:
    """Where the secret for this attempt is kept; None for one that a cookie proves. Raises LoginAttemptUsed."""
    if session.get(UsedLogin, hash_secret(state)) is not None:
        raise LoginAttemptUsed
    registration = session.get_one(Registration, attempt.registration_id)
    return stored_secret(registration, attempt.storage_target, attempt.browser_hash)


def expected_answer(session: Session, attempt: LoginAttempt, browser_hash: str) -> ExpectedAnswer:
    """What the answer to this attempt is checked against; raises LoginInOtherBrowser, PlatformUnknown."""
    if not hmac.compare_digest(attempt.browser_hash, browser_hash):
        raise LoginInOtherBrowser
    registration = session.get_one(Registration, attempt.registration_id)
    if not registration.enabled:
        raise PlatformUnknown("switched off")
    return ExpectedAnswer(
        registration.id,
        platform_of(registration),
        registration.product,
        {deployment.deployment_id: deployment.id for deployment in registration.deployments},
        registration.accepts_new_deployments,
        registration.allows_anonymous,
        frozenset(registration.trusted_audiences.split()),
        attempt.nonce,
        attempt.target_link_uri,
        attempt.storage_target,
    )


def use_login(session: Session, state: str) -> None:
    """Finish the login with this state, once; whoever comes second is refused with LoginAttemptUsed."""
    used = {"state_hash": hash_secret(state), "expires_at": now() + timedelta(seconds=LIFETIME)}
    if not insert_new(session, UsedLogin, used):
        raise LoginAttemptUsed
