"""The lists that people choose from, as measures, barriers and methods. A new one is a template and a line here."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.course.bundle import Bundle
from lti_tool.errors import NotFound
from lti_tool.texts import N_
from scorm_builder.course_format.data import Data


@dataclass(frozen=True)
class Catalogue:
    """A list of the course as it is shown."""

    name: str
    """The data file that holds it, without `.yaml`."""
    title: str
    """Translated when it is shown."""
    lead: str
    """What it is for, in a sentence."""
    template: str
    """What draws its entries, from `data`, all the files of one language."""
    search: str = ""
    """The form that asks which entries are wanted, where some can be left out."""


CATALOGUES = (
    Catalogue(
        "measures",
        N_("Measures to choose from"),
        N_("What a school can do together with parents, and what to watch for."),
        "course/catalogues/measures.html",
        "course/catalogues/measure_search.html",
    ),
    Catalogue(
        "barriers",
        N_("Barriers and what helps"),
        N_("What keeps families and staff apart, how to see it, and what to try."),
        "course/catalogues/barriers.html",
    ),
    Catalogue(
        "methods",
        N_("Ways to find out"),
        N_("Methods for an audit: what each is good for, what it needs, and how it goes."),
        "course/catalogues/methods.html",
    ),
    Catalogue(
        "ethics",
        N_("Before you collect anything"),
        N_("Questions to answer before you ask anybody, and words with which to ask for consent."),
        "course/catalogues/ethics.html",
    ),
    Catalogue(
        "platforms",
        N_("Places to meet online"),
        N_("What to ask of a platform before families use it, and what the usual kinds answer."),
        "course/catalogues/platforms.html",
    ),
    Catalogue(
        "strategies",
        N_("Strategies for partnership"),
        N_("Ways of working with families that have proved themselves."),
        "course/catalogues/strategies.html",
    ),
    Catalogue(
        "channels",
        N_("Channels"),
        N_("Ways to reach people: whom each finds, and whom it misses."),
        "course/catalogues/channels.html",
    ),
    Catalogue(
        "principles",
        N_("The principles"),
        N_("What this course takes parental engagement to be. Which do you share, and which do you doubt?"),
        "course/catalogues/principles.html",
    ),
)
_BY_NAME = {catalogue.name: catalogue for catalogue in CATALOGUES}


def catalogues_in(data: Data, names: Sequence[str]) -> list[Catalogue]:
    """Those of these names that the course has in some language and that can be shown, in the order of the names."""
    return [_BY_NAME[name] for name in names if name in _BY_NAME and name in data.files]


def find_catalogue(course: Bundle, language: str, name: str) -> Catalogue:
    """The list of this name; raises NotFound where the course has none."""
    for catalogue in catalogues_in(course.edition(language).data, [name]):
        return catalogue
    raise NotFound("catalogue")
