"""A map of the database as exports take it."""

from urllib.parse import urlsplit

from lti_tool.people.models import SchoolTeam
from lti_tool.roadmap.exports.plan import Plan
from lti_tool.roadmap.reading import read_map
from lti_tool.roadmap.views.room import today
from lti_tool.web.application import db, parts
from scorm_builder.course_format.planner import Section


def plan_of(road_map_id: int, team: SchoolTeam, language: str, section: Section | None = None) -> Plan:
    """The team's map in this language, or in the course's first where it has no such."""
    course = parts().course
    return Plan(
        map=read_map(db(), road_map_id, course.sections(language)),
        school=team.name,
        course=course.course.id,
        language=course.language(language),
        today=today(),
        uid=f"{road_map_id}@{urlsplit(parts().base_url).hostname}",
        section=section,
    )
