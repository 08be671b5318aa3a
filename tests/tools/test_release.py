"""`make release` writes version and date down, commits and tags them, or says why it does not."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from tools.release import NotReady, release

TODAY = date(2026, 12, 1)


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text("# Changes\n\n## 0.2.0 (unreleased)\n\n- New.\n\n## 0.1.0 (2026-11-01)\n")
    git(tmp_path, "init", "--quiet")
    for name, value in (("name", "Alice Adams"), ("email", "alice@school.example")):
        git(tmp_path, "config", f"user.{name}", value)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "All of it")
    return tmp_path


def test_a_release_is_dated_committed_and_tagged(project: Path) -> None:
    assert release(project, "0.2.0", TODAY) == "v0.2.0"
    assert "## 0.2.0 (2026-12-01)" in (project / "CHANGELOG.md").read_text()
    assert 'version = "0.2.0"' in (project / "pyproject.toml").read_text()
    assert git(project, "status", "--porcelain") == ""
    assert git(project, "describe").strip() == "v0.2.0"


def test_a_release_is_not_made_of_changes_that_nobody_committed(project: Path) -> None:
    (project / "CHANGELOG.md").write_text("# Changes\n")
    with pytest.raises(NotReady, match="not committed"):
        release(project, "0.2.0", TODAY)


@pytest.mark.parametrize("version", ["", "2", "0.2", "0.2.0rc1", "0.2.0; rm -rf"])
def test_a_release_has_a_version_of_three_numbers(project: Path, version: str) -> None:
    with pytest.raises(NotReady, match="three numbers"):
        release(project, version, TODAY)


def test_a_version_is_released_once(project: Path) -> None:
    release(project, "0.2.0", TODAY)
    with pytest.raises(NotReady, match="released before"):
        release(project, "0.2.0", TODAY)


def test_a_release_needs_an_entry_in_the_changelog(project: Path) -> None:
    release(project, "0.2.0", TODAY)
    with pytest.raises(NotReady, match=r"CHANGELOG\.md"):
        release(project, "0.3.0", TODAY)
