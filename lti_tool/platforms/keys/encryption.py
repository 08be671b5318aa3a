"""Secrets at rest: encrypted under the secret of the settings, a key of its own for each use (Fernet)."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

RETURN_ADDRESSES = "return addresses"
"""The use for addresses to which platforms want people back: the migrations seal by it, too."""

CALENDAR_SECRETS = "calendar secrets"
"""The use for secrets in the addresses at which calendars read a road map's days."""


class DecryptionFailed(Exception):
    """The text was sealed under another secret, for another use, or was changed."""


class Encryption:
    """Encrypts texts for one use, such as `tool keys`."""

    def __init__(self, use: str, secret: str) -> None:
        digest = hashlib.sha256(f"{use}:{secret}".encode()).digest()
        self._fernet = Fernet(base64.urlsafe_b64encode(digest))

    def close(self, text: str) -> str:
        """The sealed text."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """The text again; raises DecryptionFailed."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise DecryptionFailed from None

    def open_or_nothing(self, sealed: str) -> str:
        """The text again; an empty one where nothing was sealed, or under another secret."""
        try:
            return self.open(sealed) if sealed else ""
        except DecryptionFailed:
            return ""
