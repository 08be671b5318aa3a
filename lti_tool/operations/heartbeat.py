"""The worker's heartbeat: written by a job of its own, so that it stops where the queue or the worker's threads do."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lti_tool.database import Database, now, upsert
from lti_tool.operations.models import WorkerHeartbeat

JOB = "beat"
LONGEST_SILENCE = timedelta(minutes=2)
"""After so long no worker counts as running; the job runs every minute."""
WORKER = "worker"


def beat(database: Database) -> datetime | None:
    """Write down that a worker runs; the worker's next round comes by itself."""
    with database.transaction() as session:
        upsert(session, WorkerHeartbeat, {"name": WORKER}, {"seen_at": now()})
    return None


def stop_beating(database: Database) -> None:
    """Write down that this worker has ended; another one that runs says so within a minute."""
    with database.transaction() as session:
        session.execute(delete(WorkerHeartbeat))


def last_beat(session: Session) -> datetime | None:
    """When a worker last ran its jobs; None where none ever has, or the last one has ended."""
    return session.scalar(select(WorkerHeartbeat.seen_at).where(WorkerHeartbeat.name == WORKER))


def worker_runs(session: Session) -> bool:
    """Whether a worker ran its jobs a moment ago."""
    seen_at = last_beat(session)
    return seen_at is not None and now() - seen_at <= LONGEST_SILENCE
