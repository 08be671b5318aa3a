"""What all pages of the desk share: who may come in, which list is looked at, which rubric a piece has."""

from typing import Any

from flask import Blueprint, request

from lti_tool.course.bundle import Rubric
from lti_tool.course.prompts import find_prompt
from lti_tool.errors import NotFound
from lti_tool.grading.desk import Piece, Standing, pieces_on_desk
from lti_tool.grading.releasing import Task
from lti_tool.journal.models import Submission
from lti_tool.people.models import Role
from lti_tool.people.teams import teams_in
from lti_tool.web.application import db, parts
from lti_tool.web.languages import language
from lti_tool.web.reading import number_in_query
from lti_tool.web.session import Visit, visit

blueprint = Blueprint("grading", __name__, url_prefix="/l/<launch_id>/desk", template_folder="../templates")


def trainers_visit() -> Visit:
    """The visit, of somebody who may judge here; raises NotAllowed for anybody else."""
    seen = visit()
    seen.require(Role.TRAINER, Role.ADMINISTRATOR)
    return seen


def chosen_standing() -> Standing:
    """Which list is looked at; those that wait, unless the address names another."""
    wanted = request.args.get("state", Standing.WAITING)
    return Standing(wanted) if wanted in set(Standing) else Standing.WAITING


def listed_pieces() -> list[Piece]:
    """The pieces of the prompt and the school team that are looked at; of all of them where none is named."""
    here, team_id = trainers_visit().context.id, number_in_query("team", None)
    known = {team.id for team in teams_in(db(), here)}
    return pieces_on_desk(db(), here, request.args.get("prompt") or None, team_id if team_id in known else None)


def filters() -> dict[str, Any]:
    """The list that is looked at, to be carried on in addresses."""
    return {name: request.args[name] for name in ("prompt", "team", "state") if request.args.get(name)}


def rubric_of(submission: Submission) -> Rubric:
    """The rubric of the submission's prompt; raises NotFound where the course no longer has one."""
    return task_of(submission).rubric


def task_of(submission: Submission) -> Task:
    """The rubric and the title of the submission's prompt; raises NotFound where the course no longer has them."""
    course = parts().course
    entry = submission.entry
    prompt = find_prompt(db(), course, entry.context_id, entry.prompt, language())
    if prompt.rubric is None:
        raise NotFound("rubric")
    return Task(course.rubric(prompt.rubric, language()), prompt.title)
