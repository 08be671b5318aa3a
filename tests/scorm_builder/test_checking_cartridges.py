"""`check` finds in a cartridge what Moodle or Open edX would lose though it is valid."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scorm_builder.checking import check_package
from tests.scorm_builder.cartridges import Files, build_cartridges, files_of

Fault = Callable[[Files], Files]


@pytest.fixture(scope="session")
def cartridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cartridge for Moodle without faults."""
    return build_cartridges(tmp_path_factory.mktemp("cartridge"), "cc11")["cc11"]


def errors_in(package: Path) -> list[str]:
    return [finding.text for finding in check_package(package, None) if finding.verdict == "error"]


def edited(where: str, pattern: str, by: str) -> Fault:
    """A fault that is made by replacing in the files of a folder."""

    def spoil(files: Files) -> Files:
        changed = {
            name: re.sub(pattern.encode(), by.encode(), content, flags=re.DOTALL) if name.startswith(where) else content
            for name, content in files.items()
        }
        assert changed != files
        return changed

    return spoil


def moved(files: Files) -> Files:
    """Pictures outside of the web folder."""
    return {
        name.replace("web_resources/", "assets/"): content.replace(b"web_resources/", b"assets/")
        for name, content in files.items()
    }


FAULTS: dict[str, tuple[Fault, str]] = {
    "no case": (edited("quizzes/", r' case="Yes"', ""), 'without `case="Yes"`'),
    "small case": (edited("quizzes/", r' case="Yes"', ' case="No"'), 'without `case="Yes"`'),
    "no flow_mat": (edited("quizzes/", r"</?flow_mat>", ""), "is not in `flow_mat/material`"),
    "no title": (edited("quizzes/", r'(<item ident="[^"]*") title="[^"]*"', r"\1"), "it has no `title`"),
    "long title": (edited("quizzes/", r'(<item ident="[^"]*" title=")', r"\1" + "x" * 300), "has more than 255"),
    "feedback first": (
        edited(
            "quizzes/",
            r"(<respcondition(?:(?!<respcondition).)*?<setvar.*?</respcondition>)(.*?)(</resproc)",
            r"\2\1\3",
        ),
        "feedback comes before the points",
    ),
    "feedback once more": (
        edited(
            "quizzes/", r"(<conditionvar>\s*<varequal[^>]*>)o[1-9](</varequal>\s*</conditionvar>\s*<disp)", r"\1o0\2"
        ),
        "names the right option once more",
    ),
    "no description": (edited("lti/", r"<blti:description>.*?</blti:description>", ""), "has no `blti:description`"),
    "empty description": (edited("lti/", r"(<blti:description>).*?(</)", r"\1 \2"), "has no `blti:description`"),
    "no launch_url": (edited("lti/", r"<blti:launch_url>.*?</blti:launch_url>", ""), "has no `blti:launch_url`"),
    "pictures elsewhere": (moved, "lies outside of the folder `web_resources/`"),
    "folder": (
        edited(
            "imsm",
            r'(<item identifier="unit-m1u1">)(.*?</title>)(.*?</item>)',
            r"\1\2<item identifier='x'><title>In</title>\3</item>",
        ),
        "The folder `In` lies in another",
    ),
    "encoded name": (
        edited("imsm", r'href="web_resources/circles', 'href="web_resources/%63ircles'),
        "these very letters",
    ),
    "true and false": (
        edited("quizzes/", r"cc\.multiple_response\.v0p1", "cc.true_false.v0p1"),
        "must be called `true` and `false`",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_check_finds_what_moodle_or_open_edx_would_lose(cartridge: Path, tmp_path: Path, name: str) -> None:
    spoil, said = FAULTS[name]
    assert not errors_in(cartridge)
    spoilt = tmp_path / "spoilt.zip"
    with zipfile.ZipFile(spoilt, "w") as archive:
        for path, content in spoil(files_of(cartridge)).items():
            archive.writestr(path, content)
    assert any(said in error for error in errors_in(spoilt)), errors_in(spoilt)
