"""The planner's pages and the addresses that their scripts talk to."""

from lti_tool.roadmap.views import (
    activity_kinds,
    calendars,
    example,
    exports,
    history,
    maps,
    saving,
    sections,
    taking,
    teams,
    timeline,
)
from lti_tool.roadmap.views.room import blueprint

__all__ = [
    "activity_kinds",
    "blueprint",
    "calendars",
    "example",
    "exports",
    "history",
    "maps",
    "saving",
    "sections",
    "taking",
    "teams",
    "timeline",
]
