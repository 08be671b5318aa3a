"""What the SCORM player keeps per person, as Moodle 4.5 does in its standards mode (SCORM 1.2 RTE, section 3.4)."""

import re
import time
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.errors import ServiceRefused
from lti_tool.demo.models import Attempt
from lti_tool.demo.packages import Package, Sco
from lti_tool.demo.people import Person

SUSPEND_DATA_LIMIT = 4096
FINISHED = {"passed", "completed", "failed"}
"""What Moodle opens again for review only: who has failed cannot go on in the same attempt."""
STATUS, RAW, MODE = "cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.lesson_mode"
TOTAL_TIME, SESSION_TIME = "cmi.core.total_time", "cmi.core.session_time"
# These are the LMS's to say, whatever content sends back.
OURS = re.compile(
    r"cmi\.core\.(student_|total_time|session_time|entry|credit|lesson_mode)|cmi\.(student_data|launch_data)"
    r"|.*_(count|children|version)$"
)


def latest_attempt(session: Session, person: Person, package: Package, sco: Sco) -> Attempt | None:
    """The attempt that a person is in, if there was any."""
    wanted = (
        select(Attempt)
        .filter_by(user_id=person.id, package=package.key, sco=sco.id)
        .order_by(Attempt.number.desc())
        .limit(1)
    )
    return session.scalar(wanted)


def opening_elements(
    session: Session, person: Person, package: Package, sco: Sco, *, browse: bool = False
) -> dict[str, str]:
    """All elements to begin with: what was kept, and what the LMS has to say.

    What is finished opens for review; `browse` is the visit of somebody who only looks (RTE 3.4.4, lesson_mode).
    """
    attempt = latest_attempt(session, person, package, sco)
    kept = dict(attempt.elements) if attempt is not None else {}
    mode = "browse" if browse else "review" if kept.get(STATUS) in FINISHED else "normal"
    entry = "" if kept else "ab-initio"
    return {
        STATUS: "not attempted",
        TOTAL_TIME: "00:00:00",
        **kept,
        "cmi.core.student_id": person.id,
        "cmi.core.student_name": f"{person.family_name}, {person.given_name}",
        "cmi.core.entry": "resume" if kept.get("cmi.core.exit") == "suspend" else entry,
        "cmi.core.exit": "",
        MODE: mode,
        "cmi.core.credit": "credit" if mode == "normal" else "no-credit",
        "cmi.launch_data": sco.launch_data,
        "cmi.student_data.mastery_score": sco.mastery_score,
        "cmi.student_data.max_time_allowed": sco.time_limit,
    }


def keep(
    session: Session, person: Person, package: Package, sco: Sco, sent: Mapping[str, object], *, finished: bool
) -> Attempt:
    """Keep what content committed; its time counts only when it finished. In review nothing is kept.

    Raises ServiceRefused (400) for suspend data beyond 4,096 characters.
    """
    elements = {name: str(value) for name, value in sent.items() if isinstance(value, str | int | float)}
    if len(elements.get("cmi.suspend_data", "")) > SUSPEND_DATA_LIMIT:
        raise ServiceRefused(400, f"cmi.suspend_data is limited to {SUSPEND_DATA_LIMIT} characters")
    attempt = latest_attempt(session, person, package, sco) or start_again(session, person, package, sco)
    mode = elements.get(MODE, "normal")
    if mode == "review":
        return attempt
    before = dict(attempt.elements)
    after = {name: value for name, value in {**before, **_kept(elements)}.items() if value != ""}
    if finished:
        after[TOTAL_TIME] = add_times(before.get(TOTAL_TIME, "00:00:00"), elements.get(SESSION_TIME, ""))
        after[STATUS] = _final_status(after, sco.mastery_score if mode == "normal" else "")
    attempt.elements = after
    attempt.changed_at = time.time()
    session.flush()
    return attempt


def start_again(session: Session, person: Person, package: Package, sco: Sco) -> Attempt:
    """Begin a new attempt; the ones before stay."""
    last = latest_attempt(session, person, package, sco)
    now = time.time()
    attempt = Attempt(
        user_id=person.id,
        package=package.key,
        sco=sco.id,
        number=last.number + 1 if last is not None else 1,
        elements={},
        started_at=now,
        changed_at=now,
    )
    session.add(attempt)
    session.flush()
    return attempt


def attempts_of(session: Session, people: Iterable[Person]) -> list[Attempt]:
    """Everything that these people tracked, person by person, the newest attempt first."""
    ids = [person.id for person in people]
    order = (Attempt.user_id, Attempt.package, Attempt.sco, Attempt.number.desc())
    return list(session.scalars(select(Attempt).where(Attempt.user_id.in_(ids)).order_by(*order)))


def last_package(session: Session, person: Person) -> str:
    """The key of the package in which somebody was last, or ""."""
    latest = select(Attempt.package).filter_by(user_id=person.id).order_by(Attempt.changed_at.desc()).limit(1)
    return session.scalar(latest) or ""


def add_times(total: str, session_time: str) -> str:
    """The sum of two SCORM 1.2 time spans. Like Moodle it takes ".5" for five hundredths of a second."""
    hundredths = _hundredths(total) + _hundredths(session_time)
    seconds, rest = divmod(hundredths, 100)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}" + (f".{rest:02d}" if rest else "")


def _hundredths(span: str) -> int:
    match = re.fullmatch(r"(\d{2,4}):(\d\d):(\d\d)(?:\.(\d{1,2}))?", span)
    if match is None:
        return 0
    hours, minutes, seconds, rest = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 100 + rest


def _kept(elements: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in elements.items() if name.startswith("cmi.") and not OURS.match(name)}


def _final_status(elements: Mapping[str, str], mastery_score: str) -> str:
    """Not attempted becomes completed; a mastery score decides over what content said, `incomplete` included."""
    status = elements.get(STATUS, "not attempted")
    try:
        return "passed" if float(elements[RAW]) >= float(mastery_score) else "failed"
    except (KeyError, ValueError):
        return "completed" if status == "not attempted" else status
