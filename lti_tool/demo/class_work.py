"""The work of the demo LMS's class, done as people would do it: by launches, saves and forms, over HTTP.

The pieces are the course's samples, the maps its worked example.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lti_tool.demo.course import ROAD_MAP, THINK_PIECE, UNIT
from lti_tool.demo.walking import Walker, open_from
from scorm_builder.course_format.course import Course
from scorm_builder.course_format.journal import Sample
from scorm_builder.course_format.planner import ExampleSection, Section

TRAINER = "tina"
FIRST_COLUMN = 1
"""Of the gradebook: the think piece's."""
SCHOOLS: Mapping[str, tuple[str, ...]] = {
    "Hill School": ("dora", "elias", "fatima", "goran"),
    "Lake School": ("hana", "ivo", "jana", "kofi"),
    "Garden School": ("lena", "alice", "bob", "carla"),
}
"""Teams; the first of each founds it."""
STARTS_FROM_EXAMPLE = "dora"
"""Who puts the course's worked example into their team's map by its button."""
MAPS: Mapping[str, frozenset[str]] = {"hana": frozenset({"p1", "p2", "p3", "p4", "p5"})}
"""Who types these sections of it into their team's map."""
WRITERS = {"dora": "s6", "elias": "s5", "fatima": "s4", "goran": "s1", "hana": "s2", "ivo": "s3", "kofi": "s7"}
"""Which sample each of them hands in as the think piece."""
RELEASED, DRAFTED, RETURNED = ("dora", "elias"), ("ivo",), ("fatima",)
STILL_WRITING = "jana"
NOT_BEGUN = 'data-version="0"'
"""How the page of a piece says that nothing was saved yet."""
BEGUN = "<p>Last Tuesday a father stood at the gate and did not come in.</p>"
BEGUN_UNITS = {"alice": 1, "dora": 99, "elias": 99, "goran": 4, "hana": 3, "jana": 6, "lena": 1}
"""How many pages of the first unit each has seen."""
MOST_BEFORE = 10
"""Revisions of a map in which people have joined its team, and nobody has written."""
INVENTED = re.compile(r"^<p><em>Invented.*?</em></p>\s*", re.DOTALL)
"""The first line of each sample, which is for trainers who practise marking."""


@dataclass(frozen=True)
class Demo:
    """Where the demo LMS and the tool are."""

    url: str
    tool_url: str

    def opens(self, person: str, activity: str) -> Walker:
        """The person in this activity."""
        return open_from(self.url, self.tool_url, f"/as/{person}/launch/{activity}")


def do_class_work(demo: Demo, course: Course, say: Callable[[str], None]) -> None:
    """Do all of it; what is there already stays as it is. Raises what `requests` raises, and LostOnTheWay."""
    edition = course.editions[course.languages[0]].data
    samples = {sample.id: sample for sample in edition.samples.samples}
    say("The class works through a unit …")
    pages = [page.id for page in course.modules[0].units[0].pages]
    for person, seen in BEGUN_UNITS.items():
        _see_pages(demo, person, pages[:seen], finished=seen >= len(pages))
    say("The class writes …")
    handed_in = [person for person, sample in WRITERS.items() if _hand_in(demo, person, samples[sample])]
    _write(demo.opens(STILL_WRITING, THINK_PIECE.key), BEGUN)
    say("Tina Trainer marks …")
    for person in (*RELEASED, *DRAFTED, *RETURNED):
        if person in handed_in:
            _mark(demo, person, samples[WRITERS[person]])
    say("Three schools plan …")
    _make_teams(demo)
    if edition.example_map:
        demo.opens(STARTS_FROM_EXAMPLE, ROAD_MAP.key).post("roadmap/example")
        for person, sections in MAPS.items():
            _plan(demo, person, edition.roadmap.sections, edition.example_map.sections, sections)


def _see_pages(demo: Demo, person: str, seen: list[str], *, finished: bool) -> None:
    answer = {"v": 1, "at": "class-work", "includes": [""], "seen": seen, "page": seen[-1]}
    judged = {"status": "passed", "score": {"raw": 88}} if finished else {"status": "incomplete"}
    demo.opens(person, UNIT.key).put(f"course/units/{UNIT.path.removeprefix('unit/')}/progress", {**answer, **judged})


def _hand_in(demo: Demo, person: str, sample: Sample) -> bool:
    """Whether the piece was handed in now, and not before."""
    writer = demo.opens(person, THINK_PIECE.key)
    version = _write(writer, INVENTED.sub("", sample.text))
    if version is not None:
        writer.post(THINK_PIECE.path, {"do": "submit", "version": version})
    return version is not None


def _write(writer: Walker, text: str) -> int | None:
    """Save the text as the first one; None where there is one already, be it the same."""
    if NOT_BEGUN not in writer.get(THINK_PIECE.path).text:
        return None
    answer = writer.put(f"{THINK_PIECE.path}/text", {"text": text, "version": 0})
    return int(answer.json()["version"]) if answer.ok else None


def _mark(demo: Demo, person: str, sample: Sample) -> None:
    trainer = open_from(demo.url, demo.tool_url, f"/as/{TRAINER}/review/{FIRST_COLUMN}/{person}")
    piece = re.search(r"/desk/(\d+)", trainer.opened)
    if piece is None:
        return
    levels = {f"level-{criterion}": points for criterion, points in sample.levels.items()}
    comment = "\n\n".join(sample.why.values())[:1500]
    wish = "release" if person in RELEASED else "return" if person in RETURNED else "next"
    trainer.post(f"desk/{piece[1]}", {**levels, "comment": comment, "version": 0, "do": wish})


def _make_teams(demo: Demo) -> None:
    for school, people in SCHOOLS.items():
        founder, *others = people
        demo.opens(founder, ROAD_MAP.key).post("roadmap/teams", {"name": school})
        for person in others:
            walker = demo.opens(person, ROAD_MAP.key)
            team = re.search(r"/roadmap/teams/(\d+)/join", walker.get(f"roadmap/?school={school}").text)
            if team:
                walker.post(f"roadmap/teams/{team[1]}/join")


def _plan(
    demo: Demo,
    person: str,
    sections: tuple[Section, ...],
    example: Mapping[str, ExampleSection],
    wanted: frozenset[str],
) -> None:
    """Type the example's texts into the map that this person's team has, unless somebody has written there."""
    if demo.opens(person, ROAD_MAP.key).get("roadmap/changes?since=0").json()["revision"] > MOST_BEFORE:
        return
    rows_by_title: dict[str, str] = {}
    for section in sections:
        written = example.get(section.id)
        if written is None or section.id not in wanted:
            continue
        walker = demo.opens(person, ROAD_MAP.key)  # of one launch only so many saves a minute are taken
        for name, value in (written.fields or {}).items():
            _save(walker, f"{section.id}.{name}", value)
        for row in written.rows or ():
            _add_row(walker, section, row, rows_by_title)


def _add_row(walker: Walker, section: Section, row: Mapping[str, str], rows_by_title: dict[str, str]) -> None:
    if section.row is None:
        return
    kind = section.row.kind
    added = walker.post_json("roadmap/rows", {"do": f"add:{kind}", "section": section.id, "since": 0}).json()["row"]
    title = row.get(section.row.fields[0].name, "")
    rows_by_title[title] = str(added)
    for field in section.row.fields:
        value = row.get(field.name, "")
        if field.refers_to:
            # Other rows stand there by their titles, a line each; those that come later in the map are left out.
            value = " ".join(rows_by_title[one] for one in value.split("\n") if one in rows_by_title)
        _save(walker, f"{kind}.{added}.{field.name}", value)


def _save(walker: Walker, name: str, value: str) -> None:
    if value:
        walker.put(f"roadmap/fields/{name}", {"value": value, "version": 0})
