"""Texts of units and prompts for templates, marked with the language that they are in."""

from lti_tool.course.prompts import language_of_prompt
from lti_tool.course.views.shared import blueprint
from lti_tool.web.application import parts
from lti_tool.web.course_language import course_language, words_in
from scorm_builder.course_format.journal import Prompt
from scorm_builder.course_format.units import Unit


@blueprint.app_template_global()
def unit_language(unit: Unit) -> str:
    """The language in which this request shows the unit: the course's first where it is not in the chosen one."""
    return parts().course.unit_language(unit, course_language())


@blueprint.app_template_global()
def unit_words(unit: Unit, name: str = "title") -> str:
    """A text of the unit: its title, or its summary."""
    code = unit_language(unit)
    texts: dict[str, str] = getattr(unit, name)
    return words_in(texts.get(code, ""), code)


@blueprint.app_template_global()
def prompt_language(prompt: Prompt) -> str:
    """The language that the prompt is in; "" where a trainer wrote it in a language of their own."""
    return language_of_prompt(parts().course, prompt, course_language())


@blueprint.app_template_global()
def prompt_words(prompt: Prompt, name: str = "title") -> str:
    """A text of the prompt that is no HTML: its title, or its name with the course's code."""
    return words_in(getattr(prompt, name), prompt_language(prompt))
