"""The only way out: calls to public addresses over https that follow nothing and end in time.

A bearer token or a signed assertion travels on most of these calls, so each address is guarded, also those
that a signed launch brought (line items, memberships, next pages).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from urllib.parse import urlsplit

import requests
from requests.exceptions import ConnectionError as NotConnected
from requests.exceptions import RequestException, SSLError, Timeout

from lti_tool.lti.errors import RateLimited, ServiceFailed
from lti_tool.lti.network.connections import GuardedAdapter, exchange
from lti_tool.lti.network.deadlines import TOO_SLOW, time_left

CONNECT, READ, TOTAL = 5.0, 10.0, 20.0  # seconds: to connect, between two pieces of an answer, for all of a call
LARGEST_ANSWER = 1024 * 1024  # bytes, decoded
LARGEST_REFUSAL = 4096  # bytes of a refusal that are looked at
LONGEST_WAIT = 86400  # seconds of Retry-After that are believed
USER_AGENT = "Partnerwise (LTI 1.3 tool)"  # some platforms answer 403 to calls without one

_WORTH_ANOTHER_TRY = frozenset({302, 303, 307, 408, 425, 429})


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer (2xx), read whole; ``headers`` are found whatever their case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> object:
        """The decoded body, or a temporary ServiceFailed if it is not JSON."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise ServiceFailed("malformed_answer", permanent=False, status=self.status) from None


class Outbound:
    """Calls platforms; safe to share between threads.

    ``allow_private`` is for development: it adds loopback addresses, and plain http to those. Every call
    raises ServiceFailed and nothing else: permanent for addresses that are not allowed, answers of 4xx, and
    answers that are too large; temporary for 5xx, 408, 425, 429, time-outs and broken connections. Times
    are in seconds. A call may take ``total``, or what is left of the time that all calls have together
    (``deadlines.within``).
    """

    def __init__(
        self, allow_private: bool = False, *, connect: float = CONNECT, read: float = READ, total: float = TOTAL
    ) -> None:
        self._allow_private = allow_private
        self._connect, self._read = connect, read
        self._total = total
        self._session = requests.Session()
        self._session.trust_env = False  # no proxies, no netrc, no other certificates by environment
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, GuardedAdapter(pool_connections=50, max_retries=0))

    def get(
        self, url: str, *, accept: str, headers: Mapping[str, str] | None = None, largest: int = LARGEST_ANSWER
    ) -> Answer:
        """The answer to a GET; ``accept`` is one media type, ``largest`` in bytes."""
        return self._call("GET", url, {"Accept": accept, **(headers or {})}, None, largest)

    def post(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str,
        accept: str,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a POST of ``body``."""
        sent = {"Accept": accept, "Content-Type": content_type, **(headers or {})}
        return self._call("POST", url, sent, body)

    def put(
        self,
        url: str,
        body: bytes,
        *,
        content_type: str,
        accept: str,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """The answer to a PUT of ``body``."""
        sent = {"Accept": accept, "Content-Type": content_type, **(headers or {})}
        return self._call("PUT", url, sent, body)

    def _call(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, largest: int = LARGEST_ANSWER
    ) -> Answer:
        self._check_form(url)
        sent = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **headers}
        seconds = min(self._total, time_left())
        if seconds <= 0:
            raise ServiceFailed(TOO_SLOW, permanent=False)
        with exchange(allow_private=self._allow_private, seconds=seconds) as current:
            try:
                request = requests.Request(method, url, headers=sent, data=body).prepare()
                answer = self._exchange(request, largest, seconds)
            except (RequestException, OSError) as problem:
                raise _failure(problem, timed_out=current.is_over) from None  # its text names users
            if current.is_over:  # a cut connection can look like the end of an answer
                raise ServiceFailed("timed_out", permanent=False)
        return answer

    def _check_form(self, url: str) -> None:
        try:
            address = urlsplit(url)
            has_form = bool(address.hostname) and "@" not in address.netloc and url.isprintable()
        except ValueError:
            has_form = False
        allowed = {"https", "http"} if self._allow_private else {"https"}
        if not has_form or address.scheme not in allowed:
            raise ServiceFailed("address_not_allowed", permanent=True)

    def _exchange(self, request: requests.PreparedRequest, largest: int, seconds: float) -> Answer:
        timeouts = (min(self._connect, seconds), min(self._read, seconds))
        with self._session.send(request, stream=True, allow_redirects=False, timeout=timeouts) as response:
            if not 200 <= response.status_code < 300:
                raise _refusal(response)
            return Answer(response.status_code, response.headers, _body(response, largest))


def _body(response: requests.Response, largest: int) -> bytes:
    body = bytearray()
    for chunk in response.iter_content(65536):
        body += chunk
        if len(body) > largest:
            raise ServiceFailed("answer_too_large", permanent=True, status=response.status_code)
    return bytes(body)


def _refusal(response: requests.Response) -> ServiceFailed:
    status = response.status_code
    if status == 429 or (status == 403 and _is_throttled(response)):
        retry_after = _retry_after(response.headers.get("Retry-After", ""))
        return RateLimited("rate_limited", permanent=False, status=status, retry_after=retry_after)
    return ServiceFailed(
        f"http_{status}",
        permanent=status < 500 and status not in _WORTH_ANOTHER_TRY,
        status=status,
        retry_after=_retry_after(response.headers.get("Retry-After", "")),
    )


def _is_throttled(response: requests.Response) -> bool:
    # Canvas says 403 to those who asked too much: by a quota that is used up, and in words.
    try:
        if float(response.headers.get("X-Rate-Limit-Remaining", "1")) <= 0:
            return True
    except ValueError:
        pass
    start = next(response.iter_content(LARGEST_REFUSAL), b"")
    return b"rate limit exceeded" in start.lower()


def _retry_after(value: str) -> int | None:
    """Seconds to wait, from either form of the header (RFC 9110, 10.2.3)."""
    if value.strip().isdecimal():
        return min(int(value[:12]), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(int((moment - datetime.now(UTC)).total_seconds()), 0), LONGEST_WAIT)


def _failure(problem: Exception, *, timed_out: bool) -> ServiceFailed:
    if timed_out or isinstance(problem, Timeout | TimeoutError):
        return ServiceFailed("timed_out", permanent=False)
    if isinstance(problem, SSLError):
        return ServiceFailed("not_trusted", permanent=False)
    if isinstance(problem, NotConnected | OSError) and not isinstance(problem, ValueError):
        return ServiceFailed("not_reached", permanent=False)
    return ServiceFailed("address_not_allowed", permanent=True)
