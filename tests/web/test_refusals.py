"""Every refusal of every room is explained, and `lti_tool/errors.py` draws its bases as they are."""

import re
from collections.abc import Iterator

import pytest

import lti_tool.cli  # loads every room, and with them their refusals
from lti_tool import errors
from lti_tool.errors import UNKNOWN, Refusal

assert lti_tool.cli


def below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for one in kind.__subclasses__():
        if one.__module__.startswith("lti_tool."):
            yield one
            yield from below(one)


KINDS: list[type[Refusal]] = sorted(below(Refusal), key=str)


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_says_what_happened_what_it_means_and_what_to_do(kind: type[Refusal]) -> None:
    told = kind.explanation
    assert told is not UNKNOWN, "it has an explanation of its own or of the kind above it"
    for sentence in (told.title, told.meaning, told.advice):
        assert sentence.strip()
    assert not told.title.endswith(".")


def test_the_drawn_tree_of_bases_is_the_tree() -> None:
    drawn: dict[str, str] = {}
    path: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"([│├└─ ]*)([A-Z]\w+)(?: \(|$)", line)
        if found:
            depth = len(found[1]) // 4
            path[depth:] = [found[2]]
            drawn[found[2]] = path[depth - 1] if depth else "Exception"
    bases: list[type[Refusal]] = [Refusal, *(kind for kind in below(Refusal) if kind.__module__ == "lti_tool.errors")]
    assert drawn == {kind.__name__: kind.__bases__[0].__name__ for kind in bases}
