"""What a course gives people to fill in or to do outside the planner: the case form, the goal project, the channels."""

from typing import Annotated, Literal

from pydantic import Field

from scorm_builder.course_format.parts import Entry, Minutes, Name, OptionalWords, Part, Words
from scorm_builder.course_format.planner import Choice


class CaseField(Entry):
    """What the case form asks; `limit` in characters."""

    label: Words
    kind: Literal["text", "long", "choice"]
    limit: Annotated[int, Field(ge=1)] = 2000
    choices: tuple[Choice, ...] = ()


class Sentence(Entry):
    """A sentence that can be named."""

    text: Words


class CaseForm(Entry):
    """case_form.yaml: how a case from one's own school is told."""

    title: Words
    about: Words
    minutes: Minutes
    fields: Annotated[tuple[CaseField, ...], Field(min_length=1)]
    questions: tuple[Sentence, ...] = ()
    """What readers ask of a case."""


class ProjectPart(Entry):
    """What somebody does in the project, and what not."""

    does: Words
    does_not: Words


class ProjectGoals(Entry):
    """Goals of one sort, or of one group."""

    title: Words
    text: Words


class SheetField(Entry):
    """A line of the pupil's sheet."""

    label: Words


class Contribution(Entry):
    """Something that a family can give, and where."""

    place: Literal["school", "home", "both"]
    text: Words


class ProjectExample(Part):
    """The project as one class went through it."""

    class_: Annotated[Words, Field(alias="class")]
    core: tuple[Words, ...]
    free: tuple[Words, ...]
    pupil: Words


class GoalProject(Entry):
    """goal_project.yaml: a project that pupils lead, with home and school beside them."""

    rubric: Name
    title: Words
    about: Words
    for_whom: Words
    minutes: Words
    principles: tuple[Sentence, ...]
    people: tuple[ProjectPart, ...]
    goals: tuple[ProjectGoals, ...]
    groups: tuple[ProjectGoals, ...]
    sheet: tuple[SheetField, ...]
    contributions: tuple[Contribution, ...]
    thanks: OptionalWords = ""
    line_from_home: OptionalWords = ""
    example: ProjectExample | None = None
    watch_for: tuple[Words, ...] = ()
    references: tuple[Words, ...] = ()


class Channel(Entry):
    """A way to reach people: as trainees use it among themselves, and then with parents."""

    title: Words
    both_ways: bool
    learn_in: Words
    with_parents: Words
    reaches: Words
    misses: Words


class Channels(Part):
    """channels.yaml."""

    about: OptionalWords = ""
    channels: tuple[Channel, ...] = ()
