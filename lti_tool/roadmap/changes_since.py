"""What has changed in a map since a window last looked, and the log of all changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lti_tool.roadmap.models import Contribution, RoadMap

ONE_GO = timedelta(minutes=2)
"""One person's saves in one place, each within this time of the next, are one change to a reader."""


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
    """What one person did to one row or section in one go, as a reader sees it."""

    user_id: int
    who: str
    what: str
    """changed, added, moved, removed or restored; joined, left, code_set or code_taken."""
    about: str
    """The row, as `action.17`, or the section, as `p1`; empty where only `row_id` tells."""
    row_id: int | None
    before: str
    after: str
    at: datetime
    began_at: datetime
    values: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The fields by name, the last one first: what stood there before and after."""

    def take_in(self, earlier: Contribution) -> bool:
        """Take in an earlier save where it belongs to the same go; False where it does not."""
        together = self.what == "changed" and earlier.what in {"changed", "added"}
        near = self.began_at - earlier.made_at <= ONE_GO
        if not (together and near and self.user_id == earlier.user_id and self._same_place(earlier)):
            return False
        self.what, self.began_at = earlier.what, earlier.made_at
        if earlier.what == "changed":
            self._remember(earlier)
        return True

    def _same_place(self, earlier: Contribution) -> bool:
        if self.row_id is not None or earlier.row_id is not None:
            return self.row_id == earlier.row_id
        return self.about == _place(earlier)

    def _remember(self, save: Contribution) -> None:
        _, after = self.values.get(save.name, ("", save.after))
        self.values[save.name] = (save.before, after)


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
        if not (told and told[-1].take_in(save)):
            told.append(_tell(save))
    return told


def _tell(save: Contribution) -> Told:
    return Told(
        user_id=save.user_id,
        who=save.user.shown_name,
        what=save.what,
        about=_place(save),
        row_id=save.row_id,
        before=save.before,
        after=save.after,
        at=save.made_at,
        began_at=save.made_at,
        values={save.name: (save.before, save.after)} if save.name else {},
    )


def _place(save: Contribution) -> str:
    return save.name.rpartition(".")[0]
