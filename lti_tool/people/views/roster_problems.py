"""What became of the last reading of a roster, in plain words for the trainer."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

NOT_ALLOWED = _("Your LMS does not let Partnerwise read who is in the course. Ask your administrator to allow it.")
NO_ANSWER = _("Your LMS did not answer. We try again by ourselves.")
BUSY = _("Your LMS asked for a pause. We go on as soon as it is over.")
OUT_OF_ORDER = _("Your LMS had a fault. We try again by ourselves.")
NOT_UNDERSTOOD = _("Your LMS sent a list that could not be read to its end. Tell your administrator.")
TOO_SLOW = _("Your LMS took too long to say who is in the course. We try again by ourselves, at night.")
TOO_LARGE = _("Your LMS named more people than one course can have. We try again at night. Tell your administrator.")
OURS = _("The mistake is on our side and has been written down.")

PROBLEMS = {
    "http_400": NOT_UNDERSTOOD,
    "http_401": NOT_ALLOWED,
    "http_403": NOT_ALLOWED,
    "http_404": NOT_ALLOWED,
    "token_refused": NOT_ALLOWED,
    "rate_limited": BUSY,
    "timed_out": NO_ANSWER,
    "not_reached": NO_ANSWER,
    "host_not_found": NO_ANSWER,
    "roster_too_slow": TOO_SLOW,
    "roster_too_large": TOO_LARGE,
    "overtaken": OUT_OF_ORDER,
    "fault_of_ours": OURS,
}
PERMANENT = ("link_", "malformed_link", "pages_", "answer_too_large", "address_not_allowed")


def explain_problem(problem: str) -> LazyString:
    """The sentence for a code."""
    if problem.startswith(PERMANENT):
        return NOT_UNDERSTOOD
    return PROBLEMS.get(problem, OUT_OF_ORDER)
