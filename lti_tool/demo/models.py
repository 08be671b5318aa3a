"""The tables of the demo LMS. Times are seconds since 1970, as in the tokens they travel in."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

AUTOINCREMENT = ({"sqlite_autoincrement": True},)  # the number of a deleted row never comes back


class Base(DeclarativeBase):
    """Its own metadata, apart from the tool's."""

    type_annotation_map = {dict[str, Any]: JSON, list[str]: JSON}  # noqa: RUF012 (SQLAlchemy reads it so)


class SigningKey(Base):
    """A key pair of the platform; only those not retired are published, the newest of them signs."""

    __tablename__ = "signing_key"
    __table_args__ = AUTOINCREMENT
    id: Mapped[int] = mapped_column(primary_key=True)
    kid: Mapped[str] = mapped_column(unique=True)
    pem: Mapped[str]
    retired: Mapped[bool] = mapped_column(default=False)


class LaunchHint(Base):
    """A launch that began and was not yet redeemed at the authorization endpoint."""

    __tablename__ = "launch_hint"
    launch_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    activity: Mapped[str]
    document_target: Mapped[str]
    created_at: Mapped[float]


class Setting(Base):
    """What somebody who tries the demo LMS has chosen; nothing is there until they do."""

    __tablename__ = "setting"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class AccessToken(Base):
    """A granted token, kept as its SHA-256 only."""

    __tablename__ = "access_token"
    digest: Mapped[str] = mapped_column(primary_key=True)
    scopes: Mapped[list[str]]
    expires_at: Mapped[float]


class LineItem(Base):
    """A column of the gradebook; `coupled` when it belongs to the activity itself and not to the tool."""

    __tablename__ = "line_item"
    __table_args__ = AUTOINCREMENT
    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    score_maximum: Mapped[float]
    link_id: Mapped[str | None] = mapped_column(default=None)
    resource_id: Mapped[str] = mapped_column(default="")
    tag: Mapped[str] = mapped_column(default="")
    review_url: Mapped[str | None] = mapped_column(default=None)
    coupled: Mapped[bool] = mapped_column(default=False)
    grades: Mapped[list["Grade"]] = relationship(
        back_populates="line_item", cascade="all, delete-orphan", order_by="Grade.user_id"
    )


class Grade(Base):
    """What one person has in one column; `score` is None after a score that was not fully graded."""

    __tablename__ = "grade"
    line_item_id: Mapped[int] = mapped_column(ForeignKey("line_item.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[float | None]
    timestamp: Mapped[int]
    activity_progress: Mapped[str]
    grading_progress: Mapped[str]
    comment: Mapped[str]
    received_at: Mapped[float]
    line_item: Mapped[LineItem] = relationship(back_populates="grades")


class Message(Base):
    """One message between platform and tool, for the page for the curious."""

    __tablename__ = "message"
    __table_args__ = AUTOINCREMENT
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[float]
    kind: Mapped[str]
    summary: Mapped[str]
    status: Mapped[int]
    detail: Mapped[dict[str, Any]]


class Course(Base):
    """A copy of the one course, so that the tool can be seen with it."""

    __tablename__ = "course"
    __table_args__ = AUTOINCREMENT
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    history: Mapped[list[str]]
    """What it was copied from, the latest first."""


class AddedLink(Base):
    """An activity that a trainer added with the tool's picker, as the tool described it (Deep Linking 2.0, 3.2)."""

    __tablename__ = "added_link"
    __table_args__ = AUTOINCREMENT
    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str]
    item: Mapped[dict[str, Any]]
    history: Mapped[list[str]]
    """The links that it was copied from, the latest first."""


class Picking(Base):
    """A picker that was opened; its answer is taken once."""

    __tablename__ = "picking"
    token: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    course_id: Mapped[str]
    created_at: Mapped[float]


class Attempt(Base):
    """What one person's attempt at one SCO has stored: element name to value, as SCORM 1.2 names them."""

    __tablename__ = "attempt"
    user_id: Mapped[str] = mapped_column(primary_key=True)
    package: Mapped[str] = mapped_column(primary_key=True)
    sco: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    elements: Mapped[dict[str, Any]]
    started_at: Mapped[float]
    changed_at: Mapped[float]
