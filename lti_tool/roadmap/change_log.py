"""Every change of a map takes the next revision and leaves a line in the contribution log, for ever."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from lti_tool.errors import NotFound
from lti_tool.roadmap.models import Contribution, RoadMap


@dataclass(frozen=True)
class Change:
    """A change that has begun: the map, the person, and the revision that it makes."""

    road_map_id: int
    user_id: int
    revision: int


def begin_change(session: Session, road_map_id: int, user_id: int) -> Change:
    """Take the map's next revision.

    The UPDATE holds the map's row until the commit, so changes of one map follow one another, and whoever reads
    revision n finds every change up to n. It must come before anything that the change depends on is read.
    """
    statement = (
        update(RoadMap)
        .where(RoadMap.id == road_map_id)
        .values(revision=RoadMap.revision + 1)
        .returning(RoadMap.revision)
        .execution_options(synchronize_session=False)
    )
    revision = session.scalar(statement)
    if revision is None:
        raise NotFound("road map")
    return Change(road_map_id, user_id, revision)


def log_change(
    session: Session,
    change: Change,
    what: str,
    *,
    row_id: int | None = None,
    name: str = "",
    before: str = "",
    after: str = "",
) -> None:
    """Write the change down: `what` is changed, added, moved, removed or restored."""
    session.add(
        Contribution(
            road_map_id=change.road_map_id,
            revision=change.revision,
            user_id=change.user_id,
            what=what,
            row_id=row_id,
            name=name,
            before=before,
            after=after,
        )
    )
    session.flush()
