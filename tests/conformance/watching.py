"""A browser that a test moves by hand, and the tool's log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

PATIENCE = 20.0


@dataclass
class Browser:
    """Keeps the tool's cookie as browsers do, Secure ones of this machine's own address too; follows nothing."""

    cookie: str = ""

    def send_to(self, method: str, url: str, **options: Any) -> requests.Response:
        """One request."""
        headers = {"Cookie": self.cookie, **options.pop("headers", {})}
        answer = requests.request(method, url, headers=headers, allow_redirects=False, timeout=PATIENCE, **options)
        if "Set-Cookie" in answer.headers:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return answer


class Log(logging.Handler):
    """All that the tool writes down, with the reasons for refusals that pages do not tell."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def text(self) -> str:
        """Everything, as it would stand in the file."""
        writer = logging.Formatter("%(name)s %(levelname)s %(message)s")
        return "\n".join(writer.format(record) for record in self.records)

    @property
    def reason(self) -> str:
        """Why the last refusal was: what the protocol says was wrong, else the refusal's own name."""
        refused = [told for record in self.records if (told := _refusal(record))]
        if not refused:
            return ""
        kind, detail = refused[-1]
        return str(detail).partition(":")[0] if kind in {"LaunchNotValid", "PlatformUnreachable"} else str(kind)


def _refusal(record: logging.LogRecord) -> tuple[str, str] | None:
    """Its kind, and the detail that pages do not tell."""
    if record.name == "lti_tool.security":
        told: dict[str, str] = record.__dict__["fields"]
        return (told["kind"], told.get("why", "")) if "kind" in told else None
    if record.name != "lti_tool.refused" or not isinstance(record.args, tuple):
        return None
    _, kind, _, detail = record.args
    return str(kind), str(detail)


@contextmanager
def listening() -> Iterator[Log]:
    log, logger = Log(), logging.getLogger("lti_tool")
    level = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(log)
    try:
        yield log
    finally:
        logger.setLevel(level)
        logger.removeHandler(log)
