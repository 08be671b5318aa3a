"""In which language a page speaks: what the platform asked for, else what the browser asks for, else English."""

from functools import cache, cached_property
from pathlib import Path

from babel.support import NullTranslations
from flask import Flask, g, request
from flask_babel import Babel, Domain, format_decimal, get_locale, get_translations

from lti_tool.web.session import known_visit

TRANSLATIONS = Path(__file__).parent.parent / "translations"


@cache
def languages() -> tuple[str, ...]:
    """English, in which the tool is written, and every language that has a translation."""
    return ("en", *sorted(found.parent.parent.name for found in TRANSLATIONS.glob("*/LC_MESSAGES/*.mo")))


class _Babel(Babel):  # type: ignore[misc]
    """Reads each catalogue once: Flask-Babel reads it anew for every request."""

    @cached_property
    def domain_instance(self) -> Domain:
        """The one domain, with the catalogues that were read."""
        return Domain()


def speak_languages(app: Flask) -> None:
    """Give the app its languages: dates, numbers and words, in Python and in templates."""
    _Babel(app, default_translation_directories=str(TRANSLATIONS), locale_selector=choose_language)
    app.add_template_filter(points)
    # Flask-Babel looks the language up for each of a page's hundred words, which takes a third of the page's time.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().ugettext(text),
        lambda one, many, number: _translations().ungettext(one, many, number),
        newstyle=True,
        pgettext=lambda context, text: _translations().upgettext(context, text),
        npgettext=lambda context, one, many, number: _translations().unpgettext(context, one, many, number),
    )


def points(value: float) -> str:
    """Points as the page's language writes numbers, with two decimals where they are needed: `6.67`, `6,67`, `10`."""
    return str(format_decimal(value, format="#,##0.##"))


def _translations() -> NullTranslations:
    """The words of this request's language, which templates do not change."""
    if "translations" not in g:
        g.translations = get_translations()
    found: NullTranslations = g.translations
    return found


def choose_language() -> str:
    """The language of this request."""
    seen = known_visit()
    wanted = base_language(seen.locale) if seen else ""
    if wanted in languages():
        return wanted
    return request.accept_languages.best_match(languages()) or "en"


def base_language(tag: str) -> str:
    """The language in a platform's tag, without the country: `el` of `el-GR` or `el_GR`."""
    return tag.replace("_", "-").split("-")[0].lower()


def language() -> str:
    """The language of this page, as two letters."""
    locale = get_locale()
    return str(locale.language) if locale else "en"


def direction() -> str:
    """`rtl` for scripts that run from right to left, else `ltr`."""
    locale = get_locale()
    return str(locale.text_direction) if locale else "ltr"
