"""Everything the demo LMS refuses.

DemoError
├── NotHere              a page that does not exist, or not for this person
├── InvalidRequest       a login that cannot be trusted enough to be answered (Moodle's plain page)
├── AuthenticationRefused  a login that is answered with an error (OpenID Connect Core 3.1.2.6)
├── TokenRefused         no access token (RFC 6749 5.2)
├── ServiceRefused       an AGS or NRPS call with a status and a reason, as Moodle answers
├── AnswerRefused        what came back from the tool's picker, and cannot be trusted
└── PackageUnreadable    a zip that is no SCORM package
"""


class DemoError(Exception):
    """The root of the tree above."""


class NotHere(DemoError):
    """Shown as a 404 page; the message is a sentence for the reader."""


class InvalidRequest(DemoError):
    """Shown as a page: the redirect address is unknown, or too much is missing to send anybody back."""


class AuthenticationRefused(DemoError):
    """Posted to the tool's redirect address as `error` and `error_description`."""

    def __init__(self, error: str, description: str = "") -> None:
        super().__init__(error)
        self.error = error
        self.description = description


class TokenRefused(DemoError):
    """Answered with 400 and a JSON `error`; Moodle puts whole sentences there too."""


class ServiceRefused(DemoError):
    """Answered with `status` and a JSON body that holds the reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class AnswerRefused(DemoError):
    """Shown as a page; the message is a sentence for the reader."""


class PackageUnreadable(DemoError):
    """The message says which file and what is wrong with it."""
