"""Courses that are built once for a whole run of tests, whichever of its processes asks first."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from scorm_builder.__main__ import main


def build(source: Path, *asked: str | Path, out: Path) -> Path:
    """Build a course as the command does, and return the folder that it was built into."""
    result = CliRunner().invoke(main, ["build", str(source), *map(str, asked), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return out


def once(temporary: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name, made by the first process of this run that needs it; the others wait for it."""
    folder = _of_the_run(temporary) / name
    done = folder / "done"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make(folder)
            done.touch()
    return folder


def _of_the_run(temporary: pytest.TempPathFactory) -> Path:
    """The folder that all processes of this run share: pytest-xdist gives each worker one below it (popen-gw0, …)."""
    own = temporary.getbasetemp()
    return own.parent if own.name.startswith("popen-") else own
