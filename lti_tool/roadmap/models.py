"""Tables of road maps.

Which sections and fields a map has is course data, so a field is a row here: that also gives each its own version,
and two people who write different fields never get in each other's way.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lti_tool.database import Base, now
from lti_tool.people.models import User


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
    __table_args__ = (UniqueConstraint("road_map_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    road_map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"))
    """The map."""
    row_id: Mapped[int | None] = mapped_column(ForeignKey("map_row.id"), index=True)
    """The row it belongs to; none for a field of the whole map."""
    name: Mapped[str] = mapped_column(String(100))
    """`p1.definition`, or `action.17.what` for a field of row 17: unique in the map."""
    value: Mapped[str] = mapped_column(Text, default="")
    """The text; dates as ISO 8601, choices as their identifier, a priority as its row's id, people by
    name: parents and pupils are in no LMS."""
    version: Mapped[int] = mapped_column(default=0)
    """Counts changes; a save must name the version that it was read at."""
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """Who wrote it last."""
    changed_at: Mapped[datetime] = mapped_column(default=now)
    """When."""
    changed_by: Mapped[User | None] = relationship(lazy="joined")
    """That person's row."""


class Contribution(Base):
    """One change of a map, for ever: who, when, what, from what to what."""

    __tablename__ = "contribution"
    __table_args__ = (UniqueConstraint("road_map_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    road_map_id: Mapped[int] = mapped_column(ForeignKey("road_map.id"))
    """The map."""
    revision: Mapped[int]
    """The map's revision that this change made; windows ask for what came after the last one they saw."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    """Who."""
    what: Mapped[str] = mapped_column(String(20))
    """changed, added, moved, removed or restored; joined, left, code_set or code_taken (joining.py)."""
    row_id: Mapped[int | None] = mapped_column(ForeignKey("map_row.id"))
    """The row it was about."""
    name: Mapped[str] = mapped_column(String(100), default="")
    """The field's name."""
    before: Mapped[str] = mapped_column(Text, default="")
    """The value before."""
    after: Mapped[str] = mapped_column(Text, default="")
    """The value after."""
    made_at: Mapped[datetime] = mapped_column(default=now)
    """When."""
    user: Mapped[User] = relationship(lazy="joined")
    """That person's row."""
