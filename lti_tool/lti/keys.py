"""Platforms' public keys, fetched and remembered, and the tool's own (Security Framework 1.0, 6)."""

import base64
import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from lti_tool.lti.errors import KeySetUnavailable, ServiceFailed, UnknownKey
from lti_tool.lti.key_set import KeySet, read_key_set
from lti_tool.lti.outbound import Answer

SHORTEST, USUAL, LONGEST = 60.0, 3600.0, 21600.0  # seconds that a key set counts as fresh
COOL_DOWN = 30.0  # seconds after a failed call, or between two calls for key ids that were not there
LONGEST_OUTAGE = 86400.0  # seconds that old keys stay good while the platform does not answer


class Fetcher(Protocol):
    """What is needed of Outbound."""

    def get(self, url: str, *, accept: str) -> Answer:
        """The answer, or ServiceFailed."""


@dataclass(slots=True)
class _Remembered:
    keys: KeySet = field(default_factory=dict)
    fresh_until: float = float("-inf")
    good_until: float = float("-inf")
    failed_at: float = float("-inf")
    surprised_at: float = float("-inf")
    asking: threading.Lock = field(default_factory=threading.Lock)


class PlatformKeys:
    """Public keys of platforms, parsed once and kept in memory; safe to share between threads.

    A key set is fetched when its time (max-age) is over, and at once for an unknown key id, but not again
    within the cool-down. If the platform does not answer, or answers with anything but keys, the old keys
    stay.
    """

    def __init__(self, outbound: Fetcher, clock: Callable[[], float] = time.monotonic) -> None:
        self._outbound = outbound
        self._clock = clock
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
        if not remembered.asking.acquire(blocking=must_wait):
            return  # another thread is asking already, and the old key serves meanwhile
        try:
            if not self._is_settled(remembered, kid):
                self._fetch(jwks_url, kid, remembered)
        finally:
            remembered.asking.release()

    def _fetch(self, jwks_url: str, kid: str, remembered: _Remembered) -> None:
        if remembered.keys and kid not in remembered.keys:
            remembered.surprised_at = self._clock()
        try:
            answer = self._outbound.get(jwks_url, accept="application/json")
            keys = read_key_set(answer.json())
        except ServiceFailed:
            remembered.failed_at = self._clock()
            return
        remembered.keys = keys
        remembered.fresh_until = self._clock() + lifetime(answer.headers)
        remembered.good_until = remembered.fresh_until + LONGEST_OUTAGE


def lifetime(headers: Mapping[str, str]) -> float:
    """Seconds that an answer may be kept, by its Cache-Control, between one minute and six hours."""
    control = headers.get("Cache-Control", "").lower()
    if "no-store" in control or "no-cache" in control:
        return SHORTEST
    age = re.search(r"(?:^|[\s,])max-age=\"?(\d{1,9})", control)
    return min(max(float(age.group(1)), SHORTEST), LONGEST) if age else USUAL


class ToolKey:
    """A key pair of this tool: signs with the parsed key, which costs a hundredth of parsing it each time."""

    def __init__(self, private_key: RSAPrivateKey) -> None:
        self._private_key = private_key
        numbers = private_key.public_key().public_numbers()
        self._members = {"e": _base64url(numbers.e), "kty": "RSA", "n": _base64url(numbers.n)}
        self.kid = _thumbprint(self._members)

    @classmethod
    def generate(cls) -> Self:
        """A new RSA key of 2048 bits."""
        return cls(generate_private_key(public_exponent=65537, key_size=2048))

    @classmethod
    def from_pem(cls, pem: str) -> Self:
        """The key in an unencrypted PEM text; raises ValueError if there is no RSA private key in it."""
        private_key = load_pem_private_key(pem.encode(), password=None)
        if not isinstance(private_key, RSAPrivateKey):
            raise ValueError("not an RSA private key")  # noqa: TRY004  (the text is at fault, not the caller)
        return cls(private_key)

    @property
    def pem(self) -> str:
        """The private key as unencrypted PKCS 8; keeping it secret is the caller's part."""
        return self._private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    @property
    def public_jwk(self) -> dict[str, str]:
        """The public half, as it stands in the tool's key set."""
        return {**self._members, "kid": self.kid, "alg": "RS256", "use": "sig"}

    def sign(self, claims: Mapping[str, object]) -> str:
        """A signed token (RS256) with these claims; times and audience are the caller's part."""
        return jwt.encode(dict(claims), self._private_key, algorithm="RS256", headers={"kid": self.kid})


def _base64url(number: int) -> str:
    length = (number.bit_length() + 7) // 8
    return base64.urlsafe_b64encode(number.to_bytes(length)).rstrip(b"=").decode()


def _thumbprint(members: Mapping[str, str]) -> str:
    """RFC 7638: the same key has the same id wherever it is computed."""
    canonical = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(hashlib.sha256(canonical.encode()).digest()).rstrip(b"=").decode()
