"""The tool's own keys: made at the first start, encrypted at rest, the newest one signs (Security Framework 1.0, 6)."""

import base64
import hashlib
import threading
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select

from lti_tool.database import Database
from lti_tool.lti.keys import ToolKey
from lti_tool.platforms.models import ToolKeyRecord


class KeysUnreadable(Exception):
    """The stored keys were encrypted under another secret key."""


class ToolKeys:
    """The keys in memory; making the first one is safe when two processes start."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database = database
        self._fernet = Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"tool keys:" + secret.encode()).digest()))
        self._keys: list[ToolKey] = []
        self._lock = threading.Lock()

    def current(self) -> ToolKey:
        """The key that signs."""
        return self._all()[0]

    def sign(self, claims: Mapping[str, object]) -> str:
        """A token signed with that key, which is read from the database when first needed."""
        return self.current().sign(claims)

    def public(self) -> dict[str, Any]:
        """The key set that platforms read (RFC 7517), with what other processes have made meanwhile."""
        known = {key.kid for key in self._all()}
        with self._database.transaction(write=False) as session:
            stored = set(session.scalars(select(ToolKeyRecord.kid)))
        if stored != known:
            with self._lock:
                self._keys = self._read()
        return {"keys": [key.public_jwk for key in self._all()]}

    def _all(self) -> list[ToolKey]:
        with self._lock:
            if not self._keys:
                self._keys = self._read() or self._make()
            return self._keys

    def _read(self) -> list[ToolKey]:
        newest_first = select(ToolKeyRecord).order_by(ToolKeyRecord.created_at.desc(), ToolKeyRecord.kid)
        with self._database.transaction(write=False) as session:
            return [self._decrypt(record) for record in session.scalars(newest_first)]

    def _make(self) -> list[ToolKey]:
        key = ToolKey.generate()
        sealed = self._fernet.encrypt(key.pem.encode()).decode()
        with self._database.transaction() as session:
            session.add(ToolKeyRecord(kid=key.kid, encrypted_pem=sealed))
        # Another process may have made one at the same moment: public() finds both, and each may sign.
        return self._read()

    def _decrypt(self, record: ToolKeyRecord) -> ToolKey:
        try:
            return ToolKey.from_pem(self._fernet.decrypt(record.encrypted_pem.encode()).decode())
        except InvalidToken:
            raise KeysUnreadable(
                "The tool's keys were made under another PARTNERWISE_SECRET_KEY. Set that one again."
            ) from None
