"""How long the pages of a launch work."""

from dataclasses import dataclass
from datetime import timedelta

from lti_tool.database import now
from lti_tool.people.models import Context

TOO_OLD = timedelta(days=2)
"""A roster that could not be read for so long says nothing of who has rights now; one is read each night."""


@dataclass(frozen=True)
class Lifetimes:
    """What the operator has set."""

    launch: timedelta
    """From the launch on, where the roster ends the rights of whoever has left."""
    without_roster: timedelta
    """The same where no roster says so."""
    idle: timedelta
    """Without anything being done."""

    def of_launch(self, context: Context) -> timedelta:
        """How long a launch into this course lives that is made now."""
        return self.launch if _has_roster(context) else min(self.launch, self.without_roster)


def _has_roster(context: Context) -> bool:
    if not context.roster_url:
        return False
    was_read = context.roster_read_at is not None and context.roster_read_at > now() - TOO_OLD
    return was_read or not context.roster_problem
