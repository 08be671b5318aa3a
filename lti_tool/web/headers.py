"""What every answer tells the browser: who may frame it, where things may come from, that it is not to be kept."""

from urllib.parse import urlsplit

from flask import Response, request

from lti_tool.errors import ForgedRequest
from lti_tool.web.application import READING, parts
from lti_tool.web.session import known_visit

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)


def set_headers(response: Response) -> Response:
    """Add the security headers (OWASP ASVS 5.0, 3.4)."""
    seen = known_visit()
    # Without a launch there is nothing to click on: an error page must show in whatever frame it was opened.
    ancestors = " ".join(("'self'", *seen.platform_origins)) if seen else "*"
    response.headers.setdefault("Content-Security-Policy", POLICY + ancestors)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def refuse_forgeries() -> None:
    """A change must come from one of our own pages; SameSite=None cookies prove nothing (ASVS 5.0, 3.5)."""
    if request.method in READING or request.endpoint is None or request.endpoint in PLATFORMS_DOORS:
        return
    fetched_from = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if fetched_from != "same-origin" or (origin is not None and origin != _own_origin()):
        raise ForgedRequest("other origin")


PLATFORMS_DOORS = frozenset({"lti.login", "lti.launch"})


def _own_origin() -> str:
    address = urlsplit(parts().base_url)
    return f"{address.scheme}://{address.netloc}"
