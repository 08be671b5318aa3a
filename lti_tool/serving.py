"""The three processes: the tool, its worker and the demo LMS."""

import gc
import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from lti_tool.operations.platform_calls import ToldCalls
from lti_tool.platforms import cleanup
from lti_tool.platforms.keys import key_sets
from lti_tool.platforms.keys.access_tokens import StoredTokens
from lti_tool.platforms.keys.key_sets import fetch_due_keys
from lti_tool.platforms.keys.tool_keys import ToolKeys
from lti_tool.platforms.rosters import schedule
from lti_tool.platforms.rosters.reading import read_due_rosters
from lti_tool.privacy import retention
from lti_tool.roadmap.map_creation import create_map
from lti_tool.roadmap.team_membership import note_move
from lti_tool.scores import column_checks, delivery_claims
from lti_tool.scores.column_checks import look_for_columns
from lti_tool.scores.sending import deliver_due
from lti_tool.settings import Settings

THREADS = 8
"""Requests that one process answers at once."""
GRACE = 5
"""Seconds that requests have to finish when the server ends."""
COUNTERS = "PROMETHEUS_MULTIPROC_DIR"
"""The variable by which prometheus_client finds the folder where several processes count together."""


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


Address = tuple[str, int]
"""A host and a port."""


def serve_app(settings: Settings, host: str, port: int, metrics: Address | None = None) -> None:
    """Serve the tool until SIGTERM or SIGINT, and what it counts at an address of its own.

    Raises OSError, with `host:port` as its file's name, where that address cannot be listened on.
    """
    for address in filter(None, ((host, port), metrics)):
        _try_address(*address)
    create_app(settings)  # so that what is wrong is said once and here, not by every worker process again
    if metrics is None:
        _serve(lambda: create_app(settings), (host, port), workers=settings.processes)
    else:
        with _counted_together():
            _serve(partial(_measured, settings, metrics[1]), (host, port), metrics, workers=settings.processes)


def serve_demo(settings: Settings, host: str, port: int) -> None:
    """Serve the demo LMS until SIGTERM or SIGINT."""
    config = DemoConfig(
        issuer=settings.demo_url,
        tool_url=settings.base_url,
        database_path=settings.data_dir / "demo.db",
        faults=settings.demo_faults,
        with_class=settings.demo_class,
    )
    _serve(lambda: create_demo(config), (host, port), workers=1)


def work(settings: Settings, metrics: Address | None = None) -> None:
    """Send and read what is due, until SIGTERM or SIGINT; what it counts is told at an address of its own."""
    if metrics is not None:
        _try_address(*metrics)
        _tell_numbers(*metrics)
    queue = Queue(settings.jobs_url)
    database, secret = Database(settings.database_url, queue.start), settings.secret_key.get_secret_value()
    outbound = Outbound(allow_private=settings.allow_private_addresses)
    tokens = AccessTokens(
        ToldCalls(outbound, "tokens"), ToolKeys(database, secret), store=StoredTokens(database, secret)
    )

    def services_for(platform: Platform) -> PlatformServices:
        return PlatformServices(platform, tokens, outbound)

    queue.work(
        {
            delivery_claims.JOB: Job(partial(deliver_due, database, services_for, settings.base_url), at_once=4),
            schedule.JOB: Job(partial(read_due_rosters, database, services_for, create_map, note_move), at_once=3),
            key_sets.JOB: Job(partial(fetch_due_keys, database, ToldCalls(outbound, "keys"))),
            column_checks.JOB: Job(partial(look_for_columns, database, services_for)),
            cleanup.JOB: Job(partial(cleanup.clean_up, database)),
            retention.JOB: Job(partial(retention.erase_what_is_over, database, settings.keep)),
            files_cleanup.JOB: Job(partial(files_cleanup.sweep_files, database, make_store(settings))),
            heartbeat.JOB: Job(partial(heartbeat.beat, database)),
        }
    )
    heartbeat.stop_beating(database)


# What counts is imported by these alone: prometheus_client must find its folder (operations/metrics.py).


def _measured(settings: Settings, port: int) -> Any:
    """The tool, with its numbers at this port."""
    from lti_tool.operations.metrics import Metrics  # noqa: PLC0415
    from lti_tool.operations.views.measuring import with_metrics  # noqa: PLC0415

    return with_metrics(create_app(settings), Metrics(), port)


@contextmanager
def _counted_together() -> Iterator[None]:
    """A folder in which all processes of the server count; it goes when the server ends."""
    mine = os.getpid()
    folder = tempfile.mkdtemp(prefix="partnerwise-metrics-")
    os.environ[COUNTERS] = folder
    try:
        yield
    finally:
        if os.getpid() == mine:  # the server's children end through here, too
            shutil.rmtree(folder, ignore_errors=True)


def _note_end(_server: object, ended: Any) -> None:
    """Of a process that counted with others (https://prometheus.github.io/client_python/multiprocess/)."""
    if COUNTERS in os.environ:
        from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

        mark_process_dead(ended.pid)  # type: ignore[no-untyped-call]


def _tell_numbers(host: str, port: int) -> None:
    """Answer whoever asks what this process has counted, from a thread."""
    os.environ.pop(COUNTERS, None)  # it counts for itself
    from prometheus_client import start_http_server  # noqa: PLC0415

    from lti_tool.operations.metrics import Metrics  # noqa: PLC0415

    start_http_server(port, _bare(host) or "0.0.0.0", registry=Metrics().registry)  # noqa: S104 (as it was asked)


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


def _serve(make: Callable[[], Any], *addresses: Address, workers: int) -> None:
    Server(
        make,
        bind=[f"[{_bare(host)}]:{port}" if ":" in host else f"{host}:{port}" for host, port in addresses],
        workers=workers,
        worker_class="gthread",
        threads=THREADS,
        accesslog=None,  # addresses carry launch ids
        control_socket_disable=True,
        limit_request_line=8190,  # platforms' login hints are long
        graceful_timeout=GRACE,
        child_exit=_note_end,
    ).run()
