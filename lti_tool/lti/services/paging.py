"""Follows a service's pages to their end (RFC 8288; AGS 2.0, 3.2.3; NRPS 2.0, 2.4.2).

Next links keep their case, and those that Moodle spoils (``&amp;`` for ``&``, typographic quotes read as Latin-1)
are understood. A link is followed only to the service's own origin, because the token goes along.
"""

import html
import re
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import urljoin

from lti_tool.lti.errors import ServiceFailed
from lti_tool.lti.network.outbound import LARGEST_ANSWER, Answer
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.service_urls import origin

MOST_PAGES: Final = 2000  # of one list; a class of 10,000 has 100 to 1,000

_LINK: Final = re.compile(r"<(?P<target>[^<>]*)>(?P<parameters>[^<]*)")
_RELATION: Final = re.compile(r";\s*rel\s*=\s*[^\w\s;,]*(?P<names>[\w :/.-]+)", re.IGNORECASE | re.ASCII)


def pages(
    services: PlatformServices,
    url: str,
    *,
    scopes: Collection[str],
    accept: str,
    largest: int = LARGEST_ANSWER,
    most: int | None = None,
) -> Iterator[Answer]:
    """Each page in turn, one at a time in memory; ``most`` of them, where fewer than usual make sense.

    Raises ServiceFailed, permanent where a next link leads to another host, comes twice, or never ends.
    """
    seen: set[str] = set()
    following: str | None = url
    while following is not None:
        if following in seen or len(seen) >= (most or MOST_PAGES):
            raise ServiceFailed("pages_without_end", permanent=True)
        seen.add(following)
        answer = services.get(following, scopes=scopes, accept=accept, largest=largest)
        yield answer
        following = _following(following, answer.headers.get("Link", ""))


def _following(url: str, header: str) -> str | None:
    found = next_link(header)
    if found is None:
        return None
    try:
        absolute = urljoin(url, found)
        here, there = origin(url), origin(absolute)
    except ValueError:
        raise ServiceFailed("malformed_link", permanent=True) from None
    if here != there:
        raise ServiceFailed("link_elsewhere", permanent=True)
    return absolute


def next_link(header: str) -> str | None:
    """The target of a Link header's ``rel=next``, as it was written but for what Moodle escapes; None at the end."""
    for link in _LINK.finditer(header):
        relation = _RELATION.search(link["parameters"])
        if relation is not None and "next" in relation["names"].lower().split():
            return html.unescape(link["target"].strip()) or None
    return None
