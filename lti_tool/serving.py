"""The three processes: the tool, its worker and the demo LMS."""

import gc
import logging
import signal
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

import click
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from werkzeug.serving import make_server

from lti_tool.app import create_app
from lti_tool.database import Database
from lti_tool.demo.app import create_demo
from lti_tool.demo.config import DemoConfig
from lti_tool.jobs import Queue
from lti_tool.lti.outbound import Outbound
from lti_tool.lti.platform import Platform
from lti_tool.lti.services import PlatformServices
from lti_tool.lti.tokens import AccessTokens
from lti_tool.platforms import offering, tidying
from lti_tool.platforms.access_tokens import StoredTokens
from lti_tool.platforms.rosters import read_due_rosters
from lti_tool.platforms.tool_keys import ToolKeys
from lti_tool.roadmap.beginning import begin_map
from lti_tool.scores import queueing
from lti_tool.scores.delivering import deliver_due
from lti_tool.settings import Settings

THREADS = 8
"""Of each process; some may wait for a platform's keys."""


def serve_app(settings: Settings, host: str, port: int) -> None:
    """Serve the tool until SIGTERM or SIGINT."""
    create_app(settings)  # so that what is wrong is said once and here, not by every worker process again
    serve(partial(create_app, settings), host, port, workers=settings.processes)


def serve_demo(settings: Settings, host: str, port: int) -> None:
    """Serve the demo LMS until SIGTERM or SIGINT, by a server whose connections a planned failure can break."""
    config = DemoConfig(
        issuer=settings.demo_url,
        tool_url=settings.base_url,
        database_path=settings.data_dir / "demo.db",
        faults=settings.demo_faults,
    )
    server = make_server(_free_address(host, port), port, create_demo(config), threaded=True)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # or it tells of every request
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server.serve_forever()
def work(settings: Settings) -> None:
    """Send and read what is due, until SIGTERM or SIGINT."""
    database, secret = Database(settings.database_url), settings.secret_key.get_secret_value()
    outbound = Outbound(allow_private=settings.allow_private_addresses)
    tokens = AccessTokens(outbound, ToolKeys(database, secret), store=StoredTokens(database, secret))

    def services_for(platform: Platform) -> PlatformServices:
        return PlatformServices(platform, tokens, outbound)

    Queue(settings.jobs_url).work(
        {
            queueing.JOB: partial(deliver_due, database, services_for, settings.base_url),
            offering.JOB: partial(read_due_rosters, database, services_for, begin_map),
            tidying.JOB: partial(tidying.tidy_up, database),
        }
    )


def serve(make: Callable[[], Any], host: str, port: int, *, workers: int) -> None:
    """Serve what each worker process makes for itself until SIGTERM or SIGINT; requests in hand are finished.

    Raises OSError, with `host:port` as its file's name, where that address cannot be listened on.
    """
    address = _free_address(host, port)
    click.echo(f"Listening on http://{host}:{port}, until Ctrl-C.")
    Granian(
        "partnerwise",  # only a name: the loader makes the application
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        # Less than this is of no use to an operator: it counts our threads, which may wait for platforms, as too many.
        log_level=LogLevels.error,
    ).serve(target_loader=partial(_made, make), wrap_loader=False)


def _free_address(host: str, port: int) -> str:
    """The numbers of the host, which is all that the server understands; a port that is taken would be its panic."""
    try:
        family, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as failure:
        raise OSError(failure.errno, failure.strerror, f"{host}:{port}") from None
    return str(where[0])


def _made(make: Callable[[], Any]) -> Any:
    made = make()
    # What is here by now, the whole course among it, stays as long as the process: no collection need look at it.
    gc.collect()
    gc.freeze()
    return made
