"""Access tokens for a platform's services, by signed assertion (Security Framework 1.0, 4.1; RFC 7523)."""

import math
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.deadlines import TOO_SLOW, time_left
from lti_tool.lti.network.outbound import Answer
from lti_tool.lti.platform import Platform

ASSERTION_LIFETIME = 60  # seconds
USUAL_LIFETIME = 300  # seconds, where the platform does not say how long a token lives
LONGEST_LIFETIME = 86400
MARGIN = 60  # seconds before its end that a token is renewed; half its life, if that is shorter
LONGEST_TOKEN = 16384  # characters
TOKEN_REFUSED = "token_refused"  # noqa: S105 (a word for logs and pages)

_ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_GRANT_TYPE = "client_credentials"


class Signer(Protocol):
    """What is needed of the tool's key."""

    def sign(self, claims: Mapping[str, object]) -> str:
        """A signed token with these claims."""


class Poster(Protocol):
    """What is needed of Outbound."""

    def post(self, url: str, body: bytes, *, content_type: str, accept: str) -> Answer:
        """The answer, or ServiceFailed."""


@dataclass(frozen=True, slots=True)
class HeldToken:
    """A token, and when it should be renewed (seconds since 1970)."""

    token: str = field(default="", repr=False)
    renew_at: float = float("-inf")


class TokenStore(Protocol):
    """Where the tool's other processes find a token that one of them was granted."""

    def find(self, platform: Platform, scopes: frozenset[str]) -> HeldToken | None:
        """What was kept last for these scopes."""

    def keep(self, platform: Platform, scopes: frozenset[str], held: HeldToken) -> None:
        """Keep it in place of the one before."""


class NoStore:
    """For a process that has no others beside it."""

    def find(self, platform: Platform, scopes: frozenset[str]) -> HeldToken | None:  # noqa: ARG002
        """Nothing is kept."""
        return None

    def keep(self, platform: Platform, scopes: frozenset[str], held: HeldToken) -> None:
        """Nobody else wants it."""


@dataclass(slots=True)
class _Place:
    held: HeldToken = field(default_factory=HeldToken)
    refused: str = ""
    renewing: threading.Lock = field(default_factory=threading.Lock)


class AccessTokens:
    """Tokens in memory by token address, client and scopes, and in the store; safe to share between threads."""

    def __init__(
        self,
        outbound: Poster,
        signer: Signer,
        clock: Callable[[], float] = time.time,
        store: TokenStore | None = None,
    ) -> None:
        self._outbound = outbound
        self._signer = signer
        self._clock = clock
        self._store = store or NoStore()
        self._places: dict[tuple[Platform, frozenset[str]], _Place] = {}
        self._adding = threading.Lock()

    def token(self, platform: Platform, scopes: Collection[str]) -> str:
        """A token that is good for at least a little longer; raises ServiceFailed."""
        wanted = frozenset(scopes)
        place = self._place(platform, wanted)
        with _held(place.renewing):
            if self._clock() >= place.held.renew_at:
                place.held = self._stored(platform, wanted, place.refused) or self._renew(platform, wanted)
            return place.held.token

    def forget(self, platform: Platform, scopes: Collection[str], token: str) -> None:
        """Drop a token that the platform did not accept, unless it has been renewed since."""
        place = self._place(platform, frozenset(scopes))
        with _held(place.renewing):
            place.refused = token
            if place.held.token == token:
                place.held = HeldToken()

    def _place(self, platform: Platform, scopes: frozenset[str]) -> _Place:
        with self._adding:
            return self._places.setdefault((platform, scopes), _Place())

    def _stored(self, platform: Platform, scopes: frozenset[str], refused: str) -> HeldToken | None:
        found = self._store.find(platform, scopes)
        is_good = found is not None and self._clock() < found.renew_at and found.token != refused
        return found if is_good else None

    def _renew(self, platform: Platform, scopes: frozenset[str]) -> HeldToken:
        asked_at = self._clock()
        form = {
            "grant_type": _GRANT_TYPE,
            "client_assertion_type": _ASSERTION_TYPE,
            "client_assertion": self._assertion(platform),
            "scope": " ".join(sorted(scopes)),
        }
        answer = self._ask(platform.token_url, urlencode(form).encode())
        token, lifetime = _read(answer.json())
        held = HeldToken(token, asked_at + lifetime - min(MARGIN, lifetime / 2))
        self._store.keep(platform, scopes, held)
        return held

    def _ask(self, token_url: str, body: bytes) -> Answer:
        try:
            return self._outbound.post(
                token_url, body, content_type="application/x-www-form-urlencoded", accept="application/json"
            )
        except ServiceFailed as failed:
            if failed.status is None or not failed.permanent:
                raise
            # The platform fetches our key set to check the assertion. While it cannot, it says that we are nobody.
            raise ServiceFailed(TOKEN_REFUSED, permanent=False, status=failed.status) from failed

    def _assertion(self, platform: Platform) -> str:
        moment = int(time.time())
        return self._signer.sign(
            {
                "iss": platform.client_id,
                "sub": platform.client_id,
                "aud": platform.token_audience or platform.token_url,
                "iat": moment,
                "exp": moment + ASSERTION_LIFETIME,
                "jti": secrets.token_urlsafe(24),
            }
        )


@contextmanager
def _held(lock: threading.Lock) -> Iterator[None]:
    """The lock, waited for no longer than the calls under way may take together."""
    left = time_left()
    if not lock.acquire(timeout=-1 if math.isinf(left) else max(left, 0)):
        raise ServiceFailed(TOO_SLOW, permanent=False)
    try:
        yield
    finally:
        lock.release()


def _read(answer: object) -> tuple[str, float]:
    """The token and its lifetime in seconds; raises a temporary ServiceFailed for anything else."""
    token = answer.get("access_token") if isinstance(answer, dict) else None
    if not isinstance(token, str) or not 0 < len(token) <= LONGEST_TOKEN or not _fits_a_header(token):
        raise ServiceFailed("malformed_token", permanent=False)
    return token, _lifetime(answer.get("expires_in") if isinstance(answer, dict) else None)


def _fits_a_header(token: str) -> bool:
    return token.isascii() and token.isprintable() and " " not in token


def _lifetime(given: object) -> float:
    try:
        seconds = float(given) if isinstance(given, int | float | str) else 0.0
    except (ValueError, OverflowError):
        seconds = 0.0
    return min(seconds, LONGEST_LIFETIME) if seconds > 0 else USUAL_LIFETIME
