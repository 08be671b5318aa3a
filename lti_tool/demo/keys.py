"""The platform's own RSA keys: made at first need, kept, published and changed (RFC 7517)."""

import json
import secrets
from functools import lru_cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lti_tool.demo.models import SigningKey


def sign(session: Session, claims: dict[str, Any], header: dict[str, Any] | None = None) -> str:
    """Return `claims` as an RS256 token under the newest key; `header` replaces fields, None removes one."""
    key = _newest_key(session)
    fields = {"kid": key.kid, **(header or {})}
    kept = {name: value for name, value in fields.items() if value is not None}
    return jwt.encode(claims, _parsed(key.pem), algorithm="RS256", headers=kept)


def public_keys(session: Session) -> dict[str, Any]:
    """The key set as it is published."""
    _newest_key(session)
    keys = session.scalars(select(SigningKey).where(SigningKey.retired.is_(False)).order_by(SigningKey.id))
    return {"keys": [_public(key) for key in keys]}


def rotate(session: Session) -> str:
    """Retire all keys and make a new one; its kid is returned."""
    session.execute(update(SigningKey).values(retired=True))
    return _newest_key(session).kid


def new_pem() -> str:
    """Make an RSA key of 2,048 bits; takes some tenths of a second."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()


def _newest_key(session: Session) -> SigningKey:
    newest = select(SigningKey).where(SigningKey.retired.is_(False)).order_by(SigningKey.id.desc()).limit(1)
    key = session.scalar(newest)
    if key is None:
        key = SigningKey(kid=secrets.token_hex(10), pem=new_pem())
        session.add(key)
        session.flush()
    return key


@lru_cache(maxsize=8)
def _parsed(pem: str) -> rsa.RSAPrivateKey:
    """Parsing costs a hundred times what signing does."""
    key = serialization.load_pem_private_key(pem.encode(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError("the stored signing key is no RSA key")
    return key


def _public(key: SigningKey) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(_parsed(key.pem).public_key()))
    return {
        "kty": fields["kty"],
        "alg": "RS256",
        "kid": key.kid,
        "e": fields["e"],
        "n": fields["n"],
        "use": "sig",
    }
