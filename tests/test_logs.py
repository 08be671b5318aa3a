"""The log is one entry a line, whatever somebody sent."""

import json
import logging

import pytest

from lti_tool.logs import LogFormat, write_log
from lti_tool.security_log import Event, log_event

FORGED = 'x\n2026-01-01T00:00:00.000Z WARNING lti_tool.security event="keys_changed"'


@pytest.mark.parametrize("form", LogFormat)
def test_what_somebody_sent_cannot_begin_a_line_of_its_own(capfd: pytest.CaptureFixture[str], form: LogFormat) -> None:
    write_log(form)
    log_event(Event.ACCESS_REFUSED, why=FORGED)
    logging.getLogger("lti_tool.refused").info("%s", FORGED.replace("\n", "\r\n"))
    assert len(capfd.readouterr().err.splitlines()) == 2


def test_a_trace_is_one_field_of_its_entry_in_json(capfd: pytest.CaptureFixture[str]) -> None:
    write_log(LogFormat.JSON)
    try:
        raise RuntimeError("fault")
    except RuntimeError:
        logging.getLogger("lti_tool.web").exception("%s failed", "course.page")
    told = json.loads(capfd.readouterr().err)
    assert (told["level"], told["message"]) == ("ERROR", "course.page failed")
    assert "RuntimeError: fault" in told["trace"]
