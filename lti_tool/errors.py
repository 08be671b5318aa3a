"""Everything the tool refuses, as one tree; `web/errors.py` turns each into a page or a JSON message, once.

Refusal
├── BadInput (400)
│   ├── TooLong
│   └── NothingWritten
├── SessionEnded (401)
├── NotAllowed (403)
│   └── ForgedRequest
├── NotFound (404)
├── Stale (409)
│   ├── EntryNotOpen
│   ├── EntryNotSubmitted
│   └── NoLineItem
├── LoginRefused (400)
│   ├── PlatformUnknown
│   ├── LoginAttemptUnknown
│   ├── LoginAttemptUsed
│   ├── LoginAttemptExpired
│   ├── LoginInOtherBrowser
│   └── LaunchNotValid
└── PlatformUnreachable (502)
"""


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


class NothingWritten(BadInput):
    """An empty piece cannot be submitted."""


class SessionEnded(Refusal):
    """The launch behind this page is over, or belongs to another browser."""

    status = 401


class NotAllowed(Refusal):
    """The person may not do this here."""

    status = 403


class ForgedRequest(NotAllowed):
    """The request did not come from one of our pages."""


class NotFound(Refusal):
    """There is no such thing in this course."""

    status = 404


class Stale(Refusal):
    """Somebody changed it meanwhile."""

    status = 409


class EntryNotOpen(Stale):
    """The piece is with the trainer, so it cannot be changed now."""


class EntryNotSubmitted(Stale):
    """Only a submitted piece can be returned or graded."""


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


class LaunchNotValid(LoginRefused):
    """The platform's message failed a check; `detail` is the code of that check."""


class PlatformUnreachable(Refusal):
    """The platform did not answer, so its message could not be checked."""

    status = 502
