"""Reads a course's groups (Course Groups Service 1.0, 4)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.launch.claim_values import ID_LIMIT, optional_text
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.paging import pages

GROUPS_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly"
GROUPS_TYPE: Final = "application/vnd.ims.lti-gs.v1.contextgroupcontainer+json"


@dataclass(frozen=True, slots=True)
class CourseGroup:
    """A group of a course, with the platform's own id."""

    id: str
    name: str


def read_groups(services: PlatformServices, groups_url: str) -> Iterator[Sequence[CourseGroup]]:
    """The groups of the course that have an id and a name, page by page; raises ServiceFailed, also between pages."""
    for answer in pages(services, groups_url, scopes=[GROUPS_SCOPE], accept=GROUPS_TYPE):
        container = answer.json()
        listed = container.get("groups") if isinstance(container, dict) else None
        if not isinstance(listed, list):
            raise ServiceFailed("malformed_answer", permanent=False)
        yield [group for group in map(_group, listed) if group is not None]


def _group(entry: object) -> CourseGroup | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("id"), str | int):
        return None
    group_id, name = str(entry["id"]), optional_text(entry, "name")
    is_whole = 0 < len(group_id) <= ID_LIMIT and group_id.isprintable()
    return CourseGroup(group_id, name) if is_whole and name else None
