"""Why a day was not taken, in words: which other day stands in the way."""

from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from lti_tool.roadmap.errors import DateOutOfOrder


def reason_of(refusal: DateOutOfOrder) -> str:
    """The reason as it stands beside the field."""
    named = {"other": refusal.label, "day": format_date(date.fromisoformat(refusal.day), "d MMMM y")}
    if refusal.is_too_early:
        return str(_("This is before “%(other)s” (%(day)s). Choose a later day, or change that one.", **named))
    return str(_("This is after “%(other)s” (%(day)s). Choose an earlier day, or change that one.", **named))
