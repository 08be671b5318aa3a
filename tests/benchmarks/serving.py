"""Serves one Python contender of the launch benchmark with the tool's own server: one worker, the same threads."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from pydantic import SecretStr
from sqlalchemy import event

from lti_tool.app import create_app
from lti_tool.database import Database
from lti_tool.lti.platform import Platform
from lti_tool.migrations import migrate
from lti_tool.platforms.registrations.records import add_registration
from lti_tool.serving import THREADS, Server
from lti_tool.settings import Settings
from lti_tool.web.application import own_transactions


def our_tool() -> Flask:
    """This tool with its one platform, and a count of its queries."""
    port, platform = os.environ["PORT"], os.environ["PLATFORM"]
    settings = Settings(
        base_url=f"http://127.0.0.1:{port}",
        secret_key=SecretStr("a secret for the benchmark, long enough"),
        data_dir=Path(tempfile.mkdtemp(prefix="partnerwise-benchmark-")),
        database_url=os.environ["DATABASE_URL"],
        allow_private_addresses=True,
    )
    _register(settings, platform)
    app = create_app(settings)
    counted = [0]
    event.listen(app.parts.database.engine, "before_cursor_execute", lambda *_: counted.__setitem__(0, counted[0] + 1))

    @app.get("/counted")
    @own_transactions
    def count() -> ResponseReturnValue:
        return jsonify(queries=counted[0])

    return app


def _register(settings: Settings, platform: str) -> None:
    database = Database(settings.database_url)
    migrate(database, "")
    with database.transaction() as session:
        client = Platform(
            platform, os.environ["CLIENT_ID"], f"{platform}/auth", f"{platform}/token", f"{platform}/jwks"
        )
        add_registration(session, client, "1", "Benchmark")
    database.close()


def rival() -> Flask:
    """The example of pylti1p3."""
    from tests.benchmarks.rivals.pylti1p3_server import create

    return create()


def main(name: str) -> None:
    """Serve until SIGTERM."""
    make: Callable[[], Any] = {"ours": our_tool, "pylti1p3": rival}[name]
    bind = f"127.0.0.1:{os.environ['PORT']}"
    Server(make, bind=[bind], workers=1, worker_class="gthread", threads=THREADS, control_socket_disable=True).run()


if __name__ == "__main__":
    main(sys.argv[1])
