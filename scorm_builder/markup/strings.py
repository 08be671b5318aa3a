"""What pages and player say in each language, from translations/<language>.yaml."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from scorm_builder.errors import MissingStrings

Strings = dict[str, dict[str, str]]


@cache
def strings_for(language: str) -> Strings:
    """All strings of a language, in the groups page, activity, player and preview.

    Raises MissingStrings where the language has none.
    """
    file = files("scorm_builder") / "translations" / f"{language}.yaml"
    if not file.is_file():
        raise MissingStrings(
            f"The player does not speak `{language}` yet; add scorm_builder/translations/{language}.yaml."
        )
    data: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {group: {key: str(text) for key, text in texts.items()} for group, texts in data.items()}
