"""The tool's own keys: made at the first start, encrypted at rest, rotated with overlap (Security Framework 1.0, 6).

A new key is published a day before it signs, so that every platform has read it by then; the old one stays published
for a day after its last signature, longer than anything that it signed is good for.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

from sqlalchemy import delete, select

from lti_tool.database import Database, now
from lti_tool.lti.keys import ToolKey
from lti_tool.platforms.keys.encryption import DecryptionFailed, Encryption
from lti_tool.platforms.models import ToolKeyRecord
from lti_tool.security_log import Event, log_change

NOTICE = timedelta(days=1)
"""From publishing a key to its first signature: longer than platforms keep a key set."""
AFTERLIFE = timedelta(days=1)
"""From a key's last signature to its end: longer than our tokens live."""
REREAD = 300.0
"""Seconds after which a process looks for keys that another one has made."""


class KeysUnreadable(Exception):
    """The stored keys were encrypted under another secret key."""


class KeyWaiting(Exception):
    """A new key is published already and waits for its time to sign."""


@dataclass(frozen=True)
class KeptKey:
    """A key with its times; `published_until` is None for the newest."""

    key: ToolKey
    created_at: datetime
    signs_from: datetime
    published_until: datetime | None


class ToolKeys:
    """The keys in memory; safe to share between threads, and when two processes start at once."""

    def __init__(self, database: Database, secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._seal = Encryption("tool keys", secret)
        self._clock = clock
        self._kept: Sequence[KeptKey] = ()
        self._read_at = float("-inf")
        self._lock = threading.Lock()

    def current(self) -> ToolKey:
        """The key that signs: the newest one whose time has come."""
        moment = now()
        kept = self.all()
        signing = [one for one in kept if one.signs_from <= moment]
        return (signing or kept)[-1].key

    def sign(self, claims: Mapping[str, object]) -> str:
        """A token signed with that key, which is read from the database when first needed."""
        return self.current().sign(claims)

    def public(self) -> dict[str, Any]:
        """The key set that platforms read (RFC 7517), with what other processes have made meanwhile."""
        self._forget()
        return {"keys": [one.key.public_jwk for one in reversed(self.all())]}

    def all(self) -> Sequence[KeptKey]:
        """Every key that is published, by the moment from which it signs."""
        with self._lock:
            if self._clock() >= self._read_at + REREAD:
                self._kept = self._read() or self._make()
                self._read_at = self._clock()
            return self._kept

    def rotate(self, notice: timedelta = NOTICE) -> KeptKey:
        """Make and publish the next key, which signs when the notice is over; raises KeyWaiting if one waits already.

        Without notice, for a key that has leaked, it signs at once and the others are withdrawn.
        """
        kept = self.all()
        if notice and kept[-1].signs_from > now():
            raise KeyWaiting(f"A new key is published already. It signs from {kept[-1].signs_from:%Y-%m-%d %H:%M} UTC.")
        made = self._record(ToolKey.generate(), now() + notice)
        going_on = [one.key.kid for one in kept] if notice else []
        with self._database.transaction() as session:
            session.execute(delete(ToolKeyRecord).where(ToolKeyRecord.kid.not_in(going_on)))
            session.add(made)
            log_change(session, Event.KEYS_CHANGED, key=made.kid, change="rotated" if notice else "rotated_at_once")
        self._forget()
        return self.all()[-1]

    def _forget(self) -> None:
        with self._lock:
            self._read_at = float("-inf")

    def _read(self) -> Sequence[KeptKey]:
        with self._database.transaction(write=False) as session:
            records = session.scalars(select(ToolKeyRecord).order_by(ToolKeyRecord.signs_from, ToolKeyRecord.kid)).all()
        known = {one.key.kid: one.key for one in self._kept}
        ends = [later.signs_from + AFTERLIFE for later in records[1:]]
        return [
            KeptKey(known.get(record.kid) or self._open(record), record.created_at, record.signs_from, end)
            for record, end in zip_longest(records, ends)
            if end is None or end > now()
        ]

    def _make(self) -> Sequence[KeptKey]:
        with self._database.transaction() as session:
            made = self._record(ToolKey.generate(), now())
            session.add(made)
            log_change(session, Event.KEYS_CHANGED, key=made.kid, change="made")
        # Another process may have made one at the same moment: both are published, and each may sign.
        return self._read()

    def _record(self, key: ToolKey, signs_from: datetime) -> ToolKeyRecord:
        return ToolKeyRecord(kid=key.kid, encrypted_pem=self._seal.close(key.pem), signs_from=signs_from)

    def _open(self, record: ToolKeyRecord) -> ToolKey:
        try:
            return ToolKey.from_pem(self._seal.open(record.encrypted_pem))
        except DecryptionFailed:
            raise KeysUnreadable(
                "The tool's keys were made under another PARTNERWISE_SECRET_KEY. Set that one again."
            ) from None
