"""What has changed in a map since a window last looked, and the log of all changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.roadmap.models import Contribution, RoadMap

ONE_GO = timedelta(minutes=2)
"""Saves of one field by one person within this time are one change to a reader."""


@dataclass(frozen=True)
class Changes:
    """What changed after one revision and up to another."""

    revision: int
    names: frozenset[str] = frozenset()
    """Fields with another value."""
    row_ids: frozenset[int] = frozenset()
    """Rows that came, went or moved, or in which a field changed."""
    listed: frozenset[int] = frozenset()
    """Rows that came, went or moved."""


def changes_since(session: Session, road_map_id: int, since: int) -> Changes:
    """What changed after revision `since`.

    The map's revision is read first: whoever reads n finds every change up to n, because changes of one map are
    committed in their order (contributing.begin_change). What is committed meanwhile comes with the next question.
    """
    revision = session.scalar(select(RoadMap.revision).where(RoadMap.id == road_map_id)) or 0
    if since >= revision:
        return Changes(revision)
    found = select(Contribution.what, Contribution.name, Contribution.row_id).where(
        Contribution.road_map_id == road_map_id,
        Contribution.revision > since,
        Contribution.revision <= revision,
    )
    made = session.execute(found).all()
    return Changes(
        revision,
        frozenset(name for what, name, _ in made if what == "changed"),
        frozenset(row_id for _, _, row_id in made if row_id is not None),
        frozenset(row_id for what, _, row_id in made if row_id is not None and what != "changed"),
    )


@dataclass
class Told:
    """One change as a reader sees it: saves of one field in one go are taken together."""

    who: str
    what: str
    name: str
    row_id: int | None
    before: str
    after: str
    at: datetime
    began_at: datetime = field(repr=False)

    def continues(self, earlier: Contribution) -> bool:
        """Whether the earlier save belongs to the same go."""
        return (
            earlier.what == self.what == "changed"
            and (earlier.name, earlier.user.shown_name) == (self.name, self.who)
            and self.began_at - earlier.made_at <= ONE_GO
        )


def read_history(
    session: Session, road_map_id: int, *, before: int | None = None, most: int = 200
) -> tuple[list[Told], int | None]:
    """The latest changes first, and the revision to go on from where there are earlier ones."""
    found = select(Contribution).where(Contribution.road_map_id == road_map_id)
    if before is not None:
        found = found.where(Contribution.revision < before)
    saves = session.scalars(found.order_by(Contribution.revision.desc()).limit(most)).all()
    return _taken_together(saves), saves[-1].revision if len(saves) == most else None


def last_changes(session: Session, road_map_ids: Sequence[int]) -> Mapping[int, Contribution]:
    """The last change of each of these maps; maps without any are left out."""
    latest = select(func.max(Contribution.id)).where(Contribution.road_map_id.in_(road_map_ids))
    found = select(Contribution).where(Contribution.id.in_(latest.group_by(Contribution.road_map_id)))
    return {change.road_map_id: change for change in session.scalars(found)}


def _taken_together(saves: Sequence[Contribution]) -> list[Told]:
    told: list[Told] = []
    for save in saves:
        if told and told[-1].continues(save):
            told[-1].before, told[-1].began_at = save.before, save.made_at
        else:
            told.append(_tell(save))
    return told


def _tell(save: Contribution) -> Told:
    return Told(
        who=save.user.shown_name,
        what=save.what,
        name=save.name,
        row_id=save.row_id,
        before=save.before,
        after=save.after,
        at=save.made_at,
        began_at=save.made_at,
    )
