"""Somebody who goes through demo LMS and tool by plain HTTP, as a browser would but without one."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import requests

PATIENCE = 20.0
"""Seconds for each request."""


class LostOnTheWay(Exception):
    """A launch did not lead to a page of the tool; the text is what the last answer said."""


@dataclass
class Browser:
    """Keeps the tool's cookie as browsers do: Secure cookies go to this machine's own address by http, too."""

    cookie: str = ""
    headers: dict[str, str] = field(default_factory=lambda: {"Accept": "text/html", "Sec-Fetch-Dest": "document"})

    def send(self, method: str, url: str, **options: Any) -> requests.Response:
        """One request, and the page that a redirect leads to."""
        headers = {**self.headers, "Cookie": self.cookie, **options.pop("headers", {})}
        answer = requests.request(method, url, headers=headers, timeout=PATIENCE, allow_redirects=False, **options)
        if "Set-Cookie" in answer.headers:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        if answer.is_redirect and answer.headers["Location"].startswith("/"):
            return self.send("GET", urljoin(url, answer.headers["Location"]))
        return answer


@dataclass
class Walker:
    """A person in an activity; `page` is the address of the launch, ending in a slash."""

    browser: Browser
    page: str
    token: str
    opened: str = ""
    """The address of the page that the launch led to."""

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return self.browser.send("GET", self.page + path)

    def put(self, path: str, json: Any, **headers: str) -> requests.Response:
        """Save as the page's script does."""
        every = {"X-CSRFToken": self.token, "Accept": "application/json", **headers}
        return self.browser.send("PUT", self.page + path, json=json, headers=every)

    def post_json(self, path: str, json: Any) -> requests.Response:
        """Do something as the page's script does."""
        every = {"X-CSRFToken": self.token, "Accept": "application/json"}
        return self.browser.send("POST", self.page + path, json=json, headers=every)

    def post(self, path: str, data: Any = None, **headers: str) -> requests.Response:
        """Send a form; gives the page that it leads to."""
        return self.browser.send("POST", self.page + path, data=data, headers={"X-CSRFToken": self.token, **headers})


def open_from(demo_url: str, tool_url: str, path: str) -> Walker:
    """Follow a launch of the demo LMS, such as `/as/alice/launch/journal-j3`: login, authentication, first page.

    Raises LostOnTheWay, and what `requests` raises where one of the two does not answer.
    """
    browser = Browser()
    login = form_fields(browser.send("GET", f"{demo_url}{path}").text)
    to_platform = browser.send("POST", f"{tool_url}/lti/login", data=login)
    if "Location" not in to_platform.headers:
        raise LostOnTheWay(to_platform.text)
    launch = form_fields(browser.send("GET", to_platform.headers["Location"]).text)
    page = browser.send("POST", f"{tool_url}/lti/launch", data=launch)
    page.raise_for_status()
    return arrive_at(browser, page)


def arrive_at(browser: Browser, page: requests.Response) -> Walker:
    """The person on the page that a launch led to; raises LostOnTheWay."""
    token = re.search(r'name="csrf-token" content="([^"]+)"', page.text)
    opened = re.match(r".*/l/[^/]+/", page.url)
    if not (token and opened):
        raise LostOnTheWay(page.text)
    return Walker(browser, opened[0], token[1], page.url)


def form_fields(page: str) -> dict[str, str]:
    """The named inputs of a page's form."""
    reader = _FormReader()
    reader.feed(page)
    return reader.fields


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an input."""
        named = dict(attrs)
        if tag == "input" and named.get("name"):
            self.fields[str(named["name"])] = named.get("value") or ""
