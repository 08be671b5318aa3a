"""Login attempts travel as a signed `state`: who is asked, for what, by which browser (Security Framework 1.0, 5.1.1).

Nothing is stored when a login begins: whoever knows an issuer could otherwise fill the database.
"""

import hashlib
from dataclasses import astuple, dataclass

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from lti_tool.platforms.errors import LoginAttemptExpired, LoginAttemptUnknown

LIFETIME = 600
"""Seconds from the login to its launch."""


@dataclass(frozen=True)
class LoginAttempt:
    """A login that was begun."""

    nonce: str
    """What the id_token must repeat."""
    registration_id: int
    """Who was asked; nobody else may answer."""
    target_link_uri: str
    """What is to be opened; the id_token must say the same."""
    browser_hash: str
    """SHA-256 of the browser's secret."""
    storage_target: str
    """The platform's frame that keeps the browser's secret; empty where a cookie does."""


class LoginStates:
    """Signs attempts into states and reads them back."""

    def __init__(self, secret: str) -> None:
        self._serializer = URLSafeTimedSerializer(
            secret, salt="login state", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def close(self, attempt: LoginAttempt) -> str:
        """The `state` that goes to the platform and comes back."""
        state = self._serializer.dumps(astuple(attempt))
        return state if isinstance(state, str) else state.decode()

    def open(self, state: str) -> LoginAttempt:
        """The attempt; raises LoginAttemptUnknown for what we did not sign, LoginAttemptExpired."""
        try:
            return LoginAttempt(*self._serializer.loads(state, max_age=LIFETIME))
        except SignatureExpired:
            raise LoginAttemptExpired from None
        except (BadData, TypeError):  # the latter where the tool was brought up to date meanwhile
            raise LoginAttemptUnknown from None
