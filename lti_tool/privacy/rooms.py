"""What all rooms hold about people and courses."""

from collections.abc import Iterator

from lti_tool.course.held_data import HELD as COURSE
from lti_tool.files.held_data import HELD as FILES
from lti_tool.grading.held_data import HELD as GRADING
from lti_tool.held_data import Held, Scope
from lti_tool.journal.held_data import HELD as JOURNAL
from lti_tool.operations.held_data import HELD as OPERATIONS
from lti_tool.people.held_data import HELD as PEOPLE
from lti_tool.platforms.held_data import HELD as PLATFORMS
from lti_tool.roadmap.held_data import HELD as ROADMAP
from lti_tool.scores.held_data import HELD as SCORES

ROOMS = (PEOPLE, PLATFORMS, COURSE, JOURNAL, GRADING, SCORES, ROADMAP, FILES, OPERATIONS)
"""In the order in which people read of them."""


def held_in(scope: Scope) -> Iterator[Held]:
    """All kinds of rows that can be in the scope."""
    for room in ROOMS:
        yield from (held for held in room.rows if held.has(scope))
