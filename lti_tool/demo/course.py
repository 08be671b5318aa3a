"""The one course of the demo LMS: its sections, and the activities that open the tool."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lti_tool.demo.people import Person

COURSE_ID = "2"
COURSE_LABEL = "PE101"
COURSE_TITLE = "Working with parents"
COURSE_SOURCED_ID = "PE-101"


@dataclass(frozen=True)
class Activity:
    """A resource link to the tool; `maximum` is its points in the gradebook, None where it is not graded."""

    key: str
    link_id: str
    title: str
    intro: str
    path: str
    icon: str
    maximum: float | None = None
    staff_only: bool = False
    url: str = ""
    """The whole address, where the tool gave one."""
    custom: Mapping[str, str] = field(default_factory=dict)
    """What the tool asked to be sent along."""
    course_id: str = COURSE_ID
    history: tuple[str, ...] = ()
    """The links that this one was copied from."""
    times: Mapping[str, str] = field(default_factory=dict)
    """When it opens and is due, as the tool said."""

    def is_shown_to(self, person: Person) -> bool:
        """Whether the course page lists it for this person."""
        return person.is_staff or not self.staff_only


@dataclass(frozen=True)
class Section:
    """A heading of the course page; `module` is the part of the course whose SCORM packages stand first in it."""

    key: str
    title: str
    summary: str
    activities: tuple[Activity, ...] = ()
    module: str = ""


UNIT = Activity(
    key="unit-m1u1",
    link_id="1",
    title="Unit M1U1 in Partnerwise",
    intro="The same unit, opened by LTI. The tool keeps your place and your answers.",
    path="unit/m1u1",
    icon="unit",
)
THINK_PIECE = Activity(
    key="journal-j3",
    link_id="2",
    title="Think piece",
    intro="Write about your own practice. Your trainer reads it, and the grade arrives here.",
    path="journal/j3",
    icon="journal",
    maximum=15,
)
ROAD_MAP = Activity(
    key="roadmap",
    link_id="3",
    title="Our road map",
    intro="One plan for your school, written together with your colleagues and parents.",
    path="roadmap",
    icon="roadmap",
)
DESK = Activity(
    key="desk",
    link_id="4",
    title="Trainer's desk",
    intro="Read what was handed in, grade it, and release the grades.",
    path="desk",
    icon="desk",
    staff_only=True,
)

SECTIONS = (
    Section(
        key="module-1",
        title="Module 1: What working with parents means",
        summary="Work through the units, one after the other, and write the think piece after the first.",
        activities=(UNIT, THINK_PIECE),
        module="m1",
    ),
    Section(
        key="module-2",
        title="Module 2: Working towards change",
        summary="From what you found to a plan with people and dates.",
        module="m2",
    ),
    Section(
        key="module-3",
        title="Module 3: What your plan changes",
        summary="Find out what came of it, tell it, and settle what stays.",
        module="m3",
    ),
    Section(
        key="together",
        title="Plan together",
        summary="Your school team's plan of action. Everyone in the team sees the same map.",
        activities=(ROAD_MAP,),
    ),
    Section(
        key="trainers",
        title="For trainers",
        summary="Only trainers and administrators see this section.",
        activities=(DESK,),
    ),
)
MODULES = tuple(section.module for section in SECTIONS if section.module)
ACTIVITIES = tuple(activity for section in SECTIONS for activity in section.activities)
BY_KEY = {activity.key: activity for activity in ACTIVITIES}
BY_LINK_ID = {activity.link_id: activity for activity in ACTIVITIES}


def sections_for(person: Person) -> list[tuple[Section, list[Activity]]]:
    """The sections with what this person may open, without those that hold nothing and belong to no module."""
    shown = [(section, [a for a in section.activities if a.is_shown_to(person)]) for section in SECTIONS]
    return [(section, activities) for section, activities in shown if activities or section.module]


def context_claim(course_id: str = COURSE_ID, title: str = COURSE_TITLE) -> dict[str, Any]:
    """The course as launches name it (LTI Core 5.4.1); Moodle sends the type as a short name."""
    return {"id": course_id, "label": COURSE_LABEL, "title": title, "type": ["CourseSection"]}
