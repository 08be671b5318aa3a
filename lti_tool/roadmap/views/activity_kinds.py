"""The planner as an activity of an LMS: `roadmap`."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from lti_tool.activities import ActivityKind, Offer, Page, Tab
from lti_tool.errors import NotFound
from lti_tool.people.models import Role
from lti_tool.people.teams import team_of
from lti_tool.platforms.models import Launch


class Planner(ActivityKind):
    """The road map of whoever opens it; for trainers all maps of the course."""

    name = "roadmap"
    for_observers = False

    def opens(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The own map, or all of them."""
        if identifier:
            raise NotFound("activity")
        return "roadmap.road_map", {}

    def opens_for_review(self, session: Session, launch: Launch, identifier: str, user_id: int) -> Page:
        """The map of this person's team, if there is one."""
        team = team_of(session, launch.context_id, user_id)
        return ("roadmap.whole", {"team_id": team.id}) if team else ("roadmap.no_map", {})

    def offers(self, session: Session, context_id: int, *, is_known: bool) -> Sequence[Offer]:
        """One link for everybody."""
        text = _("One plan for your school, written together with your team.")
        about = _("The planner that each school team writes together")
        return (Offer(self.name, _("Our road map"), text, about),)


KINDS = (Planner(),)
TABS = (Tab("roadmap", "roadmap.road_map", lazy_gettext("Road map"), lambda visit: visit.role is not Role.OBSERVER),)
