"""A small course to start from, copied into a folder of one's own."""

from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

from scorm_builder.errors import FolderInUse


def start_course(folder: Path) -> None:
    """Write the small course into a folder; raises FolderInUse where something is there already."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUse(f"{folder} is not empty: a new course needs a folder of its own.")
    with as_file(files("scorm_builder") / "starter") as starter:
        copytree(starter, folder, dirs_exist_ok=True)
