"""The tool's log: to the standard error, each entry in one line of plain text or of JSON."""

import json
import logging
import sys
import time
from enum import StrEnum

LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"


class LogFormat(StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


def write_log(form: LogFormat) -> None:
    """Let everything that the tool has to say go to the standard error; a second time changes the form."""
    logger = logging.getLogger("lti_tool")
    for former in [one for one in logger.handlers if isinstance(one, _StandardError)]:
        logger.removeHandler(former)
    handler = _StandardError()
    handler.setFormatter(_Json() if form is LogFormat.JSON else _Text(LINE))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


class _StandardError(logging.Handler):
    """Looks for the stream anew each time, and writes an entry at once, so that processes do not mix theirs."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()
        except OSError:
            self.handleError(record)


class _Text(logging.Formatter):
    """Moments in UTC; what was said in several lines is one, but for the trace of a failure."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging calls it so)
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)


class _Json(_Text):
    """An object a line, with the fields of a security event each by its name."""

    def format(self, record: logging.LogRecord) -> str:
        told = {"at": self.formatTime(record), "level": record.levelname, "logger": record.name}
        fields: dict[str, str] | None = getattr(record, "fields", None)
        told |= fields if fields is not None else {"message": record.getMessage()}
        if record.exc_info:
            told["trace"] = self.formatException(record.exc_info)
        return json.dumps(told)
