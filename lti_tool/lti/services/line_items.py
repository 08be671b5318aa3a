"""Finds, makes, reads and changes the columns of a gradebook (Assignment and Grade Services 2.0, 3.2)."""

import json
from dataclasses import dataclass
from typing import Final

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.launch.claim_values import URL_LIMIT, usable_url
from lti_tool.lti.numbers import finite
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.paging import pages
from lti_tool.lti.services.service_urls import with_query

LINE_ITEM_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
LINE_ITEM_TYPE: Final = "application/vnd.ims.lis.v2.lineitem+json"
LINE_ITEMS_TYPE: Final = "application/vnd.ims.lis.v2.lineitemcontainer+json"
MOST_PAGES: Final = 20  # of the list in which one column is looked for; most platforms know the filter, and need one
TAG: Final = "partnerwise"
"""Marks the columns that this tool made or asked for; beside the resource id it tells them from any others."""


@dataclass(frozen=True, slots=True)
class LineItem:
    """A column as the platform describes it; ``url`` is its address (``id``)."""

    url: str
    label: str
    maximum: float | None
    resource_id: str
    tag: str


@dataclass(frozen=True, slots=True)
class WantedLineItem:
    """A column to be made: for ``resource_id`` (the activity), reviewed at ``review_url`` where that is given."""

    label: str
    maximum: float
    resource_id: str
    review_url: str = ""


def find_line_item(services: PlatformServices, lineitems_url: str, resource_id: str) -> LineItem | None:
    """The column of this resource id; the first where somebody made several. Raises ServiceFailed.

    The answer is filtered here, too: not every platform knows the filter. A column of this id with another's tag
    is another tool's.
    """
    url = with_query(lineitems_url, resource_id=resource_id, limit=100)
    for answer in pages(services, url, scopes=[LINE_ITEM_SCOPE], accept=LINE_ITEMS_TYPE, most=MOST_PAGES):
        listed = answer.json()
        if not isinstance(listed, list):
            raise ServiceFailed("malformed_answer", permanent=False)
        for entry in listed:
            found = _line_item(entry)
            if found is not None and found.resource_id == resource_id and found.tag in {TAG, ""}:
                return found
    return None


def create_line_item(services: PlatformServices, lineitems_url: str, wanted: WantedLineItem) -> LineItem:
    """Make the column; raises ServiceFailed, and a temporary one may have made it nevertheless."""
    body: dict[str, object] = {
        "label": wanted.label,
        "scoreMaximum": wanted.maximum,
        "resourceId": wanted.resource_id,
        "tag": TAG,
    }
    if wanted.review_url:
        body["submissionReview"] = {"reviewableStatus": ["Submitted", "Completed"], "url": wanted.review_url}
    answer = services.post(
        lineitems_url, json.dumps(body).encode(), scopes=[LINE_ITEM_SCOPE], media_type=LINE_ITEM_TYPE
    )
    made = _line_item(answer.json())
    if made is None:
        raise ServiceFailed("malformed_answer", permanent=False)
    return made


def read_line_item(services: PlatformServices, url: str) -> LineItem | None:
    """The column as it is now, or None where it was deleted; raises ServiceFailed for all else."""
    try:
        return _line_item(_read(services, url))
    except ServiceFailed as failed:
        if failed.status in {404, 410}:
            return None
        raise


def change_line_item(services: PlatformServices, url: str, *, label: str, maximum: float) -> None:
    """Give the column this name and highest score; raises ServiceFailed.

    A PUT replaces the whole description, so all that the platform says of the column is read and sent back.
    """
    described = _read(services, url)
    body = json.dumps({**described, "label": label, "scoreMaximum": maximum}).encode()
    services.put(url, body, scopes=[LINE_ITEM_SCOPE], media_type=LINE_ITEM_TYPE)


def _read(services: PlatformServices, url: str) -> dict[str, object]:
    described = services.get(url, scopes=[LINE_ITEM_SCOPE], accept=LINE_ITEM_TYPE).json()
    if not isinstance(described, dict):
        raise ServiceFailed("malformed_answer", permanent=False)
    return described


def _line_item(entry: object) -> LineItem | None:
    if not isinstance(entry, dict) or len(str(entry.get("id", ""))) > URL_LIMIT:
        return None
    url = usable_url(entry, "id")
    if url is None:
        return None
    return LineItem(
        url=url,
        label=str(entry.get("label") or ""),
        maximum=finite(entry.get("scoreMaximum")),
        resource_id=str(entry.get("resourceId") or ""),
        tag=str(entry.get("tag") or ""),
    )
