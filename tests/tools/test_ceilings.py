"""The ceilings on sizes and the duty to annotate."""

import subprocess
from pathlib import Path

import pytest

from tools.ceilings import code_files, offences_in


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_file_of_400_lines_passes_and_one_more_line_is_told_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, "page.css", "a{}\n" * 400)
    assert list(offences_in(path)) == []
    path.write_text("a{}\n" * 401)
    assert list(offences_in(path)) == [f"{path}:401: the file has 401 lines; at most 400"]


def test_a_function_of_50_lines_passes_and_one_more_line_is_told_with_its_place(tmp_path: Path) -> None:
    path = write(tmp_path, "rule.py", "\ndef save() -> None:\n" + "    print()\n" * 49)
    assert list(offences_in(path)) == []
    path.write_text(path.read_text() + "    print()\n")
    assert list(offences_in(path)) == [f"{path}:2: save has 51 lines; at most 50"]


@pytest.mark.parametrize(
    ("function", "offence"),
    [
        ("def save(entry): ...", "save does not say what entry is"),
        ("def save(*, entry): ...", "save does not say what entry is"),
        ("def save(*rest): ...", "save does not say what rest is"),
        ("async def save(**rest): ...", "save does not say what rest is"),
        ("def save(entry: int): ...", "save does not say what it returns"),
        ("class A:\n    def save(self, entry) -> None: ...", "save does not say what entry is"),
    ],
)
def test_a_missing_annotation_is_told(tmp_path: Path, function: str, offence: str) -> None:
    told = " ".join(offences_in(write(tmp_path, "rule.py", function + "\n")))
    assert offence in told


def test_self_and_cls_need_no_annotation(tmp_path: Path) -> None:
    text = "class A:\n    def one(self) -> None: ...\n    @classmethod\n    def two(cls) -> None: ...\n"
    assert list(offences_in(write(tmp_path, "rule.py", text))) == []


def test_tracked_and_new_code_is_looked_at_but_nothing_ignored_or_deleted(tmp_path: Path) -> None:
    for command in (["init", "-q"], ["config", "user.email", "a@example.org"], ["config", "user.name", "A"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    for name in ("tracked.py", "deleted.py", "new.mjs", "ignored.js", "notes.txt", "Makefile", ".gitignore"):
        write(tmp_path, name, "ignored.js\n" if name == ".gitignore" else "")
    subprocess.run(["git", "add", "tracked.py", "deleted.py"], cwd=tmp_path, check=True)
    (tmp_path / "deleted.py").unlink()
    assert [path.name for path in code_files(tmp_path)] == ["Makefile", "new.mjs", "tracked.py"]
