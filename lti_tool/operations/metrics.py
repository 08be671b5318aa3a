"""What this process counts, in Prometheus' text format.

Only whoever serves metrics imports this module, and `prometheus_client` with it: where several processes count together
that library wants to know their folder (`PROMETHEUS_MULTIPROC_DIR`) before it is imported
(https://prometheus.github.io/client_python/multiprocess/). No label names a school or a person, each takes few values.
"""

import logging
import os
from collections.abc import Callable, Iterable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from lti_tool.operations.platform_calls import listen
from lti_tool.security_log import Event
from lti_tool.security_log import log as security_log

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE: str = CONTENT_TYPE_LATEST
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of page times: what people notice begins in the middle."""


class Metrics:
    """The counters of this process, or of all that share the folder."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        registry = None if FOLDER in os.environ else self.registry
        self._launches = Counter(
            "partnerwise_launches", "Launches by result: opened, or why refused.", ["result"], registry=registry
        )
        self._requests = Counter(
            "partnerwise_requests", "Answers by endpoint and status.", ["endpoint", "status"], registry=registry
        )
        self._seconds = Histogram(
            "partnerwise_request_seconds",
            "Seconds from a whole request's head to its answer, by endpoint.",
            ["endpoint"],
            buckets=SECONDS,
            registry=registry,
        )
        self._calls = Counter(
            "partnerwise_platform_calls",
            "Calls for platforms' keys and tokens, by result.",
            ["call", "result"],
            registry=registry,
        )
        self._handler = _Launches(self.count_launch)
        security_log.setLevel(logging.INFO)  # opened launches are told there, whatever else the log leaves out
        security_log.addHandler(self._handler)
        self._stop_listening = listen(self.count_call)

    def count_launch(self, result: str) -> None:
        """A launch ended so."""
        self._launches.labels(result).inc()

    def count_request(self, endpoint: str, status: int, seconds: float) -> None:
        """A request was answered; `endpoint` is the name of one of the tool's own."""
        self._requests.labels(endpoint, f"{status // 100}xx").inc()
        self._seconds.labels(endpoint).observe(seconds)

    def count_call(self, call: str, result: str) -> None:
        """A platform was called."""
        self._calls.labels(call, result).inc()

    def text(self, collectors: Iterable[Collector] = ()) -> bytes:
        """All that was counted so far, by all processes together, and what the collectors find now."""
        registry = CollectorRegistry()
        if FOLDER in os.environ:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        else:
            registry.register(self.registry)
        for collector in collectors:
            registry.register(collector)
        return generate_latest(registry)

    def close(self) -> None:
        """Count nothing more."""
        security_log.removeHandler(self._handler)
        self._stop_listening()


class _Launches(logging.Handler):
    """Hears of launches where everybody else does: in the log of security events."""

    def __init__(self, count: Callable[[str], None]) -> None:
        super().__init__()
        self._count = count

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, str] = getattr(record, "fields", {})
        if fields.get("event") == Event.LAUNCH_OPENED:
            self._count("opened")
        elif fields.get("event") == Event.LAUNCH_REFUSED:
            self._count(fields["kind"])  # the name of a class of refusals
