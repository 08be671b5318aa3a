"""The question that a piece answers. It stays with the piece: a prompt may be edited after people have begun."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from lti_tool.course.bundle import Bundle
from lti_tool.course.prompts import find_prompt, language_of_prompt
from lti_tool.journal.models import Entry, Submission
from scorm_builder.course_format.journal import Prompt


@dataclass(frozen=True)
class Question:
    """A question as trusted HTML, and the language that it is in: "" where a trainer wrote it."""

    text: str
    language: str


@dataclass(frozen=True)
class AnsweredQuestion:
    """The question that a piece answers, and what the prompt asks now, where that is another one."""

    asked: Question
    now: Question | None = None


def question_of(course: Bundle, prompt: Prompt, wanted: str) -> Question:
    """What the prompt asks now; `wanted` is the language in which it was found."""
    return Question(prompt.question, language_of_prompt(course, prompt, wanted))


def keep_question(entry: Entry, question: Question) -> None:
    """Note what the piece answers, where its writer is about to begin."""
    if not entry.text:
        entry.question, entry.question_language = question.text, question.language


def answer_newest(entry: Entry, question: Question) -> None:
    """Let the piece answer what the prompt asks now, as its writer has decided."""
    entry.question, entry.question_language = question.text, question.language


def answered_question(
    session: Session, course: Bundle, context_id: int, kept: Entry | Submission | None, shown: tuple[Prompt, str]
) -> AnsweredQuestion:
    """What a piece answers; `shown` is its prompt with the language in which the reader sees it.

    It is compared in the language in which it was asked, so that a reader of another language sees a translation of the
    same question, and an edited one in the words that were answered.
    """
    prompt, wanted = shown
    present = question_of(course, prompt, wanted)
    if kept is None or not kept.question:
        return AnsweredQuestion(present)
    same_language = find_prompt(session, course, context_id, prompt.id, kept.question_language)
    if same_language.question == kept.question:
        return AnsweredQuestion(present)
    return AnsweredQuestion(Question(kept.question, kept.question_language), present)
