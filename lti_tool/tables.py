"""All tables of all rooms, so that migrations and the start of the program see every one of them."""

import lti_tool.course.models
import lti_tool.grading.models
import lti_tool.journal.models
import lti_tool.people.models
import lti_tool.platforms.models
import lti_tool.roadmap.models
import lti_tool.scores.models
from lti_tool.database import Base

metadata = Base.metadata
