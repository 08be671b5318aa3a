"""The second LMS's addresses: login, authorization, keys, tokens, gradebook, class list, and the picker's answer."""

from typing import Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from tests.second_platform.registered import Conf, Launch, Login, ReadRequest, as_answer
from tests.second_platform.services import CONTEXT, MEMBERSHIP, NAMES, ROLES, Book, Grades, Members

MEMBERS_AT_ONCE = 2


class SecondLms:
    """What the LMS knows; `url` and the tool's are told once both listen."""

    def __init__(self) -> None:
        self.app = Flask("tests.second_platform")
        self.book = Book()
        self.picked: list[dict[str, Any]] = []
        self.url = self.tool_url = ""
        self.conf: Conf
        self._answer()

    def meet(self, url: str, tool_url: str) -> None:
        """Learn the addresses, and register the tool."""
        self.url, self.tool_url, self.book.url = url, tool_url, f"{url}/lineitems"
        self.conf = Conf(issuer=url, tool_url=tool_url)

    def _answer(self) -> None:
        rules: tuple[tuple[str, Any, list[str]], ...] = (
            ("/as/<person>/launch/<path:activity>", self.begin, ["GET"]),
            ("/auth", self.auth, ["GET", "POST"]),
            ("/jwks", lambda: jsonify(self.conf.get_jwks()), ["GET"]),
            ("/token", self.token, ["POST"]),
            ("/lineitems", self.columns, ["GET", "POST"]),
            ("/lineitems/<number>", self.column, ["GET", "PUT", "DELETE"]),
            ("/lineitems/<number>/scores", self.scores, ["POST"]),
            ("/lineitems/<number>/results", self.results, ["GET"]),
            ("/members", self.members, ["GET"]),
            ("/picked", self.take, ["POST"]),
        )
        for rule, view, methods in rules:
            self.app.add_url_rule(rule, rule, view, methods=methods)

    def begin(self, person: str, activity: str) -> ResponseReturnValue:
        """Send somebody's browser to the tool; `picker` opens its picker."""
        login = Login(ReadRequest(request), self.conf)
        login.set_lti_message_hint(hint=f"{person}:{activity}")
        path = "course" if activity == "picker" else activity
        login.set_launch_url(f"{self.tool_url}/activities/{path}")
        answer: ResponseReturnValue = login.initiate_login(person)
        return answer

    def auth(self) -> ResponseReturnValue:
        """Answer the tool's request for a token."""
        person, _, activity = request.values["lti_message_hint"].partition(":")
        launch = Launch(ReadRequest(request), self.conf)
        launch.set_user_data(person, [MEMBERSHIP + ROLES[person]], NAMES[person], f"{person}@example.com")
        launch.set_launch_context_claim(CONTEXT.id, ["CourseSection"], CONTEXT.title, CONTEXT.label)
        launch.set_launch_presentation_claim("iframe", f"{self.url}/back")
        launch.set_nrps(f"{self.url}/members")
        if activity == "picker":
            launch.set_dl(f"{self.url}/picked", "Pick", "Parents")
        else:
            launch.set_launch_url(f"{self.tool_url}/activities/{activity}")
            launch.set_resource_link_claim(f"link-{activity}", None, activity)
            launch.set_ags(f"{self.url}/lineitems")
        page: ResponseReturnValue = launch.lti_launch()
        return page

    def token(self) -> ResponseReturnValue:
        """Grant an access token."""
        return jsonify(self.conf.get_access_token(request.form.to_dict()))

    def columns(self) -> ResponseReturnValue:
        """List columns, or make one."""
        grades = self._grades()
        done = grades.handle_get_lineitems if request.method == "GET" else grades.handle_create_lineitem
        return as_answer(grades.handle_resp(done))

    def column(self, number: str) -> ResponseReturnValue:
        """Read, change or delete a column."""
        grades = self._grades()
        verb = {"GET": "get", "PUT": "update", "DELETE": "delete"}[request.method]
        done = getattr(grades, f"handle_{verb}_lineitem")
        return as_answer(grades.handle_resp(done, line_item_id=number))

    def scores(self, number: str) -> ResponseReturnValue:
        """Take a score."""
        grades = self._grades()
        return as_answer(grades.handle_resp(grades.handle_update_score, line_item_id=number))

    def results(self, number: str) -> ResponseReturnValue:
        """List results."""
        grades = self._grades()
        return as_answer(grades.handle_resp(grades.handle_get_results, line_item_id=number))

    def members(self) -> ResponseReturnValue:
        """List the class."""
        asked = ReadRequest(request)
        asked.get_data.setdefault("limit", MEMBERS_AT_ONCE)
        members = Members(asked, self.conf, f"{self.url}/members")
        response = members.handle_resp(members.handle_get_members)
        further = response.result.pop("next", None) if response.result else None
        answer = as_answer(response)
        if further:
            answer.headers["Link"] = f'<{further}>; rel="next"'
        return answer

    def take(self) -> ResponseReturnValue:
        """Take the picker's answer."""
        self.picked += self.conf.validate_deeplinking_resp(request.form.to_dict())
        return "taken"

    def _grades(self) -> Grades:
        grades = Grades(ReadRequest(request), self.conf, f"{self.url}/lineitems")
        grades.book = self.book
        return grades
