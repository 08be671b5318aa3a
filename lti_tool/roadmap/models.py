"""Tables of road maps.

Which sections and fields a map has is course data, so a field is a row here: that also gives each its own version,
and two people who write different fields never get in each other's way. A field belongs to a row of the map, or to a
section that has fields of its own: of `row_id` and `section` exactly one is given. Which section a row stands in
follows from its kind.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, now, one_of
from lti_tool.people.models import Actor


class RoadMap(Base):
    """The map of one school team."""

    __tablename__ = "road_map"

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("school_team.id"), unique=True)
    """Whose map."""
    created_at: Mapped[datetime] = mapped_column(default=now)
    """When it was begun."""
    revision: Mapped[int] = mapped_column(default=0)
    """Counts the changes of the whole map; raised first in each change, so that changes follow one another."""


class MapRow(Base):
    """One priority, action or milestone of a map."""

    __tablename__ = "map_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    road_map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"), index=True)
    """The map."""
    kind: Mapped[str] = mapped_column(String(20))
    """priority, action or milestone, as the course's section says."""
    position: Mapped[int]
    """Its place among its kind."""
    removed_at: Mapped[datetime | None]
    """When it was taken out; kept, so that it can be put back."""


class MapField(Base):
    """One field of a map, or of one of its rows, as it stands now."""

    __tablename__ = "map_field"
    __table_args__ = (
        UniqueConstraint("road_map_id", "section", "field"),
        UniqueConstraint("row_id", "field"),
        CheckConstraint("(row_id IS NULL) <> (section IS NULL)", name="place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    road_map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"))
    """The map."""
    row_id: Mapped[int | None] = mapped_column(ForeignKey("map_row.id"))
    """The row it belongs to; none for a field of a section."""
    section: Mapped[str | None] = mapped_column(String(100))
    """The section whose own field it is; none for a field of a row."""
    field: Mapped[str] = mapped_column(String(100))
    """Its name in the course data."""
    value: Mapped[str] = mapped_column(Text, default="")
    """The text; dates as ISO 8601, choices as their identifier, a reference as the row's id, people by
    name: parents and pupils are in no LMS."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts changes; a save must name the version that it was read at."""
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("actor.id"), index=True)
    """Who wrote it last."""
    changed_at: Mapped[datetime] = mapped_column(default=now)
    """When."""
    from_example: Mapped[bool] = mapped_column(default=False)
    """Whether it came with the course's worked example and nobody has written in it since."""
    changed_by: Mapped[Actor | None] = relationship(lazy="joined")
    """That actor's row."""


class MapReference(Base):
    """That a field refers to a row of its map, as an action to the priority that it serves.

    The field's value says the same as text, for its version and the log; both are written together.
    """

    __tablename__ = "map_reference"

    field_id: Mapped[int] = mapped_column(ForeignKey("map_field.id"), primary_key=True)
    """The field."""
    row_id: Mapped[int] = mapped_column(ForeignKey("map_row.id"), primary_key=True, index=True)
    """The row that it refers to."""


class CalendarSubscription(Base):
    """The address at which calendars of other programs read a map's days; there is one for a map, or none."""

    __tablename__ = "calendar_subscription"

    road_map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"), primary_key=True)
    """The map."""
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the secret in the address, by which it is found."""
    sealed_secret: Mapped[str] = mapped_column(Text)
    """The secret, encrypted, so that the team can be shown the address again."""
    language: Mapped[str] = mapped_column(String(20))
    """The course's language in which it speaks."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey("actor.id"), index=True)
    """Who asked for it."""
    made_at: Mapped[datetime] = mapped_column(default=now)
    """When."""


class ChangeKind(StrEnum):
    """What a change did."""

    CHANGED = "changed"
    """A field was written in."""
    PUT_BACK = "put_back"
    """A former value of a field was put back."""
    ADDED = "added"
    """A row came."""
    MOVED = "moved"
    """A row changed its place, from `before` to `after`."""
    REMOVED = "removed"
    """A row was taken out."""
    RESTORED = "restored"
    """A row that had been taken out was put back."""
    JOINED = "joined"
    """Somebody came into the team."""
    LEFT = "left"
    """Somebody left it."""
    CODE_SET = "code_set"
    """Who joins must know a code from now on, or a new one."""
    CODE_TAKEN = "code_taken"
    """Everybody of the course may join from now on."""
    EXAMPLE_LOADED = "example_loaded"
    """The course's worked example was put into the empty map: rows and fields of every section."""
    EXAMPLE_TAKEN = "example_taken"
    """What nobody had changed of it was taken out again."""
    IMPORTED = "imported"
    """A file with a map was put into the empty map."""
    CALENDAR_OPENED = "calendar_opened"
    """The map's days got an address for calendars, or a new one."""
    CALENDAR_CLOSED = "calendar_closed"
    """That address was taken away."""


OF_FIELDS = frozenset({ChangeKind.CHANGED, ChangeKind.PUT_BACK})
"""Changes of a field's value."""
OF_WHOLE_MAPS = frozenset({ChangeKind.EXAMPLE_LOADED, ChangeKind.EXAMPLE_TAKEN, ChangeKind.IMPORTED})
"""Changes of any number of rows and fields at once, which are not named one by one."""


class MapChange(Base):
    """One change of a map, for ever: who, when, what, from what to what. One person's typing in one field is one."""

    __tablename__ = "map_change"
    __table_args__ = (
        UniqueConstraint("road_map_id", "revision"),
        Index("ix_map_change_row_id", "row_id", "field"),
        Index("ix_map_change_section", "road_map_id", "section", "field"),
        CheckConstraint("what IN ({})".format(", ".join(f"'{kind}'" for kind in ChangeKind)), name="what"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    road_map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"))
    """The map."""
    revision: Mapped[int]
    """The map's revision that it made; where saves were joined, the last one's. Windows ask for what came after the
    last one they saw."""
    actor_id: Mapped[int] = mapped_column(ForeignKey("actor.id"), index=True)
    """Who."""
    what: Mapped[ChangeKind] = mapped_column(one_of(ChangeKind))
    """What it did."""
    row_id: Mapped[int | None] = mapped_column(ForeignKey("map_row.id"))
    """The row it was about."""
    section: Mapped[str | None] = mapped_column(String(100))
    """The section whose own field was changed."""
    field: Mapped[str | None] = mapped_column(String(100))
    """The field's name, where a field was changed."""
    before: Mapped[str] = mapped_column(Text, default="")
    """The value before."""
    after: Mapped[str] = mapped_column(Text, default="")
    """The value after."""
    began_at: Mapped[datetime] = mapped_column(default=now)
    """When, or when the first of the joined saves was made."""
    made_at: Mapped[datetime] = mapped_column(default=now)
    """When, or when the last of the joined saves was made."""
    actor: Mapped[Actor] = relationship(lazy="joined", innerjoin=True)
    """That actor's row."""
