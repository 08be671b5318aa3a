"""Prompts: the course's own, and those that a trainer wrote for one course, found under one name."""

import html
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.course.bundle import Bundle
from lti_tool.course.errors import TooManyPrompts
from lti_tool.course.models import WrittenPrompt
from lti_tool.errors import BadInput, NotFound, TooLong
from lti_tool.plain_text import in_lines, in_one_line
from scorm_builder.course_format.journal import Prompt, WordRange

ACTIVITIES = "journal/"
"""How the names of the activities begin in which prompts are answered."""
OWN = "own-"
"""How the names of written prompts begin; no identifier of a course does."""
LONGEST_TITLE, LONGEST_QUESTION = 150, 4000
"""Characters."""
MOST_WORDS, MOST_POINTS = 10_000, 1000
MOST_PROMPTS = 100
"""Written prompts of one course."""


class OwnPrompt(Prompt):
    """A prompt that a trainer wrote for one course: it has no code and belongs to no unit."""

    code: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Draft:
    """A prompt as a trainer wrote it: plain text, 0 for words and points that are left open."""

    title: str
    question: str
    words_min: int = 0
    words_max: int = 0
    rubric: str = ""
    """A rubric of the course, or nothing where nobody marks it."""
    points: int = 0


def prompt_activity(prompt_id: str) -> str:
    """The activity in which the prompt is answered: `journal/j3`."""
    return f"{ACTIVITIES}{prompt_id}"


def prompt_id_of(activity: str) -> str | None:
    """The prompt that is answered in this activity; None for an activity of another kind."""
    return activity.removeprefix(ACTIVITIES) if activity.startswith(ACTIVITIES) else None


def find_prompt(session: Session, course: Bundle, context_id: int, prompt_id: str, language: str) -> Prompt:
    """The prompt, of the course or written for this one; raises NotFound, also for another course's."""
    if not prompt_id.startswith(OWN):
        return course.prompt(prompt_id, language)
    return _as_prompt(find_written(session, context_id, prompt_id))


def language_of_prompt(course: Bundle, prompt: Prompt, wanted: str) -> str:
    """The language of a prompt that was found in this one; "" where a trainer wrote it in a language of their own."""
    return "" if isinstance(prompt, OwnPrompt) else course.language_of(f"prompts/{prompt.id}", wanted)


def prompts_in(session: Session, course: Bundle, context_id: int, language: str) -> list[Prompt]:
    """The course's prompts in its order, then those written here, oldest first."""
    written = map(_as_prompt, written_prompts(session, context_id))
    return [*course.prompts(language), *written]


def is_asked_for(prompt: Prompt, offered: Collection[str]) -> bool:
    """Whether trainers want pieces on it: they put it before the course, `journal/j3`, or wrote it themselves."""
    return prompt.id.startswith(OWN) or prompt_activity(prompt.id) in offered


def written_prompts(session: Session, context_id: int) -> Sequence[WrittenPrompt]:
    """The prompts written for this course, oldest first."""
    wanted = select(WrittenPrompt).where(WrittenPrompt.context_id == context_id).order_by(WrittenPrompt.id)
    return session.scalars(wanted).all()


def find_written(session: Session, context_id: int, name: str) -> WrittenPrompt:
    """The prompt that was written for this course under this name, or NotFound."""
    wanted = select(WrittenPrompt).where(WrittenPrompt.context_id == context_id, WrittenPrompt.name == name)
    found = session.scalar(wanted)
    if found is None:
        raise NotFound("prompt")
    return found


def find_written_by_id(session: Session, context_id: int, written_id: int) -> WrittenPrompt:
    """The prompt that was written for this course, or NotFound, also for another course's."""
    found = session.get(WrittenPrompt, written_id)
    if found is None or found.context_id != context_id:
        raise NotFound("prompt")
    return found


def write_prompt(session: Session, course: Bundle, context_id: int, draft: Draft) -> WrittenPrompt:
    """Add a prompt to this course; raises BadInput, TooLong, TooManyPrompts, NotFound for an unknown rubric."""
    if len(written_prompts(session, context_id)) >= MOST_PROMPTS:
        raise TooManyPrompts("write")
    written = WrittenPrompt(context_id=context_id, name=OWN + secrets.token_hex(5))
    _fill_in(course, written, draft)
    session.add(written)
    session.flush()
    return written


def change_prompt(session: Session, course: Bundle, written: WrittenPrompt, draft: Draft) -> None:
    """Change its words. How it is marked stays: pieces may have been judged by it. Raises as write_prompt does."""
    kept = Draft(draft.title, draft.question, draft.words_min, draft.words_max, written.rubric, written.points)
    _fill_in(course, written, kept)
    session.flush()


def as_plain(question: str) -> str:
    """The question as it was typed."""
    return html.unescape(
        re.sub(r"</p>\s*<p>", "\n\n", question).replace("<br>", "\n").removeprefix("<p>")
    ).removesuffix("</p>")


def _as_prompt(written: WrittenPrompt) -> Prompt:
    words = WordRange(min=written.words_min, max=written.words_max)
    return OwnPrompt(
        id=written.name,
        title=written.title,
        question=written.question,
        words=words if words.min or words.max else None,
        rubric=written.rubric or None,
        points=written.points,
    )


def _fill_in(course: Bundle, written: WrittenPrompt, draft: Draft) -> None:
    written.title = _bounded(in_one_line(draft.title), LONGEST_TITLE, "title")
    written.question = _paragraphs(_bounded(in_lines(draft.question), LONGEST_QUESTION, "question"))
    written.words_min, written.words_max = _words(draft)
    if draft.rubric:
        course.rubric(draft.rubric, "")
    if not 0 <= draft.points <= MOST_POINTS:
        raise BadInput("points")
    written.rubric, written.points = draft.rubric, draft.points if draft.rubric else 0


def _bounded(text: str, longest: int, name: str) -> str:
    if not text:
        raise BadInput(f"prompt without a {name}")
    if len(text) > longest:
        raise TooLong(name)
    return text


def _paragraphs(text: str) -> str:
    paragraphs = (html.escape(part.strip(), quote=False) for part in re.split(r"\n{2,}", text))
    return "".join(f"<p>{part}</p>" for part in paragraphs if part).replace("\n", "<br>")


def _words(draft: Draft) -> tuple[int, int]:
    least, most = draft.words_min, draft.words_max
    if not 0 <= least <= MOST_WORDS or not 0 <= most <= MOST_WORDS or (most and most < least):
        raise BadInput("words")
    return least, most
