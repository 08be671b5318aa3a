"""Security events: one line each under one name, with a reference, and never with content, names or addresses."""

import json
import logging
import re
from enum import StrEnum

from sqlalchemy.orm import Session

from lti_tool.codes import new_code
from lti_tool.database import after_commit

log = logging.getLogger("lti_tool.security")

WORD = re.compile(r"[\w.:/+-]+", re.ASCII)


class Event(StrEnum):
    """What happened."""

    LAUNCH_OPENED = "launch_opened"
    LAUNCH_REFUSED = "launch_refused"
    REGISTRATION_REFUSED = "registration_refused"
    REQUEST_FORGED = "request_forged"
    ACCESS_REFUSED = "access_refused"
    REGISTRATION_CHANGED = "registration_changed"
    INVITATION_GIVEN = "invitation_given"
    KEYS_CHANGED = "keys_changed"
    PAGES_CLOSED = "pages_closed"
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"
    COURSE_ERASED = "course_erased"


REFUSED = {Event.LAUNCH_REFUSED, Event.REGISTRATION_REFUSED, Event.REQUEST_FORGED, Event.ACCESS_REFUSED}


def log_event(event: Event, **fields: object) -> None:
    """Write an event down; `fields` are codes and numbers, and those that are None are left out.

    Without a `reference`, such as an error page shows, it gets one of its own.
    """
    given = {"event": event.value, "reference": new_code()} | fields
    told = {name: str(value) for name, value in given.items() if value is not None}
    line = " ".join(f"{name}={_as_word(value)}" for name, value in told.items())
    log.log(logging.WARNING if event in REFUSED else logging.INFO, "%s", line, extra={"fields": told})


def log_change(session: Session, event: Event, **fields: object) -> None:
    """Write an event down once the transaction that it belongs to is committed, and not before."""
    after_commit(session, lambda: log_event(event, **fields))


def _as_word(value: str) -> str:
    """In quotes, and in one line, where it is more than a word."""
    return value if WORD.fullmatch(value) else json.dumps(value)
