"""The Flask application with what its pages need at hand, and one transaction around each request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from lti_tool.activities import Activities
from lti_tool.course.bundle import Bundle
from lti_tool.database import Database
from lti_tool.files.storage import FileStorage
from lti_tool.jobs import Queue
from lti_tool.lti.launch.platform_keys import PlatformKeys
from lti_tool.lti.launch.verification import Launch as LaunchMessage
from lti_tool.platforms.keys.encryption import Encryption
from lti_tool.platforms.keys.tool_keys import ToolKeys
from lti_tool.platforms.launches.lifetimes import Lifetimes
from lti_tool.platforms.launches.login_states import LoginStates
from lti_tool.platforms.models import Launch
from lti_tool.platforms.registrations.dynamic_registration import Connecting
from lti_tool.web.draft_keys import DraftKeys
from lti_tool.web.limits import Limits
from lti_tool.web.request_checks import RowId, StrictJson

READING = frozenset({"GET", "HEAD", "OPTIONS"})

Listener = Callable[[Session, Launch, LaunchMessage], None]
View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Parts:
    """What app.py puts together once and views use."""

    database: Database
    queue: Queue
    course: Bundle
    activities: Activities
    platform_keys: PlatformKeys
    tool_keys: ToolKeys
    login_states: LoginStates
    return_addresses: Encryption
    """Seals where platforms want people back: such an address may carry a session key."""
    calendar_secrets: Encryption
    """Seals the secrets of the addresses at which calendars read a road map's days."""
    connecting: Connecting
    base_url: str
    """Without a slash at the end."""
    lifetimes: Lifetimes
    draft_keys: DraftKeys
    files: FileStorage
    """Where files go that people bring, and how much room there is."""
    limits: Limits = Limits()  # noqa: RUF009 (it is frozen)
    """How often one may call."""
    keep: timedelta | None = None
    """How long a course is kept that nobody opens; nothing where it is kept for good."""
    release_grace: timedelta = timedelta(0)
    """How long the release of a grade can be undone."""
    on_arrival: tuple[Listener, ...] = field(default=())
    """What other rooms do in the transaction in which somebody arrives."""
    on_handing_in: tuple[Callable[[Session, Any], object], ...] = field(default=())
    """What other rooms do with a submission in the transaction in which it is handed in."""
    on_withdrawing: tuple[Callable[[Session, Any], object], ...] = field(default=())
    """The same where its writer takes it back."""


class Application(Flask):
    """Flask, with each view inside one transaction that is committed before its answer leaves."""

    parts: Parts
    json_provider_class = StrictJson

    def __init__(self, import_name: str) -> None:
        super().__init__(import_name)
        self.url_map.converters["int"] = RowId

    def dispatch_request(self) -> ResponseReturnValue:
        """Open the request's transaction around the view; a refusal rolls it back."""
        view = self.view_functions.get(request.endpoint or "")
        if view is None or getattr(view, "own_transactions", request.endpoint == "static"):
            return super().dispatch_request()
        with self.parts.database.transaction(write=request.method not in READING) as session:
            g.db = session
            return super().dispatch_request()


def parts() -> Parts:
    """The parts of the running application."""
    return cast("Application", current_app).parts


def db() -> Session:
    """The request's session: read-only for GET, else committed before the answer leaves."""
    return cast("Session", g.db)


@contextmanager
def transaction(*, write: bool = True) -> Iterator[Session]:
    """One of a view's own transactions; until its end `db()` is its session."""
    with parts().database.transaction(write=write) as session:
        g.db = session
        yield session
    del g.db


def own_transactions(view: View) -> View:
    """Mark a view that opens its transactions itself, around what takes long and never across it.

    That is waiting for the network, and cleaning what people wrote.
    """
    view.own_transactions = True  # type: ignore[attr-defined]
    return view
