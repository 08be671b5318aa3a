"""Platforms' key sets for all of the tool's processes, fetched anew by the worker before they run out.

So a web thread waits for a platform's key set only where its keys have changed, or are not known yet.
"""

import hashlib
import json
import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from lti_tool.database import Database, insert_new, now, upsert
from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.launch.key_set import read_key_set
from lti_tool.lti.launch.platform_keys import LONGEST_FETCH, FetchedKeys, Fetcher, fetch_keys
from lti_tool.platforms.models import PlatformKeySet, Registration

log = logging.getLogger("lti_tool.keys")

JOB = "fetch_keys"
AHEAD = timedelta(minutes=10)
"""How long before its end a key set is fetched anew."""
NOT_AGAIN_BEFORE = timedelta(minutes=5)
"""How long a platform is left alone, also where its keys are good for less."""


class StoredKeySets:
    """The key sets in the database, by address."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, jwks_url: str) -> FetchedKeys | None:
        """What was fetched last; nothing where that was never."""
        with self._database.transaction(write=False) as session:
            kept = session.get(PlatformKeySet, _hash(jwks_url))
        if kept is None or kept.fresh_until is None:
            return None
        return FetchedKeys(read_key_set(json.loads(kept.document)), kept.document, kept.fresh_until.timestamp())

    def keep(self, jwks_url: str, fetched: FetchedKeys) -> None:
        """Keep it in place of the one before."""
        values = {
            "document": fetched.document,
            "fetched_at": now(),
            "fresh_until": datetime.fromtimestamp(fetched.fresh_until, UTC),
            "asked_at": now(),
            "problem": "",
            "clock_ahead": fetched.clock_ahead,
        }
        with self._database.transaction() as session:
            upsert(session, PlatformKeySet, {"address_hash": _hash(jwks_url)}, values)


def fetch_due_keys(database: Database, outbound: Fetcher, longest: float = LONGEST_FETCH) -> datetime | None:
    """Fetch every key set that runs out soon or was never had, one after the other; one that fails stops no other.

    `longest` is what one may take, in seconds. The worker's next round comes by itself.
    """
    store = StoredKeySets(database)
    while True:
        with database.transaction() as session:
            address = _claim(session)
        if address is None:
            return None
        try:
            store.keep(address, fetch_keys(outbound, address, now().timestamp(), longest))
        except ServiceFailed as failed:
            log.info("key set of %s: %s", _hash(address)[:12], failed)
            with database.transaction() as session:
                kept = session.get_one(PlatformKeySet, _hash(address))
                kept.problem = failed.reason[:100]


def keys_not_had(session: Session) -> list[str]:
    """What the operator calls the LMSs whose keys could not be fetched at the last try."""
    failed = set(session.scalars(select(PlatformKeySet.address_hash).where(PlatformKeySet.problem != "")))
    enabled = select(Registration).where(Registration.enabled).order_by(Registration.id)
    return [one.label for one in session.scalars(enabled) if _hash(one.jwks_url) in failed]


def clocks_of_platforms(session: Session) -> list[tuple[str, float]]:
    """What the operator calls the LMSs whose clocks are known, and by how many seconds each is ahead of ours."""
    known = {
        one.address_hash: one.clock_ahead
        for one in session.scalars(select(PlatformKeySet).where(PlatformKeySet.clock_ahead.is_not(None)))
    }
    enabled = session.scalars(select(Registration).where(Registration.enabled).order_by(Registration.id))
    found = ((one.label, known.get(_hash(one.jwks_url))) for one in enabled)
    return [(label, ahead) for label, ahead in found if ahead is not None]


def _claim(session: Session) -> str | None:
    """The address that has waited longest, marked as asked for, so that no other worker asks, too."""
    addresses = set(session.scalars(select(Registration.jwks_url).where(Registration.enabled)))
    kept = {one.address_hash: one for one in session.scalars(select(PlatformKeySet))}
    for address in _by_waiting(addresses, kept):
        if _mark(session, _hash(address), kept.get(_hash(address))):
            return address
    return None


def _by_waiting(addresses: Iterable[str], kept: dict[str, PlatformKeySet]) -> list[str]:
    never = datetime.min.replace(tzinfo=UTC)

    def asked_at(address: str) -> datetime:
        known = kept.get(_hash(address))
        return known.asked_at if known else never

    return sorted((one for one in addresses if _is_due(kept.get(_hash(one)))), key=asked_at)


def _is_due(kept: PlatformKeySet | None) -> bool:
    if kept is None:
        return True
    runs_out = kept.fresh_until is None or kept.fresh_until < now() + AHEAD
    return runs_out and kept.asked_at < now() - NOT_AGAIN_BEFORE


def _mark(session: Session, address_hash: str, kept: PlatformKeySet | None) -> bool:
    if kept is None:
        return insert_new(session, PlatformKeySet, {"address_hash": address_hash, "asked_at": now()})
    mine = PlatformKeySet.address_hash == address_hash, PlatformKeySet.asked_at == kept.asked_at
    marked = session.execute(
        update(PlatformKeySet).where(*mine).values(asked_at=now()).execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", marked).rowcount == 1


def _hash(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
