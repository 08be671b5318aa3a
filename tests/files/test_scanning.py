"""The virus scanner: a clamd that is played, behind a port and behind a socket, and a command."""

import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lti_tool.files import scanning
from lti_tool.files.errors import FileInfected, ScannerAway
from lti_tool.files.scanning import make_scanner

EVIL = b"a virus"


class PlayedClamd:
    """Answers INSTREAM as clamd does; remembers what it was given."""

    def __init__(self, listener: socket.socket, answer: Callable[[bytes], bytes]) -> None:
        self._listener, self._answer = listener, answer
        self.given = b""
        listener.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        connection, _ = self._listener.accept()
        with connection, connection.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", stream.read(4))[0]:
                self.given += stream.read(size)
            connection.sendall(self._answer(self.given))

    def close(self) -> None:
        self._thread.join(5)
        self._listener.close()


def as_clamd(content: bytes) -> bytes:
    return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EVIL in content else b"stream: OK\0"


@pytest.fixture(params=["port", "socket"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, PlayedClamd]]:
    if request.param == "port":
        listener = socket.create_server(("127.0.0.1", 0))
        address = f"clamd://127.0.0.1:{listener.getsockname()[1]}"
    else:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(str(tmp_path / "c"))
        address = f"clamd://{tmp_path}/c"
    played = PlayedClamd(listener, as_clamd)
    yield address, played
    played.close()


def test_clamd_gets_the_whole_file_and_lets_a_clean_one_pass(clamd: tuple[str, PlayedClamd]) -> None:
    address, played = clamd
    content = b"0123456789" * 20_000
    make_scanner(address)(content)
    assert played.given == content


def test_what_clamd_finds_is_refused(clamd: tuple[str, PlayedClamd]) -> None:
    with pytest.raises(FileInfected):
        make_scanner(clamd[0])(b"before " + EVIL)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"nonsense" * 5000])
def test_what_clamd_cannot_check_is_not_taken(answer: bytes) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    played = PlayedClamd(listener, lambda _: answer)
    with pytest.raises(ScannerAway):
        make_scanner(f"clamd://127.0.0.1:{listener.getsockname()[1]}")(b"x")
    played.close()


def test_where_no_clamd_listens_nothing_is_taken(tmp_path: Path) -> None:
    with pytest.raises(ScannerAway):
        make_scanner(f"clamd://{tmp_path}/none")(b"x")


def command(what: str) -> str:
    return f'"{sys.executable}" -c "import sys; sent = sys.stdin.buffer.read(); {what}"'


def test_a_command_reads_the_file_and_says_by_its_end_what_it_found() -> None:
    scan = make_scanner(command("sys.exit(b'virus' in sent)"))
    scan(b"clean")
    with pytest.raises(FileInfected):
        scan(EVIL)


@pytest.mark.parametrize("wish", [command("sys.exit(2)"), "/no/such/scanner", command("import os; os.abort()")])
def test_a_command_that_fails_lets_nothing_pass(wish: str) -> None:
    with pytest.raises(ScannerAway):
        make_scanner(wish)(b"x")


def test_a_command_that_hangs_lets_nothing_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanning, "PATIENCE", 0.2)
    with pytest.raises(ScannerAway):
        make_scanner(command("import time; time.sleep(30)"))(b"x")


def test_without_a_scanner_everything_passes() -> None:
    make_scanner("")(EVIL)
