"""What became of a score on its way to the gradebook, in plain words for the trainer."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from lti_tool.people.models import Membership, Role
from lti_tool.scores.columns import COLUMN_DELETED
from lti_tool.scores.models import Delivery, DeliveryState
from lti_tool.scores.sending import ABOUT_PEOPLE


@dataclass(frozen=True)
class DeliveryStatus:
    """A badge, and a sentence where something is not as it should be."""

    kind: str
    """The badge's kind, see web/templates/frame/lists.html."""
    label: LazyString
    why: LazyString | str = ""
    sendable: bool = False
    """Whether it can be sent again."""


REFUSED = "refused"
NO_COLUMN = DeliveryStatus(
    "quiet",
    _("No gradebook column"),
    _("Your LMS has no column for this activity. The grade is saved here, and its writer can see it."),
    sendable=True,
)
DELETED = DeliveryStatus(
    "refused",
    _("No longer in the gradebook"),
    _("Its column was deleted in your LMS. The grade is saved here. Sending it again finds or makes another column."),
    sendable=True,
)
TRIED_OUT = DeliveryStatus("quiet", _("Tried out: not for the gradebook"))
NO_NAME = DeliveryStatus(
    "quiet", _("Not for the gradebook"), _("Your LMS does not tell who wrote this, so no line is theirs.")
)
TEST_STUDENT = DeliveryStatus(
    "quiet", _("Not for the gradebook"), _("This is a trainer's test student, who gets no grade.")
)
SETTLED = {
    DeliveryState.SENDING: DeliveryStatus("waiting", _("Being sent")),
    DeliveryState.SENT: DeliveryStatus("sent", _("In the gradebook")),
    DeliveryState.OVERTAKEN: DeliveryStatus("quiet", _("The gradebook has a later score")),
}

NOT_ALLOWED = _("Your LMS does not let Partnerwise write into its gradebook. Ask your administrator to allow it.")
COLUMN_GONE = _("The column is no longer in the gradebook. Open the activity once from the course, then send again.")
NOT_ACCEPTED = _("Your LMS did not accept the score and does not say why. Your administrator may find more in its log.")
HAS_LEFT = _("This person has left the course, and your LMS takes no score for them. If they come back, send again.")
IS_TRAINER = _("This person is a trainer in the course now, and your LMS takes scores of trainees only.")
BUSY = _("Your LMS asked for a pause.")
REMADE = _("Its column in the gradebook is being made.")
OUT_OF_ORDER = _("Your LMS has a fault at the moment.")
NOT_LET_IN = _("Your LMS does not let Partnerwise in at the moment. If it lasts, ask your administrator to look.")
NO_ANSWER = _("Your LMS does not answer.")
NOT_TRUSTED = _("The LMS's certificate cannot be trusted. Tell your administrator.")
ADDRESS = _("The gradebook's address is one that Partnerwise must not call. Tell your administrator.")
OURS = _("The mistake is on our side and has been written down.")

PROBLEMS = {
    "http_400": NOT_ACCEPTED,
    "http_401": NOT_ALLOWED,
    "http_403": NOT_ALLOWED,
    "http_404": COLUMN_GONE,
    "http_410": COLUMN_GONE,
    "http_422": NOT_ACCEPTED,
    "rate_limited": BUSY,
    "column_gone": REMADE,
    "column_being_made": REMADE,
    "http_500": OUT_OF_ORDER,
    "http_502": OUT_OF_ORDER,
    "http_503": BUSY,
    "http_504": NO_ANSWER,
    "token_refused": NOT_LET_IN,
    "service_failed": NO_ANSWER,
    "timed_out": NO_ANSWER,
    "not_reached": NO_ANSWER,
    "host_not_found": NO_ANSWER,
    "not_trusted": NOT_TRUSTED,
    "address_not_allowed": ADDRESS,
    "fault_of_ours": OURS,
}


PROBLEMS_OF_PEOPLE = frozenset(f"http_{status}" for status in ABOUT_PEOPLE)


def describe_delivery(
    delivery: Delivery | None, membership: Membership | None = None, *, is_trial: bool = False
) -> DeliveryStatus:
    """The state of a released grade's newest score, explained by what is known of its writer in the course.

    No delivery means that the gradebook has no column, or no line for this person. A piece that was handed in to try
    things out has no score to send.
    """
    if delivery is None:
        return TRIED_OUT if is_trial else _why_none(membership)
    if delivery.state in SETTLED:
        return SETTLED[delivery.state]
    if delivery.problem == COLUMN_DELETED:
        return DELETED
    why = _why_not(delivery.problem, membership)
    if delivery.state is DeliveryState.REFUSED:
        return DeliveryStatus(REFUSED, _("Refused"), why or NOT_ACCEPTED, sendable=True)
    if not why:
        return DeliveryStatus("waiting", _("Waiting to be sent"))
    return DeliveryStatus("waiting", _("Not through yet"), _("%(why)s We keep trying.", why=why))


def _why_none(membership: Membership | None) -> DeliveryStatus:
    if membership is not None and membership.user.is_anonymous:
        return NO_NAME
    return TEST_STUDENT if membership is not None and membership.is_test else NO_COLUMN


def _why_not(problem: str, membership: Membership | None) -> LazyString | str:
    if membership is not None and problem in PROBLEMS_OF_PEOPLE:
        if membership.left_at is not None:
            return HAS_LEFT
        if membership.role in {Role.TRAINER, Role.ADMINISTRATOR}:
            return IS_TRAINER
    return PROBLEMS.get(problem, NOT_ACCEPTED) if problem else ""
