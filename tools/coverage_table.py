"""Shows how many lines of each room the tests ran, in Python and in the browser; `make coverage` ends with it.

It is there to be read. Nothing fails where a number is low.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.browser_parts import find_node
from tools.workshop import ROOT, VENV

FOLDER = ROOT / "build" / "coverage"
SPANS = FOLDER / "spans"
NODE = FOLDER / "node"
LANGUAGES = ("Python", "browser code")

Ran = tuple[str, int, int]
"""A file's path, how many lines of code it has, and how many of them ran."""


def main(arguments: list[str]) -> int:
    """Forget what the last run measured (`forget`), or print the table of what this one did."""
    if arguments == ["forget"]:
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
    else:
        print("\n".join(table(python_lines(), browser_lines())))
    return 0


def python_lines() -> list[Ran]:
    """Return what slipcover has measured, the processes of all tests together."""
    files = json.loads((FOLDER / "python.json").read_text())["files"]
    found = [(name, file["summary"]) for name, file in files.items()]
    return [(name, ran["covered_lines"] + ran["missing_lines"], ran["covered_lines"]) for name, ran in found]


def browser_lines() -> list[Ran]:
    """Return what the tests ran in Chromium and in Node, joined by tools/browser_coverage.mjs."""
    node = find_node(VENV.glob("lib/python3*/site-packages"))
    if node is None:
        return []
    command = [node.node, ROOT / "tools" / "browser_coverage.mjs", SPANS, NODE, FOLDER / "browser.json"]
    subprocess.run(command, cwd=ROOT, check=True)
    files = json.loads((FOLDER / "browser.json").read_text())
    return [(name, found["lines"], found["ran"]) for name, found in files.items()]


def table(*languages: Iterable[Ran]) -> Iterable[str]:
    """Yield the lines of the table: for each room the part of its lines that ran, for each language."""
    sums = [sums_of(files) for files in languages]
    rooms = sorted({room for of_rooms in sums for room in of_rooms})
    widest = max((len(room) for room in rooms), default=0)
    yield "Lines that the tests ran".ljust(widest) + "".join(f"{language:>22}" for language in LANGUAGES)
    for room in [*(room for room in rooms if room != "all"), *(room for room in rooms if room == "all")]:
        yield room.ljust(widest) + "".join(part(*of_rooms.get(room, (0, 0))) for of_rooms in sums)


def part(lines: int, ran: int) -> str:
    """Write one cell: the percentage and the number of all lines, or nothing where there are none."""
    return f"{100 * ran // lines:12} % of {lines:5}" if lines else " " * 22


def sums_of(files: Iterable[Ran]) -> dict[str, tuple[int, int]]:
    """Add up the lines of each room, and of all."""
    sums: dict[str, tuple[int, int]] = {}
    for name, lines, ran in files:
        for room in (room_of(name), "all"):
            known, known_ran = sums.get(room, (0, 0))
            sums[room] = known + lines, known_ran + ran
    return sums


def room_of(name: str) -> str:
    """Return the folder below a package that a file belongs to, or the package itself."""
    package, *folders = Path(name).parts[:-1]
    return "/".join([package, *folders[:1]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
