"""What all pages of the desk share: who may come in, which list is looked at, which rubric a piece has."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g, request, url_for
from flask_babel import gettext as _

from lti_tool.course.models import PlacedActivity
from lti_tool.course.prompts import find_prompt
from lti_tool.errors import BadInput, NotFound
from lti_tool.grading.desk import LISTS, Desk, Sort
from lti_tool.grading.desk_settings import hides_names
from lti_tool.grading.draft_grades import Judgement, read_judgement
from lti_tool.grading.releasing import Task
from lti_tool.journal.models import PieceStatus, Submission
from lti_tool.people.models import Role
from lti_tool.people.teams import find_team
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.request_checks import number_in_query, number_sent
from lti_tool.web.session import Visit, visit
from scorm_builder.course_format.journal import Prompt, Rubric

blueprint = Blueprint("grading", __name__, url_prefix="/l/<launch_id>/desk", template_folder="../templates")
FILTERS = ("prompt", "team", "who", "late", "sort", "state", "page")
"""What an address says of the list that is looked at."""
LEVEL = "level-"
"""How the names of the form's fields begin that hold levels."""


def trainers_visit() -> Visit:
    """The visit, of somebody who may judge here; raises NotAllowed for anybody else."""
    seen = visit()
    seen.require(Role.TRAINER, Role.ADMINISTRATOR)
    return seen


def chosen_status() -> PieceStatus:
    """Which list is looked at; those that wait, unless the address names another."""
    wanted = request.args.get("state", PieceStatus.WAITING)
    return PieceStatus(wanted) if wanted in LISTS else PieceStatus.WAITING


def looked_at() -> Desk:
    """The desk, narrowed and sorted as the address says; where names are hidden, nothing goes by them or by schools."""
    here, wanted = trainers_visit().context.id, request.args.get("sort")
    sort, search = Sort(wanted) if wanted in list(Sort) else Sort.WAITING, request.args.get("who", "").strip()
    prompt, late = request.args.get("prompt") or None, bool(request.args.get("late"))
    if marks_without_names():
        return Desk(here, prompt, late=late, sort=Sort.WAITING if sort in {Sort.NAME, Sort.SCHOOL} else sort)
    return Desk(here, prompt, _chosen_team(here), search, late, sort)


def marks_without_names() -> bool:
    """Whether this trainer wants to see no names before a grade is released."""
    seen = trainers_visit()
    if "marks_without_names" not in g:
        g.marks_without_names = hides_names(db(), seen.context.id, seen.user.id)
    return bool(g.marks_without_names)


def writer_of(submission: Submission) -> str:
    """What the writer of a piece is called on the desk: a number, as long as names are hidden and no grade is out."""
    if has_no_name(submission):
        return str(_("Piece %(number)d", number=submission.id))
    return submission.entry.user.shown_name


def has_no_name(submission: Submission) -> bool:
    """Whether this trainer is not to see who wrote the piece."""
    return marks_without_names() and submission.status is not PieceStatus.RELEASED


def _chosen_team(context_id: int) -> int | None:
    """Which school team is looked at; none where the address names none of this course."""
    team_id = number_in_query("team", None)
    if team_id is None:
        return None
    try:
        return find_team(db(), context_id, team_id).id
    except NotFound:
        return None


def filters() -> dict[str, Any]:
    """What is looked at, to be carried on in addresses, so that one comes back to where one was."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def address_of_more_time(placed: PlacedActivity | None, user_id: int) -> str:
    """Where this person is given more time for what was placed; nothing where it has no dates."""
    if placed is None or (placed.due_at is None and placed.closes_at is None):
        return ""
    return url_for("course.persons_time", placed_id=placed.id, user_id=user_id, back="piece")


def prompt_of(submission: Submission) -> Prompt:
    """The prompt that the submission answers, as it is now; raises NotFound where there is no such prompt any more."""
    entry = submission.entry
    return find_prompt(db(), parts().course, entry.context_id, entry.prompt, course_language())


def rubric_of(submission: Submission) -> Rubric:
    """The rubric of the submission's prompt; raises NotFound where the course no longer has one."""
    return task_of(submission).rubric


def task_of(submission: Submission) -> Task:
    """The rubric and the title of the submission's prompt; raises NotFound where the course no longer has them."""
    prompt = prompt_of(submission)
    if prompt.rubric is None:
        raise NotFound("rubric")
    return Task(parts().course.rubric(prompt.rubric, course_language()), prompt.title)


def sent_judgement(rubric: Rubric) -> tuple[Judgement, int]:
    """What the marking page's script sends, and the version that it was read at; raises BadInput, TooLong."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("levels"), dict):
        raise BadInput("no levels")
    if not isinstance(sent.get("comment", ""), str):
        raise BadInput("comment")
    return read_judgement(rubric, sent["levels"], sent.get("comment", "")), number_sent(sent.get("version"))


def titles_of(rubric: Rubric, missing: Sequence[str]) -> list[str]:
    """The titles of these criteria."""
    return [criterion.title for criterion in rubric.criteria if criterion.id in missing]
