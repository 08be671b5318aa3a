"""What all pages of the journal share: their blueprint, the prompt that an address names, and whose piece it is."""

from flask import Blueprint

from lti_tool.course.prompts import find_prompt
from lti_tool.journal.html_cleaning import plain_text, shown
from lti_tool.people.models import Role
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.session import visit
from scorm_builder.course_format.journal import Prompt

blueprint = Blueprint("journal", __name__, url_prefix="/l/<launch_id>/journal", template_folder="../templates")
blueprint.add_app_template_filter(shown, "piece")
blueprint.add_app_template_filter(plain_text, "plain_piece")


def find_prompt_here(prompt_id: str) -> Prompt:
    """The prompt that the address names; raises NotFound where this course has none such."""
    return find_prompt(db(), parts().course, visit().context.id, prompt_id, course_language())


def whose_piece() -> dict[str, int]:
    """Course and writer of the pieces that this visit writes; raises NotAllowed for anybody but trainees."""
    seen = visit()
    seen.require(Role.TRAINEE)
    return {"context_id": seen.context.id, "user_id": seen.user.id}
