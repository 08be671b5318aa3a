"""`partnerwise serve` as a process: it says where it listens, outlives its workers, and ends when it is told."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.fixtures.commands import WITH_CTRL_C
from tests.fixtures.forking import Process, partnerwise
from tests.fixtures.house import PARTNERWISE, ROOT, SECRET
from tests.fixtures.ports import free_port
from tests.fixtures.skipped import NO_IPV6
from tests.fixtures.waiting import until

pytestmark = pytest.mark.slow


def has_ipv6() -> bool:
    """Whether something can listen at ::1."""
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.fixture
def settings(tmp_path: Path, migrated_sqlite: Path) -> dict[str, str]:
    """What the command finds in its environment; its data are its own."""
    shutil.copyfile(migrated_sqlite, tmp_path / "partnerwise.db")
    return {
        "PARTNERWISE_BASE_URL": "http://127.0.0.1:1",
        "PARTNERWISE_DATA_DIR": str(tmp_path),
        "PARTNERWISE_SECRET_KEY": SECRET,
        "PARTNERWISE_PROCESSES": "1",
    }


@contextmanager
def serving(settings: dict[str, str], host: str, port: int) -> Iterator[Process]:
    """The command with one worker process, until the end of the block."""
    log = Path(settings["PARTNERWISE_DATA_DIR"], "serve.log")
    process = Process(partnerwise, ["serve", "--host", host, "--port", str(port)], settings, log)
    try:
        yield process
    finally:
        process.kill()


def answers(host: str, port: int) -> bool:
    """Whether the tool says that it is well."""
    try:
        return requests.get(f"http://{host}:{port}/healthz", timeout=5).ok
    except requests.RequestException:
        return False


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_listens_and_ends_when_it_is_told(settings: dict[str, str], asked: signal.Signals) -> None:
    port = free_port()
    process = subprocess.Popen(
        [*WITH_CTRL_C, *PARTNERWISE, "serve", "--host", "localhost", "--port", str(port)],
        env={**os.environ, **settings},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        until(lambda: answers("localhost", port) or process.poll() is not None, "an answer")
        process.send_signal(asked)
        said, _ = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 0, said
    assert f"Listening at: http://127.0.0.1:{port}" in said
    assert not answers("localhost", port)


@pytest.mark.skipif(not has_ipv6(), reason=NO_IPV6)
@pytest.mark.parametrize("host", ["::1", "[::1]"])
def test_it_listens_at_an_ipv6_address_however_that_is_written(settings: dict[str, str], host: str) -> None:
    port = free_port()
    with serving(settings, host, port) as process:
        until(lambda: answers("[::1]", port) or process.ended, "an answer")
        assert not process.ended, process.said


@pytest.mark.parametrize("host", ["127.0.0.1", "no.such.host.invalid"])
def test_an_address_that_is_taken_or_unknown_is_one_sentence(settings: dict[str, str], host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = int(held.getsockname()[1])
        with serving(settings, host, port) as process:
            assert process.exit_code() == 1
            said = process.said
    assert re.fullmatch(rf"Error: {re.escape(host)}:{port}: [A-Z][\w ]+\.\n", said), said


def test_a_worker_that_dies_is_replaced(settings: dict[str, str]) -> None:
    port = free_port()
    with serving(settings, "localhost", port) as process:
        until(lambda: answers("localhost", port), "an answer")
        [worker] = process.children()
        os.kill(worker, signal.SIGKILL)
        until(lambda: process.children() not in ([], [worker]), "another worker")
        until(lambda: answers("localhost", port), "an answer of the other worker")


def test_the_reference_of_an_error_page_is_in_its_log(settings: dict[str, str]) -> None:
    port = free_port()
    with serving({**settings, "PARTNERWISE_LOG_FORMAT": "json"}, "localhost", port) as process:
        until(lambda: answers("localhost", port), "an answer")
        refused = [
            requests.post(f"http://localhost:{port}/lti/launch", headers={"Accept": "application/json"}, timeout=5),
            requests.get(f"http://localhost:{port}/nowhere", headers={"Accept": "application/json"}, timeout=5),
        ]
        said = [json.loads(line) for line in process.said.splitlines() if line.startswith("{")]
    launch, nowhere = (answer.json()["reference"] for answer in refused)
    assert [one for one in said if (one.get("event"), one.get("reference")) == ("launch_refused", launch)]
    assert [one for one in said if nowhere in one.get("message", "")]
