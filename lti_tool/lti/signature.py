"""Proves that a platform signed a token: RS256, by a registered key (Security Framework 1.0, 5.1.3)."""

import base64
import json
from typing import Protocol

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from lti_tool.lti.errors import (
    AlgorithmRefused,
    BadSignature,
    HeaderRefused,
    KeyIdMissing,
    TokenMalformed,
)
from lti_tool.lti.reading import Claims

TOKEN_LIMIT = 100_000  # characters; the longest real launches are a tenth of this
KEY_ID_LIMIT = 255
FOREIGN_KEYS = frozenset({"jku", "jwk", "x5u", "crit"})

_JWS = jwt.PyJWS(algorithms=["RS256"])


class KeySource(Protocol):
    """Where the public keys of platforms are had."""

    def key(self, jwks_url: str, kid: str) -> RSAPublicKey:
        """The key with this id in the key set at this address, or UnknownKey or KeySetUnavailable."""


def verified_claims(token: str, *, jwks_url: str, keys: KeySource) -> Claims:
    """The claims of a token that is signed by the platform's own key; nothing in them is checked yet.

    Raises one of the LaunchRefused for the header, the key or the signature.
    """
    kid = _key_id(_header(token))
    key = keys.key(jwks_url, kid)
    try:
        payload = _JWS.decode(token, key, algorithms=["RS256"])
    except (jwt.PyJWTError, ValueError, TypeError) as problem:
        raise BadSignature from problem
    return _json_object(payload)


def _header(token: str) -> Claims:
    if len(token) > TOKEN_LIMIT or not token.isascii() or token.count(".") != 2:
        raise TokenMalformed
    segment = token.partition(".")[0]
    try:
        return _json_object(base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4)))
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
