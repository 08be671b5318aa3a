"""What an LMS answers to a login that it does not let go on (OpenID Connect Core 1.0, 3.1.2.6; RFC 6749, 4.2.2.1).

Anybody can send such an answer: of its words only those codes are used that the specifications name.
"""

from lti_tool.errors import Explanation
from lti_tool.platforms.errors import LoginRefused
from lti_tool.texts import N_


class LmsRefusedLogin(LoginRefused):
    """The LMS did not understand the tool's question, or says no without a reason that we know."""

    explanation = Explanation(
        N_("Your LMS did not go on with the opening"),
        N_("Partnerwise asked it who you are, and it answered with an error. Nothing is wrong with your work here."),
        N_(
            "Go back to your course and open the activity again. If it happens twice, give your administrator the "
            "reference below: the tool's settings in the LMS need a look."
        ),
    )


class LmsLoginNeeded(LmsRefusedLogin):
    """The person's session with the LMS is over, or the LMS wants to ask something first."""

    explanation = Explanation(
        N_("Your LMS wants you to log in again"),
        N_(
            "You are no longer logged in there, or it has a question for you first. It told Partnerwise nothing of you."
        ),
        N_("Open your LMS in a tab of its own, log in, and then open the activity again from your course."),
    )


class LmsDeniedAccess(LmsRefusedLogin):
    """The LMS does not let this person into the activity."""

    explanation = Explanation(
        N_("Your LMS does not let you into this activity"),
        N_("It says that you have no access. Perhaps you are logged in as somebody else, or no longer in the course."),
        N_("Look at who you are logged in as in your LMS, and open the activity again. Else ask your trainer."),
    )


class LmsKnowsNoTool(LmsRefusedLogin):
    """The LMS does not know the client id under which it is registered here, or has switched the tool off."""

    explanation = Explanation(
        N_("Your LMS does not know Partnerwise any more"),
        N_("It was asked under the name that it had given to Partnerwise once, and does not accept it."),
        N_("Tell your administrator, with the reference below: the tool was removed or switched off in the LMS."),
    )


class LmsOutOfOrder(LmsRefusedLogin):
    """The LMS has a fault, or is too busy."""

    explanation = Explanation(
        N_("Your LMS has a fault at the moment"),
        N_("It could not say who you are. What you saved in Partnerwise before is safe."),
        N_("Wait a few minutes and open the activity again."),
    )


_KINDS: dict[str, type[LmsRefusedLogin]] = {
    **dict.fromkeys(
        ("login_required", "interaction_required", "account_selection_required", "consent_required"), LmsLoginNeeded
    ),
    "access_denied": LmsDeniedAccess,
    "unauthorized_client": LmsKnowsNoTool,
    "invalid_client": LmsKnowsNoTool,
    "server_error": LmsOutOfOrder,
    "temporarily_unavailable": LmsOutOfOrder,
    **dict.fromkeys(
        (
            "invalid_request",
            "invalid_scope",
            "unsupported_response_type",
            "invalid_request_uri",
            "invalid_request_object",
            "request_not_supported",
            "request_uri_not_supported",
            "registration_not_supported",
        ),
        LmsRefusedLogin,
    ),
}


def login_error(code: str) -> LmsRefusedLogin:
    """The refusal for this code of the LMS's."""
    return _KINDS.get(code, LmsRefusedLogin)(f"lms: {code if code in _KINDS else 'unknown code'}")
