"""The catalogues of the tool's own words: extract, bring every language up to date, compile (`make translations`).

A catalogue is a source: `lti_tool/translations/el/LC_MESSAGES/messages.po`. `make translations LANGUAGE=el` begins one.
What is compiled from it is built by `make install` and into the wheel.
"""

import argparse
import sys
from contextlib import chdir
from pathlib import Path

from babel.messages.frontend import CommandLineInterface

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "lti_tool" / "translations"
TEMPLATE = ROOT / "build" / "messages.pot"
LAZY = ("lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2")
"""What marks words in Python beside the usual names."""


def main() -> None:
    """Do what is asked: all of it, or `compile` alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("do", nargs="?", choices=("all", "compile"), default="all")
    parser.add_argument("--language", default="", help="begin this language's catalogue, as in el")
    given = parser.parse_args()
    if given.do == "all":
        extract(TEMPLATE)
        update(TEMPLATE, CATALOGUES, given.language)
    compile_all(CATALOGUES)


def extract(template: Path, tool: str | Path = "lti_tool") -> None:
    """Write every marked word of the tool's Python, pages and scripts into a template; pyproject.toml says where."""
    template.parent.mkdir(parents=True, exist_ok=True)
    keywords = [word for name in LAZY for word in ("-k", name)]
    about = ["--project", "Partnerwise", "--copyright-holder", "The Partnerwise developers", "--sort-by-file"]
    with chdir(ROOT):  # so that a catalogue names places in the repository, and none of this computer
        _pybabel("extract", "-F", "pyproject.toml", *keywords, *about, "-o", template, tool)


def update(template: Path, catalogues: Path, new: str = "") -> None:
    """Bring the new words into each language's catalogue; what was translated stays. `new` begins a language."""
    if new and not (catalogues / new).exists():
        _pybabel("init", "-i", template, "-d", catalogues, "-l", new)
    if any(catalogues.glob("*/LC_MESSAGES/*.po")):
        _pybabel("update", "-i", template, "-d", catalogues, "--no-fuzzy-matching", "--ignore-obsolete")


def compile_all(catalogues: Path) -> None:
    """Compile each language's catalogue, where there are any; a word that lacks its placeholders is an error."""
    if any(catalogues.glob("*/LC_MESSAGES/*.po")):
        _pybabel("compile", "-d", catalogues, "--statistics")


def _pybabel(*words: str | Path) -> None:
    failed = CommandLineInterface().run(["pybabel", "-q", *map(str, words)])  # type: ignore[no-untyped-call]
    if failed:
        sys.exit("The catalogues have mistakes; they are named above.")


if __name__ == "__main__":
    main()
