"""What the course's pages share: their blueprint, and who may place activities."""

from datetime import UTC, datetime

from flask import Blueprint

from lti_tool.errors import BadInput
from lti_tool.people.models import Role
from lti_tool.web.session import Visit, visit

blueprint = Blueprint("course", __name__, url_prefix="/l/<launch_id>/course", template_folder="../templates")


def trainers_visit() -> Visit:
    """The visit, of somebody who may place activities here; raises NotAllowed for anybody else."""
    seen = visit()
    seen.require(Role.TRAINER, Role.ADMINISTRATOR)
    return seen


def read_moment(text: str) -> datetime | None:
    """The moment that a field holds, or None; the page's script adds the zone, without it the field is in UTC."""
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadInput("no moment") from None
    if not 2000 <= moment.year <= 2200:
        raise BadInput("no moment of our time")
    return moment.replace(microsecond=0)


def read_number(text: str) -> float | None:
    """The number that a field holds, also with a decimal comma, or None."""
    text = text.strip().replace(",", ".")
    try:
        return float(text) if text else None
    except ValueError:
        raise BadInput("no number") from None
