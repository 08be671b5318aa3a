"""`make run` with the real programs: a first start, a stop, and a second start on the same data."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.ports import free_port
from tools import run
from tools.supervising import answers
from tools.workshop import ROOT

pytestmark = pytest.mark.slow


def start_and_stop(settings: dict[str, str], *addresses: str) -> str:
    """Start everything, look at the addresses once it is ready, stop it by Ctrl-C; return what it said."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PARTNERWISE_")}
    command = [sys.executable, "-m", "tools.run"]
    process = subprocess.Popen(command, cwd=ROOT, env={**env, **settings}, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = ""
    while "Ready" not in told and (line := process.stdout.readline()):
        told += line
    answered = [address for address in addresses if answers(address)]
    process.send_signal(signal.SIGINT)
    told += process.communicate(timeout=30)[0]
    assert answered == list(addresses), told
    assert process.returncode == 0, told
    return told


def test_a_second_start_finds_the_data_of_the_first(tmp_path: Path) -> None:
    port, demo_port = free_port(), free_port()
    settings = {
        "PARTNERWISE_PORT": str(port),
        "PARTNERWISE_DEMO_PORT": str(demo_port),
        "PARTNERWISE_DATA_DIR": str(tmp_path / "var"),
        "PARTNERWISE_DEMO_CLASS": "0",  # its work has tests of its own
    }
    addresses = (f"http://127.0.0.1:{port}/healthz", f"http://localhost:{demo_port}/")
    for _ in range(2):
        told = start_and_stop(settings, *addresses)
        assert told.splitlines()[-1] == "Stopping …"
        assert not run.is_taken(port)
        assert not run.is_taken(demo_port)
    listed = subprocess.run(
        [run.PARTNERWISE, "platforms", "list"],
        env={**os.environ, **run.environment(run.Place(port, demo_port, tmp_path / "var"), {})},
        capture_output=True,
        text=True,
        check=True,
    )
    assert listed.stdout.splitlines() == [
        f"1  Demo LMS: http://localhost:{demo_port}  client partnerwise-demo  deployment 1"
    ]
