"""Tables of people and places. Every row hangs below a registration or a deployment, so nothing crosses platforms."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from lti_tool.database import Base, now, one_of
from lti_tool.search_text import folded
from lti_tool.texts import N_

FORMER_MEMBER = N_("a former member")
"""Who somebody is of whom nothing is kept any more, where others' work still says that it was somebody."""


class Role(StrEnum):
    """What somebody is in one course."""

    TRAINER = "trainer"
    TRAINEE = "trainee"
    ADMINISTRATOR = "administrator"
    OBSERVER = "observer"


STAFF = frozenset({Role.TRAINER, Role.ADMINISTRATOR})
"""Who sees other people's work."""


class Context(Base):
    """A course on a platform (LTI: context)."""

    __tablename__ = "context"
    __table_args__ = (UniqueConstraint("deployment_id", "lti_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id"))
    """The deployment that this course was opened through."""
    lti_id: Mapped[str] = mapped_column(String(255))
    """The platform's own id; one of ours, `link:…`, for launches that name no course."""
    title: Mapped[str] = mapped_column(String(500), default="")
    """What people call it."""
    lineitems_url: Mapped[str] = mapped_column(Text, default="")
    """The gradebook's columns (AGS), where the platform offers them."""
    grade_scopes: Mapped[str] = mapped_column(Text, default="")
    """What we may do in the gradebook, scopes separated by blanks."""
    roster_url: Mapped[str] = mapped_column(Text, default="")
    """Who takes part (NRPS), where the platform offers it."""
    roster_read_at: Mapped[datetime | None]
    """When the roster was last read to its end."""
    roster_problem: Mapped[str] = mapped_column(String(100), default="")
    """Why the last reading failed: a code, never the platform's words."""
    roster_due_at: Mapped[datetime | None] = mapped_column(index=True)
    """When it should be read next; never, where nobody comes any more."""
    roster_claimed_until: Mapped[datetime | None]
    """Until then a worker is reading it; after that the worker counts as dead."""
    roster_query: Mapped[str] = mapped_column(String(300), default="")
    """What the next reading is narrowed to, in the service's words, such as `role=Learner`; empty for everybody.

    One parameter, as it is and not as it stands in an address, where a link's name may be thrice as long.
    """
    roster_found: Mapped[dict[str, int] | None] = mapped_column(JSON)
    """What the last reading found: how many people of each role the platform named, and, as `left`, missed."""
    groups_url: Mapped[str] = mapped_column(Text, default="")
    """The course's groups, where the platform offers them."""
    opened_at: Mapped[datetime] = mapped_column(default=now)
    """When somebody last opened something of it from the platform."""
    teams_by_code: Mapped[bool] = mapped_column(default=False)
    """Whether a new school team begins with a code, as a trainer has decided."""
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("context.id"), index=True)
    """The course that this one was copied from, once its prompts and settings have been brought over."""


class ResourceLink(Base):
    """A place in a course from which the tool is opened (LTI: resource link)."""

    __tablename__ = "resource_link"
    __table_args__ = (UniqueConstraint("context_id", "lti_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course it stands in."""
    lti_id: Mapped[str] = mapped_column(String(255))
    """The platform's own id."""
    title: Mapped[str] = mapped_column(String(500), default="")
    """Its name on the course page."""
    activity: Mapped[str] = mapped_column(String(200), default="course")
    """What it opens: `unit/m1u1`, `journal/j3`, `roadmap`, `desk` or `course`."""


class User(Base):
    """A person on a platform: issuer and `sub`, through the registration. Name and e-mail may be withheld."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("registration_id", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    """The platform that knows this person."""
    subject: Mapped[str] = mapped_column(String(255))
    """The platform's own id for the person (`sub`)."""
    name: Mapped[str] = mapped_column(String(500), default="")
    """The full name, empty where the platform withholds it."""
    search_name: Mapped[str] = mapped_column(Text, default="")
    """The name as it is searched and put in order; follows `name` by itself, but for statements that write rows."""
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    """Whether the platform did not say who it is: a person for this one launch, with a `subject` of ours."""
    course_language: Mapped[str] = mapped_column(String(10), default="")
    """The language in which this person wants to see the course; empty where they never chose."""
    erased_at: Mapped[datetime | None]
    """When what was kept about this person was erased; the row is then nobody's, with a `subject` of ours."""

    @validates("name")
    def _follow_name(self, _key: str, name: str) -> str:
        self.search_name = folded(name)
        return name

    @property
    def shown_name(self) -> str:
        """The name, or something that can be told apart without one."""
        return self.name or (FORMER_MEMBER if self.erased_at else f"#{self.id}")


class Actor(Base):
    """Who did something that is written down for good: today a person of a platform; not everybody needs an account."""

    __tablename__ = "actor"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), unique=True)
    """The person."""
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
    """The person's row."""

    @property
    def shown_name(self) -> str:
        """What others read where this actor did something."""
        return self.user.shown_name


class Membership(Base):
    """That a person takes part in a course, and as what."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("context_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """The person."""
    role: Mapped[Role] = mapped_column(one_of(Role))
    """The role at the last launch, or as the roster has changed it since."""
    listed_role: Mapped[Role | None] = mapped_column(one_of(Role))
    """The role in which the roster named them last."""
    tries_out: Mapped[bool] = mapped_column(default=False)
    """Whether this is one of the staff who came as a trainee the last time, to see the course as trainees do."""
    is_test: Mapped[bool] = mapped_column(default=False)
    """Whether this is a teacher's test student: nobody's grade, counted nowhere."""
    seen_at: Mapped[datetime | None] = mapped_column(default=now)
    """When the person last came; never, where only the roster names them."""
    listed_at: Mapped[datetime | None]
    """When the roster last named them."""
    left_at: Mapped[datetime | None]
    """When the roster first missed them; their work stays."""
    user: Mapped[User] = relationship(lazy="joined")
    """The person's row."""


class SchoolTeam(Base):
    """People of one school who write one road map together."""

    __tablename__ = "school_team"
    __table_args__ = (
        UniqueConstraint("context_id", "name"),
        UniqueConstraint("context_id", "group_id"),
        Index("ix_school_team_search_name", "context_id", "search_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The course that the team takes."""
    name: Mapped[str] = mapped_column(String(200))
    """The school, or what the team calls itself."""
    search_name: Mapped[str] = mapped_column(Text)
    """The name as it is searched and put in order: follows `name` by itself."""
    group_id: Mapped[str | None] = mapped_column(String(255))
    """The platform's own id, where the team is one of its course groups: the roster alone says who is in it then."""
    code: Mapped[str] = mapped_column(String(20), default="")
    """What one must know to join; empty where everybody of the course may."""
    founded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    """Who founded it here; nobody where it is a course group, or from before this was kept."""

    @validates("name")
    def _follow_name(self, _key: str, name: str) -> str:
        self.search_name = folded(name)
        return name


class TeamMember(Base):
    """That a person belongs to a school team; one team a person and course."""

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("context_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("school_team.id"), index=True)
    """The team."""
    context_id: Mapped[int] = mapped_column(ForeignKey("context.id"))
    """The team's course, here too so that the rule above can be a constraint."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    """The person."""
    user: Mapped[User] = relationship(lazy="joined")
    """The person's row."""
