"""The demo LMS's own SQLite file, behind one lock."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, inspect
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from lti_tool.demo.course import ACTIVITIES
from lti_tool.demo.models import Base, LineItem


class Store:
    """One connection for the process; a lock makes its transactions one after the other.

    A class of five needs no more, and in memory there is only this one connection to share.
    """

    def __init__(self, path: Path | str) -> None:
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._engine = create_engine(
            f"sqlite:///{path}", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        self._lock = threading.RLock()
        is_new = not inspect(self._engine).has_table(LineItem.__tablename__)
        Base.metadata.create_all(self._engine)
        if is_new:
            self._add_coupled_line_items()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits at the end, or undoes everything when an exception leaves the block."""
        with self._lock, Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Close the connection; the store cannot be used afterwards."""
        with self._lock:
            self._engine.dispose()

    def _add_coupled_line_items(self) -> None:
        """Only in a new file: a column that a tool deleted must stay deleted after a restart."""
        with self.transaction() as session:
            for activity in ACTIVITIES:
                if activity.maximum is not None:
                    item = LineItem(
                        label=activity.title,
                        score_maximum=activity.maximum,
                        link_id=activity.link_id,
                        coupled=True,
                    )
                    session.add(item)
