"""A preview for the tests: the command as a process of its own, and the author's page in a browser."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Frame, Page

from tests.fixtures.commands import WITH_CTRL_C
from tests.scorm_builder.site import ROOT


@dataclass
class Preview:
    """A running `scorm-builder preview`."""

    process: subprocess.Popen[str]
    folder: Path
    address: str

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; returns the exit status and what was said on standard error."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said

    def change(self, file: str, before: str, after: str) -> None:
        """Edit and save a file of the course, as an editor does."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(text.replace(before, after), encoding="utf-8")
        beside.replace(path)


@contextmanager
def previewing(folder: Path, *options: str) -> Iterator[Preview]:
    """Run the command on a course's folder until the end of the block."""
    command = [*WITH_CTRL_C, sys.executable, "-m", "scorm_builder", "preview", str(folder), *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, **pipes, text=True, cwd=ROOT)  # type: ignore[call-overload]
    try:
        line = process.stdout.readline()
        assert line.startswith("Preview: http://127.0.0.1:"), process.stderr.read()
        yield Preview(process, folder, line.split()[1])
    finally:
        process.kill()
        process.communicate()


def open_preview(page: Page, preview: Preview) -> Frame:
    """Open the author's page and wait until the unit plays."""
    page.goto(preview.address)
    return stage(page)


def stage(page: Page) -> Frame:
    """The frame of the player, once it plays."""
    page.frame_locator("[data-frame]").locator("[data-ready]").first.wait_for()
    return page.frames[1]


def choose_format(page: Page, title: str) -> Frame:
    """Choose a format and wait until the unit plays in it."""
    tracker = {"SCORM 1.2": "scorm12", "SCORM 2004": "scorm2004", "cmi5": "cmi5"}[title]
    page.get_by_label(title, exact=True).check()
    page.frame_locator("[data-frame]").locator(f'script[src*="{tracker}.js"]').wait_for(state="attached")
    return stage(page)
