"""Strange requests for any address of the tool: what the fuzzing test sends."""

import inspect
import json
import re
import sys
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient
from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from lti_tool.web.application import Application
from lti_tool.web.session import KEPT, PROOF
from tests.fixtures.tool import ADDRESS
from tests.web.test_access import COURSE_DATA, ENDPOINTS, path_at

NAMED = re.compile(r'(?:form|args|values|sent|number_in_query|visit)(?:\.get|\.getlist)?[\[(]"([\w:.-]+)"')
"""How the tool's own sources ask forms, queries and bodies for something."""
MORE_NAMES = ["value:p1.definition", "version:p1.definition", "value:action.1.what", "title:1", "due:1", "x"]
HUGE = ["9" * 5000, "9" * 30, str(2**63), str(2**31), f"-{2**63}"]
NUMBERS = "0 1 2 3 -1 +1 1.5 1e99 007 ٣ ½ NaN".split()  # noqa: SIM905
SIGNS = ["", " ", "\x00", "a\x00b", "\r\n", "\u2028", "\u202e", "\ufeff", "a\u0301" * 200]
TEXTS = f"""
null [] {{}} ../../etc/passwd ..%2f %00 %ff%fe '"><script>alert(1)</script> {{{{7*7}}}} {"<p><b><i></p>" * 50}
{"😀" * 50} https://lms.example/ javascript:alert(1) //evil.example http://[ {"x" * 5000}
""".split()
MOMENTS = "2026-02-30 2026-10-01 0001-01-01 9999-12-31 2026-03-29T02:30 9999-12-31T23:59 24:00".split()  # noqa: SIM905
WORDS = [
    *("m1u1", "j3", "j2", "p1", "p8", "p1.definition", "action.1.what", "action.9.what", "journal/j3", "roadmap", "el"),
    *("add:action", "add:", "add:x", "up:1", "down:2", "remove:1", "restore:1", "remove:99999999999", "value:p1.x"),
    *("save", "submit", "cancel", "release", "return", "reopen", "code", "open", "everybody", "link", "all", "waiting"),
]
KINDS = (HUGE, NUMBERS, SIGNS, TEXTS, MOMENTS, WORDS)
IN_PATHS = [one for one in (*HUGE, *NUMBERS, *SIGNS, *TEXTS, *WORDS) if one and len(one) < 1000]
BROKEN = ["{", "[" * 5000, '{"text": "\\ud800", "version": 0}', '"\\u0000"', "a=%ff&b", "--x\r\nContent"]
TYPES = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""]
HEADERS: dict[str, list[str]] = {
    "Accept": ["application/json", "text/html", "*/*", "x", "text/html;q=x"],
    "Accept-Language": ["el", "xx-", "*;q=a", "a" * 300],
    "Origin": [ADDRESS, "null", "https://evil.example", "http://[", "x"],
    "Referer": [ADDRESS, "http://[", "\xff"],
    "Sec-Fetch-Dest": ["iframe", "document", "x"],
    "Sec-Fetch-Site": ["cross-site", "same-origin", "x"],
    "If-None-Match": ["*", '"x"', "x"],
    "If-Modified-Since": ["x", "Thu, 01 Jan 1970 00:00:00 GMT"],
    "Range": ["bytes=0-1", "bytes=9-1", "x"],
    "Cookie": ["partnerwise=x", "partnerwise=.eJx", "=;;", "a=\xff"],
    PROOF: ["x", "\xff", ""],
    KEPT: ["x", ".a.b", ""],
    "HX-Request": ["true"],
}


def names_at(app: Application, rule: Rule) -> list[str]:
    """What the sources of this address's view ask forms, queries and bodies for."""
    module = sys.modules[app.view_functions[rule.endpoint].__module__]
    more = MORE_NAMES if rule.endpoint.startswith(("course.", "roadmap.")) else ["x"]
    return sorted({*NAMED.findall(inspect.getsource(module)), *more})


def whose(rule: Rule) -> str:
    """Whom the address is for, where it is one of a launch's."""
    return next((entry.whose for endpoint, entry in ENDPOINTS.items() if endpoint.split(" ")[1] == path_at(rule)), "")


@dataclass(frozen=True)
class Json:
    """Members of an object in JSON."""

    members: tuple[int, list[Any]]


VALUES = st.one_of(*(st.sampled_from(kind) for kind in KINDS), st.text(max_size=20))
SENDABLE = VALUES.map(lambda text: text.encode("utf-8", "replace").decode())
PLACES = st.integers(0, 99)
FIELDS = st.tuples(PLACES, st.lists(SENDABLE, max_size=4))
"""Values for the names from one on."""
THINGS: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.integers(0, 3), st.floats(), VALUES),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(VALUES, inner, max_size=4)),
    max_leaves=12,
)
BODIES = st.one_of(
    FIELDS,
    FIELDS,
    st.tuples(PLACES, st.lists(THINGS, max_size=5)).map(Json),
    st.tuples(PLACES, st.lists(THINGS, max_size=5)).map(Json),
    THINGS.map(json.dumps),
    st.sampled_from(BROKEN),
    st.binary(max_size=40),
)


@dataclass(frozen=True)
class Knock:
    """One request, before it is known what addresses there are, what they ask for, and who comes."""

    endpoint: int
    who: int
    chosen: bool
    """Whether whoever comes is one of those whom the address is for."""
    method: str
    """The address's own where it is empty."""
    parameters: list[str]
    """A usual one in the place of each that is empty."""
    query: tuple[int, list[str]]
    body: object
    """Fields, Json, or what is sent as it is."""
    type: str
    headers: dict[str, str]
    forged: bool


KNOCKS = st.builds(
    Knock,
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.sampled_from([True, True, True, False]),
    st.sampled_from([*[""] * 40, "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]),
    st.lists(
        st.sampled_from(["", *IN_PATHS]).flatmap(lambda one: st.sampled_from(["", "", one])), min_size=3, max_size=3
    ),
    FIELDS,
    BODIES,
    st.sampled_from(TYPES),
    st.dictionaries(st.sampled_from(list(HEADERS)), st.integers(0, 9), max_size=2).map(
        lambda chosen: {name: HEADERS[name][number % len(HEADERS[name])] for name, number in chosen.items()}
    ),
    st.integers(0, 19).map(lambda number: number == 0),
)


@dataclass(frozen=True)
class Caller:
    """Somebody with a browser, or a browser that has never been here."""

    client: FlaskClient
    launch_id: str
    token: str


def address(rule: Rule, knock: Knock, launch_id: str) -> str:
    """The rule's path with the knock's parameters in their places."""
    parameters = iter(knock.parameters)

    def fill_in(place: re.Match[str]) -> str:
        name = place[0].strip("<>").rpartition(":")[2]
        usual = {"launch_id": launch_id, **COURSE_DATA}.get(name, "2")
        given = usual if name == "launch_id" else next(parameters, "") or usual
        return given if "%" in given else quote(given.encode("utf-8", "replace"), safe="")

    return re.sub(r"<[^>]+>", fill_in, rule.rule)


def named(names: list[str], first: int, values: list[Any]) -> dict[str, Any]:
    """The values under the names from the first on, and round to the beginning."""
    return {names[(first + number) % len(names)]: value for number, value in enumerate(values)}


def body_of(knock: Knock, names: list[str]) -> dict[str, Any]:
    """What the test client is to send."""
    if isinstance(knock.body, tuple):
        return {"data": named(names, *knock.body)}
    if isinstance(knock.body, Json):
        return {"data": json.dumps(named(names, *knock.body.members)), "content_type": "application/json"}
    return {"data": knock.body, **({"content_type": knock.type} if knock.type else {})}


def send(rule: Rule, knock: Knock, caller: Caller, names: list[str]) -> TestResponse:
    """Knock."""
    methods = sorted(rule.methods or {"GET"})
    own = [one for one in methods if one not in {"HEAD", "OPTIONS"}] or methods
    method = knock.method or own[knock.endpoint % len(own)]
    return caller.client.open(
        address(rule, knock, caller.launch_id),
        method=method,
        query_string=named(names, *knock.query),
        headers=knock.headers if knock.forged else {"X-CSRFToken": caller.token, **knock.headers},
        base_url=ADDRESS,
        **({} if method in {"GET", "HEAD"} else body_of(knock, names)),
    )
