"""Where a link was copied from, as the platform says it or as our own key in it tells.

Platforms say it by histories (LTI 1.3 Core, variables of Context and ResourceLink): identifiers in a list with commas,
URL-encoded, the latest copy first.
Many platforms know no history, so each link that we place has a key in its address and in its custom parameters.
Whoever may edit a link may write another course of the same platform there, and gets its prompts and dates: trainers
share these anyway, and people's work is never copied.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from lti_tool.lti.launch.verification import Launch as LaunchMessage

PLACEMENT = "placement"
"""The name of our key in a link's address and custom parameters."""
# The first of each is what we ask platforms for (lti/tool_description.py); the others are in use, too.
CONTEXT_HISTORIES = ("context_history", "context_id_history", "Context.id.history")
LINK_HISTORIES = ("resource_link_history", "resource_link_id_history", "ResourceLink.id.history")
KEY = re.compile(r"[A-Za-z0-9_-]{1,43}")
LONGEST_HISTORY = 20
"""Copies of copies that are looked at."""


@dataclass(frozen=True)
class Ancestry:
    """Our key in the link, and the platform's identifiers of what it was copied from; all of it may be empty."""

    key: str = ""
    contexts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def ancestry_of(message: LaunchMessage) -> Ancestry:
    """Where the opened link comes from."""
    return Ancestry(_key_of(message), _history(message, CONTEXT_HISTORIES), _history(message, LINK_HISTORIES))


def _key_of(message: LaunchMessage) -> str:
    try:
        query = parse_qs(urlsplit(message.target_link_uri).query)
    except ValueError:
        query = {}
    found = (query.get(PLACEMENT) or [message.custom.get(PLACEMENT, "")])[0]
    return found if KEY.fullmatch(found) else ""


def _history(message: LaunchMessage, names: Iterable[str]) -> tuple[str, ...]:
    texts = (message.custom.get(name, "") for name in names)
    # A platform that does not know the variable sends its name back.
    listed = next((text for text in texts if text and not text.startswith("$")), "")
    ids = [unquote(one.strip())[:255] for one in listed.split(",")[:LONGEST_HISTORY]]
    return tuple(one for one in ids if one and one.isprintable())
