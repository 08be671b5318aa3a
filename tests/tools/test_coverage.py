"""How many lines the tests ran: what V8 counts in bundles, joined with what node counts, and shown by rooms."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.browser_coverage import Counter, spans_of
from tools.browser_parts import BUNDLER, NODE_MODULES, find_node
from tools.coverage_table import table
from tools.workshop import ROOT, VENV

SAY = """\
export function say(loud) {
  if (loud) {
    return "HELLO";
  }
  return "hello";
}

export function never() {
  return "never";
}
"""
PAGE = """\
import { never, say } from "./_say.js";

document.title = say(true);
document.onclick = never;
"""
DIRECT = """\
import { say } from "../lti_tool/journal/assets/_say.js";

say(false);
"""


def ran(start: int, end: int, count: int = 1) -> dict[str, int]:
    return {"startOffset": start, "endOffset": end, "count": count}


def test_a_part_that_did_not_run_is_left_out_and_what_ran_within_it_is_not() -> None:
    counter = Counter({100: "page.js"})
    counter.add([{"ranges": [ran(0, 100), ran(20, 40, 0)]}, {"ranges": [ran(30, 35)]}])
    assert counter.spans() == {"page.js": [(0, 20), (30, 35), (40, 100)]}


def test_what_two_pages_ran_is_added_up() -> None:
    counter = Counter({100: "page.js"})
    counter.add([{"ranges": [ran(0, 100), ran(20, 100, 0)]}])
    counter.add([{"ranges": [ran(0, 100), ran(0, 50, 0)]}])
    assert counter.spans() == {"page.js": [(0, 20), (50, 100)]}


def test_a_script_that_is_no_bundle_is_not_counted() -> None:
    counter = Counter({100: "page.js"})
    counter.add([{"ranges": [ran(0, 99)]}])
    assert counter.spans() == {}


@pytest.mark.parametrize(
    ("flags", "spans"), [(b"", []), (b"\0\0", []), (b"\1\1", [(0, 2)]), (b"\0\1\0\1", [(1, 2), (3, 4)])]
)
def test_spans_are_the_runs_of_flags(flags: bytes, spans: list[tuple[int, int]]) -> None:
    assert list(spans_of(flags)) == spans


def node(*arguments: str | Path, cwd: Path, **settings: str) -> None:
    found = find_node(VENV.glob("lib/python3*/site-packages"))
    assert found is not None
    subprocess.run([found.node, *arguments], cwd=cwd, env={**os.environ, **settings}, check=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small repository with a bundle of two files and a third file that nobody runs."""
    root = tmp_path / "root"
    for name, text in {
        "lti_tool/journal/assets/page.js": PAGE,
        "lti_tool/journal/assets/_say.js": SAY,
        "lti_tool/journal/assets/unused.js": "document.title = 1;\n",
        "lti_tool/journal/assets/notes.txt": "no code",
        "scorm_builder/player/rules.js": "export const rule = 1;\n",
        "tests/direct.mjs": DIRECT,
        "package.json": '{"type": "module"}',
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "node_modules").symlink_to(NODE_MODULES)
    node(BUNDLER, root, cwd=root)
    return root


def joined(root: Path, spans: dict[str, Any]) -> dict[str, dict[str, int]]:
    (root / "spans").mkdir()
    (root / "spans" / "1.json").write_text(json.dumps(spans))
    node(ROOT / "tools" / "browser_coverage.mjs", root / "spans", root / "v8", root / "out.json", cwd=root)
    found = json.loads((root / "out.json").read_text())
    assert isinstance(found, dict)
    return found


def bundle_in(root: Path) -> tuple[str, str]:
    (path,) = (root / "lti_tool" / "web" / "static" / "build" / "journal").glob("page-*.js")
    return str(path.relative_to(root)), path.read_text()


def test_what_ran_of_a_bundle_is_told_of_its_sources(root: Path) -> None:
    name, text = bundle_in(root)
    quiet = text.index('"hello"')
    never = text.index('"never"')
    spans = [[0, quiet], [quiet + 7, never], [never + 7, len(text)]]
    found = joined(root, {name: spans})
    assert found["lti_tool/journal/assets/page.js"] == {"lines": 2, "ran": 2}
    said = found["lti_tool/journal/assets/_say.js"]
    assert said["ran"] < said["lines"]
    assert found["lti_tool/journal/assets/unused.js"]["ran"] == 0
    assert found["scorm_builder/player/rules.js"]["ran"] == 0
    assert set(found) == {
        *(f"lti_tool/journal/assets/{file}.js" for file in ("_say", "page", "unused")),
        "scorm_builder/player/rules.js",
    }


def test_what_node_ran_of_a_source_is_added_to_what_a_bundle_ran_of_it(root: Path) -> None:
    name, text = bundle_in(root)
    quiet = text.index('"hello"')
    spans = {name: [[0, quiet], [quiet + 7, len(text)]]}
    node("tests/direct.mjs", cwd=root, NODE_V8_COVERAGE=str(root / "v8"))
    said = joined(root, spans)["lti_tool/journal/assets/_say.js"]
    assert said["ran"] == said["lines"]


def test_the_table_shows_each_room_and_all_together_for_both_languages() -> None:
    python = [("lti_tool/journal/models.py", 10, 10), ("lti_tool/journal/views/a.py", 10, 5), ("lti_tool/app.py", 3, 0)]
    browser = [("lti_tool/journal/assets/editor.js", 8, 4), ("scorm_builder/player/trackers/lti.js", 5, 5)]
    rows = [" ".join(row.split()) for row in table(python, browser)]
    assert rows == [
        "Lines that the tests ran Python browser code",
        "lti_tool 0 % of 3",
        "lti_tool/journal 75 % of 20 50 % of 8",
        "scorm_builder/player 100 % of 5",
        "all 65 % of 23 69 % of 13",
    ]


def test_the_table_of_nothing_has_no_rows() -> None:
    assert len(list(table([], []))) == 1
