"""Reads who takes part in a course (Names and Role Provisioning Services 2.0; Course Groups Service 1.0, 5)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final

from lti_tool.lti.errors import ClaimMalformed
from lti_tool.lti.launch.claim_values import optional_id, optional_text, usable_strings
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.json_stream import read_entries
from lti_tool.lti.services.paging import pages
from lti_tool.lti.services.service_urls import with_query

MEMBERS_SCOPE: Final = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
MEMBERS_TYPE: Final = "application/vnd.ims.lti-nrps.v2.membershipcontainer+json"
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});")
PAGE_SIZE: Final = 100  # members asked for at a time; platforms may give fewer or all
AT_ONCE: Final = 500  # members in one part, also of a page that holds them all
LARGEST_PAGE: Final = 16 * 1024 * 1024  # bytes, for those that know no pages


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the course; ``groups`` are ids of course groups, where they were asked for and are offered."""

    user_id: str
    name: str
    roles: tuple[str, ...]
    groups: tuple[str, ...] = ()


def read_members(
    services: PlatformServices,
    memberships_url: str,
    *,
    role: str | None = None,
    link_id: str | None = None,
    with_groups: bool = False,
) -> Iterator[Sequence[Member]]:
    """The members in parts of 500 at most, page by page, one page at a time in memory.

    Those who left or were deleted are passed over; a page that names nobody is an empty part. ``role``
    is a role's URI or short name, ``link_id`` a resource link: only who has it, or may open it. Raises ServiceFailed,
    also between pages.
    """
    url = with_query(memberships_url, limit=PAGE_SIZE, role=role, rlid=link_id, groups="true" if with_groups else None)
    for answer in pages(services, url, scopes=[MEMBERS_SCOPE], accept=MEMBERS_TYPE, largest=LARGEST_PAGE):
        part: list[Member] = []
        for member in filter(None, map(_member, read_entries(answer.body, "members"))):
            part.append(member)
            if len(part) == AT_ONCE:
                yield part
                part = []
        yield part


def _member(entry: object) -> Member | None:
    if not isinstance(entry, dict) or not _is_active(entry.get("status")):
        return None
    user_id = _id(entry, "user_id")
    if user_id is None:
        return None
    parts = (_name(entry, name) for name in ("given_name", "family_name"))
    return Member(
        user_id=user_id,
        name=_name(entry, "name") or " ".join(filter(None, parts)),
        roles=usable_strings(entry, "roles"),
        groups=tuple(filter(None, map(_group_id, _list(entry.get("group_enrollments"))))),
    )


def _is_active(status: object) -> bool:
    """Whether the person takes part (2.2): so says a status that is left out, too; some write it in small letters."""
    return status is None or (isinstance(status, str) and status.rpartition("#")[2].casefold() in {"active", ""})


def _name(entry: dict[str, object], name: str) -> str | None:
    """The name as people write it: Moodle's rosters bring `&` as `&amp;`, its launches do not."""
    given = entry.get(name)
    return (
        optional_text({name: _ENTITY.sub(lambda one: unescape(one[0]), given)}, name)
        if isinstance(given, str)
        else None
    )


def _group_id(enrolment: object) -> str | None:
    return _id(enrolment, "group_id") if isinstance(enrolment, dict) else None


def _id(entry: dict[str, object], name: str) -> str | None:
    value = entry.get(name)
    given = {name: str(value)} if isinstance(value, int) and not isinstance(value, bool) else entry
    try:
        return optional_id(given, name)
    except ClaimMalformed:
        return None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
