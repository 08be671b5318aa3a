"""All that the protocol refuses and all that fails on the way to a platform, as one tree.

LtiError
├── LaunchRefused                  a login or launch that must not get in
│   ├── LoginMalformed             a login request lacks, repeats or overfills a parameter
│   ├── TokenMalformed             the id_token is not a signed JSON object
│   ├── AlgorithmRefused           it is signed with anything but RS256
│   ├── HeaderRefused              its header names a key of its own, or a critical extension
│   ├── KeyIdMissing               its header names no key
│   ├── UnknownKey                 the platform's key set has no such key
│   ├── KeySetUnavailable          the platform's key set cannot be had at the moment
│   ├── BadSignature               that key did not sign it
│   ├── WrongIssuer                another platform issued it
│   ├── WrongAudience              it is not for this tool, or also for somebody not trusted
│   ├── WrongAuthorizedParty       it was issued to another client (azp)
│   ├── TokenExpired               its time is over
│   ├── TokenFromTheFuture         it was issued later than now
│   ├── TokenTooOld                it was issued too long ago
│   ├── WrongNonce                 it does not answer this login
│   ├── WrongVersion               it is not LTI 1.3
│   ├── UnknownMessage             it is a kind of message that this tool does not take
│   ├── InvalidMessage             it breaks the rules of its kind of message
│   ├── UnknownDeployment          it comes from a deployment that is not registered
│   ├── WrongTarget                it opens something else than the login asked for
│   ├── AnonymousLaunch            it does not say who the user is
│   ├── ClaimMissing               a claim that must be there is not
│   └── ClaimMalformed             a claim is not what the specification says
├── RegistrationRefused            a dynamic registration in which something is missing or does not fit
└── ServiceFailed                  a call to a platform failed, for good or for now
    └── ScoreConflict              the platform has a score that is as new or newer

Nothing here carries personal data, a token or an answer's body: a refusal knows its code and, at most, the
name of the claim or parameter at fault.
"""

import re
from typing import ClassVar


class LtiError(Exception):
    """Anything that went wrong in the protocol; ``code`` is a short word for logs and pages."""

    code: ClassVar[str] = "lti_error"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class LaunchRefused(LtiError):
    """A login or launch that must not get in; ``where`` names the claim or parameter, never its value."""

    def __init__(self, where: str = "") -> None:
        super().__init__(f"{self.code}: {where}" if where else self.code)
        self.where = where


class LoginMalformed(LaunchRefused):
    """A login request lacks, repeats or overfills the parameter ``where``."""


class TokenMalformed(LaunchRefused):
    """The id_token is not a signed JSON object."""


class AlgorithmRefused(LaunchRefused):
    """The token is signed with anything but RS256."""


class HeaderRefused(LaunchRefused):
    """The token's header brings a key of its own or a critical extension."""


class KeyIdMissing(LaunchRefused):
    """The token's header names no key."""


class UnknownKey(LaunchRefused):
    """The registered key set has no key with the token's key id."""


class KeySetUnavailable(LaunchRefused):
    """The platform's key set cannot be had at the moment and none is remembered."""


class BadSignature(LaunchRefused):
    """The named key did not sign this token."""


UNSIGNED = (TokenMalformed, AlgorithmRefused, HeaderRefused, KeyIdMissing, UnknownKey, BadSignature)
"""Refusals of tokens that no platform has signed: anybody could have sent them."""


class WrongIssuer(LaunchRefused):
    """Another platform than the login's issued the token."""


class WrongAudience(LaunchRefused):
    """The token is not for this client, or also for somebody who is not trusted."""


class WrongAuthorizedParty(LaunchRefused):
    """The token was issued to another client, or to several without saying to which."""


class TokenExpired(LaunchRefused):
    """The token's time is over."""


class TokenFromTheFuture(LaunchRefused):
    """The token was issued, or starts to be valid, later than now."""


class TokenTooOld(LaunchRefused):
    """The token was issued too long ago, whatever its expiry says."""


class WrongNonce(LaunchRefused):
    """The token does not answer this login."""


class WrongVersion(LaunchRefused):
    """The message is not of LTI 1.3."""


class UnknownMessage(LaunchRefused):
    """A kind of message that this tool does not take."""


class InvalidMessage(LaunchRefused):
    """The message breaks the rules of its own kind."""


class UnknownDeployment(LaunchRefused):
    """The deployment is not registered for this platform and client."""


class WrongTarget(LaunchRefused):
    """The message opens something else than the login asked for."""


class AnonymousLaunch(LaunchRefused):
    """The message does not say who the user is."""


class ClaimMissing(LaunchRefused):
    """The claim ``where`` must be there and is not."""


class ClaimMalformed(LaunchRefused):
    """The claim ``where`` is not what the specification says."""


class RegistrationRefused(LtiError):
    """The platform's description or answer lacks ``where``, or it leads to somebody else's host."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{self.code}: {where}")
        self.where = where


class ServiceFailed(LtiError):
    """A call to a platform failed.

    ``reason`` is a short word; ``permanent`` says that the same call would fail again; ``status`` is the
    HTTP status if there was an answer; ``retry_after`` is in seconds, if the platform said so.
    """

    def __init__(
        self, reason: str, *, permanent: bool, status: int | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(f"{reason} ({'permanent' if permanent else 'temporary'})")
        self.reason = reason
        self.permanent = permanent
        self.status = status
        self.retry_after = retry_after


class RateLimited(ServiceFailed):
    """The platform asked for a pause: nothing more should be asked of it for a while."""


class ScoreConflict(ServiceFailed):
    """The platform already has a score of the same or a later second (409): read the result to settle it."""
