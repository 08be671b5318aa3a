"""The page around several units: their list, how far each is, and a place for the one that is open."""

import json
from collections.abc import Mapping
from typing import Any

from scorm_builder.course.model import Course, Unit, short_key
from scorm_builder.markup.pages import activities_outline, player_strings
from scorm_builder.markup.strings import strings_for
from scorm_builder.markup.templating import render
from scorm_builder.player_files import player_addresses


def shell_page(course: Course, identifier: str, title: str, addresses: Mapping[Unit, str], tracker: str) -> str:
    """The start page of a package of several units, each with its page's address.

    `identifier` is the module's or the course's.
    """
    units = list(addresses)
    say = strings_for(units[0].language)
    outline = {"course": course.head.id, "id": identifier, "units": [_outline(*one) for one in addresses.items()]}
    return render(
        "shell.html",
        course_title=course.head.title[units[0].language],
        title=title,
        units=units,
        language=units[0].language,
        player=player_addresses(tracker),
        addresses=addresses,
        say=say,
        outline=json.dumps(outline, ensure_ascii=False, sort_keys=True),
        player_strings=json.dumps(player_strings(say), ensure_ascii=False, sort_keys=True),
    )


def _outline(unit: Unit, address: str) -> dict[str, Any]:
    """What the player must know of a unit that is not open."""
    return {
        "id": unit.id,
        "key": short_key(f"unit:{unit.id}"),
        "file": address,
        "check": unit.mastery.check,
        "draw": unit.head.check.draw if unit.head.check else 0,
        "pages": [{"id": page.id, "key": short_key(f"page:{page.id}")} for page in unit.pages],
        "activities": activities_outline(unit),
    }
