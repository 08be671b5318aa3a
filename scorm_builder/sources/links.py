"""What the parts of a course say of each other must be true: prompts, rubrics, sections, measures, terms, handouts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any

from scorm_builder.course.exercises import Download, Reflection
from scorm_builder.course.model import Course, Edition, Unit
from scorm_builder.course_format.journal import Rubric
from scorm_builder.course_format.planner import ExampleMap, Section, SectionField
from scorm_builder.sources.folder import Folder
from scorm_builder.sources.located import YamlPath


def check_links(course: Course, folder: Folder) -> None:
    """Note every name that leads nowhere."""
    for language, edition in course.editions.items():
        looking = _Looking(course, language, edition, folder)
        looking.at_journal()
        looking.at_catalogues()
        looking.at_samples()
        looking.at_planner()
        looking.at_example_map()
        looking.at_paper()
        for unit in (editions[language] for editions in course.units.values() if language in editions):
            looking.at_unit(unit)


@dataclass
class _Looking:
    """One language of a course while its links are followed."""

    course: Course
    language: str
    edition: Edition
    folder: Folder

    def refuse(self, name: str, path: YamlPath, what: str) -> None:
        file = f"{self.language}/{name}"
        located = self.folder.read.get(file)
        self.folder.refuse(file, located.line(path) if located else 1, what)

    def named(self, name: str, path: YamlPath, wanted: Iterable[str], known: Iterable[str], what: str) -> None:
        """Every wanted identifier must be known; `what` says what kind of thing it is, and where it is kept."""
        there = set(known)
        for identifier in wanted:
            if identifier not in there:
                self.refuse(name, path, f"`{identifier}` is no {what}.")

    def at_journal(self) -> None:
        data = self.edition.data
        skills, rubrics = data.skills, _ids(data.rubrics.rubrics)
        for place, prompt in enumerate(data.journal.prompts):
            path = ("prompts", place)
            rubric = [prompt.rubric] if prompt.rubric else []
            self.named("journal.yaml", path, rubric, rubrics, "rubric of rubrics.yaml")
            self.named("journal.yaml", path, prompt.sections, _ids(data.roadmap.sections), "section of roadmap.yaml")
            if skills:
                self.named("journal.yaml", path, prompt.tags, _ids(skills.skills), "skill of skills.yaml")

    def at_catalogues(self) -> None:
        data = self.edition.data
        for place, term in enumerate(data.glossary.terms):
            self.named("glossary.yaml", ("terms", place), term.see, data.terms, "term of the glossary")
        known = _ids(data.measures.measures)
        for place, barrier in enumerate(data.barriers.barriers if "measures" in data.files else ()):
            wanted = [measure for response in barrier.responses for measure in response.measures]
            self.named("barriers.yaml", ("barriers", place), wanted, known, "measure of measures.yaml")
        questions = _ids(data.platforms.questions)
        for place, kind in enumerate(data.platforms.kinds):
            self.named("platforms.yaml", ("kinds", place), kind.answers, questions, "question of platforms.yaml")
        self.identifiers_differ()

    def identifiers_differ(self) -> None:
        for name, file in self.edition.data.files.items():
            for key, entries in file.model_dump().items():
                found = [entry.get("id") for entry in entries if isinstance(entry, dict)] if _is_list(entries) else []
                for place, identifier in enumerate(found):
                    if identifier is not None and identifier in found[:place]:
                        self.refuse(f"{name}.yaml", (key, place), f"`{identifier}` is there twice.")

    def at_samples(self) -> None:
        data = self.edition.data
        prompts = {prompt.id: prompt for prompt in data.journal.prompts}
        rubrics = {rubric.id: rubric for rubric in data.rubrics.rubrics}
        for place, sample in enumerate(data.samples.samples):
            path = ("samples", place)
            self.named("samples.yaml", path, [sample.prompt], prompts, "prompt of journal.yaml")
            prompt = prompts.get(sample.prompt)
            rubric = rubrics.get(prompt.rubric or "") if prompt else None
            for what in _amiss(sample.levels, sample.why, sample.total, rubric) if rubric else ():
                self.refuse("samples.yaml", path, what)

    def at_planner(self) -> None:
        data = self.edition.data
        kinds = [section.row.kind for section in data.roadmap.sections if section.row]
        own = [f"{section.id}.{field.name}" for section in data.roadmap.sections for field in section.fields]
        for place, section in enumerate(data.roadmap.sections):
            path, fields = ("sections", place), section.row.fields if section.row else section.fields
            referred = [kind for field in fields for kind in field.refers_to]
            listed = [field.choices_from for field in fields if field.choices_from]
            followed = [field.not_before for field in fields if field.not_before]
            self.named("roadmap.yaml", path, section.catalogues, data.files, f"data file in {self.language}/")
            self.named("roadmap.yaml", path, referred, kinds, "kind of row")
            titled = [name for name in data.files if data.entries(name)]
            self.named("roadmap.yaml", path, listed, titled, f"list in {self.language}/ whose entries have titles")
            self.named("roadmap.yaml", path, followed, [*own, *_fields(section)], "field of this section or of another")

    def at_example_map(self) -> None:
        example = self.edition.data.example_map
        sections = {section.id: section for section in self.edition.data.sections}
        for identifier, told in (example.sections if example else {}).items():
            path = ("sections", identifier)
            section = sections.get(identifier)
            if section is None:
                self.refuse("example_map.yaml", path, f"`{identifier}` is no section of roadmap.yaml.")
                continue
            for number, part in enumerate(told.rows if told.rows is not None else [told.fields or {}]):
                self.named("example_map.yaml", path, part, _fields(section), f"field of the section `{identifier}`")
                here = (*path, "rows", number) if told.rows is not None else (*path, "fields")
                self.fitting(here, part, section, _row_names(example))
        if example and (circle := _circle(example, sections)):
            self.refuse("example_map.yaml", ("sections",), f"These rows wait for each other in a circle: {circle}.")

    def fitting(self, path: YamlPath, told: Mapping[str, str], section: Section, rows: Collection[str]) -> None:
        """Every value of the example must be one that its field takes."""
        for field in section.row.fields if section.row else section.fields:
            if wrong := _misfit(field, told.get(field.name, ""), rows):
                self.refuse("example_map.yaml", path, f"`{field.name}`: {wrong}")

    def at_paper(self) -> None:
        handouts = self.edition.handouts
        for name, plan in self.edition.plans.items():
            file = f"plans/{name}.md"
            steps = [step for mode in plan.head.modes.values() for step in mode.steps]
            named = [*plan.head.handouts, *(step.handout for step in steps if step.handout)]
            self.named(file, (), dict.fromkeys(named), handouts, f"handout in {self.language}/handouts/")
        for name in self.edition.modules:
            self.named(f"modules/{name}.md", (), [name], _ids(self.course.head.modules), "module of course.yaml")

    def at_unit(self, unit: Unit) -> None:
        file, data = f"{unit.id}.md", self.edition.data
        artefact = unit.head.artefact
        prompts = [one.prompt for one in unit.activities if isinstance(one, Reflection) and one.prompt]
        handouts = [one.handout for one in unit.activities if isinstance(one, Download) and one.handout]
        if artefact and artefact.prompt:
            prompts.append(artefact.prompt)
        sections = [artefact.section] if artefact and artefact.section else []
        terms = dict.fromkeys(term for page in unit.pages for term in page.terms)
        self.named(
            file, (), dict.fromkeys(prompts), _ids(data.journal.prompts), f"prompt of {self.language}/journal.yaml"
        )
        self.named(file, (), sections, _ids(data.roadmap.sections), f"section of {self.language}/roadmap.yaml")
        self.named(file, (), handouts, self.edition.handouts, f"handout in {self.language}/handouts/")
        self.named(file, (), terms, data.terms, f"term of {self.language}/glossary.yaml")


def _ids(entries: Iterable[Any]) -> list[str]:
    return [entry.id for entry in entries]


def _is_list(entries: Any) -> bool:
    return isinstance(entries, list | tuple)


def _fields(section: Section) -> list[str]:
    return [field.name for field in section.fields or (section.row.fields if section.row else ())]


def _row_names(example: ExampleMap | None) -> set[str]:
    """The first value of each row: what a reference to it says."""
    return {
        next(iter(row.values()), "")
        for told in (example.sections.values() if example else ())
        for row in told.rows or ()
    }


def _circle(example: ExampleMap, sections: Mapping[str, Section]) -> str:
    """The titles of rows that wait for each other in a circle; "" where there are none."""
    waits: dict[str, set[str]] = {}
    for identifier, told in example.sections.items():
        row = sections[identifier].row if identifier in sections else None
        names = [field.name for field in row.fields if field.role == "after"] if row else []
        for texts in told.rows or ():
            named = {title for name in names for title in texts.get(name, "").split("\n") if title}
            waits[next(iter(texts.values()), "")] = named
    try:
        tuple(TopologicalSorter(waits).static_order())
    except CycleError as found:
        return ", ".join(f"“{title}”" for title in found.args[1])
    return ""


def _misfit(field: SectionField, value: str, rows: Collection[str]) -> str:
    """Why a field would not take this value; "" where it does."""
    lines, kind = value.split("\n"), field.kind
    reasons = (
        (kind == "choice" and value not in _ids(field.choices), f"`{value}` is none of its choices."),
        (bool(field.refers_to) and not set(lines) <= set(rows), "there is no row of this name."),
        (kind == "date" and not _is_day(value), f"`{value}` is no day, as in 2026-09-25."),
        (
            kind == "periods" and not all(map(_is_period, lines)),
            "no period, as in 2026-10-26 2026-10-31 Autumn.",
        ),
        (
            kind in {"text", "long", "person"} and len(value) > field.limit,
            f"{len(value)} characters are more than its {field.limit}.",
        ),
    )
    return next((reason for is_so, reason in reasons if value and is_so), "")


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_period(line: str) -> bool:
    days = line.split()[:2]
    return len(days) == 2 and all(map(_is_day, days)) and days == sorted(days)


def _amiss(levels: Mapping[str, int], why: Mapping[str, str], total: int, rubric: Rubric) -> list[str]:
    """What is wrong with the levels of a sample."""
    points = {criterion.id: {level.points for level in criterion.levels} for criterion in rubric.criteria}
    found = []
    if levels.keys() != points.keys() or why.keys() != points.keys():
        found.append(f"`levels` and `why` must name the criteria of `{rubric.id}`: {', '.join(points)}.")
    found += [
        f"`{name}` has no level {level}." for name, level in levels.items() if level not in points.get(name, {level})
    ]
    if total != sum(levels.values()):
        found.append(f"`total` is {total}; the levels make {sum(levels.values())}.")
    return found
