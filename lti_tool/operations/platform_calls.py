"""Calls to platforms for keys and tokens, each told by its result to whoever counts."""

from collections.abc import Callable
from typing import Protocol

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.outbound import Answer

Listener = Callable[[str, str], None]
"""Is told the kind of a call and its result, both of a few words that do not grow in number."""
OK, OTHER = "ok", "other"
RESULTS = frozenset({"timed_out", "too_slow", "not_reached", "not_trusted", "host_not_found", "address_not_allowed"})
"""Reasons without an answer's status that are told apart."""
_listeners: list[Listener] = []


class Caller(Protocol):
    """What is needed of Outbound."""

    def get(self, url: str, *, accept: str) -> Answer:
        """The answer, or ServiceFailed."""

    def post(self, url: str, body: bytes, *, content_type: str, accept: str) -> Answer:
        """The answer, or ServiceFailed."""


class ToldCalls:
    """Passes calls on, and tells of each; `kind` is `keys` or `tokens`."""

    def __init__(self, caller: Caller, kind: str) -> None:
        self._caller, self._kind = caller, kind

    def get(self, url: str, *, accept: str) -> Answer:
        """The answer to a GET, or ServiceFailed."""
        return self._told(lambda: self._caller.get(url, accept=accept))

    def post(self, url: str, body: bytes, *, content_type: str, accept: str) -> Answer:
        """The answer to a POST, or ServiceFailed."""
        return self._told(lambda: self._caller.post(url, body, content_type=content_type, accept=accept))

    def _told(self, call: Callable[[], Answer]) -> Answer:
        try:
            answer = call()
        except ServiceFailed as failed:
            self._tell(result_of(failed))
            raise
        self._tell(OK)
        return answer

    def _tell(self, result: str) -> None:
        for listener in _listeners:
            listener(self._kind, result)


def listen(listener: Listener) -> Callable[[], None]:
    """Have every call in this process told; what is given back ends it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def result_of(failed: ServiceFailed) -> str:
    """One word for a failure: `http_4xx`, or why there was no answer."""
    if failed.status:
        return f"http_{failed.status // 100}xx"
    return failed.reason if failed.reason in RESULTS else OTHER
