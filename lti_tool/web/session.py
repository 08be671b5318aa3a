"""Who is looking at this page: the one place that knows how a browser proves that a launch is its own."""

import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import current_app, g, session

from lti_tool.errors import NotAllowed, SessionEnded
from lti_tool.people.models import Role
from lti_tool.platforms.launching import find_launch
from lti_tool.platforms.logging_in import hash_secret
from lti_tool.platforms.models import Launch
from lti_tool.web.application import db

BROWSER = "browser"
HOST = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True)
class Person:
    """Who looks; the name is empty where the platform withholds it."""

    id: int
    name: str


@dataclass(frozen=True)
class Place:
    """The course in which they look."""

    id: int
    title: str


@dataclass(frozen=True)
class Visit:
    """One person on one page of one launch. Plain values, so that error pages can use it after a rollback."""

    launch_id: str
    user: Person
    context: Place
    role: Role
    administers: bool
    """Whether the platform calls this person an administrator, whatever the role in the course."""
    activity: str
    """What the launch opened, `journal/j3`."""
    locale: str
    return_url: str
    platform_origins: tuple[str, ...]
    """Whose pages may hold ours in a frame: those that the registered platform names as its own."""

    @property
    def judges(self) -> bool:
        """Whether this person sees other people's work here."""
        return self.role in {Role.TRAINER, Role.ADMINISTRATOR}

    def require(self, *roles: Role) -> None:
        """Raises NotAllowed unless the person has one of these roles here."""
        if self.role not in roles:
            raise NotAllowed(f"{self.role} is not {', '.join(roles)}")


def visit() -> Visit:
    """The visit of this request; raises SessionEnded where the browser cannot prove that the launch is its own."""
    if "visit" not in g:
        g.visit = _as_visit(find_launch(db(), g.get("launch_id", ""), browser_hash()))
    found: Visit = g.visit
    return found


def known_visit() -> Visit | None:
    """The visit where this request has shown one, for the frame around the page."""
    seen: Visit | None = g.get("visit")
    return seen


def browser_hash(*, create: bool = False) -> str:
    """The hash of the secret in this browser's cookie; with `create`, a new secret where it has none.

    Raises SessionEnded where there is none: the cookie was refused, or the browser is another.
    """
    if BROWSER not in session:
        if not create:
            raise SessionEnded("no cookie")
        session[BROWSER] = secrets.token_urlsafe(32)
    return hash_secret(session[BROWSER])


def take_launch_id(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Move the launch id from the address into the request, so that no view has to carry it."""
    if values and "launch_id" in values:
        g.launch_id = values.pop("launch_id")


def give_launch_id(endpoint: str, values: dict[str, Any]) -> None:
    """Put the launch id into addresses made for the same launch."""
    if "launch_id" in g and current_app.url_map.is_endpoint_expecting(endpoint, "launch_id"):
        values.setdefault("launch_id", g.launch_id)


def _as_visit(launch: Launch) -> Visit:
    registration = launch.registration
    origins = map(_origin, (registration.issuer, registration.auth_url, launch.return_url))
    return Visit(
        launch_id=launch.id,
        user=Person(launch.user_id, launch.user.name),
        context=Place(launch.context_id, launch.context.title),
        role=launch.role,
        administers=launch.administers or launch.role is Role.ADMINISTRATOR,
        activity=launch.activity,
        locale=launch.locale,
        return_url=launch.return_url,
        platform_origins=tuple(dict.fromkeys(filter(None, origins))),
    )


def _origin(address: str) -> str:
    """The address's origin as a header can carry it, in ASCII and without a word of the policy; else nothing."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode(), f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{host}{port}" if parts.scheme in {"http", "https"} and HOST.fullmatch(host) else ""
