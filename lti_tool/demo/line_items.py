"""Line items: the columns of the gradebook (Assignment and Grade Services 2.0, section 3.2)."""

import math
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lti_tool.demo.added import is_link
from lti_tool.demo.config import DemoConfig
from lti_tool.demo.course import COURSE_ID, Activity
from lti_tool.demo.errors import ServiceRefused
from lti_tool.demo.models import LineItem


def container_url(config: DemoConfig) -> str:
    """The address of all line items of the course."""
    return f"{config.issuer}/lti/services/{COURSE_ID}/lineitems?type_id={config.deployment_id}"


def line_item_url(config: DemoConfig, item_id: int, part: str = "") -> str:
    """The address of one line item, or of its `part` ("/scores", "/results")."""
    base = f"{config.issuer}/lti/services/{COURSE_ID}/lineitems/{item_id}/lineitem{part}"
    return f"{base}?type_id={config.deployment_id}"


def list_line_items(
    session: Session, link_id: str | None = None, resource_id: str | None = None, tag: str | None = None
) -> list[LineItem]:
    """All line items in their order of making, narrowed by whichever filter is given."""
    wanted = select(LineItem).order_by(LineItem.id)
    if link_id is not None:
        wanted = wanted.where(LineItem.link_id == link_id)
    if resource_id is not None:
        wanted = wanted.where(LineItem.resource_id == resource_id)
    if tag is not None:
        wanted = wanted.where(LineItem.tag == tag)
    return list(session.scalars(wanted))


def get_line_item(session: Session, item_id: int) -> LineItem:
    """Return one line item. Raises ServiceRefused (404) when it was deleted or never was."""
    item = session.get(LineItem, item_id)
    if item is None:
        raise ServiceRefused(404, f"Not Found: Grade item {item_id} doesn't exist")
    return item


def launch_line_item(session: Session, activity: Activity) -> LineItem | None:
    """The line item a launch names: like Moodle none when the link has two, or has lost its own."""
    items = list_line_items(session, link_id=activity.link_id)
    return items[0] if len(items) == 1 else None


def create_line_item(session: Session, body: dict[str, Any]) -> LineItem:
    """Add the column that a tool asks for. Raises ServiceRefused: 400 incomplete, 403 another's link."""
    if "label" not in body or "scoreMaximum" not in body:
        raise ServiceRefused(400, "No label or Score Maximum")
    link_id = body.get("resourceLinkId")
    if link_id is not None and not is_link(session, str(link_id)):
        raise ServiceRefused(403, "Forbidden")
    item = LineItem(link_id=None if link_id is None else str(link_id))
    _fill_in(item, body)
    session.add(item)
    session.flush()
    return item


def change_line_item(session: Session, item_id: int, body: dict[str, Any]) -> LineItem:
    """Replace what a tool may replace. Raises ServiceRefused: 404 gone, 400 incomplete."""
    item = get_line_item(session, item_id)
    if "label" not in body or "scoreMaximum" not in body:
        raise ServiceRefused(400, "Bad Request")
    _fill_in(item, body)
    return item


def delete_line_item(session: Session, item_id: int) -> None:
    """Remove the column and its grades; Moodle allows this for the activity's own one too."""
    session.delete(get_line_item(session, item_id))


def as_json(config: DemoConfig, item: LineItem) -> dict[str, Any]:
    """The line item as the service shows it."""
    maximum = item.score_maximum
    shown: dict[str, Any] = {
        "id": line_item_url(config, item.id),
        "label": item.label,
        "scoreMaximum": int(maximum) if maximum.is_integer() else maximum,
        "resourceId": item.resource_id,
        "tag": item.tag,
    }
    if item.link_id is not None:
        shown |= {"resourceLinkId": item.link_id, "ltiLinkId": item.link_id}
    if item.review_url is not None:
        shown["submissionReview"] = {"url": item.review_url}
    return shown


def _fill_in(item: LineItem, body: dict[str, Any]) -> None:
    item.score_maximum = _points(body["scoreMaximum"])
    item.label = str(body["label"])
    item.resource_id = str(body.get("resourceId", ""))
    item.tag = str(body.get("tag", ""))
    review = body.get("submissionReview")
    item.review_url = str(review.get("url", "")) if isinstance(review, dict) else None


def _points(value: object) -> float:
    """Moodle takes numbers in strings too."""
    try:
        points = float(str(value))
    except ValueError:
        points = math.nan
    if not math.isfinite(points):
        raise ServiceRefused(400, "Bad Request")
    return points
