"""What an administrator wants to know of a connection: addresses, people, and what the platform withholds."""

from dataclasses import dataclass

from sqlalchemy import CompoundSelect, func, or_, select
from sqlalchemy.orm import Session

from lti_tool.people.models import Membership, Role, User
from lti_tool.platforms.models import Deployment, Launch, Registration


@dataclass(frozen=True)
class Connection:
    """One registration as seen from one course."""

    registration: Registration
    deployment_id: str
    members: dict[Role, int]
    """How many of each role have come so far; whom the platform calls an administrator counts as that alone."""
    unnamed: int
    """How many of them the platform gives no name for."""
    launches: int
    """Launches of this course that are kept; a week after their end they go."""


def describe_connection(session: Session, launch_id: str) -> Connection:
    """Describe the connection that this launch came through."""
    launch = session.get_one(Launch, launch_id)
    here = Membership.context_id == launch.context_id
    of_role = select(Membership.role, func.count()).where(here).group_by(Membership.role)
    administrators = _administrators(launch.context_id)
    counted = session.execute(of_role.where(Membership.user_id.not_in(administrators))).all()
    administering = session.scalar(select(func.count()).select_from(administrators.subquery())) or 0
    unnamed = select(func.count()).select_from(Membership).join(User).where(here, User.name == "")
    launches = select(func.count()).select_from(Launch).where(Launch.context_id == launch.context_id)
    return Connection(
        registration=launch.registration,
        deployment_id=session.get_one(Deployment, launch.deployment_id).deployment_id,
        members={**dict(counted), Role.ADMINISTRATOR: administering},
        unnamed=session.scalar(unnamed) or 0,
        launches=session.scalar(launches) or 0,
    )


def _administrators(context_id: int) -> CompoundSelect[int]:
    """Who has come as an administrator of the platform, whatever else in the course; launches are kept for a while."""
    is_one = or_(Launch.administers, Launch.role == Role.ADMINISTRATOR)
    came = select(Launch.user_id).where(Launch.context_id == context_id, is_one)
    member = (Membership.context_id == context_id, Membership.role == Role.ADMINISTRATOR)
    return came.union(select(Membership.user_id).where(*member))
