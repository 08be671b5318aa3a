"""Registrations and deployments: made by an operator, looked up by a platform's own words."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import upsert
from lti_tool.errors import BadInput, PlatformUnknown
from lti_tool.lti.platform import Platform
from lti_tool.platforms.models import Deployment, Registration


def add_registration(session: Session, platform: Platform, deployment_id: str, label: str) -> Registration:
    """Register a client on a platform with one deployment; a second time brings the addresses up to date."""
    _check(platform, deployment_id)
    registration = upsert(
        session,
        Registration,
        {"issuer": platform.issuer, "client_id": platform.client_id},
        {
            "label": label or urlsplit(platform.issuer).hostname or platform.issuer,
            "auth_url": platform.auth_url,
            "token_url": platform.token_url,
            "jwks_url": platform.jwks_url,
            "enabled": True,
        },
    )
    upsert(session, Deployment, {"registration_id": registration.id, "deployment_id": deployment_id}, {})
    return registration


def all_registrations(session: Session) -> Sequence[Registration]:
    """Every registration, oldest first."""
    return session.scalars(select(Registration).order_by(Registration.id)).all()


def find_registration(session: Session, issuer: str, client_id: str | None) -> Registration:
    """The enabled registration that a login names; raises PlatformUnknown where there is none or more than one."""
    wanted = select(Registration).where(Registration.issuer == issuer, Registration.enabled)
    if client_id is not None:
        wanted = wanted.where(Registration.client_id == client_id)
    found = session.scalars(wanted.limit(2)).all()
    if len(found) != 1:
        raise PlatformUnknown("no registration" if not found else "client_id missing, several registrations")
    return found[0]


def platform_of(registration: Registration) -> Platform:
    """The registration in the protocol's terms."""
    return Platform(
        issuer=registration.issuer,
        client_id=registration.client_id,
        auth_url=registration.auth_url,
        token_url=registration.token_url,
        jwks_url=registration.jwks_url,
        token_audience=registration.token_audience,
    )


def _check(platform: Platform, deployment_id: str) -> None:
    for name in ("issuer", "auth_url", "token_url", "jwks_url"):
        if not _is_web_address(getattr(platform, name)):
            raise BadInput(f"{name} must be a web address such as https://lms.school.example/path")
    if not platform.client_id or not deployment_id:
        raise BadInput("client id and deployment id must not be empty")
    if len(platform.client_id) > 255 or len(deployment_id) > 255:
        raise BadInput("client id and deployment id may have 255 characters at most")


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
