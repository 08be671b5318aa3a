"""`partnerwise serve` as a process: it says where it listens, outlives its workers, and ends when it is told."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest
import requests

from tests.fixtures.commands import WITH_CTRL_C
from tests.fixtures.house import PARTNERWISE, ROOT
from tests.fixtures.ports import free_port
from tests.fixtures.skipped import NO_IPV6

PATIENCE = 60


def has_ipv6() -> bool:
    """Whether something can listen at ::1."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


class Serving:
    """A running `partnerwise serve` with one worker process; ends with the `with` around it."""

    def __init__(self, folder: Path, host: str) -> None:
        self.port = free_port()
        self.process = start(folder, "serve", "--host", host, "--port", str(self.port))
        bare = host.strip("[]")
        self.url = f"http://[{bare}]:{self.port}" if ":" in bare else f"http://{bare}:{self.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()

    def answers(self) -> bool:
        """Whether the tool says that it is well."""
        try:
            return requests.get(f"{self.url}/healthz", timeout=5).ok
        except requests.RequestException:
            return False

    def wait(self) -> None:
        """Until it answers."""
        end = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process.poll() is None, self.process.communicate()[0]
            assert time.monotonic() < end, "it never answered"
            time.sleep(0.1)

    def workers(self) -> list[int]:
        """The process ids of its children."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(one) for one in listed.split()]


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """The command on data of its own."""
    settings = {
        "PARTNERWISE_BASE_URL": "http://127.0.0.1:1",
        "PARTNERWISE_DATA_DIR": str(folder),
        "PARTNERWISE_SECRET_KEY": "a secret for tests, long enough to be one",
        "PARTNERWISE_PROCESSES": "1",
    }
    environment = {**os.environ, **settings}
    subprocess.run([*PARTNERWISE, "migrate"], env=environment, cwd=ROOT, check=True, capture_output=True)
    return subprocess.Popen(
        [*WITH_CTRL_C, *PARTNERWISE, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    """The tool, answering at `localhost`."""
    with Serving(tmp_path, "localhost") as running:
        running.wait()
        yield running


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_and_ends_when_it_is_told(serving: Serving, asked: signal.Signals) -> None:
    serving.process.send_signal(asked)
    said, _ = serving.process.communicate(timeout=PATIENCE)
    assert serving.process.returncode == 0, said
    assert f"Listening at: http://127.0.0.1:{serving.port}" in said
    assert not serving.answers()


@pytest.mark.skipif(not has_ipv6(), reason=NO_IPV6)
@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_it_listens_at_an_ipv6_address_however_that_is_written(tmp_path: Path, host: str) -> None:
    with Serving(tmp_path, host) as running:
        running.wait()


@pytest.mark.parametrize("host", ["127.0.0.1", "no.such.host.invalid"])
def test_an_address_that_is_taken_or_unknown_is_one_sentence(tmp_path: Path, host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = int(held.getsockname()[1])
        process = start(tmp_path, "serve", "--host", host, "--port", str(port))
        said, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert re.fullmatch(rf"Error: {re.escape(host)}:{port}: [A-Z][\w ]+\.\n", said), said


def test_a_worker_that_dies_is_replaced(serving: Serving) -> None:
    [worker] = serving.workers()
    os.kill(worker, signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while serving.workers() in ([], [worker]):
        assert time.monotonic() < end, "nobody took its place"
        time.sleep(0.1)
    serving.wait()
