"""Reads a platform's published RSA signing keys (RFC 7517; Security Framework 1.0, 6.3)."""

import base64
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers

from lti_tool.lti.errors import ServiceFailed

SMALLEST, LARGEST = 2048, 8192  # bits; a larger key would only cost us time

KeySet = Mapping[str, RSAPublicKey]


def read_key_set(document: object) -> KeySet:
    """The usable keys of a decoded JSON key set; keys of other kinds are passed over.

    Raises a temporary ServiceFailed if there is no usable key: an error page must not replace keys that work.
    """
    listed = document.get("keys") if isinstance(document, dict) else None
    keys: dict[str, RSAPublicKey] = {}
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict) and _signs(entry) and (key := _public_key(entry)) is not None:
            keys.setdefault(str(entry["kid"]), key)
    if not keys:
        raise ServiceFailed("no_usable_keys", permanent=False)
    return keys


def _signs(entry: Mapping[str, object]) -> bool:
    kid = entry.get("kid")
    return (
        entry.get("kty") == "RSA"
        and isinstance(kid, str)
        and bool(kid)
        and entry.get("use", "sig") == "sig"
        and entry.get("alg", "RS256") == "RS256"
    )


def _public_key(entry: Mapping[str, object]) -> RSAPublicKey | None:
    try:
        key = RSAPublicNumbers(_number(entry["e"]), _number(entry["n"])).public_key()
    except (KeyError, ValueError):
        return None
    return key if SMALLEST <= key.key_size <= LARGEST else None


def _number(text: object) -> int:
    if not isinstance(text, str) or not text.isascii():
        raise ValueError
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
