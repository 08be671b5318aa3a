"""In which language a page speaks: what the platform asked for, else what the browser asks for, else English."""

from functools import cache
from pathlib import Path

from flask import request
from flask_babel import get_locale

from lti_tool.web.session import known_visit

TRANSLATIONS = Path(__file__).parent.parent / "translations"


@cache
def languages() -> tuple[str, ...]:
    """English, in which the tool is written, and every language that has a translation."""
    return ("en", *sorted(found.parent.parent.name for found in TRANSLATIONS.glob("*/LC_MESSAGES/*.mo")))


def choose_language() -> str:
    """The language of this request."""
    seen = known_visit()
    if seen and seen.locale:
        wanted = seen.locale.replace("_", "-").split("-")[0].lower()
        if wanted in languages():
            return wanted
    return request.accept_languages.best_match(languages()) or "en"


def language() -> str:
    """The language of this page, as two letters."""
    locale = get_locale()
    return str(locale.language) if locale else "en"


def direction() -> str:
    """`rtl` for scripts that run from right to left, else `ltr`."""
    locale = get_locale()
    return str(locale.text_direction) if locale else "ltr"
