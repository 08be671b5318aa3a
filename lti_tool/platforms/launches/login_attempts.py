"""Login attempts: begun once, finished once, by the same browser (Security Framework 1.0, 5.1.1)."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from lti_tool.database import insert_new, now
from lti_tool.lti.launch.login import LoginRequest
from lti_tool.lti.network.origins import origin_of
from lti_tool.lti.platform import Platform
from lti_tool.platforms.errors import LoginAttemptUsed, LoginInOtherBrowser
from lti_tool.platforms.launches.login_states import LIFETIME, LoginAttempt, LoginStates
from lti_tool.platforms.models import UsedLogin
from lti_tool.platforms.registrations.clients import Client, find_client, the_client

SPARE = 60
"""Seconds that a used login is remembered beyond the life of its state."""


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

    client: Client
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


def stored_secret(auth_url: str, storage_target: str, browser_hash: str) -> StoredSecret | None:
    """Where to look for the secret with this hash; None where the platform keeps none."""
    if not storage_target:
        return None
    # A part of the hash names it: what is kept can be found again from the launch alone, and tells nothing.
    key = f"partnerwise.{browser_hash[:16]}"
    return StoredSecret(storage_target, origin_of(auth_url), key)


def begin_login(
    session: Session, states: LoginStates, login: LoginRequest, browser_hash: str, storage_target: str = ""
) -> BegunLogin:
    """Begin a login; raises PlatformUnknown.

    With a storage target it is the platform that keeps the browser's secret, and no cookie.
    """
    client = find_client(session, login.issuer, login.client_id)
    nonce = secrets.token_urlsafe(32)
    attempt = LoginAttempt(nonce, client.registration_id, login.target_link_uri, browser_hash, storage_target)
    stored = stored_secret(client.platform.auth_url, storage_target, browser_hash)
    return BegunLogin(client.platform, states.close(attempt), nonce, stored)


def awaited_secret(session: Session, attempt: LoginAttempt, state: str) -> StoredSecret | None:
    """Where the secret for this attempt is kept; None for one that a cookie proves. Raises LoginAttemptUsed."""
    refuse_used(session, state)
    client = the_client(session, attempt.registration_id)
    return stored_secret(client.platform.auth_url, attempt.storage_target, attempt.browser_hash)


def expected_answer(session: Session, attempt: LoginAttempt, browser_hash: str, deployment_id: str) -> ExpectedAnswer:
    """What the answer to this attempt, which names this deployment, is checked against.

    Raises LoginInOtherBrowser, PlatformUnknown.
    """
    if not hmac.compare_digest(attempt.browser_hash, browser_hash):
        raise LoginInOtherBrowser
    client = the_client(session, attempt.registration_id, deployment_id)
    return ExpectedAnswer(client, attempt.nonce, attempt.target_link_uri, attempt.storage_target)


def refuse_used(session: Session, state: str) -> None:
    """Raises LoginAttemptUsed where this login was finished before."""
    if session.get(UsedLogin, hash_secret(state)) is not None:
        raise LoginAttemptUsed


def use_login(session: Session, state: str) -> None:
    """Finish the login with this state, once; whoever comes second is refused with LoginAttemptUsed."""
    used = {"state_hash": hash_secret(state), "expires_at": now() + timedelta(seconds=LIFETIME + SPARE)}
    if not insert_new(session, UsedLogin, used):
        raise LoginAttemptUsed
