"""Keeps several programs running together: all of them, or none."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

PATIENCE = 3.0  # seconds that programs are given to end by themselves
LAST_LINES = 15
PR_SET_PDEATHSIG = 1
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # never by way of a proxy: it is this machine


@dataclass(frozen=True)
class Program:
    """A program by its name, with its command and the file that its output goes to."""

    name: str
    command: tuple[str | Path, ...]
    log: Path


class ProgramEnded(Exception):
    """A program that should run on, or should have succeeded, has ended; the message shows its last lines."""

    def __init__(self, program: Program, code: int, output: str) -> None:
        self.program, self.code, self.output = program, code, output
        super().__init__(f"{program.name} ended with code {code}")

    def last_lines(self) -> str:
        """Return the last lines of its output, each behind its name."""
        lines = self.output.splitlines()[-LAST_LINES:] or ["(it printed nothing)"]
        return "\n".join(f"{self.program.name} | {line}" for line in lines)


class StopAsked(Exception):
    """Somebody pressed Ctrl-C, closed the terminal or sent a signal to end."""


class Supervisor:
    """Starts programs in process groups of their own, notices when one ends, and stops them all."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = dict(env)
        self._running: list[tuple[Program, subprocess.Popen[bytes]]] = []
        self._stop_asked = threading.Event()

    def heed_signals(self) -> None:
        """Stop everything on Ctrl-C, on SIGTERM and when the terminal is closed."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_asked.set()

    def start(self, program: Program) -> None:
        """Start a program that runs until it is stopped."""
        self._running.append((program, self._spawn(program)))

    def finish(self, program: Program, seconds: float = 120) -> None:
        """Run a program to its end; raises ProgramEnded unless it succeeds, StopAsked when cut short."""
        process = self._spawn(program)
        entry = (program, process)
        self._running.append(entry)
        end = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < end:
            self._pause(0.05, besides=entry)
        if process.poll() != 0:
            raise ProgramEnded(program, -1 if process.returncode is None else process.returncode, _tail(program.log))
        self._running.remove(entry)

    def wait_for_answer(self, url: str, seconds: float = 60) -> bool:
        """Wait until the address answers with success; False when the time is over."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if answers(url):
                return True
            self._pause(0.1)
        return False

    def watch(self) -> None:
        """Wait until somebody asks to stop (raises StopAsked) or a program ends (raises ProgramEnded)."""
        while True:
            self._pause(0.5)

    def _pause(self, seconds: float, besides: tuple[Program, subprocess.Popen[bytes]] | None = None) -> None:
        if self._stop_asked.wait(seconds):
            raise StopAsked
        for entry in self._running:
            program, process = entry
            if entry != besides and process.poll() is not None:
                raise ProgramEnded(program, process.returncode, _tail(program.log))

    def stop(self) -> None:
        """End every program and what it started: kindly first, then by force."""
        for _, process in self._running:
            _signal_group(process, signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        for _, process in self._running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, end - time.monotonic()))
            _signal_group(process, signal.SIGKILL)
            process.wait()
        self._running.clear()

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        with program.log.open("ab") as output:
            return subprocess.Popen(
                [str(word) for word in program.command],
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 (no threads here)
            )


def _end_with_parent() -> None:
    """Have the kernel end this program when its supervisor is killed, so that no port stays taken."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal a program's whole group; its leader may be gone while others of the group still run."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def answers(url: str) -> bool:
    """Whether the address answers with success."""
    try:
        with DIRECT.open(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _tail(log: Path) -> str:
    try:
        return log.read_text(errors="replace")[-20_000:]
    except OSError:
        return ""
