"""The three processes: the tool, its worker and the demo LMS."""

import gc
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

from gunicorn.app.base import BaseApplication

from lti_tool.app import create_app, make_store
from lti_tool.database import Database
from lti_tool.demo.app import create_demo
from lti_tool.demo.config import DemoConfig
from lti_tool.files import cleanup as files_cleanup
from lti_tool.jobs import Job, Queue
from lti_tool.lti.network.outbound import Outbound
from lti_tool.lti.platform import Platform
from lti_tool.lti.services.calls import PlatformServices
from lti_tool.lti.services.tokens import AccessTokens
from lti_tool.operations import heartbeat
from lti_tool.platforms import cleanup
from lti_tool.platforms.keys import key_sets
from lti_tool.platforms.keys.access_tokens import StoredTokens
from lti_tool.platforms.keys.key_sets import fetch_due_keys
from lti_tool.platforms.keys.tool_keys import ToolKeys
from lti_tool.platforms.rosters import turns
from lti_tool.platforms.rosters.reading import read_due_rosters
from lti_tool.roadmap.map_creation import create_map
from lti_tool.roadmap.team_membership import note_move
from lti_tool.scores import column_checks, delivery_claims
from lti_tool.scores.column_checks import look_for_columns
from lti_tool.scores.sending import deliver_due
from lti_tool.settings import Settings

THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn around an application that each worker process makes for itself."""

    def __init__(self, make: Callable[[], Any], **options: Any) -> None:
        self._make = make
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take our options instead of a configuration file's."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application."""
        made = self._make()
        # What is here by now, the whole course among it, stays as long as the process: no collection need look at it.
        gc.collect()
        gc.freeze()
        return made


def serve_app(settings: Settings, host: str, port: int) -> None:
    """Serve the tool until SIGTERM or SIGINT.

    Raises OSError, with `host:port` as its file's name, where that address cannot be listened on.
    """
    _try_address(host, port)
    create_app(settings)  # so that what is wrong is said once and here, not by every worker process again
    _serve(lambda: create_app(settings), host, port, workers=settings.processes)


def serve_demo(settings: Settings, host: str, port: int) -> None:
    """Serve the demo LMS until SIGTERM or SIGINT."""
    config = DemoConfig(
        issuer=settings.demo_url,
        tool_url=settings.base_url,
        database_path=settings.data_dir / "demo.db",
        faults=settings.demo_faults,
        with_class=settings.demo_class,
    )
    _serve(lambda: create_demo(config), host, port, workers=1)


def work(settings: Settings) -> None:
    """Send and read what is due, until SIGTERM or SIGINT."""
    queue = Queue(settings.jobs_url)
    database, secret = Database(settings.database_url, queue.start), settings.secret_key.get_secret_value()
    outbound = Outbound(allow_private=settings.allow_private_addresses)
    tokens = AccessTokens(outbound, ToolKeys(database, secret), store=StoredTokens(database, secret))

    def services_for(platform: Platform) -> PlatformServices:
        return PlatformServices(platform, tokens, outbound)

    queue.work(
        {
            delivery_claims.JOB: Job(partial(deliver_due, database, services_for, settings.base_url), at_once=4),
            turns.JOB: Job(partial(read_due_rosters, database, services_for, create_map, note_move), at_once=3),
            key_sets.JOB: Job(partial(fetch_due_keys, database, outbound)),
            column_checks.JOB: Job(partial(look_for_columns, database, services_for)),
            cleanup.JOB: Job(partial(cleanup.clean_up, database)),
            files_cleanup.JOB: Job(partial(files_cleanup.sweep_files, database, make_store(settings))),
            heartbeat.JOB: Job(partial(heartbeat.beat, database)),
        }
    )
    heartbeat.stop_beating(database)


def _try_address(host: str, port: int) -> None:
    # The server itself would try for five seconds, and end with a page of log.
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET  # as the server understands it
        *_, where = socket.getaddrinfo(_bare(host), port, family, socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as failure:
        raise OSError(failure.errno, failure.strerror, f"{host}:{port}") from None


def _bare(host: str) -> str | None:
    """Without the brackets of an IPv6 address; nothing for every interface."""
    return host.strip("[]") or None


def _serve(make: Callable[[], Any], host: str, port: int, *, workers: int) -> None:
    Server(
        make,
        bind=[f"[{_bare(host)}]:{port}" if ":" in host else f"{host}:{port}"],
        workers=workers,
        worker_class="gthread",
        threads=THREADS,
        accesslog=None,  # addresses carry launch ids
        control_socket_disable=True,
        limit_request_line=8190,  # platforms' login hints are long
        graceful_timeout=5,
    ).run()
