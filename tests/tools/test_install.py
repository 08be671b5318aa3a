"""Finding a Python that is new enough."""

import ast
import sys
from pathlib import Path

import pytest

from tools import install

ROOT = Path(install.__file__).parents[1]


def put_command(folder: Path, name: str, exit_code: int) -> Path:
    command = folder / name
    command.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    command.chmod(0o755)
    return command


@pytest.mark.parametrize("file", ["tools/__init__.py", "tools/install.py"])
def test_python_3_7_can_read_what_tells_it_that_it_is_too_old(file: str) -> None:
    ast.parse((ROOT / file).read_text(), feature_version=(3, 7))


@pytest.mark.parametrize(
    ("version", "fits"),
    [((3, 10, 12), False), ((3, 11, 0), True), ((3, 14, 2), True), ((3, 15, 0), False), ((4, 12, 0), False)],
)
def test_only_the_promised_versions_suit(version: tuple[int, ...], fits: bool) -> None:
    assert install.suits(version) is fits


def test_a_too_old_python_gets_one_sentence_with_what_was_found_and_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install.main() == 1
    told = capsys.readouterr()
    assert "needs Python 3.11 to 3.14" in told.err
    assert "is Python 3.9.2" in told.err
    assert len(told.err.splitlines()) == 1
    assert told.out == ""


def test_the_newest_python_that_really_starts_is_taken_from_the_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    put_command(tmp_path, "python3.14", exit_code=127)  # a version manager's stand-in for what is not installed
    expected = put_command(tmp_path, "python3.13", exit_code=0)
    put_command(tmp_path, "python3.11", exit_code=0)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install.newest_on_path() == str(expected)
