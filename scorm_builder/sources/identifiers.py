"""Identifiers in the data files of a course."""

from typing import Any


def identifiers(value: Any) -> set[str]:
    """Every `id` in dumped data, at any depth, as a path: `measures/m01`."""
    return set(_paths(value, ""))


def _paths(value: Any, above: str) -> list[str]:
    if isinstance(value, dict):
        return [path for key, child in value.items() for path in _paths(child, f"{above}{key}/")]
    if not isinstance(value, list | tuple):
        return []
    found = []
    for child in value:
        name = child.get("id") if isinstance(child, dict) else None
        if name is not None:
            found.append(f"{above}{name}")
        found += _paths(child, f"{above}{name}/" if name is not None else above)
    return found
