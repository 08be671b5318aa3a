"""Registrations and deployments: made by an operator or an invitation, looked up by a platform's own words."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from lti_tool.database import upsert
from lti_tool.errors import BadInput, NotFound
from lti_tool.lti.platform import Platform
from lti_tool.lti.products import Product, find_product
from lti_tool.people.models import Context, User
from lti_tool.platforms.audit_trail import OPERATOR, write_down
from lti_tool.platforms.errors import PlatformInUse
from lti_tool.platforms.launches.ending import end_of_registration
from lti_tool.platforms.models import AccessToken, Deployment, Invitation, PlatformTurn, Registration
from lti_tool.security_log import Event


@dataclass(frozen=True)
class Allowances:
    """What a registration allows; None leaves it as it is, and at first as the table says."""

    product: str | None = None
    accepts_new_deployments: bool | None = None
    allows_anonymous: bool | None = None
    institution_roles: bool | None = None
    trusted_audiences: str | None = None
    """One a line."""
    frame_ancestors: str | None = None
    """Origins, one a line."""


def add_registration(
    session: Session,
    platform: Platform,
    deployment_id: str | None,
    label: str,
    allowances: Allowances = Allowances(),
    *,
    by: str = OPERATOR,
) -> Registration:
    """Register a client on a platform; a second time brings it up to date and adds the deployment.

    What is not given stays as it is, also that it is switched off. Without a deployment it must be one that takes new
    ones in. Raises BadInput with a sentence for the operator.
    """
    _check(platform, deployment_id, allowances)
    given = {"label": label, "token_audience": platform.token_audience}
    registration = upsert(
        session,
        Registration,
        {"issuer": platform.issuer, "client_id": platform.client_id},
        {
            "auth_url": platform.auth_url,
            "token_url": platform.token_url,
            "jwks_url": platform.jwks_url,
            **{name: value for name, value in given.items() if value},
            **{name: value for name, value in asdict(allowances).items() if value is not None},
        },
    )
    registration.label = registration.label or urlsplit(platform.issuer).hostname or platform.issuer
    if deployment_id is not None:
        upsert(session, Deployment, {"registration_id": registration.id, "deployment_id": deployment_id}, {})
    write_down(session, Event.REGISTRATION_CHANGED, by=by, registration=registration.id, change="written")
    return registration


def all_registrations(session: Session) -> Sequence[Registration]:
    """Every registration, oldest first."""
    return session.scalars(select(Registration).order_by(Registration.id)).all()


def the_registration(session: Session, registration_id: int) -> Registration:
    """The registration with this number; raises NotFound with a sentence for the operator."""
    found = session.get(Registration, registration_id)
    if found is None:
        raise NotFound(f"No LMS has the number {registration_id}. `partnerwise platforms list` shows them.")
    return found


def is_registered(session: Session, issuer: str, client_id: str) -> bool:
    """Whether this client on this platform is registered."""
    wanted = exists().where(Registration.issuer == issuer, Registration.client_id == client_id)
    return bool(session.scalar(select(wanted)))


def remove_registration(session: Session, registration: Registration) -> None:
    """Remove a registration that nobody has come through; raises PlatformInUse once there are people or courses."""
    of_deployments = select(Deployment.id).where(Deployment.registration_id == registration.id)
    people = select(exists().where(User.registration_id == registration.id))
    courses = select(exists().where(Context.deployment_id.in_(of_deployments)))
    if session.scalar(people) or session.scalar(courses):
        raise PlatformInUse("People have worked through this LMS. Switch it off with `partnerwise platforms disable`.")
    for table in (AccessToken, Invitation, Deployment, PlatformTurn):
        session.execute(delete(table).where(table.registration_id == registration.id))
    session.delete(registration)
    write_down(session, Event.REGISTRATION_CHANGED, by=OPERATOR, registration=registration.id, change="removed")


def switch_registration(session: Session, registration: Registration, *, on: bool) -> None:
    """Let a platform's people in, or no longer: open pages end then, and nothing is lost.

    They stay closed when it is switched on again: whoever has rights opens them anew from the LMS.
    """
    if on is not registration.enabled:
        # Also when it is switched on: somebody may just have been on the way in when it was switched off.
        end_of_registration(session, registration.id)
    registration.enabled = on
    change = "on" if on else "off"
    write_down(session, Event.REGISTRATION_CHANGED, by=OPERATOR, registration=registration.id, change=change)


def platform_of(registration: Registration) -> Platform:
    """The registration in the protocol's terms."""
    return Platform(
        issuer=registration.issuer,
        client_id=registration.client_id,
        auth_url=registration.auth_url,
        token_url=registration.token_url,
        jwks_url=registration.jwks_url,
        token_audience=registration.token_audience,
        product=registration.product,
    )


def product_of(registration: Registration) -> Product:
    """What is special to its product."""
    return find_product(registration.product, registration.auth_url)


def _check(platform: Platform, deployment_id: str | None, allowances: Allowances) -> None:
    for name in ("issuer", "auth_url", "token_url", "jwks_url"):
        if not _is_web_address(getattr(platform, name)):
            raise BadInput(f"{name} must be a web address such as https://lms.school.example/path")
    if not platform.client_id or deployment_id == "":
        raise BadInput("client id and deployment id must not be empty")
    if len(platform.client_id) > 255 or len(deployment_id or "") > 255:
        raise BadInput("client id and deployment id may have 255 characters at most")
    for origin in (allowances.frame_ancestors or "").split():
        if not _is_web_address(origin) or urlsplit(origin).path not in {"", "/"}:
            raise BadInput("a frame ancestor must be an origin such as https://portal.school.example")


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
