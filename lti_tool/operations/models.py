"""The table of the worker's heartbeat."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from lti_tool.database import Base


class WorkerHeartbeat(Base):
    """That a worker ran its jobs a moment ago: one row, whichever worker wrote it."""

    __tablename__ = "worker_heartbeat"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    """What beats."""
    seen_at: Mapped[datetime]
    """When it last did."""
