"""YAML that remembers the line of each value, so that a mistake can be named where it stands (YAML 1.1)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from scorm_builder.errors import SourceError

# The same rules in C where the library is there; many times faster.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
YamlPath = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

_SAID = {
    "string_type": "{name} must be text; put it in quotes.",
    "string_too_short": "{name} is empty; write something.",
    "int_type": "{name} must be a whole number, as in `{leaf}: 5`.",
    "int_parsing": "{name} must be a whole number, as in `{leaf}: 5`.",
    "bool_type": "{name} must be true or false.",
    "bool_parsing": "{name} must be true or false.",
    "tuple_type": "{name} must be a list; start each entry with `- `.",
    "dict_type": "{name} must hold entries, as in `{leaf}: {{en: …}}`.",
    "model_type": "{name} must hold entries, as in `key: value`.",
    "model_attributes_type": "{name} must hold entries, as in `key: value`.",
    "too_short": "{name} needs at least {min_length} entries.",
    "too_long": "{name} can have {max_length} entries at most.",
    "string_pattern_mismatch": "{name} is `{given}`; it must match {pattern} (lower-case words, as in `first-step`).",
    "literal_error": "{name} is `{given}`; it must be {expected}.",
    "greater_than_equal": "{name} is {given}; it must be at least {ge}.",
    "less_than_equal": "{name} is {given}; it must be at most {le}.",
}


@dataclass(frozen=True)
class Located:
    """Plain data from YAML with the line of each value; lines count from 1."""

    file: str
    data: Any
    lines: Mapping[YamlPath, int]

    def line(self, path: YamlPath) -> int:
        """The line of a value, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load(text: str, file: str, first_line: int, errors: list[SourceError]) -> Located | None:
    """Read YAML whose first line is `first_line` of `file`; mistakes go to `errors`."""
    try:
        node, data = _parse(text)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark
        line = first_line + (mark.line if mark else 0)
        advice = "A text that holds a colon or starts with a sign needs quotes; lists are indented evenly."
        errors.append(SourceError(file, line, f"This is not readable YAML: {problem.problem}.", advice))
        return None
    except (yaml.YAMLError, ValueError):
        errors.append(
            SourceError(
                file,
                first_line,
                "This is not readable YAML: it holds a forbidden character, or a date that there is not.",
            )
        )
        return None
    lines: dict[YamlPath, int] = {}
    for key, line in _note_lines(node, (), first_line, lines):
        errors.append(SourceError(file, line, f"`{key}` is given twice here; keep one."))
    return Located(file, data, lines)


@lru_cache(maxsize=4096)
def _parse(text: str) -> tuple[yaml.Node | None, Any]:
    """The nodes, for their lines, and the data; read once, also where a course is read again after each save."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node is not None else None
    finally:
        loader.dispose()


def check(
    model: type[Model],
    source: Located,
    errors: list[SourceError],
    path: YamlPath = (),
    data: Any = None,
) -> Model | None:
    """Make a model of `data` (else of all the source's data); mistakes go to `errors`, each with its line."""
    try:
        return model.model_validate(source.data if data is None else data)
    except ValidationError as problem:
        for detail in problem.errors(include_url=False):
            where = (*path, *detail["loc"])
            errors.append(SourceError(source.file, source.line(where), _sentence(model, dict(detail))))
        return None


def _note_lines(
    node: yaml.Node | None, path: YamlPath, first: int, lines: dict[YamlPath, int]
) -> Iterator[tuple[str, int]]:
    """Fill `lines`; gives the keys that stand twice in one mapping (PyYAML takes the last), with their lines."""
    if node is None:
        return
    lines.setdefault(path, first + node.start_mark.line)
    if isinstance(node, yaml.SequenceNode):
        for place, child in enumerate(node.value):
            yield from _note_lines(child, (*path, place), first, lines)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            below = (*path, str(key.value))
            line = first + key.start_mark.line
            if below in lines:
                yield str(key.value), line
            lines[below] = line
            yield from _note_lines(child, below, first, lines)


def _sentence(model: type[BaseModel], detail: dict[str, Any]) -> str:
    """What is wrong and how it should look, for one pydantic error."""
    path: YamlPath = detail["loc"]
    name = f"`{_dotted(path)}`" if path else "This"
    leaf = str(path[-1]) if path else ""
    if detail["type"] == "missing":
        return f"{name} is missing; add `{leaf}: …`."
    if detail["type"] == "extra_forbidden":
        return f"{name} is not known here{_guess(model, leaf)}."
    template = _SAID.get(detail["type"])
    if template is None:
        return str(detail["msg"])
    given = {"given": detail.get("input"), **detail.get("ctx", {})}
    return template.format(name=name, leaf=leaf, **given)


def _dotted(path: YamlPath) -> str:
    words = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path]
    return "".join(words).lstrip(".")


def _guess(model: type[BaseModel], leaf: str) -> str:
    close = get_close_matches(leaf, list(model.model_fields), n=1)
    return f"; did you mean `{close[0]}`?" if close else f"; known: {', '.join(model.model_fields)}"
