"""How often one person may save and one address may arrive (Flask-Limiter): far more than people do.

What was refused for that is not lost: scripts keep it and try again, and the page that answers a form sends it again.
"""

import ipaddress
import time
from collections.abc import Callable

from flask import Flask, g, request
from flask.typing import ResponseReturnValue
from flask_limiter import ApplicationLimit, Limiter, RateLimitExceeded
from werkzeug.middleware.proxy_fix import ProxyFix

from lti_tool.web.application import READING, parts
from lti_tool.web.errors import refuse
from lti_tool.web.refusals import TooManyArrivals, TooManyExports, TooManyFiles, TooManyWrites

NETWORK = 64
"""Bits of an IPv6 address that name a household or school; the others are its own to choose."""
ARRIVING = frozenset({"lti.login", "lti.launch"})
CALENDARS = frozenset({"calendars.days"})
COPYING = frozenset({"privacy.copy"})
MADE_FILES = frozenset({"roadmap.map_file"})
INVITED = frozenset({"registering.ask", "registering.connect"})


def limit_calls(app: Flask, store: str, proxies: int) -> None:
    """Refuse what comes too often. `store` is where it is counted (`memory://`, `redis://…`).

    `proxies` is how many of our own stand before the tool: as many addresses are believed of X-Forwarded-For. Raises
    ConfigurationError for a store that is none, or whose driver is not installed.
    """
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=0, x_host=0)  # type: ignore[method-assign]
    limiter = Limiter(
        client_network,
        application_limits=[
            _limit(lambda: parts().limits.writes, "writes", _writes, key=lambda: str(g.launch_id)),
            _limit(lambda: parts().limits.exports, "exports", _copies, key=lambda: str(g.launch_id)),
            _limit(lambda: parts().limits.files, "files", _made_files, key=lambda: str(g.launch_id)),
            _limit(lambda: parts().limits.arrivals, "arrivals", lambda: _comes_to(ARRIVING), key=_per_address),
            _limit(lambda: parts().limits.invitations, "invitations", lambda: _comes_to(INVITED)),
            _limit(lambda: parts().limits.calendars, "calendars", lambda: _comes_to(CALENDARS)),
        ],
        storage_uri=store,
        # Whoever's store is away goes on counting by itself, and refuses nobody for that.
        in_memory_fallback_enabled=True,
        swallow_errors=True,
    )
    limiter.init_app(app)

    def refuse_for_now(_: RateLimitExceeded) -> ResponseReturnValue:
        current = limiter.current_limit
        wait = max(1, current.reset_at - int(time.time())) if current else 60
        if request.endpoint in COPYING:
            return refuse(TooManyExports("limit", wait))
        kind = TooManyFiles if _made_files() else TooManyWrites if "launch_id" in g else TooManyArrivals
        return refuse(kind("limit", wait))

    app.register_error_handler(RateLimitExceeded, refuse_for_now)


def client_network() -> str:
    """Whose request it is: an IPv4 address, or the network of an IPv6 address; empty for this machine's own."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if address.is_loopback:
        return ""
    return str(address) if address.version == 4 else str(ipaddress.ip_network((address, NETWORK), strict=False))


def _limit(
    words: Callable[[], str], scope: str, applies: Callable[[], bool], key: Callable[[], str] | None = None
) -> ApplicationLimit:
    return ApplicationLimit(words, scope=scope, key_function=key, exempt_when=lambda: not applies())


def _per_address() -> str:
    return f"{request.endpoint}:{client_network()}"


def _comes_to(endpoints: frozenset[str]) -> bool:
    return request.endpoint in endpoints and bool(client_network())


def _copies() -> bool:
    return request.endpoint in COPYING and "launch_id" in g


def _writes() -> bool:
    return request.method not in READING and "launch_id" in g


def _made_files() -> bool:
    return request.endpoint in MADE_FILES and "launch_id" in g
