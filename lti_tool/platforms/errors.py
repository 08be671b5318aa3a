"""What is refused to platforms, their invitations, and the launches and sessions of their people."""

from lti_tool.errors import OPEN_AGAIN, Explanation, NotAllowed, NotPossibleNow, Refusal, SessionEnded, TryLater
from lti_tool.security_log import Event
from lti_tool.texts import N_


class SessionFinished(SessionEnded):
    """The person has said to be done here."""

    explanation = Explanation(
        N_("You are done here"),
        N_("Your pages in this browser were closed because you said so. What was saved before is safe."),
        OPEN_AGAIN,
    )


class SessionTakenOver(SessionEnded):
    """Somebody else of the same platform has come in this browser."""

    explanation = Explanation(
        N_("Somebody else uses this browser now"),
        N_(
            "Another person has opened Partnerwise from your LMS in this browser, so the pages of the person before "
            "were closed. What was saved is safe."
        ),
        OPEN_AGAIN,
    )


class SessionLeftIdle(SessionEnded):
    """Nobody has done anything for longer than the operator lets pages stand open."""

    explanation = Explanation(
        N_("This page was closed because nobody used it"),
        N_(
            "Nothing was done here for a long time. So that nobody else at this computer can go on in your name, your "
            "pages were closed. What was saved is safe."
        ),
        OPEN_AGAIN,
    )


class RightsEnded(SessionEnded):
    """The platform's roster says that the person has left the course, or has another role in it."""

    explanation = Explanation(
        N_("Your place in this course has changed"),
        N_("Your LMS says that you have left the course or have another role in it. What was saved before is safe."),
        N_("Go back to your course and open the activity again. If that does not help, ask your trainer."),
    )


class ClosedFromElsewhere(SessionEnded):
    """The person has closed their pages from another browser, or an administrator or the operator has."""

    explanation = Explanation(
        N_("Your pages were closed from elsewhere"),
        N_(
            "You have closed them from another browser, or an administrator has. What was saved is safe, and what you "
            "had typed since is kept in this browser for you."
        ),
        N_("Open the activity again from your course. If you do not know why this was done, ask your administrator."),
    )


class PersonErased(SessionEnded):
    """What was kept about the person has been erased."""

    explanation = Explanation(
        N_("What was kept about you was erased"),
        N_("An administrator has erased it, as was asked for. Your pages were closed, and nothing of them is left."),
        N_("You can begin anew from your course. If you did not ask for this, tell your administrator."),
    )


class InvitationNotValid(NotAllowed):
    """Nobody gave out this invitation to register a platform."""

    security_event = Event.REGISTRATION_REFUSED
    explanation = Explanation(
        N_("This is not an invitation that we gave out"),
        N_("The address is incomplete or was changed on its way. Nothing was connected."),
        N_("Copy the whole address once more, or ask whoever runs Partnerwise for a new one."),
    )


class InvitationUsed(InvitationNotValid):
    """The invitation was for one platform, and that one is registered."""

    explanation = Explanation(
        N_("This invitation has been used"),
        N_("An LMS was connected with it. Each invitation is for one LMS."),
        N_("If that was not you, tell whoever runs Partnerwise; for another LMS ask them for a new invitation."),
    )


class InvitationExpired(InvitationNotValid):
    """The invitation was given out too long ago."""

    explanation = Explanation(
        N_("This invitation is too old"),
        N_("Invitations work for 24 hours. Nothing was connected."),
        N_("Ask whoever runs Partnerwise for a new one."),
    )


class LoginRefused(Refusal):
    """A launch that did not come about."""

    security_event = Event.LAUNCH_REFUSED
    explanation = Explanation(
        N_("The LMS's message was incomplete"),
        N_("Something that the tool needs to let you in was missing or malformed."),
        N_("Open the activity again. If it happens twice, give your administrator the reference below."),
    )


class PlatformUnknown(LoginRefused):
    """Nobody registered this platform, or it is switched off."""

    explanation = Explanation(
        N_("This LMS is not connected"),
        N_("Partnerwise does not know the LMS that sent you here, or the connection is switched off."),
        N_("Tell your administrator. Whoever runs Partnerwise connects an LMS with `partnerwise platforms invite`."),
    )


class LoginAttemptUnknown(LoginRefused):
    """No login was begun with this state."""

    explanation = Explanation(
        N_("This opening was not begun here"),
        N_("The tool did not ask for it, so it was not let in."),
        OPEN_AGAIN,
    )


class LoginAttemptUsed(LoginRefused):
    """The login was finished before: a reload or a replay."""

    explanation = Explanation(
        N_("This was opened before"),
        N_("Each opening works once. A reload or the back button sent the same one again."),
        OPEN_AGAIN,
    )


class LoginAttemptExpired(LoginRefused):
    """The login was begun too long ago."""

    explanation = Explanation(
        N_("That took too long"),
        N_("The opening was begun more than ten minutes ago and is no longer valid."),
        OPEN_AGAIN,
    )


class LoginInOtherBrowser(LoginRefused):
    """The login was begun in another browser, or this one keeps no cookie in the frame."""

    explanation = Explanation(
        N_("Your browser did not come back as itself"),
        N_("The opening was begun in another browser, or twice at the same moment in this one."),
        N_("Go back to your course and open the activity again. If that does not help, let it open in a new window."),
    )


class CookieRefused(LoginInOtherBrowser):
    """The login came back without any cookie of ours: the browser keeps none."""

    explanation = Explanation(
        N_("Your browser keeps no cookie for Partnerwise"),
        N_("Partnerwise needs one, to know that you are still you. Your browser or your school's settings refused it."),
        N_("Allow cookies for the address of this page, or use another browser. Then open the activity again."),
    )


class LaunchNotValid(LoginRefused):
    """The platform's message failed a check; `detail` is the code of that check."""

    explanation = Explanation(
        N_("The LMS's message did not pass the check"),
        N_("Something in it is missing, wrong or too old, so nobody was let in."),
        N_("Open the activity again. If it happens twice, give your administrator the reference below."),
    )


class ConnectingOthers(TryLater):
    """As many LMSs are being connected at the moment as may be at once."""

    explanation = Explanation(
        N_("Other LMSs are being connected just now"),
        N_("Partnerwise connects a few at a time. Nothing was connected yet, and the invitation still works."),
        N_("Wait half a minute and send it again."),
    )

    retry_after = 30


class PlatformInUse(NotPossibleNow):
    """People's work came through this platform, so its registration cannot be removed."""

    explanation = Explanation(
        N_("This LMS is in use"),
        N_("People have worked through this connection, and their work hangs on it. Nothing was changed."),
        N_("Switch the connection off instead of removing it."),
    )


class RegistrationFailed(Refusal):
    """The platform did not take our registration, or described itself in a way that cannot be trusted."""

    explanation = Explanation(
        N_("Your LMS did not take the registration"),
        N_("Its answer cannot be used or trusted. Nothing was connected, and the invitation still works."),
        N_("Begin again from your LMS. If that does not help, connect it by hand and give us the reference below."),
    )

    status = 502


class PlatformUnreachable(TryLater):
    """The platform did not answer, so its message could not be checked."""

    explanation = Explanation(
        N_("Your LMS did not answer"),
        N_("The tool could not fetch what it needs to check the LMS's message."),
        N_("Wait a minute and open the activity again."),
    )

    retry_after = 30
