"""`partnerwise doctor`: what could keep the tool from working, and what to do about it."""

import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from lti_tool.course.bundle import BundleUnreadable, read_bundle
from lti_tool.database import Database, now
from lti_tool.lti.launch.checks import LEEWAY
from lti_tool.lti.services.line_items import MOST_PAGES
from lti_tool.migrations import is_current
from lti_tool.operations.backlog import read_backlog
from lti_tool.operations.heartbeat import last_beat, worker_runs
from lti_tool.platforms.keys.key_sets import clocks_of_platforms
from lti_tool.platforms.keys.tool_keys import KeysUnreadable, ToolKeys
from lti_tool.platforms.registrations.records import all_registrations
from lti_tool.platforms.rosters.schedule import LONGEST as ROSTER_TIME
from lti_tool.privacy.retention import unused_courses
from lti_tool.scores.models import Delivery, DeliveryState
from lti_tool.scores.sending import LONGEST as SCORE_SECONDS
from lti_tool.settings import LOOPBACK, Settings

OTHERS = stat.S_IRWXG | stat.S_IRWXO
LONGEST_WAIT = timedelta(minutes=5)
"""How long a score may be due before the operator is told: either no worker runs, or LMSs hold up all that do."""
FARTHEST_CLOCK = 30.0
"""Seconds that clocks may differ before the operator is told: fetching a key set takes ten at most."""
SOON = timedelta(days=14)
"""How long before a course is erased the operator is told."""
LEAST_FREE = 500 * 1024 * 1024
"""Bytes of disk below which the operator is warned."""


@dataclass(frozen=True)
class Finding:
    """One sentence about one thing; grave where the tool cannot work."""

    well: bool
    text: str
    grave: bool = True

    @property
    def mark(self) -> str:
        """What stands before the sentence."""
        if self.well:
            return "ok"
        return "PROBLEM" if self.grave else "note"


def examine(settings: Settings) -> list[Finding]:
    """Look at settings, disk, course, database, keys and platforms; what depends on a broken thing is left out."""
    findings = [
        *_settings(settings),
        *_development(settings),
        *_way_to_database(settings),
        *_disk(settings.data_dir),
        *_course(),
    ]
    database = Database(settings.database_url)
    try:
        findings += _database(database)
        if all(finding.well for finding in findings if finding.grave):
            findings += [*_keys(database, settings), *_platforms(database), *_clocks(database)]
            findings += [*_scores(database), *_worker(database), *_retention(database, settings)]
    finally:
        database.close()
    return findings


def _settings(settings: Settings) -> Iterator[Finding]:
    https = settings.base_url.startswith("https:")
    yield Finding(
        https, f"The address is {settings.base_url}" + ("." if https else ": only for trying out."), grave=False
    )
    if settings.allow_private_addresses:
        yield Finding(
            False,
            "PARTNERWISE_ALLOW_PRIVATE_ADDRESSES is on: the tool may be made to call this machine. Development only.",
            grave=False,
        )


def _development(settings: Settings) -> Iterator[Finding]:
    if settings.development and settings.base_url.startswith("https:"):
        yield Finding(
            False,
            f"PARTNERWISE_DEVELOPMENT is on: anybody sees the style guide at {settings.base_url}/styleguide/.",
            grave=False,
        )


def _way_to_database(settings: Settings) -> Iterator[Finding]:
    """Whether what people write goes to a database on another machine where others can read it on the way."""
    address = make_url(settings.database_url)
    if not address.host or address.host in LOOPBACK or address.host.startswith("/"):
        return
    sealed = address.query.get("sslmode") in {"verify-ca", "verify-full"}
    said = "is encrypted." if sealed else "may be read by others. Add ?sslmode=verify-full to PARTNERWISE_DATABASE_URL."
    yield Finding(sealed, f"The way to the database on {address.host} {said}", grave=False)


def _disk(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    yield Finding(free > LEAST_FREE, f"{free // 1024**2} MB are free for {folder}.", grave=False)
    shared = [path for path in (folder, *folder.iterdir()) if path.stat().st_mode & OTHERS]
    names = ", ".join(str(path) for path in shared)
    said = (
        f"Other users of this machine may read {names}. Run: chmod -R go= {folder}"
        if shared
        else (f"Nobody else on this machine may read {folder}.")
    )
    yield Finding(not shared, said, grave=False)


def _course() -> Iterator[Finding]:
    from lti_tool.app import COURSE  # noqa: PLC0415 (app imports every room)

    try:
        found = read_bundle(COURSE)
    except BundleUnreadable as error:
        yield Finding(False, str(error))
    else:
        yield Finding(True, f"The course has {len(found.units)} unit(s) in {', '.join(found.languages)}.")


def _database(database: Database) -> Iterator[Finding]:
    kind = database.engine.dialect.name
    try:
        current = is_current(database)
    except SQLAlchemyError as error:
        yield Finding(False, f"The database ({kind}) does not answer: {type(error).__name__}.")
        return
    if current:
        yield Finding(True, f"The database ({kind}) answers and is up to date.")
    else:
        yield Finding(False, f"The database ({kind}) is not up to date. Run `partnerwise migrate`.")


def _keys(database: Database, settings: Settings) -> Iterator[Finding]:
    try:
        kid = ToolKeys(database, settings.secret_key.get_secret_value()).current().kid
    except KeysUnreadable as error:
        yield Finding(False, str(error))
    else:
        yield Finding(True, f"The tool signs with key {kid[:12]}….")


def _platforms(database: Database) -> Iterator[Finding]:
    with database.transaction(write=False) as session:
        number = sum(registration.enabled for registration in all_registrations(session))
    if number:
        yield Finding(True, f"{number} platform(s) may open the tool.")
    else:
        yield Finding(False, "No platform is registered. Run `partnerwise platforms invite --label TEXT`.", grave=False)


def _clocks(database: Database) -> Iterator[Finding]:
    """Whether clocks agree, as platforms said when their keys were last fetched; nobody is called for it."""
    with database.transaction(write=False) as session:
        known = clocks_of_platforms(session)
    for label, ahead in known:
        if abs(ahead) > FARTHEST_CLOCK:
            seconds, which = f"{abs(ahead):.0f} seconds", "ahead of" if ahead > 0 else "behind"
            yield Finding(
                False,
                f"The clock of {label} is {seconds} {which} this machine's. From {LEEWAY} seconds on launches are "
                "refused. Let both be set by time servers (NTP).",
                grave=abs(ahead) > LEEWAY,
            )
    near = sum(abs(ahead) <= FARTHEST_CLOCK for _, ahead in known)
    if near:
        yield Finding(True, f"The clocks of this machine and of {near} platform(s) agree.")


def _scores(database: Database) -> Iterator[Finding]:
    with database.transaction(write=False) as session:
        refused = session.scalar(
            select(func.count()).select_from(Delivery).where(Delivery.state == DeliveryState.REFUSED)
        )
    said = f"{refused} score(s) were refused by an LMS." if refused else "No score was refused by an LMS."
    yield Finding(not refused, said, grave=False)


def _worker(database: Database) -> Iterator[Finding]:
    with database.transaction(write=False) as session:
        found = read_backlog(session)
        seen_at = last_beat(session)
        runs = worker_runs(session)
    yield Finding(runs, _about_worker(seen_at, runs=runs), grave=False)
    late, minutes = found.oldest > LONGEST_WAIT, int(found.oldest.total_seconds() // 60)
    waiting = f"{found.scores} score(s) wait to be sent, the oldest for {minutes} minute(s)"
    advice = " Does `partnerwise worker` run?" if late else ""
    yield Finding(not late, f"{waiting}; {found.rosters} roster(s) are due.{advice}", grave=False)
    for said, labels in (
        ("Left alone for a while, as asked for or since there was no answer", found.paused),
        ("The keys could not be fetched at the last try", found.keyless),
    ):
        if labels:
            yield Finding(False, f"{said}: {', '.join(labels)}.", grave=False)
    yield Finding(
        True,
        f"Each LMS has one score, one roster and one column under way at a time: a score for {SCORE_SECONDS:g} seconds "
        f"at most, a roster for {ROSTER_TIME.total_seconds() / 60:g} minutes, {MOST_PAGES} pages of columns.",
    )


def _retention(database: Database, settings: Settings) -> Iterator[Finding]:
    """How long courses are kept that nobody opens, and which go soon."""
    if settings.keep is None:
        yield Finding(True, "What people wrote is kept until somebody erases it: PARTNERWISE_KEEP_DAYS is 0.")
        return
    yield Finding(True, f"A course is erased when nobody has opened it for {settings.keep_days} days.")
    with database.transaction(write=False) as session:
        soon = unused_courses(session, now() - settings.keep + SOON)
    if soon:
        yield Finding(
            False,
            f"{len(soon)} course(s) are erased within {SOON.days} days, unless somebody opens them. "
            f"`partnerwise courses unused --days {max(1, settings.keep_days - SOON.days)}` names them.",
            grave=False,
        )


def _about_worker(seen_at: datetime | None, *, runs: bool) -> str:
    if runs:
        return "A worker runs."
    since = f"since {seen_at:%Y-%m-%d %H:%M} UTC" if seen_at else "now"
    return f"No worker runs {since}: grades and rosters wait. Start `partnerwise worker` beside `partnerwise serve`."
