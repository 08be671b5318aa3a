"""The course's pages, and those by which trainers put its activities into their LMS's course."""

from lti_tool.course.views import (
    activity_kinds,
    catalogues,
    extensions,
    languages,
    pages,
    picker,
    pictures,
    placed,
    prompts,
    sessions,
    trainees,
)
from lti_tool.course.views.shared import blueprint

__all__ = [
    "activity_kinds",
    "blueprint",
    "catalogues",
    "extensions",
    "languages",
    "pages",
    "picker",
    "pictures",
    "placed",
    "prompts",
    "sessions",
    "trainees",
]
