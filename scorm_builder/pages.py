"""Course to HTML: a unit as one fragment, the same for every exporter; the exporter adds what is around it."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scorm_builder import markup
from scorm_builder.activities import Activity
from scorm_builder.catalogues import Term
from scorm_builder.citing import label_of
from scorm_builder.course import Course, Reference, Unit, short_key
from scorm_builder.paper import Handout
from scorm_builder.strings import Strings, strings_for

_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


@dataclass(frozen=True)
class Surroundings:
    """What differs between a package and the tool: where the journal's `{prompt}` and the planner's `{section}` are."""

    journal_link: str | None = None
    planner_link: str | None = None


def unit_fragment(course: Course, unit: Unit, surroundings: Surroundings) -> str:
    """The whole unit as one HTML fragment: menu, progress bar, every page a section, references."""
    templates = environment(unit.head.references)
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
    activity_template = templates.get_template("activity.html")

    def activity_html(activity: Activity) -> Markup:
        return Markup(activity_template.render(activity=activity, **shared))  # noqa: S704 - the template escapes

    return templates.get_template("unit.html").render(
        activity_html=activity_html,
        module_title=course.module_of(unit.id).title[unit.language],
        terms=terms_of(unit, edition.data.terms),
        player_strings=json.dumps(player_strings(say), ensure_ascii=False, sort_keys=True),
        **shared,
    )


def package_page(course: Course, unit: Unit, tracker: str | None) -> str:
    """The fragment inside a page of its own, with the player of one tracker; without one it can only be read."""
    fragment = unit_fragment(course, unit, Surroundings())
    template = environment(unit.head.references).get_template("index.html")
    return template.render(unit=unit, tracker=tracker, fragment=Markup(fragment))  # noqa: S704 - just rendered


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


def environment(references: Sequence[Reference]) -> Environment:
    """The templates, with filters that name these references."""
    made = Environment(
        loader=PackageLoader("scorm_builder"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=False,
    )
    labels = {reference.id: reference.short or label_of(reference.text) for reference in references}

    def inline(text: str) -> Markup:
        return Markup(markup.inline(text, labels))  # noqa: S704 - markdown-it escapes the author's HTML

    made.filters |= {
        "inline": inline,
        "block": lambda text: Markup(markup.block(text, labels)),  # noqa: S704 - as above
        "direction": lambda language: "rtl" if language in _RIGHT_TO_LEFT else "ltr",
        "cited": lambda identifier: inline(f"[@{identifier}]"),
        "handout_path": handout_path,
        "plain": lambda text: unescape(re.sub(r"<[^>]+>", "", inline(text))),
        "fill": lambda text, **values: text.format(**values),
        "short_key": short_key,
        "shuffled": shuffled,
        "without_scheme": lambda url: url.removeprefix("https://").removeprefix("http://"),
    }
    return made


def handout_path(identifier: str, language: str) -> str:
    """Where a handout lies in a package and beside the tool's unit page."""
    return f"assets/handouts/{identifier}.{language}.html"


def handout_page(handout: Handout, language: str) -> str:
    """A handout as a page of its own, to be read and printed."""
    template = environment(()).get_template("handout.html")
    html = handout.html.replace('src="assets/', 'src="../')
    return template.render(handout=handout.head, language=language, say=strings_for(language), body=Markup(html))  # noqa: S704 - made by us


def shuffled(count: int, seed: str) -> list[int]:
    """The numbers below `count` in an order that looks random, is always the same, and is never sorted."""
    order = sorted(range(count), key=lambda place: hashlib.sha256(f"{seed}:{place}".encode()).digest())
    return order if order != sorted(order) else [*order[1:], order[0]]
