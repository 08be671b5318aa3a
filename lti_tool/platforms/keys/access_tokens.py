"""Access tokens that all of the tool's processes share, encrypted at rest (Security Framework 1.0, 4.1)."""

import hashlib
from datetime import UTC, datetime

from sqlalchemy import select

from lti_tool.database import Database, upsert
from lti_tool.lti.platform import Platform
from lti_tool.lti.services.tokens import HeldToken
from lti_tool.platforms.keys.encryption import DecryptionFailed, Encryption
from lti_tool.platforms.models import AccessToken, Registration


class StoredTokens:
    """The tokens in the database, by registration and scopes."""

    def __init__(self, database: Database, secret: str) -> None:
        self._database = database
        self._seal = Encryption("access tokens", secret)

    def find(self, platform: Platform, scopes: frozenset[str]) -> HeldToken | None:
        """What was kept last; nothing where it was kept under another secret."""
        wanted = (
            select(AccessToken)
            .join(Registration, Registration.id == AccessToken.registration_id)
            .where(
                Registration.issuer == platform.issuer,
                Registration.client_id == platform.client_id,
                AccessToken.scopes_hash == _hash(scopes),
            )
        )
        with self._database.transaction(write=False) as session:
            kept = session.scalar(wanted)
        if kept is None:
            return None
        try:
            return HeldToken(self._seal.open(kept.encrypted_token), kept.renew_at.timestamp())
        except DecryptionFailed:
            return None

    def keep(self, platform: Platform, scopes: frozenset[str], held: HeldToken) -> None:
        """Keep it in place of the one before; nothing where the registration is gone."""
        wanted = select(Registration.id).where(
            Registration.issuer == platform.issuer, Registration.client_id == platform.client_id
        )
        with self._database.transaction() as session:
            registration_id = session.scalar(wanted)
            if registration_id is None:
                return
            upsert(
                session,
                AccessToken,
                {"registration_id": registration_id, "scopes_hash": _hash(scopes)},
                {
                    "encrypted_token": self._seal.close(held.token),
                    "renew_at": datetime.fromtimestamp(held.renew_at, UTC),
                },
            )


def _hash(scopes: frozenset[str]) -> str:
    return hashlib.sha256(" ".join(sorted(scopes)).encode()).hexdigest()
