"""Course to HTML: a unit as one fragment, the same for every exporter; the exporter adds what is around it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from scorm_builder.course.activities import Activity
from scorm_builder.course.model import Course, Unit, short_key
from scorm_builder.course.paper import Handout
from scorm_builder.course_format.catalogues import Term
from scorm_builder.markup.strings import Strings, strings_for
from scorm_builder.markup.templating import render
from scorm_builder.player_files import player_addresses


@dataclass(frozen=True)
class Surroundings:
    """What differs between a package and the tool: where the journal's `{prompt}` and the planner's `{section}` are."""

    journal_link: str | None = None
    planner_link: str | None = None


@lru_cache(maxsize=128)
def unit_fragment(course: Course, unit: Unit, surroundings: Surroundings, later: str | None = None) -> str:
    """The whole unit as one HTML fragment: menu, progress bar, every page a section, references.

    Where `later` names a script, all pages but the first are left to it, and only their headings are here.
    """
    say = strings_for(unit.language)

    def page_html(number: int) -> Markup:
        return Markup("" if later and number else _page_html(course, unit, surroundings, number))  # noqa: S704 - just rendered

    return render(
        "unit.html",
        unit.head.references,
        course=course,
        unit=unit,
        say=say,
        page_html=page_html,
        module_title=course.module_of(unit.id).title[unit.language],
        terms=terms_of(unit, course.editions[unit.language].data.terms),
        player_strings=json.dumps(player_strings(say), ensure_ascii=False, sort_keys=True),
        later=later,
        activities=json.dumps(activities_outline(unit), ensure_ascii=False, sort_keys=True),
    )


@lru_cache(maxsize=1024)
def _page_html(course: Course, unit: Unit, surroundings: Surroundings, number: int) -> str:
    """What stands on a page beneath its heading."""

    def activity_html(activity: Activity) -> Markup:
        # Most activities lead nowhere: they are the same in the tool and in every package.
        journal_link = surroundings.journal_link if getattr(activity, "prompt", None) else None
        return Markup(_activity_html(course, unit, activity.id, journal_link))  # noqa: S704 - just rendered

    return render(
        "page.html",
        unit.head.references,
        unit=unit,
        say=strings_for(unit.language),
        journal_link=surroundings.journal_link,
        planner_link=surroundings.planner_link,
        page=unit.pages[number],
        previous=unit.pages[number - 1] if number else None,
        following=unit.pages[number + 1] if number + 1 < len(unit.pages) else None,
        activity_html=activity_html,
    )


@lru_cache(maxsize=4096)
def _activity_html(course: Course, unit: Unit, identifier: str, journal_link: str | None) -> str:
    return render(
        "activity.html",
        unit.head.references,
        activity=next(one for one in unit.activities if one.id == identifier),
        unit=unit,
        say=strings_for(unit.language),
        journal_link=journal_link,
        handouts=course.editions[unit.language].handouts,
        pool={activity.id for activity in unit.pool},
    )


def later_pages(course: Course, unit: Unit) -> str:
    """A script with all pages but the first: a script can be loaded where a package is opened from a folder, too."""
    pages = {
        page.id: _page_html(course, unit, Surroundings(), number) for number, page in enumerate(unit.pages) if number
    }
    return f"window.partnerwisePages = {json.dumps(pages, ensure_ascii=False)};\n"


def activities_outline(unit: Unit) -> list[dict[str, Any]]:
    """What the player must know of activities that are not in the page."""
    pool = {activity.id for activity in unit.pool}
    return [
        {
            "id": one.id,
            "key": short_key(f"activity:{one.id}"),
            "kind": one.kind,
            "counts": one.counts,
            "pool": one.id in pool,
        }
        for one in unit.activities
    ]


def package_page(course: Course, unit: Unit, tracker: str, later: str | None = None, *, played: bool = True) -> str:
    """The fragment inside a page of its own, with the player of one tracker; if not `played` it can only be read."""
    fragment = Markup(unit_fragment(course, unit, Surroundings(), later))  # noqa: S704 - just rendered
    return render("index.html", unit=unit, played=played, player=player_addresses(tracker), fragment=fragment)


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
