"""A preview for the tests, and the author's page in a browser."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from playwright.sync_api import Frame, Page
from werkzeug.serving import make_server

from scorm_builder.preview.application import create_preview
from scorm_builder.preview.desk import Desk
from tests.fixtures.commands import WITH_CTRL_C
from tests.scorm_builder.changes import POLL
from tests.scorm_builder.site import ROOT


@dataclass
class Preview:
    """A preview of a course's folder that is being served."""

    folder: Path
    address: str

    def change(self, file: str, before: str, after: str) -> None:
        """Edit and save a file of the course, as an editor does."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(text.replace(before, after), encoding="utf-8")
        beside.replace(path)


@contextmanager
def previewing(folder: Path, language: str | None = None) -> Iterator[Preview]:
    """Serve a preview of a course's folder from a thread of this process until the end of the block."""
    server = make_server("127.0.0.1", 0, create_preview(Desk(folder), language), threaded=True)
    thread = Thread(target=server.serve_forever, args=(POLL,), daemon=True)
    thread.start()
    try:
        yield Preview(folder, f"http://127.0.0.1:{server.server_port}/")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Command(Preview):
    """A running `scorm-builder preview`."""

    process: subprocess.Popen[str]

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; returns the exit status and what was said on standard error."""
        self.process.send_signal(signal.SIGINT)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said


@contextmanager
def running_command(folder: Path) -> Iterator[Command]:
    """Run the command on a course's folder, in a process of its own, until the end of the block."""
    command = [*WITH_CTRL_C, sys.executable, "-m", "scorm_builder", "preview", str(folder)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, **pipes, text=True, cwd=ROOT)  # type: ignore[call-overload]
    try:
        line = process.stdout.readline()
        assert line.startswith("Preview: http://127.0.0.1:"), process.stderr.read()
        yield Command(folder, line.split()[1], process)
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
