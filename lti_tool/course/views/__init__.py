"""The course's pages, and those by which trainers put its activities into their LMS's course."""

from lti_tool.course.views import not_shown, pages, picker, pictures, placed, prompts, sessions, trainees
from lti_tool.course.views.shared import blueprint

__all__ = ["blueprint", "not_shown", "pages", "picker", "pictures", "placed", "prompts", "sessions", "trainees"]
