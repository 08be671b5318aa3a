"""The origin of an address: scheme, host and port, as browsers and their headers write it (RFC 6454)."""

import re
from urllib.parse import urlsplit

HOST = re.compile(r"[A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\]")
USUAL_PORTS = {"http": 80, "https": 443}


def origin_of(address: str) -> str:
    """The origin in ASCII, fit for a policy and for messages between windows; empty where the address has none."""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").encode("idna").decode().lower(), parts.port
    except ValueError:
        return ""
    if ":" in host:
        host = f"[{host}]"
    if parts.scheme not in USUAL_PORTS or not HOST.fullmatch(host):
        return ""
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != USUAL_PORTS[parts.scheme] else "")
