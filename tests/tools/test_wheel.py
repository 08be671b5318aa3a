"""The wheel: built from a clean copy of the sources, installed into an empty environment, and started from there."""

import os
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.fixtures.once import once_a_run
from tests.fixtures.ports import free_port
from tests.fixtures.waiting import until
from tools.workshop import NO_NETWORK, ROOT

pytestmark = pytest.mark.slow
COURSE = "course_packages/parental_engagement"


def run(*command: str | Path, cwd: Path, **settings: str) -> str:
    """Run a command that must succeed; without a network there is nothing to test here."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PARTNERWISE_", "PYTHON"))}
    answer = subprocess.run(
        command,
        cwd=cwd,
        env={**env, "PIP_DISABLE_PIP_VERSION_CHECK": "1", **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if answer.returncode and any(sign in answer.stdout.lower() for sign in NO_NETWORK) and not os.environ.get("CI"):
        pytest.skip("no network: the package registry cannot be reached")
    assert answer.returncode == 0, answer.stdout
    return answer.stdout


@pytest.fixture(scope="session")
def clean_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that git holds or would hold, and nothing that was built or installed."""
    return once_a_run(tmp_path_factory, "clean-copy", copy_repository)


def copy_repository(copy: Path) -> None:
    for name in repository_files():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((ROOT / name).read_bytes())


def repository_files() -> list[str]:
    names = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=ROOT).split("\0")
    return [name for name in names if name and (ROOT / name).is_file()]


@pytest.fixture(scope="session")
def wheel(clean_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once a run."""

    def build(place: Path) -> None:
        run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--wheel-dir", place, clean_copy, cwd=place)

    (built,) = once_a_run(tmp_path_factory, "wheels", build).glob("partnerwise-*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an environment that holds the wheel and what it asks for."""

    def install(place: Path) -> None:
        run(sys.executable, "-m", "venv", "--without-pip", place / "venv", cwd=place)
        pip = (sys.executable, "-m", "pip", "--python", place / "venv" / "bin" / "python")
        run(*pip, "install", "--no-compile", "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=place)
        run(*pip, "install", "--no-compile", "--no-deps", wheel, cwd=place)
        run(*pip, "check", cwd=place)

    return once_a_run(tmp_path_factory, "installed", install) / "venv" / "bin"


@pytest.fixture
def served(installed: Path, tmp_path: Path) -> Iterator[int]:
    """The port of the tool, started from the wheel in an empty folder."""
    settings = {"PARTNERWISE_SECRET_KEY": "not a secret, just long enough for it", "PATH": os.environ["PATH"]}
    run(installed / "partnerwise", "migrate", cwd=tmp_path, **settings)
    port = free_port()
    settings["PARTNERWISE_BASE_URL"] = f"http://127.0.0.1:{port}"
    command = (installed / "partnerwise", "serve", "--port", str(port))
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=tmp_path, env=settings, stdout=log, stderr=log)
    try:
        until(lambda: process.poll() is not None or is_well(port), "an answer", despite=(OSError, HTTPException))
        assert process.poll() is None, (tmp_path / "log").read_text()
        yield port
    finally:
        process.terminate()
        process.wait(20)


def get(port: int, path: str) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
        assert answer.status == 200


def is_well(port: int) -> bool:
    get(port, "/healthz")
    return True


def test_the_wheel_holds_the_built_parts_and_the_course_but_no_tools_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "lti_tool/web/static/build/manifest.json",
        "lti_tool/demo/static/build/manifest.json",
        "lti_tool/course/bundle/bundle.json",
        "lti_tool/course/bundle/units/m1u1.en.html",
        "scorm_builder/player/built/scorm12.js",
        "scorm_builder/player/built/player.css",
        "scorm_builder/preview/built/preview.js",
        "scorm_builder/preview/templates/preview.html",
        "scorm_builder/templates/unit.html",
        f"{COURSE}/course.yaml",
        f"{COURSE}/en/m1u1.md",
    ):
        assert name in names
    assert any(name.startswith("lti_tool/demo/packages/") and name.endswith(".zip") for name in names)
    assert any(name.endswith(".html") and "/templates/" in name and name.startswith("lti_tool/") for name in names)
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "course_packages",
        "lti_tool",
        "scorm_builder",
    }


def test_the_source_distribution_holds_all_that_the_repository_holds_and_nothing_built(
    wheel: Path, clean_copy: Path, tmp_path: Path
) -> None:
    assert (
        wheel
    )  # built before, so that nobody builds in that copy now, and what was built in it is there to be left out
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=clean_copy)
    (archive,) = tmp_path.glob("partnerwise-*.tar.gz")
    names = {name.partition("/")[2] for name in run("tar", "-tzf", archive, cwd=tmp_path).splitlines()}
    assert set(repository_files()) - names == set()
    assert names - set(repository_files()) == {"PKG-INFO"}


def test_the_tool_starts_from_the_wheel_and_serves_its_bundles(served: int, wheel: Path) -> None:
    get(served, "/healthz")
    bundles = [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("lti_tool/web/static/build/web/")]
    assert bundles
    for name in bundles:
        get(served, name.removeprefix("lti_tool/web"))


def test_the_builder_builds_the_course_that_came_with_the_wheel(installed: Path, tmp_path: Path) -> None:
    (course,) = installed.parent.glob(f"lib/python3*/site-packages/{COURSE}")
    run(installed / "scorm-builder", "build", course, "--format", "scorm12", "--out", tmp_path / "out", cwd=tmp_path)
    assert list((tmp_path / "out").glob("*.zip"))
