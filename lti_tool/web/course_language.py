"""In which language the course is shown, which need not be the page's: the tool may have no words in that language.

The course speaks the language that the person chose, else the one that the platform asked for, else the browser's, else
the page's, as far as the course has it.
"""

from functools import cache
from urllib.parse import urlsplit

from babel import Locale
from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from markupsafe import Markup

from lti_tool.errors import BadInput
from lti_tool.people.languages import choose_course_language
from lti_tool.web.application import db, parts
from lti_tool.web.languages import base_language, language
from lti_tool.web.session import known_visit, visit

blueprint = Blueprint("course_language", __name__, url_prefix="/l/<launch_id>/language")


@blueprint.post("/")
def choose() -> ResponseReturnValue:
    """Show the course in this language from now on, wherever this person opens it."""
    wanted = request.form.get("language", "")
    if wanted not in parts().course.languages:
        raise BadInput("no language of the course")
    choose_course_language(db(), visit().user.id, wanted)
    return redirect(_way_back(request.form.get("back", "")), 303)


def course_language() -> str:
    """The language in which this request shows the course."""
    if "course_language" in g:
        found: str = g.course_language
        return found
    found = _find()
    if known_visit():  # before that it is not known who asks
        g.course_language = found
    return found


def course_languages() -> list[tuple[str, str, bool]]:
    """What can be chosen: each language's code, its name in itself, and whether it is shown now; none of one alone."""
    known = parts().course.languages
    if len(known) == 1:
        return []
    return [(code, own_name(code), code == course_language()) for code in known]


def own_name(code: str) -> str:
    """The name of a language in itself."""
    return Locale.parse(code).get_display_name() or code


def language_name(code: str) -> str:
    """The name of a language in the language of this page."""
    return Locale.parse(code).get_display_name(get_locale()) or code


def spoken(code: str) -> Markup:
    """The attributes of an element whose text is in this language; where that is not known, it is ""."""
    if not code:
        return Markup('dir="auto"')
    return Markup('lang="{}" dir="{}"').format(code, _direction(code))


def words_in(text: str, code: str) -> str:
    """A text in this language, as an element of its own where the page speaks another one."""
    if not text or code in {"", language()}:
        return text
    return Markup("<span {}>{}</span>").format(spoken(code), text)


def course_words(text: str) -> str:
    """A text of the course in the language in which this request shows it."""
    return words_in(text, course_language())


@cache
def _direction(code: str) -> str:
    return Locale.parse(code).text_direction


def _find() -> str:
    seen, course = known_visit(), parts().course
    if seen and seen.course_language in course.languages:
        return seen.course_language
    wanted = base_language(seen.locale) if seen else ""
    if wanted in course.languages:
        return wanted
    return course.language(request.accept_languages.best_match(course.languages) or language())


def _way_back(address: str) -> str:
    """The page that was left, where it is one of this launch."""
    overview = url_for("course.overview")
    own = overview.removesuffix("course/")
    parsed = urlsplit(address)
    inside = address.startswith(own) and not parsed.netloc and ".." not in address and "\\" not in address
    return address if inside and address.isprintable() else overview
