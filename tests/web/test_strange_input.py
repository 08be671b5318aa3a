"""Whatever comes to whichever endpoint: refused with a sentence, never a fault of ours."""

import re
from collections.abc import Iterator

import pytest
from werkzeug.routing import Rule

from lti_tool.web.application import Application
from tests.fixtures.tool import ADDRESS, Arrive, Visitor

HUGE = "9" * 30
STRANGE = {
    "NUL": "%00",
    "half of UTF-8": "%ff",
    "huge": HUGE,
    "negative": "-1",
    "long": "x" * 3000,
    "climbing": "..%2F..%2F..%2Fbundle.json",
    "other writing": "%D7%A9%D7%9C",
}
BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "a number": b"1",
    "null": b"null",
    "nested": b"[" * 100_000,
    "nested in what is kept": b'{"v": 1, "answers": {"a": ' + b"[" * 300 + b"]" * 300 + b"}}",
    "nested beside": b'{"v": 1, "x": ' + b'{"x": ' * 300 + b"1" + b"}" * 300 + b"}",
    "no number": b'{"v": 1, "answers": {"a": NaN}, "text": "x", "version": NaN, "value": NaN, "levels": {"a": NaN}}',
    "half a character": rb'{"v": 1, "answers": {"\ud800": "\udc00"}, "x": "\ud800", "text": "\ud800", "version": 0}',
    "NUL": rb'{"v": 1, "answers": {"a\u0000": "\u0000"}, "page": "\u0000", "text": "\u0000", "version": 0}',
    "huge numbers": b'{"v": 1, "answers": {"a": 1e999}, "text": "x", "value": "x", "levels": {}, "since": -%b,'
    b' "do": "save", "section": "p1", "version": %b}' % (HUGE.encode(), HUGE.encode()),
    "wrong kinds": b'{"v": [1], "answers": [], "text": {}, "value": [], "version": {}, "levels": [], "do": {}}',
    "not UTF-8": b'{"text": "\xff"}',
}
USUAL = {"unit_id": "m1u1", "prompt_id": "j3", "section_id": "p1", "name": "p1.definition"}
"""Parts of a path that the course has; all others are numbers."""
ARGUMENTS = ("since", "before", "prompt", "state", "section", "open", "page", "team", "stage")


@pytest.fixture(params=["alice", "tina"])
def somebody(request: pytest.FixtureRequest, visitor: Arrive) -> Visitor:
    """A trainee with a team, and a trainer."""
    found = visitor(request.param)
    if request.param == "alice":
        assert found.post("roadmap/teams", {"name": "Primary School 12"}).status_code == 303
    return found


def endpoints(app: Application, method: str) -> Iterator[Rule]:
    """Those of a launch but the way out, which takes no body and ends the session."""
    inside = (rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/l/"))
    return (rule for rule in inside if method in (rule.methods or ()) and rule.endpoint != "leaving.finish")


def path_of(rule: Rule, value: str = "") -> str:
    """The rule's path below the launch, with this value, or else a usual one, in the place of each open part."""
    path = rule.rule.removeprefix("/l/<launch_id>/")
    return re.sub(r"<(?:[^:>]*:)?(\w+)>", lambda part: value or USUAL.get(part[1], "1"), path)


@pytest.mark.both_databases
def test_a_strange_address_is_refused(app: Application, somebody: Visitor) -> None:
    for name, value in STRANGE.items():
        for rule in endpoints(app, "GET"):
            assert somebody.get(path_of(rule, value)).status_code < 500, (rule, name)
        assert somebody.client.get(f"/l/{value}/course/", base_url=ADDRESS).status_code in {401, 404}, name
        assert somebody.client.get(f"/activities/{value}", base_url=ADDRESS).status_code < 500, name
        assert somebody.client.get(f"/static/{value}", base_url=ADDRESS).status_code == 404, name


@pytest.mark.both_databases
def test_a_strange_question_is_refused_or_passed_over(app: Application, somebody: Visitor) -> None:
    numbers = (HUGE, f"-{HUGE}", f"%2B{HUGE}", "1_000" * 8, "%EF%BC%99" * 30, f"+{HUGE}", "9" * 18, "2147483648", "-1")
    for rule in endpoints(app, "GET"):
        for value in ("%00", *numbers, "x", ""):
            asked = "&".join(f"{name}={value}" for name in ARGUMENTS)
            assert somebody.get(f"{path_of(rule)}?{asked}").status_code < 500, (rule, value)
        for name in ARGUMENTS:
            assert somebody.get(f"{path_of(rule)}?{name}=999999999999999999").status_code < 500, (rule, name)


def test_a_strange_body_is_refused(app: Application, somebody: Visitor) -> None:
    headers = {"X-CSRFToken": somebody.token(), "Accept": "application/json"}
    before = somebody.get("course/units/m1u1/progress").json or {}
    for name, body in BODIES.items():
        for method in ("PUT", "POST"):
            for rule in endpoints(app, method):
                answer = somebody.client.open(
                    somebody.at(path_of(rule)),
                    method=method,
                    data=body,
                    content_type="application/json",
                    base_url=ADDRESS,
                    headers=headers,
                )
                assert answer.status_code < 500, (rule, name)
        assert somebody.get("course/units/m1u1/progress").json == {**before, "saved": None}, name


@pytest.mark.both_databases
def test_a_strange_form_is_refused(app: Application, somebody: Visitor) -> None:
    names = ("name", "text", "version", "do", "comment", "level-x", "value:p1.definition", "version:p1.definition")
    for rule in endpoints(app, "POST"):
        for value in ("\x00", HUGE, f"-{HUGE}", "", "x" * 10_000):
            answer = somebody.post(path_of(rule), dict.fromkeys(names, value))
            assert answer.status_code < 500, (rule, value)


def test_more_than_any_endpoint_takes_is_refused(app: Application, somebody: Visitor) -> None:
    headers = {"X-CSRFToken": somebody.token(), "Accept": "application/json"}
    for rule in endpoints(app, "PUT"):
        answer = somebody.client.put(
            somebody.at(path_of(rule)),
            data=b"x" * (2 * 1024 * 1024 + 1),
            content_type="application/json",
            base_url=ADDRESS,
            headers=headers,
        )
        assert answer.status_code in {403, 404, 413}, rule
