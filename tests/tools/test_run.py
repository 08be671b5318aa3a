"""`make run` from its first line to its last, with quick stand-ins for the three programs."""

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.ports import free_port
from tests.fixtures.waiting import until
from tools import run
from tools.workshop import ROOT

START = """
import sys
from pathlib import Path
from tools import run
run.PARTNERWISE = Path(sys.argv[1])
sys.exit(run.main())
"""


class Running:
    """One start of `make run`."""

    def __init__(self, folder: Path, faults: str = "", **settings: str) -> None:
        self.data = folder / "var"
        self.port, self.demo_port = free_port(), free_port()
        env = {
            "PATH": os.environ["PATH"],
            "PARTNERWISE_DATA_DIR": str(self.data),
            "PARTNERWISE_PORT": str(self.port),
            "PARTNERWISE_DEMO_PORT": str(self.demo_port),
            "PARTNERWISE_FAKE": faults,
            **settings,
        }
        command = [sys.executable, "-c", START, str(fake_command(folder))]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def wait_until_it_says(self, words: str) -> str:
        assert self.process.stdout is not None
        told = ""
        while words not in told:
            line = self.process.stdout.readline()
            assert line, f"it ended without saying {words!r}: {told}"
            told += line
        return told

    def wait_until_ready(self) -> str:
        told = self.wait_until_it_says("Ready")
        until((self.data / "grandchild").exists, "the worker's own child")
        return told

    def end(self, number: int | None = None) -> tuple[int, str, float]:
        """Signal it, if asked; return its exit code, what it says until its end, and the seconds that takes."""
        start = time.monotonic()
        if number is not None:
            self.process.send_signal(number)
        told, _ = self.process.communicate(timeout=20)
        return self.process.returncode, told, time.monotonic() - start

    def everything_is_over(self) -> bool:
        grandchild = int((self.data / "grandchild").read_text())
        return not run.is_taken(self.port) and not run.is_taken(self.demo_port) and not lives(grandchild)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def fake_command(folder: Path) -> Path:
    command = folder / "partnerwise"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/tools/fake_partnerwise.py" "$@"\n')
    command.chmod(0o755)
    return command


@pytest.fixture
def started(tmp_path: Path) -> Iterator[list[Running]]:
    starts: list[Running] = []
    yield starts
    for one in starts:
        if one.process.poll() is None:
            one.process.kill()
            one.process.communicate()


def test_it_says_one_address_once_all_answer(tmp_path: Path, started: list[Running]) -> None:
    started.append(running := Running(tmp_path))
    told = running.wait_until_ready()
    assert f"Open http://localhost:{running.demo_port} in a browser" in told
    assert told.count("http://") == 1


def test_addresses_and_registration_follow_the_ports(tmp_path: Path, started: list[Running]) -> None:
    started.append(running := Running(tmp_path))
    running.wait_until_ready()
    registered = (running.data / "log" / "platforms.log").read_text()
    assert f"--issuer http://localhost:{running.demo_port} " in registered
    assert f"http://127.0.0.1:{running.port} http://localhost:{running.demo_port}" in registered


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_a_signal_and_a_closed_terminal_stop_everything_without_a_trace(
    tmp_path: Path, started: list[Running], number: int
) -> None:
    started.append(running := Running(tmp_path))
    running.wait_until_ready()
    code, told, _ = running.end(number)
    assert (code, told) == (0, "Stopping …\n")
    assert running.everything_is_over()


def test_a_program_that_will_not_stop_is_ended_within_five_seconds(tmp_path: Path, started: list[Running]) -> None:
    started.append(running := Running(tmp_path, "serve-is-stubborn"))
    running.wait_until_ready()
    code, _, seconds = running.end(signal.SIGINT)
    assert code == 0
    assert 2 < seconds < 5
    assert running.everything_is_over()


def test_stopping_while_it_starts_stops_what_was_started(tmp_path: Path, started: list[Running]) -> None:
    started.append(running := Running(tmp_path))
    running.wait_until_it_says("Bringing the database up to date")
    code, told, _ = running.end(signal.SIGINT)
    assert code == 0
    assert "Traceback" not in told
    assert not run.is_taken(running.demo_port)


def test_when_the_supervisor_is_killed_no_port_stays_taken(tmp_path: Path, started: list[Running]) -> None:
    started.append(running := Running(tmp_path))
    running.wait_until_ready()
    running.end(signal.SIGKILL)
    until(lambda: not run.is_taken(running.port) and not run.is_taken(running.demo_port), "free ports", seconds=5)
    os.kill(int((running.data / "grandchild").read_text()), signal.SIGKILL)


def test_when_one_program_dies_its_last_lines_are_shown_and_the_rest_is_stopped(
    tmp_path: Path, started: list[Running]
) -> None:
    started.append(running := Running(tmp_path, "worker-dies"))
    running.wait_until_ready()
    code, told, _ = running.end()
    assert code == 1
    assert "worker stopped by itself with code 1" in told
    assert "worker | the worker's last words" in told
    assert str(running.data / "log" / "worker.log") in told
    assert running.everything_is_over()


def test_a_failed_migration_is_told_with_its_reason(tmp_path: Path, started: list[Running]) -> None:
    started.append(running := Running(tmp_path, "migrate-fails"))
    code, told, _ = running.end()
    assert code == 1
    assert "migrate | the reason of its failure" in told
    assert not run.is_taken(running.demo_port)


def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path, started: list[Running]) -> None:
    started.append(running := Running(tmp_path, "migrate-fails full"))
    code, told, _ = running.end()
    assert code == 1
    assert told.splitlines()[-1] == "migrate stopped: the disk is full; make room and run this again."


def test_a_taken_port_is_told_in_one_sentence_with_the_way_out(tmp_path: Path, started: list[Running]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        started.append(running := Running(tmp_path, PARTNERWISE_PORT=str(port)))
        code, told, _ = running.end()
    assert code == 1
    assert len(told.splitlines()) == 1
    assert told.startswith(f"Port {port} is taken by another program")
    assert f"PARTNERWISE_PORT={port + 10} make run" in told


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    with pytest.raises(run.CannotStart, match="PARTNERWISE_PORT is"):
        run.choose_place({"PARTNERWISE_PORT": port})


def test_two_equal_ports_are_told() -> None:
    with pytest.raises(run.CannotStart, match="the same"):
        run.choose_place({"PARTNERWISE_PORT": "8001"})


def test_a_data_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path, started: list[Running]) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    started.append(running := Running(tmp_path))
    code, told, _ = running.end()
    assert code == 1
    assert len(told.splitlines()) == 1
    assert str(running.data) in told


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    secret = run.secret_key(path)
    assert len(secret) >= 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert run.secret_key(path) == secret


def test_what_the_environment_says_of_the_database_is_kept(tmp_path: Path) -> None:
    env = run.environment(run.Place(8000, 8001, tmp_path), {"PARTNERWISE_DATABASE_URL": "postgresql://db"})
    assert env["PARTNERWISE_DATABASE_URL"] == "postgresql://db"
    assert env["PARTNERWISE_BASE_URL"] == "http://127.0.0.1:8000"
