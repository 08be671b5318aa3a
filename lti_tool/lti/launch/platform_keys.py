"""Platforms' public keys, fetched and remembered (Security Framework 1.0, 6)."""

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from lti_tool.lti.errors import KeySetUnavailable, ServiceFailed, UnknownKey
from lti_tool.lti.launch.key_set import KeySet, read_key_set
from lti_tool.lti.network.deadlines import within
from lti_tool.lti.network.outbound import Answer

SHORTEST, USUAL, LONGEST = 60.0, 3600.0, 21600.0  # seconds that a key set counts as fresh
COOL_DOWN = 30.0  # seconds after a failed call, or between two calls for key ids that were not there
LONGEST_OUTAGE = 86400.0  # seconds that old keys stay good while the platform does not answer
LONGEST_FETCH = 10.0  # seconds
PATIENCE = 1.0  # seconds that others wait for a call under way; one that takes longer hangs, and they are told so
FARTHEST = 10 * 365 * 86400.0  # seconds that a clock may be off and still be one
MOST_FETCHES = 2  # at the same time, of all platforms' key sets: as many threads hanging platforms can block


class Fetcher(Protocol):
    """What is needed of Outbound."""

    def get(self, url: str, *, accept: str) -> Answer:
        """The answer, or ServiceFailed."""


@dataclass(frozen=True, slots=True)
class FetchedKeys:
    """A key set as a platform published it, and until when it is fresh (seconds since 1970)."""

    keys: KeySet
    document: str
    fresh_until: float
    clock_ahead: float | None = None
    """Seconds by which the platform's clock is ahead of ours; None where it did not say."""


class KeyStore(Protocol):
    """Where the tool's other processes find a key set that one of them fetched."""

    def find(self, jwks_url: str) -> FetchedKeys | None:
        """What was fetched last."""

    def keep(self, jwks_url: str, fetched: FetchedKeys) -> None:
        """Keep it in place of the one before."""


class NoKeyStore:
    """For a process that has no others beside it."""

    def find(self, jwks_url: str) -> FetchedKeys | None:  # noqa: ARG002
        """Nothing is kept."""
        return None

    def keep(self, jwks_url: str, fetched: FetchedKeys) -> None:
        """Nobody else wants it."""


def fetch_keys(outbound: Fetcher, jwks_url: str, moment: float, longest: float = LONGEST_FETCH) -> FetchedKeys:
    """The keys that the platform publishes now, in ``longest`` seconds at most; raises ServiceFailed."""
    with within(longest):
        answer = outbound.get(jwks_url, accept="application/json")
    document = answer.json()
    fresh_until = moment + lifetime(answer.headers)
    return FetchedKeys(read_key_set(document), json.dumps(document), fresh_until, _clock_ahead(answer.headers, moment))


@dataclass(slots=True)
class _Remembered:
    keys: KeySet = field(default_factory=dict)
    fresh_until: float = float("-inf")
    good_until: float = float("-inf")
    failed_at: float = float("-inf")
    surprised_at: float = float("-inf")
    asking: threading.Lock = field(default_factory=threading.Lock)
    asked_at: float = float("inf")
    """When the call that is under way began, by a clock that only goes forward; infinite where none is."""

    def take(self, fetched: FetchedKeys) -> None:
        """Use these keys from now on."""
        self.keys, self.fresh_until = fetched.keys, fetched.fresh_until
        self.good_until = fetched.fresh_until + LONGEST_OUTAGE


class PlatformKeys:
    """Public keys of platforms, parsed once and kept in memory; safe to share between threads.

    A key set is fetched when its time (max-age) is over, and at once for an unknown key id, but not again
    within the cool-down. If the platform does not answer, or answers with anything but keys, the old keys
    stay. One that hangs blocks whoever asks it; whoever else needs a key of it is refused after a moment
    (``patience``), and at once as long as it goes on hanging.
    """

    def __init__(
        self,
        outbound: Fetcher,
        clock: Callable[[], float] = time.time,
        store: KeyStore | None = None,
        *,
        patience: float = PATIENCE,
        longest: float = LONGEST_FETCH,
    ) -> None:
        self._outbound = outbound
        self._clock = clock
        self._store = store or NoKeyStore()
        self._patience, self._longest = patience, longest
        self._places = threading.BoundedSemaphore(MOST_FETCHES)
        self._sets: dict[str, _Remembered] = {}
        self._adding = threading.Lock()

    def key(self, jwks_url: str, kid: str) -> RSAPublicKey:
        """The platform's key with this id; raises UnknownKey, or KeySetUnavailable if no keys can be had."""
        with self._adding:
            remembered = self._sets.setdefault(jwks_url, _Remembered())
        if not self._is_settled(remembered, kid):
            self._ask(jwks_url, kid, remembered)
        if self._clock() > remembered.good_until:
            raise KeySetUnavailable
        key = remembered.keys.get(kid)
        if key is None:
            raise UnknownKey
        return key

    def _is_settled(self, remembered: _Remembered, kid: str) -> bool:
        moment = self._clock()
        if moment < remembered.failed_at + COOL_DOWN:
            return True
        if kid in remembered.keys:
            return moment < remembered.fresh_until
        return moment < remembered.surprised_at + COOL_DOWN

    def _ask(self, jwks_url: str, kid: str, remembered: _Remembered) -> None:
        must_wait = kid not in remembered.keys or self._clock() > remembered.good_until
        if not remembered.asking.acquire(timeout=self._wait(remembered) if must_wait else 0):
            if must_wait:
                raise KeySetUnavailable
            return  # another thread is asking already, and the old key serves meanwhile
        remembered.asked_at = time.monotonic()
        try:
            self._look(jwks_url, kid, remembered)
            if not self._is_settled(remembered, kid):
                self._fetch(jwks_url, kid, remembered, must_wait=must_wait)
        finally:
            remembered.asked_at = float("inf")
            remembered.asking.release()

    def _wait(self, remembered: _Remembered) -> float:
        """Seconds that it makes sense to wait for the call that is under way."""
        return max(0.0, min(self._patience, remembered.asked_at + self._patience - time.monotonic()))

    def _look(self, jwks_url: str, kid: str, remembered: _Remembered) -> None:
        """Take over what another process has fetched since."""
        if not self._is_settled(remembered, kid):
            stored = self._store.find(jwks_url)
            if stored is not None and stored.fresh_until > remembered.fresh_until:
                remembered.take(stored)

    def _fetch(self, jwks_url: str, kid: str, remembered: _Remembered, *, must_wait: bool) -> None:
        if not self._places.acquire(timeout=self._patience if must_wait else 0):
            if must_wait:
                raise KeySetUnavailable
            return
        if remembered.keys and kid not in remembered.keys:
            remembered.surprised_at = self._clock()
        try:
            fetched = fetch_keys(self._outbound, jwks_url, self._clock(), self._longest)
        except ServiceFailed:
            remembered.failed_at = self._clock()
        else:
            remembered.take(fetched)
            self._store.keep(jwks_url, fetched)
        finally:
            self._places.release()


def _clock_ahead(headers: Mapping[str, str], moment: float) -> float | None:
    """By the answer's Date (RFC 9110, 6.6.1), which caches on the way leave as it was (Age says since when)."""
    try:
        told = parsedate_to_datetime(headers.get("Date", ""))
        age = float(headers.get("Age", "0"))
        ahead = told.timestamp() + age - moment
    except (ValueError, OverflowError):
        return None
    return ahead if abs(ahead) < FARTHEST else None


def lifetime(headers: Mapping[str, str]) -> float:
    """Seconds that an answer may be kept, by its Cache-Control, between one minute and six hours."""
    control = headers.get("Cache-Control", "").lower()
    if "no-store" in control or "no-cache" in control:
        return SHORTEST
    age = re.search(r"(?:^|[\s,])max-age=\"?(\d{1,9})", control)
    return min(max(float(age.group(1)), SHORTEST), LONGEST) if age else USUAL
