"""Pages that survive an LMS's purifier: no classes, scripts, buttons or links between files; activities as text."""

import re
from collections.abc import Sequence
from html import escape, unescape
from urllib.parse import unquote

from lxml import html
from markupsafe import Markup

from scorm_builder.cartridge.quizzes import is_asked_in_quizzes
from scorm_builder.cartridge.resources import Resource, place_of
from scorm_builder.course.activities import Activity
from scorm_builder.course.model import Course, Module, Page, Unit
from scorm_builder.course.paper import Handout, ModulePage, Plan
from scorm_builder.course.scenarios import Scenario
from scorm_builder.markup import markdown
from scorm_builder.markup.strings import strings_for
from scorm_builder.markup.templating import render

_PLAIN = {"aside": "blockquote", "section": "div", "figure": "div", "figcaption": "p"}
_KEPT = {"href", "src", "alt", "width", "height", "lang", "dir", "colspan", "rowspan", "scope"}


def page_resource(unit: Unit, page: Page) -> Resource:
    """One page of a unit as web content, with the pictures that it needs."""
    body = "".join(part if isinstance(part, str) else _told(part, unit) for part in page.parts)
    return _resource(f"{unit.id}-{page.id}", f"pages/{unit.id}/{page.id}.html", page.title, body, unit.language)


def start_resource(course: Course, units: Sequence[Unit], language: str) -> Resource:
    """What the course is about: its modules with their aims and units."""
    parts = []
    for module in course.head.modules:
        inside = [unit for unit in units if unit.id in module.units]
        if inside:
            parts.append(f"<h2>{escape(module.title[language])}</h2>{_aim(module, inside, language)}")
    return _resource("start-page", "pages/start.html", course.head.title[language], "".join(parts), language)


def aim_resource(module: Module, units: Sequence[Unit], language: str) -> tuple[Resource, str]:
    """A module's overview where the course has none: its aim and its units, with the title."""
    title = strings_for(language)["page"]["overview"]
    path = f"pages/{module.id}/overview.html"
    return _resource(f"{module.id}-overview", path, title, _aim(module, units, language), language), title


def _aim(module: Module, units: Sequence[Unit], language: str) -> str:
    listed = "".join(f"<li>{escape(unit.head.title)}</li>" for unit in units)
    return f"<p>{escape(module.aim[language])}</p><ul>{listed}</ul>"


def module_resources(module: Module, page: ModulePage, language: str) -> list[tuple[Resource, str]]:
    """A module's overview for all, and its part for the facilitator, with their titles."""
    say = strings_for(language)["page"]
    made = []
    for name, body in (("overview", page.overview), ("facilitator", page.facilitator)):
        path, for_instructors = f"pages/{module.id}/{name}.html", name == "facilitator"
        resource = _resource(f"{module.id}-{name}", path, say[name], body, language, for_instructors=for_instructors)
        made.append((resource, say[name]))
    return made


def handout_resource(handout: Handout, language: str) -> Resource:
    """A handout as web content, for instructors, who give it out."""
    head = handout.head
    path = f"pages/{head.unit}/handout-{head.id}.html"
    body = handout.html.replace('<span class="pw-blank', "____________<span ")
    return _resource(f"handout-{head.id}", path, head.title, body, language, for_instructors=True)


def plan_resource(plan: Plan, language: str) -> Resource:
    """A session plan as web content, for instructors."""
    head = plan.head
    body = render("plan.html", plan=head, say=strings_for(language), note=Markup(plan.note))  # noqa: S704 - made by us
    path = f"pages/{head.unit}/plan.html"
    return _resource(f"plan-{head.unit}", path, head.title, body, language, for_instructors=True)


def references_resource(unit: Unit) -> Resource:
    """The works that a unit cites."""
    entries = "".join(f"<li>{markdown.inline(one.text, {})}{_address(one.url)}</li>" for one in unit.head.references)
    title = strings_for(unit.language)["page"]["references"]
    path = f"pages/{unit.id}/references.html"
    return _resource(f"{unit.id}-references", path, title, f"<ul>{entries}</ul>", unit.language)


def plain_html(fragment: str) -> str:
    """HTML with plain elements and attributes alone; what led to other places of the unit becomes text."""
    root = html.fragment_fromstring(fragment, create_parent="div")
    for element in list(root.iter()):
        target = element.get("href", "")
        if element.tag == "button" or (element.tag == "a" and not target.startswith(("http", "mailto"))):
            element.tag = "span"
        element.tag = _PLAIN.get(element.tag, element.tag)
        for name in set(element.attrib) - (_KEPT if element.tag != "span" else set()):
            del element.attrib[name]
    written = html.tostring(root, encoding="unicode", method="xml")
    return re.sub(r"</?span>|<span/>", "", written.removeprefix("<div>").removesuffix("</div>"))


def _resource(
    identifier: str, path: str, title: str, body: str, language: str, *, for_instructors: bool = False
) -> Resource:
    plain = plain_html(body)
    needs: dict[str, None] = {}

    def placed(source: re.Match[str]) -> str:
        place = place_of(unquote(unescape(source[1])))
        needs[place] = None
        return f'src="{"../" * path.count("/")}{place}"'

    inside = re.sub(r'src="(assets/[^"]+)"', placed, plain)
    text = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8"/>\n<title>{escape(title)}</title>\n'
        f"</head>\n<body>\n{inside}\n</body>\n</html>\n"
    )
    return Resource(identifier, "webcontent", {path: text.encode()}, tuple(needs), for_instructors)


def _told(activity: Activity, unit: Unit) -> str:
    """An activity to be read, or nothing where the quizzes ask it."""
    if is_asked_in_quizzes(activity):
        return ""
    scenes = activity.scenes if isinstance(activity, Scenario) else ()
    numbers = {scene.id: number for number, scene in enumerate(scenes, 1)}
    say = strings_for(unit.language)
    return render("told.html", unit.head.references, activity=activity, unit=unit, say=say, numbers=numbers)


def _address(url: str | None) -> str:
    return f' <a href="{escape(url)}">{escape(url)}</a>' if url else ""
