"""Proves that a platform signed a token: RS256, by a registered key (Security Framework 1.0, 5.1.3)."""

import base64
import json
import re
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import RSAAlgorithm

from lti_tool.lti.errors import (
    AlgorithmRefused,
    BadSignature,
    HeaderRefused,
    KeyIdMissing,
    TokenMalformed,
)
from lti_tool.lti.launch.claim_values import Claims

TOKEN_LIMIT = 100_000  # characters; the longest real launches are a tenth of this
KEY_ID_LIMIT = 255
FOREIGN_KEYS = frozenset({"jku", "jwk", "x5u", "crit"})

_COMPACT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")  # RFC 7515, 7.1
_RS256 = RSAAlgorithm(RSAAlgorithm.SHA256)


class KeySource(Protocol):
    """Where the public keys of platforms are had."""

    def key(self, jwks_url: str, kid: str) -> RSAPublicKey:
        """The key with this id in the key set at this address, or UnknownKey or KeySetUnavailable."""


def verified_claims(token: str, *, jwks_url: str, keys: KeySource) -> Claims:
    """The claims of a token that is signed by the platform's own key; nothing in them is checked yet.

    Raises one of the LaunchRefused for the header, the key or the signature. The parts of PyJWT are put together
    here because its ``decode`` checks each character of a token in Python, which costs more than the signature.
    """
    header, payload, signature = _segments(token)
    signed = f"{header}.{payload}"
    kid = _key_id(_json_object(_decoded(header)))
    if not _RS256.verify(signed.encode(), keys.key(jwks_url, kid), _decoded(signature)):
        raise BadSignature
    return _json_object(_decoded(payload))


def unproven_claims(token: str) -> Claims:
    """What a token says, whoever wrote it: only for looking up what it is then checked against."""
    return _json_object(_decoded(_segments(token)[1]))


def _segments(token: str) -> list[str]:
    if len(token) > TOKEN_LIMIT or _COMPACT.fullmatch(token) is None:
        raise TokenMalformed
    return token.split(".")


def _decoded(segment: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except ValueError as problem:
        raise TokenMalformed from problem


def _key_id(header: Claims) -> str:
    if header.get("alg") != "RS256":
        raise AlgorithmRefused
    brought = sorted(FOREIGN_KEYS & header.keys())
    if brought:
        raise HeaderRefused(brought[0])
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid or len(kid) > KEY_ID_LIMIT:
        raise KeyIdMissing
    return kid


def _json_object(text: bytes) -> Claims:
    try:
        decoded = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise TokenMalformed from problem
    if not isinstance(decoded, dict):
        raise TokenMalformed
    return decoded
