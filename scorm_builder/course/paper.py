"""What a facilitator works with, as the sources have it: module pages, session plans and handouts."""

from dataclasses import dataclass

from scorm_builder.course_format.paper import HandoutHead, ModuleHead, PlanHead


@dataclass(frozen=True)
class ModulePage:
    """A module's page: the overview for trainees and the part for the facilitator, as HTML."""

    head: ModuleHead
    overview: str
    facilitator: str


@dataclass(frozen=True)
class Plan:
    """A session plan; `note` is the facilitator's, as HTML."""

    head: PlanHead
    note: str


@dataclass(frozen=True)
class Handout:
    """A handout; `html` is its body, `files` are the pictures that it shows."""

    head: HandoutHead
    html: str
    files: frozenset[str]
