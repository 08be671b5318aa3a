"""The catalogues of a course: words, skills, principles, measures, strategies, barriers, methods, ethics, platforms."""

from typing import Annotated, Literal

from pydantic import Field

from scorm_builder.course_format.parts import Entry, Name, Part, Words


class Term(Entry):
    """A word that the course explains."""

    term: Words
    text: Words
    see: tuple[Name, ...] = ()


class Glossary(Part):
    """glossary.yaml."""

    terms: tuple[Term, ...] = ()


class Skill(Entry):
    """A skill; `can` is the statement of the can-do self-check."""

    title: Words
    text: Words
    can: Words


class Goal(Entry):
    """What a trainee becomes able to do."""

    text: Words
    can: Words


class Skills(Part):
    """skills.yaml: the can-do self-check before and after."""

    skills: tuple[Skill, ...]
    goals: tuple[Goal, ...]
    levels: Annotated[tuple[Words, ...], Field(min_length=2, max_length=9)]


class Principle(Entry):
    """A principle on its card."""

    group: Literal["meaning", "context", "form"]
    text: Words
    explanation: Words
    question: Words


class Principles(Part):
    """principles.yaml."""

    principles: tuple[Principle, ...] = ()


class Measure(Entry):
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

    measures: tuple[Measure, ...] = ()


class Strategy(Entry):
    """A strategy for partnership."""

    group: Literal["communication", "decisions", "welcome"]
    title: Words
    text: Words


class Strategies(Part):
    """strategies.yaml."""

    strategies: tuple[Strategy, ...] = ()


class Response(Entry):
    """What helps against a barrier; `measures` carry it out."""

    title: Words
    text: Words
    measures: tuple[Name, ...] = ()


class Barrier(Entry):
    """What keeps families away."""

    title: Words
    signs: tuple[Words, ...]
    text: Words
    responses: Annotated[tuple[Response, ...], Field(min_length=1)]


class Barriers(Part):
    """barriers.yaml."""

    barriers: tuple[Barrier, ...] = ()


class Method(Entry):
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

    methods: tuple[Method, ...] = ()


class GateQuestion(Entry):
    """A question to be answered before data are collected."""

    title: Words
    question: Words
    must: bool
    why: Words
    how: Words


class Consent(Entry):
    """A text that asks for consent."""

    title: Words
    text: Words


class Ethics(Part):
    """ethics.yaml: the gate before data are collected."""

    gate: tuple[GateQuestion, ...] = ()
    consents: tuple[Consent, ...] = ()


class PlatformQuestion(Entry):
    """What to ask of a platform."""

    text: Words
    why: Words


class PlatformKind(Entry):
    """A kind of platform, never a brand; `answers` by question."""

    title: Words
    good_for: Words | tuple[Words, ...]
    watch_for: Words | tuple[Words, ...]
    answers: dict[Name, Words]


class Platforms(Part):
    """platforms.yaml."""

    questions: tuple[PlatformQuestion, ...] = ()
    kinds: tuple[PlatformKind, ...] = ()
