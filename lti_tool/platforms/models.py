"""Tables of registrations, keys, login attempts and launches."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, now, one_of
from lti_tool.people.models import Context, ResourceLink, Role, User


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
    enabled: Mapped[bool] = mapped_column(default=True)
    """Whether launches are let in."""
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


class ToolKeyRecord(Base):
    """A private key of the tool, encrypted under the secret of the settings."""

    __tablename__ = "tool_key"

    kid: Mapped[str] = mapped_column(String(100), primary_key=True)
    """The key's thumbprint (RFC 7638)."""
    encrypted_pem: Mapped[str] = mapped_column(Text)
    """The PEM, encrypted (Fernet)."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    """When it was made; the newest signs."""


class LoginAttempt(Base):
    """A login that was begun and can be finished once. State and browser are kept as hashes only."""

    __tablename__ = "login_attempt"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the `state` that went to the platform."""
    nonce: Mapped[str] = mapped_column(String(64))
    """What the id_token must repeat."""
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    """Who was asked; nobody else may answer."""
    target_link_uri: Mapped[str] = mapped_column(Text)
    """What is to be opened; the id_token must say the same."""
    browser_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the browser's secret."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """After this it is too late."""
    consumed_at: Mapped[datetime | None]
    """When it was finished; a second time is refused."""


class Launch(Base):
    """A finished launch: who opened what, where and as what. Every page's address carries its id."""

    __tablename__ = "launch"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    """Random, 128 bits; useless without the browser's secret."""
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    """The client that it came through."""
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"))
    """The deployment that it came through."""
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course."""
    resource_link_id: Mapped[int] = mapped_column(ForeignKey("resource_link.id"))
    """The place it was opened from."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    """Who opened it."""
    role: Mapped[Role] = mapped_column(one_of(Role))
    """As what."""
    administers: Mapped[bool] = mapped_column(default=False)
    """Whether the platform calls this person an administrator, beside the role in the course."""
    browser_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the browser's secret."""
    locale: Mapped[str] = mapped_column(String(35), default="")
    """The language that the platform asked for."""
    return_url: Mapped[str] = mapped_column(Text, default="")
    """Where the platform wants people back; may carry a session key, so it is never logged."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    """When it was opened."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    """When its pages stop working."""
    registration: Mapped[Registration] = relationship(lazy="joined")
    """The client's row."""
    context: Mapped[Context] = relationship(lazy="joined")
    """The course's row."""
    resource_link: Mapped[ResourceLink] = relationship(lazy="joined")
    """The place's row."""
    user: Mapped[User] = relationship(lazy="joined")
    """The person's row."""
