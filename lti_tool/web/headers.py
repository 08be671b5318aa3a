"""What every answer tells the browser: who may frame it, where things may come from, that it is not to be kept."""

from flask import Response, g, request
from flask_wtf.csrf import CSRFProtect

from lti_tool.lti.network.origins import origin_of
from lti_tool.web.application import READING, parts
from lti_tool.web.refusals import ForgedRequest
from lti_tool.web.session import held_by_tab, known_visit, tab_origins

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
)

HTTPS_ONLY = 365 * 24 * 3600
"""Seconds for which browsers use nothing but https for our host (ASVS 5.0, 3.4.1)."""


def set_headers(response: Response) -> Response:
    """Add the security headers (OWASP ASVS 5.0, 3.4)."""
    seen = known_visit()
    origins = seen.platform_origins if seen else tab_origins()
    # Without a launch there is nothing to click on: an error page must show in whatever frame it was opened.
    ancestors = " ".join(("'self'", *origins)) if origins else "*"
    # What a tab fetches runs under the policy of the answer that had it fetched, and may be the answer to a picker.
    forms = g.get("forms_go_to") or " ".join(("'self'", *tab_origins()))
    policy = POLICY.replace("form-action 'self'", f"form-action {forms}") + ancestors
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    if parts().base_url.startswith("https:"):
        response.headers["Strict-Transport-Security"] = f"max-age={HTTPS_ONLY}"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def let_forms_go_to(address: str) -> None:
    """Let this page's forms go to this address's origin and nowhere else: a platform waits there for our answer."""
    g.forms_go_to = origin_of(address) or "'none'"


class Protection(CSRFProtect):  # type: ignore[misc]  # flask_wtf comes without types
    """The token against forged requests, where a cookie is the proof."""

    def protect(self, **options: bool) -> None:
        """No other site's page can send a tab's header, so there the header is the token too."""
        if not held_by_tab():
            super().protect(**options)


def let_tabs_follow(response: Response) -> Response:
    """A tab's script learns where a form leads: the browser itself would follow without the tab's proof."""
    if held_by_tab() and request.method not in READING and response.location and 300 <= response.status_code < 400:
        response.headers["X-Partnerwise-Location"] = response.location
        del response.headers["Location"]
        response.status_code, response.data = 200, b""
    return response


def refuse_forgeries() -> None:
    """A change must come from one of our own pages; SameSite=None cookies prove nothing (ASVS 5.0, 3.5)."""
    if request.method in READING or request.endpoint is None or request.endpoint in PLATFORM_ENDPOINTS:
        return
    fetched_from = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if fetched_from != "same-origin" or (origin is not None and origin != origin_of(parts().base_url)):
        raise ForgedRequest("other origin")


PLATFORM_ENDPOINTS = frozenset({"lti.login", "lti.launch"})
