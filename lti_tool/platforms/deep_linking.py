"""Picking: what a platform asked for is kept while somebody picks, and answered with a signed statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from sqlalchemy.orm import Session

from lti_tool.database import now
from lti_tool.errors import NotFound
from lti_tool.lti.deep_linking.content_items import ICON_SIZE, THUMBNAIL_SIZE, Column, Item, answer_claims
from lti_tool.lti.deep_linking.request import PickingSettings
from lti_tool.lti.launch.verification import Launch as LaunchMessage
from lti_tool.lti.registration.tool_description import CUSTOM
from lti_tool.lti.services.line_items import TAG
from lti_tool.platforms.keys.encryption import Encryption
from lti_tool.platforms.launches.copy_sources import PLACEMENT
from lti_tool.platforms.models import Deployment, Launch, PickingRequest
from lti_tool.platforms.registrations.records import platform_of


@dataclass(frozen=True)
class Picked:
    """An activity that is to stand in the platform's course; empty texts and None are left out."""

    activity: str
    """What it opens, `journal/j3`."""
    title: str
    text: str = ""
    picture: str = ""
    """The name of its picture, `journal`."""
    key: str = ""
    """Under which it was placed."""
    points: float | None = None
    """The highest score, where it gets a column in the gradebook."""
    review_label: str = ""
    """What the gradebook calls the way to a person's piece, where there are pieces."""
    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None
    in_window: bool = False
    """Whether it opens in a tab of its own."""


@dataclass(frozen=True)
class Answer:
    """Where the answer goes, and its claims, still to be signed."""

    return_url: str
    claims: dict[str, Any]


def remember_picking(return_addresses: Encryption, session: Session, launch: Launch, message: LaunchMessage) -> None:
    """Keep what the platform takes; a launch that opens anything but the picker changes nothing."""
    if message.picking is None:
        return
    kept = PickingRequest(
        launch_id=launch.id,
        sealed_return_url=return_addresses.close(message.picking.return_url),
        settings=message.picking.as_json(),
    )
    session.add(kept)
    session.flush()


def find_picking(session: Session, launch_id: str) -> PickingRequest:
    """What this launch may pick; raises NotFound where it was no request to pick."""
    found = session.get(PickingRequest, launch_id)
    if found is None:
        raise NotFound("picking request")
    return found


def settings_of(picking: PickingRequest) -> PickingSettings:
    """What the platform takes."""
    return PickingSettings.from_json(picking.settings)


def answer_picking(
    session: Session,
    picking: PickingRequest,
    picked: Sequence[Picked],
    *,
    return_addresses: Encryption,
    base_url: str,
    message: str = "",
) -> Answer:
    """Write down that it was answered, and give the answer; nothing picked is an answer, too.

    Raises NotFound where the request was kept under another secret of the settings.
    """
    if not (return_url := return_addresses.open_or_nothing(picking.sealed_return_url)):
        raise NotFound("where to answer")
    launch = session.get_one(Launch, picking.launch_id)
    picking.answered_at = now()
    session.flush()
    claims = answer_claims(
        platform_of(launch.registration),
        session.get_one(Deployment, launch.deployment_id).deployment_id,
        settings_of(picking),
        [link_to(one, base_url) for one in picked],
        now=now(),
        message=message,
    )
    return Answer(return_url, claims)


def link_to(picked: Picked, base_url: str) -> Item:
    """The link in the protocol's terms: its address names the activity, also where a platform loses the rest."""
    key = f"?{PLACEMENT}={picked.key}" if picked.key else ""
    placement = {PLACEMENT: picked.key} if picked.key else {}
    column = Column(picked.points, picked.title, picked.activity, TAG, picked.review_label) if picked.points else None
    return Item(
        url=f"{base_url}/activities/{quote(picked.activity)}{key}",
        title=picked.title,
        text=picked.text,
        icon=_picture(base_url, picked.picture, ICON_SIZE),
        thumbnail=_picture(base_url, picked.picture, THUMBNAIL_SIZE),
        custom={"activity": picked.activity, **placement, **CUSTOM},
        column=column,
        opens_at=picked.opens_at,
        due_at=picked.due_at,
        closes_at=picked.closes_at,
        in_window=picked.in_window,
    )


def _picture(base_url: str, name: str, size: int) -> str:
    return f"{base_url}/pictures/{name}-{size}.png" if name else ""
