"""Where set-up work is done: says what is done, keeps the log, turns a failed command into a sentence."""

import errno
import re
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"

Command = Sequence[str | Path]

DISK_FULL = ("disk is full", "no space left on device", "enospc", "disk quota exceeded", "errno 28")
NO_NETWORK = (
    "name resolution",
    "name or service not known",
    "failed to establish a new connection",
    "network is unreachable",
    "connection timed out",
    "read timed out",
    "max retries exceeded",
    "getaddrinfo",
    "eai_again",
    "enotfound",
    "etimedout",
    "econnrefused",
    "econnreset",
    "enetunreach",
    "temporary failure resolving",
)
NOT_TRUSTED = (
    "self_signed_cert",
    "self-signed certificate",
    "certificate_verify_failed",
    "unable_to_verify",
    "unable to get",
)
OTHER_BYTES = ("do not match the hashes", "eintegrity")
NOT_WRITABLE = ("permission denied", "eacces", "read-only file system", "erofs")


class StepFailed(Exception):
    """A step of the set-up failed; the message is one sentence for the person at the keyboard."""


class Workshop:
    """Runs the commands of the set-up, several at once where asked, all into one log."""

    def __init__(self, log: Path) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_bytes(b"")
        self._log = log
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._closing = False
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """Print one line with the seconds since the start, and log it."""
        line = f"[{time.monotonic() - self._began:4.0f} s] {text}"
        print(line, flush=True)
        self._write(f"{line}\n".encode())

    def attempt(self, command: Command, env: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Run a command at the repository's root; return its exit code and all that it printed."""
        with self._lock:
            if self._closing:
                raise StepFailed("The set-up was stopped.")
            process = subprocess.Popen(
                [str(word) for word in command],
                cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            self._running.add(process)
        output, _ = process.communicate()
        with self._lock:
            self._running.discard(process)
        self._write(b"$ " + " ".join(map(str, command)).encode() + b"\n" + output)
        return process.returncode, output.decode(errors="replace")

    def run(self, command: Command, what: str, env: Mapping[str, str] | None = None) -> str:
        """Run a command that must succeed; `what` begins the sentence of its failure ("npm refused")."""
        code, output = self.attempt(command, env)
        if code != 0:
            raise StepFailed(explain(what, output))
        return output

    def stop(self) -> None:
        """End what still runs: another step has failed."""
        with self._lock:
            self._closing = True
            for process in self._running:
                process.kill()  # npm takes no notice of anything kinder while it waits for the network

    def _write(self, data: bytes) -> None:
        with self._lock, self._log.open("ab") as log:
            log.write(data)


def explain(what: str, output: str) -> str:
    """Say in one sentence why a command failed, as far as its output tells."""
    low = output.lower()
    if any(sign in low for sign in DISK_FULL):
        return f"{what}: the disk is full; make room and run this again."
    if any(sign in low for sign in OTHER_BYTES):
        return f"{what}: a downloaded package is not the one that the lock file names, so it was not installed."
    if any(sign in low for sign in NOT_TRUSTED):
        return (
            f"{what}: the package registry's certificate is not trusted here; ask whoever runs this network for theirs."
        )
    if any(sign in low for sign in NO_NETWORK):
        return f"{what}: the package registry cannot be reached; connect to the network and run this again."
    if any(sign in low for sign in NOT_WRITABLE):
        return f"{what}: a file or folder is not writable for you; see who owns this folder."
    return f"{what}: {telling_line(output)}"


def telling_line(output: str) -> str:
    """Return the line that tells most: the last that names an error, else the last."""
    lines = [line.strip() for line in output.splitlines() if line.strip() and "complete log of this run" not in line]
    errors = [line for line in lines if re.match(r"(npm )?(\w*error)\b", line, re.IGNORECASE)]
    return (errors or lines or ["it printed nothing"])[-1]


def explain_os_error(failure: OSError) -> str:
    """Say in one sentence what the operating system refused."""
    where = f" ({failure.filename})" if failure.filename else ""
    if failure.errno in {errno.ENOSPC, errno.EDQUOT}:
        return f"The disk is full{where}: make room and run this again."
    if failure.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return f"This place cannot be written{where}: change its owner or its permissions and run this again."
    return f"The operating system refused{where}: {failure.strerror or failure}."
