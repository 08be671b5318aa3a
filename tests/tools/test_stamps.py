"""Stamps that let work be skipped."""

from pathlib import Path

from tools.stamps import Stamp, digest, files_under


def source_in(folder: Path) -> Path:
    source = folder / "source.txt"
    source.write_text("one")
    return source


def test_work_is_skipped_until_an_input_changes(tmp_path: Path) -> None:
    source, stamp = source_in(tmp_path), Stamp(tmp_path / "stamps" / "step")
    assert not stamp.is_fresh(digest([source]))
    stamp.put(digest([source]))
    assert stamp.is_fresh(digest([source]))
    source.write_text("two")
    assert not stamp.is_fresh(digest([source]))


def test_work_is_done_again_when_its_output_was_removed(tmp_path: Path) -> None:
    source, output = source_in(tmp_path), tmp_path / "built"
    stamp = Stamp(tmp_path / "step", [output])
    stamp.put(digest([source]))
    assert not stamp.is_fresh(digest([source]))
    output.touch()
    assert stamp.is_fresh(digest([source]))


def test_work_that_was_broken_off_is_done_again(tmp_path: Path) -> None:
    source, stamp = source_in(tmp_path), Stamp(tmp_path / "step")
    stamp.put(digest([source]))
    stamp.clear()
    assert not stamp.is_fresh(digest([source]))


def test_a_renamed_file_and_another_version_change_the_digest(tmp_path: Path) -> None:
    source = source_in(tmp_path)
    before = digest([source], "3.11")
    assert digest([source], "3.12") != before
    assert digest([source.rename(tmp_path / "other.txt")], "3.11") != before


def test_what_was_built_among_the_sources_is_no_source(tmp_path: Path) -> None:
    for name in ("player/a.js", "player/built/a.js", "__pycache__/a.pyc", "packages.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).touch()
    assert [str(path.relative_to(tmp_path)) for path in files_under(tmp_path)] == [
        "packages.py",
        "player/a.js",
    ]
