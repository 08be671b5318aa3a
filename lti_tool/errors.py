"""Everything the tool refuses, as one tree; `web/errors.py` turns each into a page or a JSON message, once.

Refusal
├── BadInput (400)
│   ├── TooLong
│   ├── TooMany (409)
│   │   ├── TooManyPrompts
│   │   ├── TooManyRemoved
│   │   └── TooManyTeams
│   │       └── FoundedTooMany
│   ├── TeamCodeWrong
│   ├── NothingWritten
│   ├── NothingPicked
│   ├── TooManyPicked
│   └── DatesOutOfOrder
├── SessionEnded (401)
│   ├── SessionFinished
│   ├── SessionTakenOver
│   ├── SessionLeftIdle
│   └── RightsEnded
├── NotAllowed (403)
│   ├── ForgedRequest
│   ├── NoTeamYet
│   ├── TeamOfGroup
│   └── InvitationNotValid
│       ├── InvitationUsed
│       └── InvitationExpired
├── NotFound (404)
├── Stale (409)
│   ├── RowRemoved
│   ├── TeamNameTaken
│   ├── InAnotherTeam
│   ├── EntryNotOpen
│   ├── EntryNotSubmitted
│   ├── NotOpenYet
│   ├── Closed
│   ├── AlreadyPicked
│   ├── GradeNotOpen
│   ├── NoRoster
│   └── NoLineItem
├── LoginRefused (400)
│   ├── PlatformUnknown
│   ├── LoginAttemptUnknown
│   ├── LoginAttemptUsed
│   ├── LoginAttemptExpired
│   ├── LoginInOtherBrowser
│   │   └── CookieRefused
│   └── LaunchNotValid
├── BodyIncomplete (408)
├── PlatformInUse (409)
├── RegistrationFailed (502)
└── TryLater (503)
    ├── DatabaseAway
    ├── PlatformUnreachable
    ├── ConnectingOthers
    ├── TooManyWrites (429)
    └── TooManyArrivals (429)
"""

from collections.abc import Mapping


class Refusal(Exception):
    """Something the tool will not do; `detail` is for the log, never for the page, and names no person."""

    status = 400

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class BadInput(Refusal):
    """What was sent cannot be understood."""


class TooLong(BadInput):
    """More was sent than this field takes."""

    status = 413


class TooMany(BadInput):
    """There are as many of these as a road map can hold."""

    status = 409


class TooManyRemoved(TooMany):
    """As many rows were taken out of a road map as it keeps, so that each can be put back."""


class TooManyTeams(TooMany):
    """The course has as many teams as it can hold."""


class FoundedTooMany(TooManyTeams):
    """One person has founded as many teams of the course as one may."""


class TooManyPrompts(TooMany):
    """There are as many prompts written for this course as it can hold."""


class OverLimit(TooLong):
    """The prompt has a limit in characters, and the text has more."""


class TeamCodeWrong(BadInput):
    """The team asks for a code, and this is not the one."""


class NothingWritten(BadInput):
    """An empty piece cannot be submitted."""


class NothingPicked(BadInput):
    """An answer to the platform needs an activity."""


class TooManyPicked(BadInput):
    """More activities than the platform takes at once, or than a course can hold."""


class DatesOutOfOrder(BadInput):
    """An activity opens, is due and closes in this order."""


class CommentNeeded(BadInput):
    """A piece cannot be returned without a word on what to do with it."""


class NotFullyJudged(BadInput):
    """A grade cannot be released while a criterion has no level; `missing` holds their identifiers."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class SessionEnded(Refusal):
    """The launch behind this page is over, or belongs to another browser."""

    status = 401


class SessionFinished(SessionEnded):
    """The person has said to be done here."""


class SessionTakenOver(SessionEnded):
    """Somebody else of the same platform has come in this browser."""


class SessionLeftIdle(SessionEnded):
    """Nobody has done anything for longer than the operator lets pages stand open."""


class RightsEnded(SessionEnded):
    """The platform's roster says that the person has left the course, or has another role in it."""


class NotAllowed(Refusal):
    """The person may not do this here."""

    status = 403


class ForgedRequest(NotAllowed):
    """The request did not come from one of our pages."""


class NoTeamYet(NotAllowed):
    """A road map belongs to a school team, and this person is in none."""


class TeamOfGroup(NotAllowed):
    """The team is a course group: the platform alone says who is in it."""


class InvitationNotValid(NotAllowed):
    """Nobody gave out this invitation to register a platform."""


class InvitationUsed(InvitationNotValid):
    """The invitation was for one platform, and that one is registered."""


class InvitationExpired(InvitationNotValid):
    """The invitation was given out too long ago."""


class NotFound(Refusal):
    """There is no such thing in this course."""

    status = 404


class Stale(Refusal):
    """Somebody changed it meanwhile; `current` is the other version, for the writer to choose from."""

    status = 409

    def __init__(self, detail: str = "", current: Mapping[str, object] | None = None) -> None:
        super().__init__(detail)
        self.current = current


class RowRemoved(Stale):
    """The row that this field belongs to was taken out of the map."""


class TeamNameTaken(Stale):
    """The course has a team of that name already."""


class InAnotherTeam(Stale):
    """A person is in one team of a course, and this one is in another."""


class EntryNotOpen(Stale):
    """The piece is with the trainer, so it cannot be changed now."""


class EntryNotSubmitted(Stale):
    """Only a submitted piece can be returned or graded."""


class NotOpenYet(Stale):
    """The trainer has set a time from which people may work on this, and it has not come."""


class Closed(Stale):
    """The trainer has set a time after which nothing can be handed in, and it is over."""


class AlreadyPicked(Stale):
    """The picker has sent its answer to the platform before."""


class GradeNotOpen(Stale):
    """The grade is released; it must be reopened before it can be changed."""


class NoRoster(Stale):
    """The platform does not say who is in the course."""


class NoLineItem(Stale):
    """The platform gave this activity no column in its gradebook."""


class LoginRefused(Refusal):
    """A launch that did not come about."""


class PlatformUnknown(LoginRefused):
    """Nobody registered this platform, or it is switched off."""


class LoginAttemptUnknown(LoginRefused):
    """No login was begun with this state."""


class LoginAttemptUsed(LoginRefused):
    """The login was finished before: a reload or a replay."""


class LoginAttemptExpired(LoginRefused):
    """The login was begun too long ago."""


class LoginInOtherBrowser(LoginRefused):
    """The login was begun in another browser, or this one keeps no cookie in the frame."""


class CookieRefused(LoginInOtherBrowser):
    """The login came back without any cookie of ours: the browser keeps none."""


class LaunchNotValid(LoginRefused):
    """The platform's message failed a check; `detail` is the code of that check."""


class BodyIncomplete(Refusal):
    """The sender stopped before the whole request was here."""

    status = 408


class TryLater(Refusal):
    """Nothing is wrong with the request: the same may succeed after a while."""

    status = 503
    retry_after = 5
    """Seconds after which another try makes sense."""

    def __init__(self, detail: str = "", retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after or self.retry_after


class ConnectingOthers(TryLater):
    """As many LMSs are being connected at the moment as may be at once."""

    retry_after = 30


class TooManyWrites(TryLater):
    """One launch saves more often than a person can."""

    status = 429


class TooManyArrivals(TryLater):
    """From one address come more logins or invitations than from a school."""

    status = 429


class DatabaseAway(TryLater):
    """The database is locked, full, restarting or out of reach."""


class PlatformInUse(Refusal):
    """People's work came through this platform, so its registration cannot be removed."""

    status = 409


class RegistrationFailed(Refusal):
    """The platform did not take our registration, or described itself in a way that cannot be trusted."""

    status = 502


class PlatformUnreachable(TryLater):
    """The platform did not answer, so its message could not be checked."""

    retry_after = 30
