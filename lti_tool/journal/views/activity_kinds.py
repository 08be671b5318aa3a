"""A prompt of the journal as an activity of an LMS: `journal/j3`."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from lti_tool.activities import TIMES, ActivityKind, Offer, Page, Tab, short_text
from lti_tool.course.prompts import find_prompt, language_of_prompt, prompt_activity, prompts_in
from lti_tool.people.models import STAFF, Role
from lti_tool.platforms.models import Launch
from lti_tool.web.application import parts
from lti_tool.web.course_language import course_language
from scorm_builder.course_format.journal import Prompt


class OnePrompt(ActivityKind):
    """A prompt: trainees write, trainers see what was handed in."""

    name = "journal"
    for_observers = False

    def opens(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The piece of whoever opens it; for trainers the pieces of all."""
        prompt = find_prompt(session, parts().course, launch.context_id, identifier, "")
        if launch.role in STAFF:
            return "grading.queue", {"prompt": prompt.id}
        return "journal.entry", {"prompt_id": prompt.id}

    def opens_for_review(self, session: Session, launch: Launch, identifier: str, user_id: int) -> Page:
        """The piece of this person, on the desk."""
        return "grading.review", {"prompt_id": identifier, "user_id": user_id}

    def opens_column(self, session: Session, launch: Launch, identifier: str) -> Page:
        """The list on the desk that holds pieces."""
        return "grading.column", {"prompt_id": identifier}

    def page(self, identifier: str) -> Page | None:
        """The piece."""
        return "journal.entry", {"prompt_id": identifier}

    def offers(self, session: Session, context_id: int, *, is_known: bool) -> Sequence[Offer]:
        """One link for each prompt of the course, and for those that trainers wrote for a known one."""
        course, lang = parts().course, course_language()
        found = prompts_in(session, course, context_id, lang) if is_known else course.prompts(lang)
        return [_offer(prompt) for prompt in found]


KINDS = (OnePrompt(),)
TABS = (Tab("journal", "journal.overview", lazy_gettext("Journal"), lambda visit: visit.role is Role.TRAINEE),)


def _offer(prompt: Prompt) -> Offer:
    return Offer(
        prompt_activity(prompt.id),
        prompt.title,
        short_text(Markup(prompt.question).striptags()),  # noqa: S704 (plain text comes out)
        _about(prompt),
        unit=prompt.unit,
        points=prompt.points or None,
        whole=parts().course.rubric(prompt.rubric, course_language()).maximum if prompt.rubric else 0,
        gradable=bool(prompt.rubric),
        pieces=bool(prompt.rubric),
        times=TIMES if prompt.rubric else ("opens", "due"),
        written=not prompt.code,
        language=language_of_prompt(parts().course, prompt, course_language()),
    )


def _about(prompt: Prompt) -> str:
    said = [_("Journal")]
    if prompt.limit:
        said.append(_("up to %(limit)d characters", limit=prompt.limit))
    elif prompt.words and prompt.words.min and prompt.words.max:
        said.append(_("%(least)d to %(most)d words", least=prompt.words.min, most=prompt.words.max))
    said.append(_("you mark it") if prompt.rubric else _("nobody marks it"))
    return " · ".join(said)
