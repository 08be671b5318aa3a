"""What was picked, as content items, and the answer that carries them (Deep Linking 2.0, 3 and 4.5)."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from lti_tool.lti.deep_linking.request import DL, PickingSettings
from lti_tool.lti.launch.claims import LTI
from lti_tool.lti.platform import Platform

RESOURCE_LINK_TYPE: Final = "ltiResourceLink"
ANSWER_LIFETIME = 300  # seconds; the form is sent at once, but a person may have to press its button
REVIEWABLE: Final = ("InProgress", "Submitted", "Completed")
FRAME_WIDTH, FRAME_HEIGHT = 900, 700  # CSS pixels, for platforms that ask; later the page says its own height


@dataclass(frozen=True, slots=True)
class Column:
    """The gradebook column that a link asks for (AGS 2.0, 3.1); ``review_label`` asks for Submission Review."""

    maximum: float
    label: str
    resource_id: str
    tag: str
    review_label: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One picked activity. Empty texts, None and empty mappings are not sent; moments are aware."""

    url: str
    title: str
    text: str = ""
    icon: str = ""
    thumbnail: str = ""
    custom: Mapping[str, str] | None = None
    column: Column | None = None
    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None
    in_window: bool = False
    """Whether it should open in a tab of its own, where the platform can do either."""


ICON_SIZE, THUMBNAIL_SIZE = 64, 256  # pixels, both ways


def answer_claims(
    platform: Platform,
    deployment_id: str,
    settings: PickingSettings,
    items: Iterable[Item],
    *,
    now: datetime,
    message: str = "",
) -> dict[str, Any]:
    """The claims of the answer (4.5), to be signed with the tool's key; no items mean that nothing was picked.

    ``sub`` is not in the specification; Blackboard asks for it.
    """
    moment = int(now.timestamp())
    claims = {
        "iss": platform.client_id,
        "sub": platform.client_id,
        "aud": [platform.issuer],
        "iat": moment,
        "exp": moment + ANSWER_LIFETIME,
        "nonce": secrets.token_urlsafe(24),
        LTI + "message_type": "LtiDeepLinkingResponse",
        LTI + "version": "1.3.0",
        LTI + "deployment_id": deployment_id,
        DL + "content_items": [content_item(settings, item) for item in items],
    }
    if settings.data is not None:
        claims[DL + "data"] = settings.data
    if message:
        claims[DL + "msg"] = message
    return claims


def content_item(settings: PickingSettings, item: Item) -> dict[str, Any]:
    """A link as a content item (Deep Linking 2.0, 3.2), holding only what this platform takes.

    `available` has no end: after closing, people must still be able to read what they were told. The end of
    `submission` is what platforms show as the due date.
    """
    in_window = item.in_window or not settings.takes_target("iframe", "frame", "embed")
    found = {
        "type": RESOURCE_LINK_TYPE,
        "url": item.url,
        "title": item.title,
        "text": item.text,
        "icon": _picture(item.icon, ICON_SIZE),
        "thumbnail": _picture(item.thumbnail, THUMBNAIL_SIZE),
        "custom": dict(item.custom or {}),
        "lineItem": _line_item(item) if settings.wants_line_items else None,
        "available": _span("DateTime", item.opens_at, None),
        "submission": _span("DateTime", item.opens_at, item.due_at or item.closes_at),
        "window": {"targetName": "_blank"} if in_window and settings.takes_target("window") else None,
        "iframe": None if in_window or "iframe" not in settings.targets else _frame(),
    }
    return _said(found)


def _frame() -> dict[str, int]:
    return {"width": FRAME_WIDTH, "height": FRAME_HEIGHT}


def _line_item(item: Item) -> dict[str, Any] | None:
    column = item.column
    if column is None or column.maximum <= 0:
        return None
    whole = float(column.maximum).is_integer()
    review = {"reviewableStatus": list(REVIEWABLE), "label": column.review_label, "url": item.url}
    return _said(
        {
            "scoreMaximum": int(column.maximum) if whole else column.maximum,
            "label": column.label,
            "resourceId": column.resource_id,
            "tag": column.tag,
            "submissionReview": review if column.review_label else None,
            **_span("DateTime", item.opens_at, item.closes_at or item.due_at),
        }
    )


def _picture(url: str, size: int) -> dict[str, Any] | None:
    return {"url": url, "width": size, "height": size} if url else None


def _span(unit: str, start: datetime | None, end: datetime | None) -> dict[str, str]:
    ends = {f"start{unit}": start, f"end{unit}": end}
    return {name: _moment(value) for name, value in ends.items() if value is not None}


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _said(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if value not in (None, "", {}, [])}
