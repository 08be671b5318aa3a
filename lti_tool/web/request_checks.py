"""What every request is checked for: addresses and JSON bodies that databases can keep and that end in time."""

import math
from typing import Any, NoReturn, TypeVar

from flask import request
from flask.json.provider import DefaultJSONProvider
from werkzeug.routing import IntegerConverter, Map

from lti_tool.errors import BadInput, NotFound

Default = TypeVar("Default", int, None)

LARGEST_ID = 2**31 - 1
"""What PostgreSQL's `integer` holds, and so the highest identifier that a row can have."""
LONGEST_NUMBER = 18
"""Digits that every database's integers hold."""
DEEPEST = 40
"""Lists and objects within each other; our own pages send four."""


class RowId(IntegerConverter):
    """`<int:…>` in an address: an identifier that a row can have."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002 (werkzeug calls it so)
        super().__init__(map, *args, **{"max": LARGEST_ID, **options})


class StrictJson(DefaultJSONProvider):
    """Flask's JSON; raises ValueError also for numbers without end and for nesting without end."""

    def loads(self, s: str | bytes, **options: Any) -> Any:
        """The value that this text means."""
        try:
            found = super().loads(s, parse_constant=_refuse, parse_int=_whole, parse_float=_finite, **options)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        _check_depth(found)
        return found


def number_in_query(name: str, default: Default) -> int | Default:
    """The whole number that the query names, 0 to LARGEST_ID; the default where it names none.

    Raises BadInput for a number that no row of ours can have.
    """
    value = request.args.get(name, "")
    return _row_id(name, value) if _is_whole(value) else default


def row_id_in_form(name: str) -> int:
    """The identifier of a row that the form names; raises BadInput for none, or for one that no row can have."""
    value = request.form.get(name, "")
    if not _is_whole(value):
        raise BadInput(f"no {name}")
    return _row_id(name, value)


def _is_whole(value: str) -> bool:
    return value.isascii() and value.isdigit()


def _row_id(name: str, digits: str) -> int:
    if len(digits) > len(str(LARGEST_ID)) or int(digits) > LARGEST_ID:
        raise BadInput(f"{name} is too large")
    return int(digits)


def number_sent(value: object) -> int:
    """The version or number that a form or a script sent; raises BadInput."""
    try:
        return int(str(value))
    except ValueError:
        raise BadInput("no number") from None


def refuse_strange_addresses() -> None:
    """No address of ours holds a NUL, and databases stumble over it."""
    if "\x00" in request.path:
        raise NotFound("NUL in the path")
    for value in request.args.values():
        if "\x00" in value:
            raise BadInput("NUL in the query")


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("a number that long")
    return int(digits)


def _finite(digits: str) -> float:
    found = float(digits)
    if not math.isfinite(found):
        raise ValueError("a number that large")
    return found


def _check_depth(found: object) -> None:
    level = [found]
    for _ in range(DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _inside(one: object) -> list[Any]:
    if isinstance(one, dict):
        return list(one.values())
    return one if isinstance(one, list) else []
