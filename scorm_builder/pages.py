"""Course to HTML: a unit as one fragment, the same for every exporter; the exporter adds what is around it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from scorm_builder.activities import Activity
from scorm_builder.catalogues import Term
from scorm_builder.course import Course, Unit
from scorm_builder.paper import Handout
from scorm_builder.strings import Strings, strings_for
from scorm_builder.templating import render


@dataclass(frozen=True)
class Surroundings:
    """What differs between a package and the tool: where the journal's `{prompt}` and the planner's `{section}` are."""

    journal_link: str | None = None
    planner_link: str | None = None


@lru_cache(maxsize=128)
def unit_fragment(course: Course, unit: Unit, surroundings: Surroundings) -> str:
    """The whole unit as one HTML fragment: menu, progress bar, every page a section, references."""
    say = strings_for(unit.language)
    edition = course.editions[unit.language]
    shared = {
        "course": course,
        "unit": unit,
        "say": say,
        "journal_link": surroundings.journal_link,
        "planner_link": surroundings.planner_link,
        "handouts": edition.handouts,
        "pool": {activity.id for activity in unit.pool},
    }

    def activity_html(activity: Activity) -> Markup:
        return Markup(render("activity.html", unit.head.references, activity=activity, **shared))  # noqa: S704 - escaped there

    return render(
        "unit.html",
        unit.head.references,
        activity_html=activity_html,
        module_title=course.module_of(unit.id).title[unit.language],
        terms=terms_of(unit, edition.data.terms),
        player_strings=json.dumps(player_strings(say), ensure_ascii=False, sort_keys=True),
        **shared,
    )


def package_page(course: Course, unit: Unit, tracker: str | None) -> str:
    """The fragment inside a page of its own, with the player of one tracker; without one it can only be read."""
    fragment = unit_fragment(course, unit, Surroundings())
    return render("index.html", unit=unit, tracker=tracker, fragment=Markup(fragment))  # noqa: S704 - just rendered


def terms_of(unit: Unit, glossary: Mapping[str, Term]) -> list[Term]:
    """The terms that a unit's pop-ups can show: those it links, and those that these name in turn; by title."""
    reached: dict[str, Term] = {}
    waiting = [term for page in unit.pages for term in page.terms]
    while waiting:
        term = glossary[waiting.pop()]
        if term.id not in reached:
            reached[term.id] = term
            waiting += term.see
    return sorted(reached.values(), key=lambda term: term.term.casefold())


def player_strings(say: Strings) -> dict[str, str]:
    """Every word that the player may use."""
    return {**say["player"], "turn": say["activity"]["turn"]}


def handout_page(handout: Handout, language: str) -> str:
    """A handout as a page of its own, to be read and printed."""
    html = handout.html.replace('src="assets/', 'src="../')
    return render("handout.html", handout=handout.head, language=language, say=strings_for(language), body=Markup(html))  # noqa: S704 - made by us
