"""The keys under which browsers keep what somebody has typed and the server has not confirmed yet."""

import base64
import hmac


class DraftKeys:
    """One key a person, made of the secret of the settings: the same at each launch, and kept nowhere."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

    def of_person(self, user_id: int | str) -> str:
        """256 bits in base64url, for this person's pages alone."""
        derived = hmac.digest(self._secret, f"drafts:{user_id}".encode(), "sha256")
        return base64.urlsafe_b64encode(derived).decode().rstrip("=")
