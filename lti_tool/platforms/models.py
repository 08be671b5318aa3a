"""Tables of registrations, keys, login attempts and launches."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, now, one_of
from lti_tool.people.models import Context, ResourceLink, Role, User
from lti_tool.security_log import Event


class Registration(Base):
    """One client on one platform, as the platform's administrator made it."""

    __tablename__ = "registration"
    __table_args__ = (UniqueConstraint("issuer", "client_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(200), default="")
    """What the operator calls the platform."""
    issuer: Mapped[str] = mapped_column(String(500))
    """The platform's `iss`, exactly as it sends it."""
    client_id: Mapped[str] = mapped_column(String(255))
    """What the platform calls us."""
    auth_url: Mapped[str] = mapped_column(String(2000))
    """Where a login goes on (OIDC authorization endpoint)."""
    token_url: Mapped[str] = mapped_column(String(2000))
    """Where access tokens are granted."""
    jwks_url: Mapped[str] = mapped_column(String(2000))
    """Where the platform publishes its keys."""
    token_audience: Mapped[str] = mapped_column(String(2000), default="")
    """Who the platform wants our assertions to be for, where that is not its token address (Brightspace)."""
    product: Mapped[str] = mapped_column(String(50), default="")
    """Its family code, such as moodle, where it has said so."""
    enabled: Mapped[bool] = mapped_column(default=True)
    """Whether launches are let in."""
    accepts_new_deployments: Mapped[bool] = mapped_column(default=False)
    """Whether a deployment that we have not seen yet is taken in at its first launch."""
    allows_anonymous: Mapped[bool] = mapped_column(default=False)
    """Whether launches are let in that do not say who the person is."""
    institution_roles: Mapped[bool | None]
    """Whether roles in the institution stand in where a launch names none in the course; else as its product does."""
    trusted_audiences: Mapped[str] = mapped_column(Text, default="")
    """Who else a token may be for, one a line (`aud`)."""
    frame_ancestors: Mapped[str] = mapped_column(Text, default="")
    """Further origins whose pages may hold ours in a frame, one a line."""
    quiet_until: Mapped[datetime | None]
    """Until then we do not call its services: it asked for a pause."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    """When it was registered here."""
    deployments: Mapped[list["Deployment"]] = relationship(order_by="Deployment.id")
    """Where on the platform it was deployed."""


class Deployment(Base):
    """One place on the platform where the client was deployed."""

    __tablename__ = "deployment"
    __table_args__ = (UniqueConstraint("registration_id", "deployment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    """The client."""
    deployment_id: Mapped[str] = mapped_column(String(255))
    """The platform's own id."""


class Invitation(Base):
    """One use of dynamic registration, handed by the operator to a platform's administrator."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the secret in the invitation's address."""
    label: Mapped[str] = mapped_column(String(200))
    """What the operator calls the platform."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    """When it was made."""
    expires_at: Mapped[datetime]
    """After this it is too late."""
    used_at: Mapped[datetime | None]
    """When it was used; a second time is refused."""
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"), index=True)
    """What came of it."""


class AccessToken(Base):
    """A platform's token for a set of scopes, shared by all our processes, encrypted like the keys."""

    __tablename__ = "access_token"
    __table_args__ = (UniqueConstraint("registration_id", "scopes_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    """Who granted it."""
    scopes_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the sorted scopes."""
    encrypted_token: Mapped[str] = mapped_column(Text)
    """The token, encrypted (Fernet)."""
    renew_at: Mapped[datetime]
    """From then on a new one is asked for."""


class PlatformTurn(Base):
    """That one job of a kind runs for a registration, or when one did last: each runs once at a time, and in turn."""

    __tablename__ = "platform_turn"

    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True)
    """Whose turn."""
    job: Mapped[str] = mapped_column(String(50), primary_key=True)
    """The kind of job, as the queue names it."""
    claim: Mapped[str] = mapped_column(String(32), default="")
    """Which worker has the turn; empty where none has."""
    held_until: Mapped[datetime | None]
    """When that worker counts as dead; nothing where none has the turn."""
    taken_at: Mapped[datetime | None]
    """When a turn was last taken: who had theirs longest ago is next."""


class PlatformKeySet(Base):
    """A platform's published keys as they were last fetched, for all our processes (Security Framework 1.0, 6.3)."""

    __tablename__ = "platform_key_set"

    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of its address."""
    document: Mapped[str] = mapped_column(Text, default="")
    """The key set (RFC 7517) as JSON; empty where none was ever had."""
    fetched_at: Mapped[datetime | None]
    """When it was had."""
    fresh_until: Mapped[datetime | None]
    """Until then nobody need ask again, as the platform says."""
    asked_at: Mapped[datetime]
    """When one of us last asked for it, with or without success."""
    problem: Mapped[str] = mapped_column(String(100), default="")
    """Why the last call failed: a code."""
    clock_ahead: Mapped[float | None]
    """Seconds by which the platform's clock was ahead of ours then; nothing where it did not say."""


class ToolKeyRecord(Base):
    """A private key of the tool, encrypted under the secret of the settings."""

    __tablename__ = "tool_key"

    kid: Mapped[str] = mapped_column(String(100), primary_key=True)
    """The key's thumbprint (RFC 7638)."""
    encrypted_pem: Mapped[str] = mapped_column(Text)
    """The PEM, encrypted (Fernet)."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    """When it was made and first published."""
    signs_from: Mapped[datetime] = mapped_column(default=now)
    """When platforms have had the time to read it; the newest of those that may sign, signs."""


class UsedLogin(Base):
    """A login that was finished, kept until its state is too old anyway: a second time is refused."""

    __tablename__ = "used_login"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the `state`."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """When the state is too old by itself."""


class Ending(StrEnum):
    """Why a launch ended before its time."""

    DONE = "done"
    """The person has said so."""
    NEXT_PERSON = "next_person"
    """Somebody else of the same platform has come in the same browser."""
    IDLE = "idle"
    """Nobody has done anything for too long."""
    RIGHTS = "rights"
    """The roster says that the person has left, or has another role."""
    SWITCHED_OFF = "switched_off"
    """The operator has switched the platform off."""
    ERASED = "erased"
    """What was kept about the person has been erased."""
    CLOSED = "closed"
    """The person has closed them from another browser, or an administrator or the operator has done it for them."""


def _browser_hash(row: DefaultExecutionContext) -> str:
    found: str = row.get_current_parameters()["browser_hash"]  # type: ignore[no-untyped-call]
    return found


class Launch(Base):
    """A finished launch: who opened what, where and as what. Every page's address carries its id."""

    __tablename__ = "launch"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    """Random, 128 bits; useless without the browser's secret."""
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)
    """The client that it came through."""
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"))
    """The deployment that it came through."""
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"), index=True)
    """The course."""
    resource_link_id: Mapped[int | None] = mapped_column(ForeignKey("resource_link.id"))
    """The place it was opened from; none while activities are being picked."""
    activity: Mapped[str] = mapped_column(String(200), default="course")
    """What it opens: `unit/m1u1`, `journal/j3`, `roadmap`, `desk`, `course` or `picker`."""
    about_user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """Whose work it opens, where the platform asked for one person's (Submission Review)."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """Who opened it."""
    role: Mapped[Role] = mapped_column(one_of(Role))
    """As what."""
    administers: Mapped[bool] = mapped_column(default=False)
    """Whether the platform calls this person an administrator, beside the role in the course."""
    browser_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the browser's secret."""
    computer_hash: Mapped[str] = mapped_column(String(64), index=True, default=_browser_hash)
    """The same for all launches of one browser: SHA-256 of the secret in its cookie, or, where tabs hold their secrets,
    of a name that its LMS keeps for us."""
    storage_target: Mapped[str] = mapped_column(String(255), default="")
    """The platform's frame that keeps the browser's secret, where it came by platform storage."""
    locale: Mapped[str] = mapped_column(String(35), default="")
    """The language that the platform asked for."""
    sealed_return_url: Mapped[str] = mapped_column(Text, default="")
    """Where the platform wants people back, encrypted (Fernet): it may carry a session key, so it is never logged."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    """When it was opened."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """When its pages stop working."""
    seen_at: Mapped[datetime] = mapped_column(default=now)
    """When the person last did something on one of its pages, give or take a minute."""
    ending: Mapped[Ending | None] = mapped_column(one_of(Ending))
    """Why it ended before its time, if it did."""
    registration: Mapped[Registration] = relationship()
    """The client's row."""
    context: Mapped[Context] = relationship()
    """The course's row."""
    resource_link: Mapped[ResourceLink | None] = relationship()
    """The place's row."""
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    """The person's row."""


AUDITED = (
    Event.REGISTRATION_CHANGED,
    Event.INVITATION_GIVEN,
    Event.PAGES_CLOSED,
    Event.PERSON_EXPORTED,
    Event.PERSON_ERASED,
    Event.COURSE_ERASED,
)
"""What the audit trail tells of."""


class AuditRecord(Base):
    """That somebody did something that administrators answer for.

    It outlives what it tells of, so it refers to nothing: registrations, courses and people are told by their numbers.
    """

    __tablename__ = "audit_record"
    __table_args__ = (Index("ix_audit_record_registration", "registration", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    """When."""
    what: Mapped[str] = mapped_column(one_of(tuple(event.value for event in AUDITED)))
    """What was done, in the words of the security log."""
    actor: Mapped[str] = mapped_column(String(50))
    """Who did it: `operator`, `worker`, `person/17` or `invitation/3`."""
    registration: Mapped[int | None]
    """The number of the platform; none where it was about none."""
    course: Mapped[int | None]
    """The number of the course; none where it was about more than one."""
    person: Mapped[int | None]
    """The number of the person whom it was about."""
    change: Mapped[str] = mapped_column(String(20), default="")
    """What exactly, in a word."""


class PickingRequest(Base):
    """What the platform takes from the picker, and where it wants it (Deep Linking 2.0, 4.4.1)."""

    __tablename__ = "picking_request"

    launch_id: Mapped[str] = mapped_column(ForeignKey("launch.id", ondelete="CASCADE"), primary_key=True)
    """The launch that opened the picker."""
    sealed_return_url: Mapped[str] = mapped_column(Text)
    """Where the answer goes, encrypted (Fernet): it may carry a session key, so it is never logged."""
    settings: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What the platform accepts, as `lti/deep_linking/request.py` read it."""
    answered_at: Mapped[datetime | None]
    """When it was answered."""
