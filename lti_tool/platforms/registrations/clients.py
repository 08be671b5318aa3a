"""Registrations as logins read them: plain values, by statements that are built once, because every launch does."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, bindparam, select
from sqlalchemy.orm import Session

from lti_tool.lti.platform import Platform
from lti_tool.platforms.errors import PlatformUnknown
from lti_tool.platforms.models import Deployment, Registration

_PLATFORM = ("issuer", "client_id", "auth_url", "token_url", "jwks_url", "token_audience", "product")
_ALLOWANCES = ("enabled", "accepts_new_deployments", "allows_anonymous", "institution_roles", "trusted_audiences")
_PLATFORMS = select(Registration.id, *(getattr(Registration, name) for name in _PLATFORM))
_OF_ISSUER = _PLATFORMS.where(Registration.issuer == bindparam("issuer"), Registration.enabled).limit(2)
_NAMED = _OF_ISSUER.where(Registration.client_id == bindparam("client"))
_WITH_DEPLOYMENT = (
    _PLATFORMS.add_columns(
        *(getattr(Registration, name) for name in _ALLOWANCES),
        Deployment.id.label("deployment_row"),
        Deployment.deployment_id,
    )
    .outerjoin(
        Deployment,
        and_(Deployment.registration_id == Registration.id, Deployment.deployment_id == bindparam("deployment")),
    )
    .where(Registration.id == bindparam("number"))
)


@dataclass(frozen=True)
class Asked:
    """Whom a login asks: one registration, and who its platform is."""

    registration_id: int
    platform: Platform


@dataclass(frozen=True)
class Client(Asked):
    """The registration that an answer is checked against: beside its platform, what it allows."""

    known_deployments: Mapping[str, int]
    """The row of the deployment that the answer names, by the platform's id; empty where it is not registered."""
    accepts_new_deployments: bool
    allows_anonymous: bool
    institution_roles: bool | None
    """As the operator has set it; None leaves it to the product."""
    trusted_audiences: frozenset[str]

    @property
    def deployments(self) -> Container[str]:
        """Those that may answer: the registered one, or any where the registration takes new ones in."""
        return _AnyDeployment() if self.accepts_new_deployments else self.known_deployments


class _AnyDeployment:
    """A new deployment is a matter of the platform's administrators, where the operator leaves it to them."""

    def __contains__(self, deployment_id: object) -> bool:
        return True


def find_client(session: Session, issuer: str, client_id: str | None) -> Asked:
    """The enabled registration that a login names; raises PlatformUnknown where there is none or more than one."""
    wanted = _OF_ISSUER if client_id is None else _NAMED
    rows = session.connection().execute(wanted, {"issuer": issuer, "client": client_id}).all()
    if len(rows) != 1:
        raise PlatformUnknown("no registration" if not rows else "client_id missing, several registrations")
    return Asked(rows[0].id, _platform(rows[0]))


def the_client(session: Session, registration_id: int, deployment_id: str = "") -> Client:
    """The registration with this number, and this deployment of it; of all that it may have, no other is read.

    Raises PlatformUnknown where the registration is gone or switched off.
    """
    wanted = {"number": registration_id, "deployment": deployment_id}
    row = session.connection().execute(_WITH_DEPLOYMENT, wanted).one_or_none()
    if row is None or not row.enabled:
        raise PlatformUnknown("removed" if row is None else "switched off")
    return Client(
        registration_id=row.id,
        platform=_platform(row),
        known_deployments={} if row.deployment_row is None else {row.deployment_id: row.deployment_row},
        accepts_new_deployments=row.accepts_new_deployments,
        allows_anonymous=row.allows_anonymous,
        institution_roles=row.institution_roles,
        trusted_audiences=frozenset(row.trusted_audiences.split()),
    )


def _platform(row: Row[Any]) -> Platform:
    return Platform(**{name: getattr(row, name) for name in _PLATFORM})
