"""What the schema of course structures cannot say (cmi5 Quartz, 8.1, 13.1.2 to 13.1.4 and 14)."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from scorm_builder.checking.addresses import file_meant, near_miss
from scorm_builder.checking.opened import Opened, Rule

LAUNCH_PARAMETERS = ("endpoint", "fetch", "actor", "registration", "activityId")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_NAMED = ("{*}course", "{*}block", "{*}au", "{*}objective")


def _ids_are_iris(package: Opened) -> Iterator[str]:
    for one in package.root.iter(*_NAMED):
        for attribute in ("id", "idref"):
            name = one.get(attribute)
            if name is not None and not _IRI.fullmatch(name.strip()):
                yield f"`{name}` is no IRI: ids of a course structure begin with a scheme, as `https:` or `urn:`."


def _ids_differ(package: Opened) -> Iterator[str]:
    """Blocks, assignable units and objectives have ids of their own."""
    ids = [str(one.get("id")).strip() for one in package.root.iter(*_NAMED[1:]) if one.get("id") is not None]
    for name, count in Counter(ids).items():
        if count > 1:
            yield f"The id `{name}` is there {count} times: blocks, assignable units and objectives need their own."


def _objectives_there(package: Opened) -> Iterator[str]:
    objectives = [*package.root.iter("{*}objective")]
    declared = {one.get("id") for one in objectives}
    for name in sorted({str(one.get("idref")) for one in objectives if one.get("idref")} - declared):
        yield f"The objective `{name}` is referred to, but not declared."


def _units_can_be_launched(package: Opened) -> Iterator[str]:
    """An assignable unit's page is in the package or on the web, and leaves the launch's parameters to the LMS."""
    for url in package.root.iter("{*}url"):
        address = (url.text or "").strip()
        if re.search(r"\s", address):
            yield f"The address `{address}` has a space in it: write %20."
        for name in sorted(set(_query(address)) & set(LAUNCH_PARAMETERS)):
            yield f"The address `{address}` says `{name}=` itself: the LMS does that when it launches."
        yield from _missing(package, url, address)


def _query(address: str) -> dict[str, list[str]]:
    try:
        return parse_qs(urlsplit(address).query, keep_blank_values=True)
    except ValueError:
        return {}


def _missing(package: Opened, url: Any, address: str) -> Iterator[str]:
    page = file_meant(url, address)
    if page is None or page in package.names:
        return
    if package.names == {package.description}:
        yield f"{address} is no full address: a course structure outside of a zip needs them (`https://…`)."
    else:
        yield f"{page} is launched, but it is not in the package.{near_miss(page, package.names)}"


CMI5_RULES: tuple[Rule, ...] = (_ids_are_iris, _ids_differ, _objectives_there, _units_can_be_launched)
