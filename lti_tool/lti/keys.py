"""The tool's own keys (Security Framework 1.0, 6)."""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Self

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)


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
