"""The course, its modules and units as activities of an LMS, and the picker that places activities there."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy.orm import Session

from lti_tool.activities import ActivityKind, Offer, Page, Tab, short_text
from lti_tool.errors import NotFound
from lti_tool.platforms.launches.creation import PICKER
from lti_tool.platforms.models import Launch
from lti_tool.scores.units import unit_activity
from lti_tool.web.application import parts
from lti_tool.web.course_language import course_language
from scorm_builder.course_format.course import Module
from scorm_builder.course_format.units import Unit

OVERVIEW = "course.overview"


class WholeCourse(ActivityKind):
    """`course`: all modules and units."""

    name = "course"

    def opens(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The overview."""
        return _alone(identifier, OVERVIEW)

    def page(self, identifier: str) -> Page | None:
        """The overview."""
        return None if identifier else (OVERVIEW, {})

    def offers(self, session: Session, context_id: int, *, is_known: bool) -> Sequence[Offer]:
        """One link to all of it."""
        course = parts().course
        text = _("The whole course, with your own place in it.")
        about = _("One link. Trainees find all modules and units behind it.")
        return (Offer(self.name, course.title[course_language()], text, about, language=course_language()),)


class OneModule(ActivityKind):
    """`module/m1`: a module's place in the overview."""

    name = "module"

    def opens(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The module's place in the overview."""
        if identifier not in {module.id for module in parts().course.modules}:
            raise NotFound("module")
        return OVERVIEW, {"_anchor": identifier}

    def offers(self, session: Session, context_id: int, *, is_known: bool) -> Sequence[Offer]:
        """One link for each module that has units."""
        return [_module_offer(module) for module in parts().course.modules if module.units]


class OneUnit(ActivityKind):
    """`unit/m1u1`: a unit, which sends its score by itself."""

    name = "unit"

    def opens(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The unit."""
        return "course.unit", _unit(identifier)

    def opens_for_review(self, session: Session, launch: Launch, identifier: str, user_id: int) -> Page:
        """How far this person is in it."""
        return "course.trainee", {**_unit(identifier), "user_id": user_id}

    def opens_column(self, session: Session, launch: Launch, identifier: str) -> Page:
        """How far everybody is in it."""
        return "course.trainees", _unit(identifier)

    def page(self, identifier: str) -> Page | None:
        """The unit."""
        return "course.unit", {"unit_id": identifier}

    def offers(self, session: Session, context_id: int, *, is_known: bool) -> Sequence[Offer]:
        """One link for each unit."""
        return [_unit_offer(unit) for unit in parts().course.units.values()]


class Picking(ActivityKind):
    """`picker`: a trainer chooses what else is placed (Deep Linking 2.0). It is in no course and is not offered."""

    name = PICKER

    def opens(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The picker."""
        return _alone(identifier, "course.picker")


KINDS = (WholeCourse(), OneModule(), OneUnit(), Picking())
TABS = (Tab("course", OVERVIEW, lazy_gettext("Course"), lambda _visit: True),)


def _alone(identifier: str, endpoint: str) -> Page:
    if identifier:
        raise NotFound("activity")
    return endpoint, {}


def _unit(identifier: str) -> Mapping[str, Any]:
    return {"unit_id": parts().course.unit(identifier).id}


def _module_offer(module: Module) -> Offer:
    lang, about = course_language(), _("One link to the list of this module's units.")
    return Offer(f"module/{module.id}", module.title[lang], short_text(module.aim.get(lang, "")), about, language=lang)


def _unit_offer(unit: Unit) -> Offer:
    lang = parts().course.unit_language(unit, course_language())
    about = _("Unit · about %(minutes)s minutes", minutes=unit.minutes)
    return Offer(
        unit_activity(unit.id),
        unit.title[lang],
        short_text(unit.summary.get(lang, "")),
        about,
        unit=unit.id,
        gradable=True,
        times=("due",),
        language=lang,
    )
