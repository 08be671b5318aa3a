"""The virus scanner, where the operator has one: clamd behind a socket, or any command.

clamd is spoken to by INSTREAM (its manual, "Commands"). A command reads the file from its standard input, and
answers as clamscan does: 0 for nothing found, 1 for something found.
"""

import shlex
import socket
import struct
import subprocess
from collections.abc import Callable
from urllib.parse import urlsplit

from lti_tool.files.errors import FileInfected, ScannerAway

PATIENCE = 60.0
"""Seconds for one file."""
A_PIECE = 64 * 1024
LONGEST_ANSWER = 4096

Scan = Callable[[bytes], None]
"""Raises FileInfected or ScannerAway."""


def make_scanner(wish: str) -> Scan:
    """The scanner for a setting: `clamd://host:3310`, `clamd:///path/of/the/socket`, a command, or none."""
    if wish.startswith("clamd://"):
        return lambda content: _ask_clamd(wish, content)
    command = shlex.split(wish)
    return (lambda content: _ask_command(command, content)) if command else lambda _: None


def _ask_clamd(address: str, content: bytes) -> None:
    try:
        with _connect(address) as connection:
            connection.settimeout(PATIENCE)
            connection.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), A_PIECE):
                piece = content[start : start + A_PIECE]
                connection.sendall(struct.pack("!I", len(piece)) + piece)
            connection.sendall(struct.pack("!I", 0))
            answer = _read_answer(connection)
    except OSError as failure:
        raise ScannerAway(type(failure).__name__) from None
    if answer.endswith(b" FOUND"):
        raise FileInfected("clamd")
    if not answer.endswith(b" OK"):
        raise ScannerAway("an answer that is not known")


def _connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.hostname:
        return socket.create_connection((parts.hostname, parts.port or 3310), timeout=PATIENCE)
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(PATIENCE)
    try:
        connection.connect(parts.path)
    except OSError:
        connection.close()
        raise
    return connection


def _read_answer(connection: socket.socket) -> bytes:
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER and (more := connection.recv(A_PIECE)):
        answer += more
    return answer.partition(b"\0")[0].strip()


def _ask_command(command: list[str], content: bytes) -> None:
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 (the operator's own)
    except (OSError, subprocess.TimeoutExpired) as failure:
        raise ScannerAway(type(failure).__name__) from None
    if done.returncode == 1:
        raise FileInfected("command")
    if done.returncode:
        raise ScannerAway(f"command ended with {done.returncode}")
