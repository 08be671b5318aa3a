"""What can be picked for an LMS's course, in the trainer's words: the course, its parts, the prompts, the rooms."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from lti_tool.course.bundle import Module, Prompt, Unit
from lti_tool.course.prompts import prompts_in
from lti_tool.course.views.shared import TIMES
from lti_tool.web.application import db, parts
from lti_tool.web.languages import language

LONGEST_TEXT = 400
"""Characters of the text that goes with a link."""


@dataclass(frozen=True)
class Offer:
    """One activity that can be picked."""

    activity: str
    title: str
    text: str
    """What trainees read beside the link, plain."""
    about: str = ""
    """What the trainer is told of it, short."""
    points: float | None = None
    """The highest score that it has by itself."""
    whole: int = 0
    """The sum of the rubric that it is judged by."""
    gradable: bool = False
    """Whether it can have a column in the gradebook."""
    pieces: bool = False
    """Whether people hand in pieces that a trainer can look at."""
    times: tuple[str, ...] = ()
    """Which of its times can be set, of `TIMES`."""
    written: bool = False
    """Whether a trainer wrote it for this course."""

    @property
    def kind(self) -> str:
        """Its kind, which its picture is named after: course, module, unit, journal, roadmap or desk."""
        return self.activity.partition("/")[0]


@dataclass(frozen=True)
class Group:
    """Offers under one heading."""

    title: str
    offers: tuple[Offer, ...]


def groups(context_id: int, *, is_known: bool) -> list[Group]:
    """Everything, in the course's order. Prompts of one's own need a course that the platform has named."""
    course = parts().course
    lang = course.language(language())
    prompts = prompts_in(db(), course, context_id, lang) if is_known else list(course.prompts[lang])
    modules = [
        _module_group(number, module, lang, prompts) for number, module in enumerate(course.modules, 1) if module.units
    ]
    placed = {unit for module in course.modules for unit in (one.id for one in module.units)}
    others = tuple(_journal_offer(prompt) for prompt in prompts if prompt.code and prompt.unit not in placed)
    own = tuple(_journal_offer(prompt) for prompt in prompts if not prompt.code)
    found = [Group(_("The whole course"), (_course_offer(lang),)), *modules]
    found += [Group(_("More journal prompts"), others), Group(_("Prompts of your own"), own)]
    return [group for group in [*found, Group(_("Rooms for everybody"), _rooms())] if group.offers]


def offers_by_activity(found: Sequence[Group]) -> dict[str, Offer]:
    """The offers of all groups by what they open."""
    return {offer.activity: offer for group in found for offer in group.offers}


def _course_offer(lang: str) -> Offer:
    course = parts().course
    text = _("The whole course, with your own place in it.")
    about = _("One link. Trainees find all modules and units behind it.")
    return Offer("course", course.title[lang], text, about)


def _module_group(number: int, module: Module, lang: str, prompts: Sequence[Prompt]) -> Group:
    title = _("Module %(number)s: %(title)s", number=number, title=module.title[lang])
    about = _("One link to the list of this module's units.")
    offers = [Offer(f"module/{module.id}", title, _short(module.aim.get(lang, "")), about)]
    for unit in module.units:
        offers.append(_unit_offer(unit, lang))
        offers += [_journal_offer(prompt) for prompt in prompts if prompt.unit == unit.id]
    return Group(title, tuple(offers))


def _unit_offer(unit: Unit, lang: str) -> Offer:
    about = _("Unit · about %(minutes)s minutes", minutes=unit.minutes)
    return Offer(
        f"unit/{unit.id}", unit.title[lang], _short(unit.summary.get(lang, "")), about, gradable=True, times=("due",)
    )


def _journal_offer(prompt: Prompt) -> Offer:
    said = [_("Journal")]
    if prompt.limit:
        said.append(_("up to %(limit)d characters", limit=prompt.limit))
    elif prompt.words and prompt.words.min and prompt.words.max:
        said.append(_("%(least)d to %(most)d words", least=prompt.words.min, most=prompt.words.max))
    said.append(_("you mark it") if prompt.rubric else _("nobody marks it"))
    return Offer(
        f"journal/{prompt.id}",
        prompt.title,
        _short(Markup(prompt.question).striptags()),  # noqa: S704 (plain text comes out)
        " · ".join(said),
        points=prompt.points or None,
        whole=parts().course.rubric(prompt.rubric, language()).maximum if prompt.rubric else 0,
        gradable=bool(prompt.rubric),
        pieces=bool(prompt.rubric),
        times=TIMES if prompt.rubric else ("opens", "due"),
        written=not prompt.code,
    )


def _rooms() -> tuple[Offer, ...]:
    return (
        Offer(
            "roadmap",
            _("Our road map"),
            _("One plan for your school, written together with your team."),
            _("The planner that each school team writes together"),
        ),
        Offer(
            "desk",
            _("Class overview"),
            _("What was handed in, and what waits to be marked."),
            _("For you trainers: read, mark and release. Trainees who open it are told that it is for you."),
        ),
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1].rsplit(" ", 1)[0] + "…"
