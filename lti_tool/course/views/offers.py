"""What can be picked for an LMS's course, under headings, in the course's order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from lti_tool.activities import Offer
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language, course_words
from scorm_builder.course_format.course import Module


@dataclass(frozen=True)
class Group:
    """Offers under one heading."""

    title: str
    offers: tuple[Offer, ...]


def groups(context_id: int, *, is_known: bool) -> list[Group]:
    """Everything, in the course's order. Prompts of one's own need a course that the platform has named."""
    course = parts().course
    offers = parts().activities.offers(db(), context_id, is_known=is_known)
    numbered = [(number, module) for number, module in enumerate(course.modules, 1) if module.units]
    by_module = [_module_group(number, module, offers) for number, module in numbered]
    grouped = {offer.activity for group in by_module for offer in group.offers}
    others = [offer for offer in offers if offer.activity not in grouped]
    found = [
        Group(_("The whole course"), _all_of(others, "course")),
        *by_module,
        Group(_("More journal prompts"), tuple(one for one in _all_of(others, "journal") if not one.written)),
        Group(_("Prompts of your own"), tuple(one for one in others if one.written)),
        Group(_("Rooms for everybody"), _all_of(others, "roadmap", "desk")),
    ]
    return [group for group in found if group.offers]


def offers_by_activity(found: Sequence[Group]) -> dict[str, Offer]:
    """The offers of all groups by what they open."""
    return {offer.activity: offer for group in found for offer in group.offers}


def _module_group(number: int, module: Module, offers: Sequence[Offer]) -> Group:
    words = {"number": number, "title": course_words(module.title[course_language()])}
    title = Markup(_("Module %(number)s: %(title)s")) % words  # noqa: S704 (the tool's own words; the title is escaped)
    found = [offer for offer in offers if offer.activity == f"module/{module.id}"]
    for unit in module.units:
        found += [offer for offer in offers if offer.unit == unit.id]
    return Group(title, tuple(found))


def _all_of(offers: Iterable[Offer], *kinds: str) -> tuple[Offer, ...]:
    return tuple(offer for offer in offers if offer.kind in kinds)
