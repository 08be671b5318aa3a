"""The bases of everything that the tool refuses; each room has its own in `errors.py`.

`web/errors.py` turns each into a page or a JSON message, once, with the explanation that its class brings.

Refusal
├── BadInput (400): cannot be understood
│   ├── TooLong (413)
│   └── TooMany (409)
├── SessionEnded (401): opening the activity again helps
├── NotAllowed (403)
├── NotFound (404)
├── Stale (409): changed meanwhile by somebody else
├── NotPossibleNow (409): does not fit how things stand
└── TryLater (503): the same may succeed after a while
    └── DatabaseAway
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from lti_tool.security_log import Event
from lti_tool.texts import N_

OPEN_AGAIN = N_("Go back to your course and open the activity again.")


@dataclass(frozen=True)
class Explanation:
    """Three sentences for people, each marked by `N_` and translated when it is shown."""

    title: str
    """What happened."""
    meaning: str
    """What it means."""
    advice: str
    """What to do now."""


UNKNOWN = Explanation(
    N_("Something went wrong on our side"),
    N_("The mistake is ours and has been written down. What was saved before is safe."),
    N_("Try once more. If it happens again, give your administrator the reference below."),
)
"""Of whatever we did not foresee."""


class Refusal(Exception):
    """Something the tool will not do; `detail` is for the log, never for the page, and names no person."""

    status: ClassVar[int] = 400
    """The HTTP status of the answer."""
    explanation: ClassVar[Explanation] = UNKNOWN
    """What people are told. A class without one says what the class above it says."""
    security_event: ClassVar[Event | None] = None
    """Under which name it stands in the log of security events, if it does."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class BadInput(Refusal):
    """What was sent cannot be understood."""

    explanation = Explanation(
        N_("That could not be understood"),
        N_("The page sent something that the tool does not know. Nothing was changed."),
        N_("Go back, reload the page and try once more."),
    )


class TooLong(BadInput):
    """More was sent than this field takes."""

    explanation = Explanation(
        N_("That is more than fits"),
        N_("The text or file is longer than this field takes, so it was not saved."),
        N_("Go back, make it shorter and save again. Your text is still on the page."),
    )

    status = 413


class TooMany(BadInput):
    """There are as many of these as there can be."""

    status = 409
    explanation = Explanation(
        N_("There are as many as there can be"),
        N_("No more of these fit here. Nothing was changed."),
        N_("Take out one that is no longer needed, then try again."),
    )


class SessionEnded(Refusal):
    """The launch behind this page is over, or belongs to another browser."""

    security_event = Event.ACCESS_REFUSED
    explanation = Explanation(
        N_("This page is no longer open for you"),
        N_(
            "Each time you open an activity, its pages stay open for some hours in that browser. "
            "This time is over, or this is another browser. What was saved before is safe."
        ),
        OPEN_AGAIN,
    )

    status = 401


class NotAllowed(Refusal):
    """The person may not do this here."""

    security_event = Event.ACCESS_REFUSED
    explanation = Explanation(
        N_("This is not for you to see or change"),
        N_("Your role in this course does not include it. Nothing was changed."),
        N_("Go back. If you think you should see it, ask your trainer."),
    )

    status = 403


class NotFound(Refusal):
    """There is no such thing in this course."""

    explanation = Explanation(
        N_("There is nothing here"),
        N_("The address is wrong, or what it named is not part of this course."),
        OPEN_AGAIN,
    )

    status = 404


class Stale(Refusal):
    """Somebody changed it meanwhile; `current` is the other version, for the writer to choose from."""

    explanation = Explanation(
        N_("Somebody else changed this meanwhile"),
        N_("Your change was not saved, so that theirs is not lost. Nothing is overwritten."),
        N_("Reload the page, look at the other version and decide which one stays."),
    )

    status = 409

    def __init__(self, detail: str = "", current: Mapping[str, object] | None = None) -> None:
        super().__init__(detail)
        self.current = current


class NotPossibleNow(Refusal):
    """What was asked for does not fit how things stand: nothing was changed meanwhile, and reloading does not help."""

    status = 409
    explanation = Explanation(
        N_("That is not possible now"),
        N_("What you asked for does not fit how things stand. Nothing was changed."),
        N_("Go back and look at the page again: it says what can be done."),
    )


class TryLater(Refusal):
    """Nothing is wrong with the request: the same may succeed after a while."""

    status = 503
    explanation = Explanation(
        N_("Partnerwise is busy just now"),
        N_("Nothing is wrong with what you did. Nothing was changed."),
        N_("Wait a moment and try again."),
    )
    retry_after = 5
    """Seconds after which another try makes sense."""

    def __init__(self, detail: str = "", retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after or self.retry_after


class DatabaseAway(TryLater):
    """The database is locked, full, restarting or out of reach."""

    explanation = Explanation(
        N_("Partnerwise cannot reach its data just now"),
        N_("It is busy, restarting or out of space. Nothing was changed, and what was saved before is safe."),
        N_("Wait a moment and try again. If it goes on, give your administrator the reference below."),
    )
