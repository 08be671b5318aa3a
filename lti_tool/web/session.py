"""Who is looking at this page: the one place that knows how a browser proves that a launch is its own."""

import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from lti_tool.errors import NotAllowed, SessionEnded
from lti_tool.lti.network.origins import origin_of
from lti_tool.people.models import Role
from lti_tool.platforms.launches.login_attempts import StoredSecret, hash_secret, stored_secret
from lti_tool.platforms.launches.open_launches import OpenLaunch, find_launch, prove, why_over
from lti_tool.platforms.models import PickingRequest
from lti_tool.web.application import db, parts

BROWSER = "browser"
PROOF = "X-Partnerwise-Session"
"""The header in which a tab shows its secret, where the browser keeps no cookie of ours. It is never in an address."""
KEPT = "X-Partnerwise-Kept"
"""The header in which that tab carries what else a cookie would: messages for the next page, signed."""
KEPT_SECONDS = 3600
CSRF_FIELD = "csrf_token"
"""Where Flask-WTF keeps its half of the token against forged requests."""


LAUNCH_ID = re.compile(r"[\w-]{1,43}", re.ASCII)


class ProofMissing(SessionEnded):
    """The launch is a tab's, and this request came without what the tab holds; `stored` says where it may look."""

    def __init__(self, stored: StoredSecret | None) -> None:
        super().__init__("no proof from the tab")
        self.stored = stored


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
    registration_id: int
    """Of the platform that it came from."""
    user: Person
    context: Place
    role: Role
    administers: bool
    """Whether the platform calls this person an administrator, whatever the role in the course."""
    activity: str
    """What the launch opened, `journal/j3`."""
    locale: str
    """The language that the platform asked for, `el-GR`; may be empty."""
    course_language: str
    """The language in which the person chose to see the course; empty where they never chose."""
    return_url: str
    """Where the platform wants people back; empty where it named no page of the web."""
    platform_origins: tuple[str, ...]
    """Whose pages may hold ours in a frame: those that the registered platform names as its own, and those that an
    administrator added."""

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
        g.visit = _as_visit(_find_launch(g.get("launch_id", "")))
    found: Visit = g.visit
    return found


def proven_launch() -> OpenLaunch:
    """The launch that this request has proved to be its browser's; raises SessionEnded as `visit` does."""
    visit()
    found: OpenLaunch = g.proven_launch
    return found


def known_visit() -> Visit | None:
    """The visit where this request has shown one, for the frame around the page."""
    seen: Visit | None = g.get("visit")
    return seen


def remember_registration(registration_id: int) -> None:
    """Note whose launch this is about to be, for the log of what is refused on the way."""
    g.registration_id = registration_id


def known_registration() -> int | None:
    """The registration that this request belongs to, as far as it has shown that."""
    seen = known_visit()
    return seen.registration_id if seen else g.get("registration_id")


def shown_launch() -> str | None:
    """The launch that the address names, be it there or not; nothing where it is no such id at all."""
    named: str = g.get("launch_id", "")
    return named if LAUNCH_ID.fullmatch(named) else None


def tab_origins() -> tuple[str, ...]:
    """Where the page that a tab is about to fetch may be framed, and may send forms to."""
    found: tuple[str, ...] = g.get("origins", ())
    return found


def held_by_tab() -> bool:
    """Whether this request shows its proof in a header, as only a script of our own pages can."""
    return PROOF in request.headers


def keeps_cookies() -> bool:
    """Whether this browser has sent its secret back, so that it will do so again."""
    return BROWSER in session


def takes_cookies() -> bool:
    """Whether this browser has sent any cookie of ours back: the one with its secret, or the one that tries it out."""
    return keeps_cookies() or _trial_name() in request.cookies


def try_cookies(response: Response) -> Response:
    """Let this answer find out whether the browser keeps cookies here.

    Not by its secret: of two frames that are opened at once the later one's would take the place of the earlier one's.
    """
    response.set_cookie(
        _trial_name(),
        "1",
        secure=True,
        httponly=True,
        samesite="None",
        partitioned=current_app.config["SESSION_COOKIE_PARTITIONED"],
    )
    return response


def _trial_name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-trial"


def browser_hash(*, create: bool = False) -> str:
    """The hash of the secret that this browser shows: in the tab's header, else in the cookie.

    With `create`, a new secret in the cookie where there is none. Raises SessionEnded where there is none: the
    cookie was refused, or the browser is another.
    """
    if held_by_tab():
        return hash_secret(request.headers[PROOF])
    if not keeps_cookies():
        if not create:
            raise SessionEnded("no cookie")
        session[BROWSER] = secrets.token_urlsafe(32)
        _put_token(current_app, session)
    return hash_secret(session[BROWSER])


def take_launch_id(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Move the launch id from the address into the request, so that no view has to carry it."""
    if values and "launch_id" in values:
        g.launch_id = values.pop("launch_id")


def give_launch_id(endpoint: str, values: dict[str, Any]) -> None:
    """Put the launch id into addresses made for the same launch."""
    if "launch_id" in g and current_app.url_map.is_endpoint_expecting(endpoint, "launch_id"):
        values.setdefault("launch_id", g.launch_id)


class Sessions(SecureCookieSessionInterface):
    """Flask's session in its cookie; for a tab that shows its proof in a header, in a header too."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the browser sent back, if it is from us."""
        signer = self.get_signing_serializer(app)
        if signer is None or PROOF not in request.headers:
            opened = super().open_session(app, request)
            if opened is not None:
                _put_token(app, opened)
            return opened
        try:
            return self.session_class(signer.loads(request.headers.get(KEPT, ""), max_age=KEPT_SECONDS))
        except BadSignature:
            return self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Give the browser what it has to send back."""
        signer = self.get_signing_serializer(app)
        if signer is None or not held_by_tab():
            return super().save_session(app, session, response)
        kept = {name: value for name, value in session.items() if name != CSRF_FIELD}
        if kept:
            response.headers[KEPT] = str(signer.dumps(kept))
        return None


def _put_token(app: Flask, session: SessionMixin) -> None:
    """Derive the token from the browser's secret.

    Flask-WTF would make one for each page that is opened without: of two opened at once only one could save.
    """
    if BROWSER not in session:
        return
    derived = hmac.digest(str(app.secret_key).encode(), f"{CSRF_FIELD}:{session[BROWSER]}".encode(), "sha256").hex()
    if session.get(CSRF_FIELD) != derived:
        session[CSRF_FIELD] = derived


def _find_launch(launch_id: str) -> OpenLaunch:
    launch = find_launch(db(), launch_id)
    over = why_over(db(), launch, parts().lifetimes.idle)
    try:
        prove(launch, browser_hash())
    except SessionEnded:
        if over is None:
            _ask_the_tab(launch)
        raise
    if over is not None:
        raise over
    g.proven_launch = launch
    return launch


def _ask_the_tab(launch: OpenLaunch) -> None:
    """Raises ProofMissing where a tab holds the launch's proof: an address cannot carry that."""
    if held_by_tab() or not launch.storage_target:
        return
    picking = db().get(PickingRequest, launch.id)
    picking_url = parts().return_addresses.open_or_nothing(picking.sealed_return_url) if picking else ""
    g.origins = (*_origins(launch, _return_url(launch)), *filter(None, [origin_of(picking_url)]))
    raise ProofMissing(stored_secret(launch.auth_url, launch.storage_target, launch.browser_hash))


def _as_visit(launch: OpenLaunch) -> Visit:
    return_url = _return_url(launch)
    return Visit(
        launch_id=launch.id,
        registration_id=launch.registration_id,
        user=Person(launch.user_id, launch.user_name),
        context=Place(launch.context_id, launch.context_title),
        role=launch.role,
        administers=launch.administers or launch.role is Role.ADMINISTRATOR,
        activity=launch.activity,
        locale=launch.locale,
        course_language=launch.course_language,
        return_url=return_url if origin_of(return_url) else "",
        platform_origins=_origins(launch, return_url),
    )


def _return_url(launch: OpenLaunch) -> str:
    return parts().return_addresses.open_or_nothing(launch.sealed_return_url)


def _origins(launch: OpenLaunch, return_url: str) -> tuple[str, ...]:
    named = (launch.issuer, launch.auth_url, return_url, *launch.frame_ancestors.split())
    return tuple(dict.fromkeys(filter(None, map(origin_of, named))))
