"""All tables of all rooms, so that migrations and the start of the program see every one of them."""

from lti_tool.course import models as course
from lti_tool.database import Base
from lti_tool.files import models as files
from lti_tool.grading import models as grading
from lti_tool.journal import models as journal
from lti_tool.operations import models as operations
from lti_tool.people import models as people
from lti_tool.platforms import models as platforms
from lti_tool.roadmap import models as roadmap
from lti_tool.scores import models as scores

ROOMS = (people, platforms, files, course, journal, grading, scores, roadmap, operations)
metadata = Base.metadata
FORMER = frozenset({"login_attempt", "contribution"})
"""The names of tables that older forms had and the newest has no more."""
OWN = FORMER | metadata.tables.keys()
"""The names of all tables of the tool in any of its forms. A database may hold others, such as those of the queue."""
