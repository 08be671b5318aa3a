"""The builder's own reckoning of how long the player's stored progress gets: SCORM 1.2 has little room."""

import json
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings

from scorm_builder.stored_size import LIMIT, stored_size
from tests.scorm_builder.full_modules import fullest_progress, modules, outline
from tests.scorm_builder.site import ROOT
from tools.browser_parts import find_node
from tools.workshop import VENV

Stored = Callable[[Any, int], int]


@pytest.fixture(scope="module")
def stored() -> Iterator[Stored]:
    """How many characters the player itself needs for the fullest progress through a module, within a limit."""
    node = find_node(VENV.glob("lib/python3*/site-packages"))
    assert node is not None
    command = [node.node, ROOT / "tests" / "player" / "support" / "stored_length.js"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as player:
        assert player.stdin is not None
        assert player.stdout is not None
        asked, answers = player.stdin, player.stdout

        def length(module: Any, limit: int) -> int:
            outlines = [outline(unit) for unit in module]
            line = json.dumps({"units": fullest_progress(module), "outlines": outlines, "limit": limit})
            asked.write(f"{line}\n")
            asked.flush()
            return int(answers.readline())

        yield length


@settings(max_examples=100, deadline=None)
@given(module=modules())
def test_the_fullest_progress_is_as_long_as_the_builder_says(stored: Stored, module: Any) -> None:
    assert stored(module, 0) == stored_size(module)


@settings(max_examples=40, deadline=None)
@given(module=modules())
def test_every_module_that_the_builder_accepts_fits(stored: Stored, module: Any) -> None:
    assume(stored_size(module) <= LIMIT)
    assert stored(module, LIMIT) <= LIMIT
