"""The course's pages, and those by which trainers put its activities into their LMS's course."""

from lti_tool.course.views import pages, picker, pictures, placed, prompts, sessions
from lti_tool.course.views.shared import blueprint

__all__ = ["blueprint", "pages", "picker", "pictures", "placed", "prompts", "sessions"]
