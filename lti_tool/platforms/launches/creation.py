"""Launches: a checked message becomes a launch that its pages' addresses carry (LTI Core 1.3, 5.3)."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.database import now, upsert, upsert_all
from lti_tool.lti.launch.claim_values import clean
from lti_tool.lti.launch.claims import DEEP_LINKING
from lti_tool.lti.launch.verification import Launch as LaunchMessage
from lti_tool.lti.products import find_product
from lti_tool.lti.roles import administers, is_test_user
from lti_tool.people.launch_upserts import Arrival, arrive
from lti_tool.people.models import Context, Membership, Role, User
from lti_tool.platforms.keys.encryption import Encryption
from lti_tool.platforms.launches.ending import end_of_former, end_of_idle
from lti_tool.platforms.launches.lifetimes import Lifetimes
from lti_tool.platforms.launches.login_attempts import ExpectedAnswer
from lti_tool.platforms.models import Deployment, Launch
from lti_tool.platforms.roles import role_at
from lti_tool.platforms.service_endpoints import remember_services
from lti_tool.security_log import Event, log_change

ACTIVITIES = "/activities/"
DEFAULT_ACTIVITY = "course"
PICKER = "picker"
NAMELESS = "link:"
"""How the names begin that we give to courses which the platform does not name."""


@dataclass(frozen=True)
class Browser:
    """From where somebody arrives."""

    secret_hash: str
    """SHA-256 of the secret that proves the launch to be this browser's."""
    computer_hash: str
    """The same for all launches of this browser."""


def open_launch(
    session: Session,
    login: ExpectedAnswer,
    message: LaunchMessage,
    browser: Browser,
    *,
    lifetimes: Lifetimes,
    return_addresses: Encryption,
) -> Launch:
    """Write down who arrived, where and as what; gives the launch whose id the pages' addresses carry.

    Whoever else of the platform was in this browser has left it.
    """
    deployment_id = _deployment(session, login, message.deployment_id)
    arrival = _arrival(login, message)
    arrived = arrive(session, login.client.registration_id, deployment_id, arrival)
    remember_services(session, login, arrived.context, message)
    presentation = message.launch_presentation
    launch = Launch(
        id=secrets.token_urlsafe(16),
        registration_id=login.client.registration_id,
        deployment_id=deployment_id,
        context=arrived.context,
        resource_link_id=arrived.link_id,
        activity=arrival.activity,
        about_user_id=_about(session, login.client.registration_id, arrived.context.id, message),
        user_id=arrived.user_id,
        role=arrival.role,
        administers=administers(message.roles),
        browser_hash=browser.secret_hash,
        computer_hash=browser.computer_hash,
        storage_target=login.storage_target,
        locale=(presentation.locale or message.locale or "")[:35],
        sealed_return_url=return_addresses.close(presentation.return_url) if presentation.return_url else "",
        expires_at=now() + lifetimes.of_launch(arrived.context),
    )
    session.add(launch)
    session.flush()
    log_change(session, Event.LAUNCH_OPENED, registration=launch.registration_id, launch=launch.id)
    end_of_idle(session, launch, lifetimes.idle)
    # A test student is the teacher, who goes on as both.
    if not (arrival.is_test or _several_people(login, message)):
        end_of_former(session, launch, is_anonymous=arrival.is_anonymous)
    return launch


def _several_people(login: ExpectedAnswer, message: LaunchMessage) -> bool:
    platform = login.client.platform
    product = find_product(message.tool_platform.product or platform.product, platform.auth_url)
    return product.several_people_a_browser


def _deployment(session: Session, login: ExpectedAnswer, deployment_id: str) -> int:
    known = login.client.known_deployments.get(deployment_id)
    if known is not None:
        return known
    # A new one gets here only where the registration takes it in.
    keys = {"registration_id": login.client.registration_id, "deployment_id": deployment_id}
    return upsert(session, Deployment, keys, {}).id


def _about(session: Session, registration_id: int, context_id: int, message: LaunchMessage) -> int | None:
    """Whose work is to be reviewed; somebody whom we have not met yet has none, and gets a row all the same."""
    if message.for_user is None:
        return None
    keys = {"registration_id": registration_id, "subject": message.for_user.user_id}
    known = session.execute(select(User).filter_by(**keys)).scalar_one_or_none()
    found = known or upsert(session, User, keys, {"name": message.for_user.name or ""})
    upsert_all(
        session,
        Membership,
        ["context_id", "user_id"],
        [{"context_id": context_id, "user_id": found.id, "role": Role.TRAINEE, "seen_at": None}],
        [],
    )
    return found.id


def activity_of(message: LaunchMessage) -> str:
    """What is to be opened: the path of the target names it; a platform that lost the path may keep `custom`."""
    if message.message_type == DEEP_LINKING:
        return PICKER
    path = _path_of(message.target_link_uri)
    if ACTIVITIES in path:
        return path.split(ACTIVITIES, 1)[1].strip("/")[:200] or DEFAULT_ACTIVITY
    return message.custom.get("activity", DEFAULT_ACTIVITY)[:200]


def _path_of(address: str) -> str:
    try:
        return clean(unquote(urlsplit(address).path))
    except ValueError:
        return ""


def _course_of(message: LaunchMessage) -> str:
    """The platform's id of the course. Where it names none, each link is a course of its own, and so is the picker of
    each person: different courses must not show their people to each other.
    """
    if message.context is not None:
        return message.context.id
    link, person = message.resource_link, message.subject or secrets.token_urlsafe(16)
    return f"{NAMELESS}{sha256((link.id if link else f'{PICKER}:{person}').encode()).hexdigest()}"


def is_named(context: Context) -> bool:
    """Whether the platform has said which course it is."""
    return bool(context.lti_id) and not context.lti_id.startswith(NAMELESS)


def _arrival(login: ExpectedAnswer, message: LaunchMessage) -> Arrival:
    context, link = message.context, message.resource_link
    return Arrival(
        subject=message.subject or f"anonymous:{secrets.token_urlsafe(16)}",
        name=message.name or " ".join(filter(None, (message.given_name, message.family_name))),
        role=role_at(login.client, message.tool_platform.product or "", message.roles),
        context_id=_course_of(message),
        context_title=(context.title or context.label or "") if context else "",
        link_id=link.id if link else "",
        link_title=(link.title or "") if link else "",
        activity=activity_of(message),
        is_anonymous=message.subject is None,
        is_test=is_test_user(message.roles),
    )
