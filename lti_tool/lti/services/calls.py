"""Calls to one platform's services with the right token (Security Framework 1.0, 4.1; AGS 2.0, 3)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.outbound import LARGEST_ANSWER, Answer, Outbound
from lti_tool.lti.platform import Platform
from lti_tool.lti.services.tokens import AccessTokens

ServicesFor = Callable[[Platform], "PlatformServices"]
"""The services of whichever platform is asked for."""


def _nothing() -> None:
    """For those who need nothing done before a call."""


@dataclass(frozen=True, slots=True)
class PlatformServices:
    """One platform, the tokens for it and the way out to it.

    `before_call` is done before each call: whoever makes many, under a lease, keeps the lease by it.
    """

    platform: Platform
    tokens: AccessTokens
    outbound: Outbound
    before_call: Callable[[], None] = _nothing

    def before_each(self, also: Callable[[], None]) -> "PlatformServices":
        """The same services, with this done before each call, too; what it raises ends the call."""

        def both() -> None:
            self.before_call()
            also()

        return replace(self, before_call=both)

    def get(self, url: str, *, scopes: Collection[str], accept: str, largest: int = LARGEST_ANSWER) -> Answer:
        """The answer to a GET with a token for these scopes, of ``largest`` bytes at most; raises ServiceFailed."""
        return self._with_token(
            scopes, lambda headers: self.outbound.get(url, accept=accept, headers=headers, largest=largest)
        )

    def post(self, url: str, body: bytes, *, scopes: Collection[str], media_type: str) -> Answer:
        """The answer to a POST of one media type, which is also the only one accepted back.

        Some platforms choose the service by it, and answer 400 to a list or to a wildcard.
        """
        return self._with_token(
            scopes,
            lambda headers: self.outbound.post(url, body, content_type=media_type, accept=media_type, headers=headers),
        )

    def put(self, url: str, body: bytes, *, scopes: Collection[str], media_type: str) -> Answer:
        """The answer to a PUT, under the same rules as a POST."""
        return self._with_token(
            scopes,
            lambda headers: self.outbound.put(url, body, content_type=media_type, accept=media_type, headers=headers),
        )

    def fetch_token(self, scopes: Collection[str]) -> None:
        """Have a token ready, so that of the next call nothing but itself can fail; raises ServiceFailed."""
        self.before_call()
        self.tokens.token(self.platform, scopes)

    def _with_token(self, scopes: Collection[str], call: Callable[[Mapping[str, str]], Answer]) -> Answer:
        self.before_call()
        token = self.tokens.token(self.platform, scopes)
        try:
            return call({"Authorization": f"Bearer {token}"})
        except ServiceFailed as failed:
            if failed.status != 401:
                raise
        # The platform may end a token before its time; once, and only once, a new one is worth a try.
        self.before_call()
        self.tokens.forget(self.platform, scopes, token)
        return call({"Authorization": f"Bearer {self.tokens.token(self.platform, scopes)}"})
