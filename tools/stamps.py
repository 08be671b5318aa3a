"""Stamps that let a step of the set-up be skipped while nothing that it read has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tools.workshop import ROOT

IGNORED = {"__pycache__", "built", "bundle", "static", "packages"}


def files_under(*folders: Path) -> list[Path]:
    """Return every source file below the folders that was not built there."""
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and not IGNORED.intersection(path.relative_to(folder).parts[:-1])
    )


def digest(paths: Iterable[Path], *words: str) -> str:
    """Return one hash over the names and bytes of files and over further words, such as a version."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in paths:
        total.update(f"\0{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


class Stamp:
    """The hash that a step's inputs had when its outputs were made, kept in a file beside them."""

    def __init__(self, path: Path, outputs: Iterable[Path] = ()) -> None:
        self.path = path
        self.outputs = tuple(outputs)

    def is_fresh(self, inputs: str) -> bool:
        """Whether the outputs are there and were made from exactly these inputs."""
        if not all(output.exists() for output in self.outputs):
            return False
        return self.path.is_file() and self.path.read_text() == inputs

    def clear(self) -> None:
        """Forget the last time: the outputs are about to be changed."""
        self.path.unlink(missing_ok=True)

    def put(self, inputs: str) -> None:
        """Remember that the outputs were made from these inputs."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(inputs)
