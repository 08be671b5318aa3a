"""The bundle that the LTI tool serves: bundle.json, one HTML fragment per unit and language, player, assets."""

import json
from collections.abc import Iterator

from scorm_builder.bundle import published_course
from scorm_builder.course.model import Course
from scorm_builder.exporters.base import Format, Options
from scorm_builder.exporters.playable import handout_files, unit_files
from scorm_builder.markup.pages import Surroundings, unit_fragment
from scorm_builder.package import Package
from scorm_builder.player_files import player_files

# From /l/<launch>/course/units/<unit>/ to the journal and the road map beside the course.
_IN_THE_TOOL = Surroundings(
    journal_link="../../../journal/{prompt}", planner_link="../../../roadmap/sections/{section}"
)


def _export(course: Course, _options: Options) -> Iterator[Package]:
    files = player_files("lti")
    for unit_id, editions in course.units.items():
        for language in course.head.languages:
            # A language that lacks the unit shows it in the course's first.
            unit = editions.get(language) or editions[course.head.languages[0]]
            fragment = unit_fragment(course, unit, _IN_THE_TOOL)
            files[f"units/{unit_id}.{language}.html"] = fragment.encode()
            files |= unit_files(course, unit)
    # Trainers are given all handouts, those too that only a session plan names.
    for language, edition in course.editions.items():
        files |= handout_files(course, language, edition.handouts)
    dumped = published_course(course).model_dump(mode="json", exclude_defaults=True, by_alias=True)
    text = json.dumps(dumped, ensure_ascii=False)
    yield Package({"bundle.json": text.encode() + b"\n", **files})


FORMATS = (Format("web", "What the LTI tool serves: bundle.json, units, player, pictures", _export),)
