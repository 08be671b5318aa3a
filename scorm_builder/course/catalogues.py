"""The catalogues that the tool offers: skills, principles, measures, barriers, methods, ethics, platforms, samples."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from scorm_builder.course.parts import Name, Part, Words


class _Entry(Part):
    id: Name


class Term(_Entry):
    """A word that the course explains."""

    term: Words
    text: Words
    see: tuple[Name, ...] = ()


class Glossary(Part):
    """glossary.yaml."""

    terms: tuple[Term, ...]


class Skill(_Entry):
    """A skill; `can` is the statement of the can-do self-check."""

    title: Words
    text: Words
    can: Words


class Goal(_Entry):
    """What a trainee becomes able to do."""

    text: Words
    can: Words


class Skills(Part):
    """skills.yaml: the can-do self-check before and after."""

    skills: tuple[Skill, ...]
    goals: tuple[Goal, ...]
    levels: Annotated[tuple[Words, ...], Field(min_length=2, max_length=9)]


class Principle(_Entry):
    """A principle on its card."""

    group: Literal["meaning", "context", "form"]
    text: Words
    explanation: Words
    question: Words


class Principles(Part):
    """principles.yaml."""

    principles: tuple[Principle, ...]


class Measure(_Entry):
    """Something that a school can do with parents."""

    title: Words
    text: Words
    who_leads: tuple[Words, ...]
    for_whom: tuple[Words, ...]
    when: Words
    why: Words
    place: Literal["school", "home", "both"]
    meets: Annotated[tuple[Literal["school", "informal", "home"], ...], Field(min_length=1)]
    effort: Literal["low", "medium", "high"]
    hours: str | int | float
    watch_for: tuple[Words, ...]
    adapt: Words


class Measures(Part):
    """measures.yaml."""

    measures: tuple[Measure, ...]


class Strategy(_Entry):
    """A strategy for partnership."""

    group: Literal["communication", "decisions", "welcome"]
    title: Words
    text: Words


class Strategies(Part):
    """strategies.yaml."""

    strategies: tuple[Strategy, ...]


class Response(_Entry):
    """What helps against a barrier; `measures` carry it out."""

    title: Words
    text: Words
    measures: tuple[Name, ...] = ()


class Barrier(_Entry):
    """What keeps families away."""

    title: Words
    signs: tuple[Words, ...]
    text: Words
    responses: Annotated[tuple[Response, ...], Field(min_length=1)]


class Barriers(Part):
    """barriers.yaml."""

    barriers: tuple[Barrier, ...]


class Method(_Entry):
    """A way to collect data."""

    title: Words
    what: Words
    good_for: Words | tuple[Words, ...]
    not_for: Words | tuple[Words, ...]
    minutes: int | Words
    people: int | Words
    needs: tuple[Words, ...]
    steps: tuple[Words, ...]
    data: Words
    ethics: Words
    example: Words


class Methods(Part):
    """methods.yaml."""

    methods: tuple[Method, ...]


class GateQuestion(_Entry):
    """A question to be answered before data are collected."""

    title: Words
    question: Words
    must: bool
    why: Words
    how: Words


class Consent(_Entry):
    """A text that asks for consent."""

    title: Words
    text: Words


class Ethics(Part):
    """ethics.yaml: the gate before data are collected."""

    gate: tuple[GateQuestion, ...]
    consents: tuple[Consent, ...]


class PlatformQuestion(_Entry):
    """What to ask of a platform."""

    text: Words
    why: Words


class PlatformKind(_Entry):
    """A kind of platform, never a brand; `answers` by question."""

    title: Words
    good_for: Words | tuple[Words, ...]
    watch_for: Words | tuple[Words, ...]
    answers: dict[Name, Words]


class Platforms(Part):
    """platforms.yaml."""

    questions: tuple[PlatformQuestion, ...]
    kinds: tuple[PlatformKind, ...]


class Sample(_Entry):
    """A piece with its agreed levels by criterion, for calibration; `text` is Markdown."""

    prompt: Name
    title: Words
    text: Words
    levels: dict[Name, Annotated[int, Field(ge=0)]]
    why: dict[Name, Words]
    total: Annotated[int, Field(ge=0)]


class Samples(Part):
    """samples.yaml."""

    samples: tuple[Sample, ...]


class FreeForm(Part):
    """case_form.yaml, goal_project.yaml, channels.yaml: shaped by the author, with an `id` on every entry."""

    model_config = ConfigDict(frozen=True, extra="allow")
