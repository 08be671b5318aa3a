"""The README and the guides tell the truth: every path, command, option and setting that they name is there."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from lti_tool.cli import main as partnerwise
from lti_tool.settings import Settings
from scorm_builder.__main__ import main as scorm_builder

ROOT = Path(__file__).parent.parent.parent
GUIDES = sorted((ROOT / "deploy" / "guides").glob("*.md"))
PAPERS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")]
README = "\n".join(path.read_text(encoding="utf-8") for path in [*PAPERS, *GUIDES])
TICKED = re.findall(r"`([^`\n]+)`", README)
BLOCKS = [line.strip() for line in re.findall(r"^    (.+)$", README, re.MULTILINE)]
PATHS = sorted(
    {
        name
        for name in TICKED
        if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/?", name) and ("/" in name or name.endswith((".md", ".toml", ".py")))
    }
    | set(re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README))
)
ABOUT_ROOMS = {"errors.py", "held_data.py", "models.py", "views/", "views/activity_kinds.py", "templates/", "assets/"}
OF_TESTS = {"PARTNERWISE_PICTURES"}
SETTINGS = sorted(set(re.findall(r"PARTNERWISE_[A-Z_]+", README)) - OF_TESTS)
TARGETS = sorted(set(re.findall(r"\bmake ([a-z-]+)", " ".join([*TICKED, *BLOCKS]))))
COMMANDS = sorted({line for line in [*TICKED, *BLOCKS] if line.startswith(("partnerwise ", "scorm-builder "))})
ADDRESSES = sorted({name for name in TICKED if re.fullmatch(r"/[a-z/0-9]+", name)})


@pytest.mark.parametrize("path", [path for path in PATHS if path not in ABOUT_ROOMS])
def test_every_path_is_there(path: str) -> None:
    made_by_use = path in {"var/", "var/pictures"}
    assert made_by_use or (ROOT / path).exists()


def test_the_lists_are_not_empty() -> None:
    assert len(PATHS) > 40
    assert len(SETTINGS) >= 3
    assert len(COMMANDS) >= 8
    assert len(TARGETS) >= 8


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_read(name: str) -> None:
    assert name.removeprefix("PARTNERWISE_").lower() in Settings.model_fields


def test_every_setting_is_explained_to_the_operator_and_no_other() -> None:
    example = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
    explained = re.findall(r"^PARTNERWISE_([A-Z0-9_]+)=", example, re.MULTILINE)
    assert {name.lower() for name in explained} == set(Settings.model_fields)


@pytest.mark.parametrize("target", TARGETS)
def test_every_make_target_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_known(command: str) -> None:
    words = command.split()
    main = {"partnerwise": partnerwise, "scorm-builder": scorm_builder}[words[0]]
    verbs = []
    for word in words[1:]:
        if word.startswith("-") or not re.fullmatch("[a-z]+(-[a-z]+)?", word):
            break
        verbs.append(word)
    answer = CliRunner().invoke(main, [*verbs, "--help"])
    assert answer.exit_code == 0, answer.output
    for option in (word for word in words if word.startswith("--")):
        assert option in answer.output


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_is_answered(address: str, app: object) -> None:
    from lti_tool.web.application import Application

    assert isinstance(app, Application)
    rules = app.url_map.bind("127.0.0.1", url_scheme="http")
    method = "POST" if address == "/lti/launch" else "GET"
    answered = re.sub(r"^/styleguide$", "/styleguide/", address)
    assert rules.match(answered, method=method)
