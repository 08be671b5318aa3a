"""Putting packages into `.venv` with uv, or with pip where uv is not to be had."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tools import installer
from tools.workshop import Command, StepFailed, Workshop

LOCKED = ("--require-hashes", "-r", "lock.txt")


class PlannedShop(Workshop):
    """Runs nothing: each command gets the next planned answer, and its words and environment are kept."""

    def __init__(self, log: Path, *answers: tuple[int, str]) -> None:
        super().__init__(log)
        self.answers = list(answers)
        self.commands: list[list[str]] = []
        self.environments: list[Mapping[str, str]] = []

    def attempt(self, command: Command, env: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Give the planned answer."""
        self.commands.append([str(word) for word in command])
        self.environments.append(env or {})
        return self.answers.pop(0)

    @property
    def programs(self) -> list[str]:
        """Which of the two programs each command was for."""
        return ["uv" if command[0].endswith("uv") else "pip" for command in self.commands]


@pytest.fixture
def uv(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where uv would be; it is not there yet."""
    monkeypatch.setattr(installer, "UV", tmp_path / "uv")
    return tmp_path / "uv"


def test_uv_is_brought_by_its_own_lock_and_installs_what_is_asked_for(uv: Path, tmp_path: Path) -> None:
    shop = PlannedShop(tmp_path / "log", (0, ""), (0, ""))
    installer.install(shop, "It failed", *LOCKED)
    brought, installed = shop.commands
    assert shop.programs == ["pip", "uv"]
    assert "--require-hashes" in brought
    assert brought[-1].endswith("requirements/uv.txt")
    assert tuple(installed[-3:]) == LOCKED
    assert shop.environments[1]["UV_PYTHON_DOWNLOADS"] == "never"


def test_a_uv_that_is_there_is_not_brought_again(uv: Path, tmp_path: Path) -> None:
    uv.touch()
    shop = PlannedShop(tmp_path / "log", (0, ""))
    installer.install(shop, "It failed", *LOCKED)
    assert shop.programs == ["uv"]


def test_pip_does_it_on_a_machine_that_uv_is_not_made_for(uv: Path, tmp_path: Path) -> None:
    shop = PlannedShop(tmp_path / "log", (1, "ERROR: No matching distribution found for uv==0.13.9"), (0, ""))
    installer.install(shop, "It failed", *LOCKED)
    assert shop.programs == ["pip", "pip"]
    assert tuple(shop.commands[1][-3:]) == LOCKED


def test_pip_does_it_where_uv_fails_and_that_is_said(
    uv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    uv.touch()
    shop = PlannedShop(tmp_path / "log", (2, "error: invalid index"), (0, ""))
    installer.install(shop, "It failed", *LOCKED)
    assert shop.programs == ["uv", "pip"]
    assert "trying again with pip" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("Failed to establish a new connection", "cannot be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that the lock file names"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
    ],
)
def test_what_stands_against_bringing_uv_stands_against_the_rest_and_is_said_at_once(
    uv: Path, tmp_path: Path, printed: str, sentence: str
) -> None:
    shop = PlannedShop(tmp_path / "log", (1, printed))
    with pytest.raises(StepFailed, match=rf"It failed: .*{sentence}"):
        installer.install(shop, "It failed", *LOCKED)


def test_what_neither_can_install_is_told_in_one_sentence(uv: Path, tmp_path: Path) -> None:
    uv.touch()
    shop = PlannedShop(tmp_path / "log", (1, "Hash mismatch"), (1, "THESE PACKAGES DO NOT MATCH THE HASHES"))
    with pytest.raises(StepFailed, match=r"It failed: .*not the one that the lock file names"):
        installer.install(shop, "It failed", *LOCKED)


@pytest.mark.parametrize(
    ("listed", "settings"),
    [
        ("", {}),
        ("global.timeout='60'\n", {}),
        (
            "global.index-url='https://registry.example.org/simple'\n",
            {"UV_DEFAULT_INDEX": "https://registry.example.org/simple"},
        ),
        (
            "global.index-url='https://one.example.org/simple'\n:env:.index-url='https://two.example.org/simple'\n",
            {"UV_DEFAULT_INDEX": "https://two.example.org/simple"},
        ),
        (
            "user.extra-index-url='\\nhttps://one.example.org\\nhttps://two.example.org'\nuser.find-links='/a /b'\n",
            {"UV_INDEX": "https://one.example.org https://two.example.org", "UV_FIND_LINKS": "/a,/b"},
        ),
        (
            "site.cert='/etc/school.pem'\nsite.proxy='http://proxy.example.org:3128'\n",
            {"SSL_CERT_FILE": "/etc/school.pem", "ALL_PROXY": "http://proxy.example.org:3128"},
        ),
        ("global.trusted-host='registry.example.org'\n", {"UV_INSECURE_HOST": "registry.example.org"}),
    ],
)
def test_the_settings_of_pip_are_handed_over_to_uv(listed: str, settings: dict[str, str]) -> None:
    assert installer.as_uv_settings(listed) == settings


def test_what_the_environment_says_for_uv_goes_before_the_settings_of_pip(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configured: dict[str, Any] = {"PIP_INDEX_URL": "https://pip.example.org/simple", "PIP_CERT": "/etc/school.pem"}
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    for name, value in {**configured, "UV_DEFAULT_INDEX": "https://uv.example.org/simple"}.items():
        monkeypatch.setenv(name, value)
    environment = installer.uv_environment()
    assert environment["UV_DEFAULT_INDEX"] == "https://uv.example.org/simple"
    assert environment["SSL_CERT_FILE"] == "/etc/school.pem"
