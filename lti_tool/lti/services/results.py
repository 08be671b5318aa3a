"""Reads back what the gradebook holds (Assignment and Grade Services 2.0, 3.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.numbers import finite
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.paging import pages
from lti_tool.lti.services.service_urls import beside

RESULT_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly"
RESULTS_TYPE: Final = "application/vnd.ims.lis.v2.resultcontainer+json"


@dataclass(frozen=True, slots=True)
class Result:
    """What the gradebook holds for one person; None where it holds nothing. It may have been rescaled."""

    user_id: str
    score: float | None
    maximum: float | None
    comment: str | None


def read_results(services: PlatformServices, lineitem_url: str, user_id: str | None = None) -> Iterator[Result]:
    """Every result of a column, or those of one person, page by page; raises ServiceFailed.

    No page size is asked for: Moodle answers 404 to that.
    """
    url = beside(lineitem_url, "results", **({} if user_id is None else {"user_id": user_id}))
    for answer in pages(services, url, scopes=[RESULT_SCOPE], accept=RESULTS_TYPE):
        listed = answer.json()
        if not isinstance(listed, list):
            raise ServiceFailed("malformed_answer", permanent=False)
        yield from (_result(entry) for entry in listed if isinstance(entry, dict) and entry.get("userId") is not None)


def read_result(services: PlatformServices, lineitem_url: str, user_id: str) -> Result | None:
    """What the gradebook holds for this person in this line item, or None; raises ServiceFailed."""
    found = (result for result in read_results(services, lineitem_url, user_id) if result.user_id == user_id)
    return next(found, None)


def _result(entry: dict[str, object]) -> Result:
    comment = entry.get("comment")
    return Result(
        user_id=str(entry["userId"]),
        score=finite(entry.get("resultScore")),
        maximum=finite(entry.get("resultMaximum")),
        comment=comment if isinstance(comment, str) else None,
    )
