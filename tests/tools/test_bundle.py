"""Bundling the browser sources with tools/bundle.mjs."""

import json
import subprocess
from pathlib import Path

import pytest

from tools.browser_parts import BUNDLER, NODE_MODULES, find_node
from tools.workshop import VENV

SOURCES = {
    "lti_tool/journal/assets/editor.js": 'import { name } from "./_name.js";\nconsole.log(name);\n',
    "lti_tool/journal/assets/_name.js": 'export const name = "Alice Adams";\n',
    "lti_tool/journal/assets/editor.css": "p { color: red; }\n",
    "lti_tool/web/assets/frame.js": "console.log(1n);\n",
    "lti_tool/demo/assets/player.js": "console.log('player');\n",
    "scorm_builder/player/entries/lti.js": "console.log('lti');\n",
    "scorm_builder/player/player.css": "a { color: red; }\n",
    "scorm_builder/preview/assets/preview.js": "console.log('preview');\n",
}


def lay_out(root: Path) -> Path:
    for name, text in SOURCES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "node_modules").symlink_to(NODE_MODULES)
    return root


def bundle(root: Path) -> subprocess.CompletedProcess[str]:
    node = find_node(VENV.glob("lib/python3*/site-packages"))
    assert node is not None
    return subprocess.run([node.node, BUNDLER, root], capture_output=True, text=True, check=False)


def manifest_of(root: Path, room: str) -> dict[str, str]:
    entries = json.loads((root / "lti_tool" / room / "static" / "build" / "manifest.json").read_text())
    assert isinstance(entries, dict)
    return entries


def built_files(root: Path) -> dict[str, bytes]:
    folders = ("lti_tool/web/static", "lti_tool/demo/static", "scorm_builder/player/built")
    return {
        str(path.relative_to(root)): path.read_bytes()
        for folder in folders
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = lay_out(tmp_path / "one")
    result = bundle(root)
    assert result.returncode == 0, result.stderr
    return root


def test_the_manifest_leads_from_each_source_to_its_hashed_file(root: Path) -> None:
    manifest = manifest_of(root, "web")
    assert sorted(manifest) == ["journal/editor.css", "journal/editor.js", "web/frame.js"]
    for address in manifest.values():
        assert (root / "lti_tool/web/static" / address).is_file()
    assert "Alice Adams" in (root / "lti_tool/web/static" / manifest["journal/editor.js"]).read_text()


def test_the_demo_has_a_manifest_of_its_own(root: Path) -> None:
    manifest = manifest_of(root, "demo")
    assert sorted(manifest) == ["player.js"]
    assert (root / "lti_tool/demo/static" / manifest["player.js"]).is_file()


def test_the_player_has_fixed_names(root: Path) -> None:
    assert sorted(path.name for path in (root / "scorm_builder/player/built").iterdir()) == [
        "lti.js",
        "player.css",
    ]


def test_the_preview_has_a_folder_of_its_own(root: Path) -> None:
    assert [path.name for path in (root / "scorm_builder/preview/built").iterdir()] == ["preview.js"]


def test_the_same_sources_give_the_same_bytes_elsewhere(root: Path, tmp_path: Path) -> None:
    other = lay_out(tmp_path / "another" / "place")
    bundle(other)
    assert built_files(other) == built_files(root)


def test_a_changed_source_gets_a_new_name_and_the_stale_file_goes(root: Path) -> None:
    before = manifest_of(root, "web")
    (root / "lti_tool/journal/assets/_name.js").write_text('export const name = "Bob Brown";\n')
    bundle(root)
    after = manifest_of(root, "web")
    assert after["journal/editor.js"] != before["journal/editor.js"]
    assert after["web/frame.js"] == before["web/frame.js"]
    assert not (root / "lti_tool/web/static" / before["journal/editor.js"]).exists()


def test_a_mistake_is_told_with_file_and_line_and_leaves_the_last_bundles(root: Path) -> None:
    before = built_files(root)
    (root / "lti_tool/journal/assets/editor.js").write_text("\nlet = ;\n")
    result = bundle(root)
    assert result.returncode == 1
    assert "lti_tool/journal/assets/editor.js:2:" in result.stderr
    assert manifest_of(root, "web").keys() == {"journal/editor.css", "journal/editor.js", "web/frame.js"}
    assert built_files(root) == before
