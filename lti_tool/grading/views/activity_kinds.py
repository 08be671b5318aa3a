"""The trainer's desk as an activity of an LMS: `desk`."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from lti_tool.activities import ActivityKind, Offer, Page, Tab
from lti_tool.errors import NotFound
from lti_tool.platforms.models import Launch


class Desk(ActivityKind):
    """The trainer's desk."""

    name = "desk"
    for_observers = False
    trainers_only = lazy_gettext(
        "Here trainers read and mark what was handed in. Your LMS says that you are not a trainer in this course."
    )

    def opens(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The list of pieces."""
        if identifier:
            raise NotFound("activity")
        return "grading.queue", {}

    def offers(self, session: Session, context_id: int, *, is_known: bool) -> Sequence[Offer]:
        """One link for trainers."""
        text = _("What was handed in, and what waits to be marked.")
        about = _("For you trainers: read, mark and release. Trainees who open it are told that it is for you.")
        return (Offer(self.name, _("Class overview"), text, about),)


KINDS = (Desk(),)
TABS = (Tab("grading", "grading.queue", lazy_gettext("To mark"), lambda visit: visit.judges),)
