"""What the frame around every page refuses."""

from lti_tool.errors import Explanation, NotAllowed, Refusal, TryLater
from lti_tool.security_log import Event
from lti_tool.texts import N_


class ForgedRequest(NotAllowed):
    """The request did not come from one of our pages."""

    security_event = Event.REQUEST_FORGED
    explanation = Explanation(
        N_("This page is too old to save"),
        N_("The page was opened in another session, so its changes could not be taken. Nothing was changed."),
        N_("Copy what you wrote, open the activity again from your course and paste it there."),
    )


class BodyIncomplete(Refusal):
    """The sender stopped before the whole request was here."""

    explanation = Explanation(
        N_("Not all of it arrived"),
        N_("The connection ended or stood still before everything was here. Nothing was changed."),
        N_("Go back and send it again. What you wrote is still on the page."),
    )

    status = 408


class TooManyWrites(TryLater):
    """One launch saves more often than a person can."""

    explanation = Explanation(
        N_("That was a lot at once"),
        N_(
            "More was sent from here in a short time than one person writes, so this was not saved yet. It is not lost."
        ),
        N_("Wait a minute. Pages that save by themselves try again; else send it once more."),
    )

    status = 429


class TooManyFiles(TryLater):
    """One launch has more files made than a person can look at."""

    explanation = Explanation(
        N_("That was a lot at once"),
        N_("More files were asked for from here in a short time than one person reads, so this one was not made yet."),
        N_("Wait a minute and try again."),
    )

    status = 429


class TooManyArrivals(TryLater):
    """From one address come more logins or invitations than from a school."""

    explanation = Explanation(
        N_("Very many are arriving just now"),
        N_("More people or programs than usual come from your network, so you were not let in yet."),
        N_("Wait a minute and try again."),
    )

    status = 429


class TooManyExports(TryLater):
    """One launch asks for copies more often than anybody needs."""

    status = 429
    explanation = Explanation(
        N_("You have just had several copies"),
        N_("Each copy takes a while to make, so there are a few an hour for each person."),
        N_("Use the one that you have, or come back in an hour."),
    )
