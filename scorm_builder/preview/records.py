"""What cmi5 units have told the preview's LRS, by registration (cmi5, sections 8 to 11)."""

from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any

_SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"


@dataclass
class Record:
    """One registration: statements in the order of their arrival, documents of the state, tokens by their visit."""

    statements: list[dict[str, Any]] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    fetched: set[str] = field(default_factory=set)

    def begin_visit(self, activity_id: str, mastery: int | None) -> str:
        """What an LMS writes before it launches a unit; returns the name of the visit."""
        visit = token_urlsafe(8)
        self.tokens[visit] = token_urlsafe(16)
        self.state["LMS.LaunchData"] = {
            "contextTemplate": {
                "extensions": {_SESSION: visit},
                "contextActivities": {"grouping": [{"id": activity_id}]},
            },
            "launchMode": "Normal",
            "moveOn": "Completed" if mastery is None else "CompletedAndPassed",
            **({} if mastery is None else {"masteryScore": mastery / 100}),
        }
        return visit

    def fetch_token(self, visit: str) -> dict[str, str]:
        """The visit's token, once (cmi5, section 8.2)."""
        if visit in self.fetched or visit not in self.tokens:
            return {"error-code": "1", "error-text": "The token of this visit has been fetched already."}
        self.fetched.add(visit)
        return {"auth-token": self.tokens[visit]}

    def knows(self, authorization: str) -> bool:
        """Whether a request shows a token of this registration."""
        return authorization.removeprefix("Basic ") in self.tokens.values()


class Records:
    """All registrations; `changes` counts what was told, so that a page can wait for more."""

    def __init__(self) -> None:
        self.changes = 0
        self._by_registration: dict[str, Record] = {}

    def of(self, registration: str) -> Record:
        """The record of a registration, which begins empty."""
        return self._by_registration.setdefault(registration, Record())

    def take(self, record: Record, statements: list[dict[str, Any]]) -> None:
        """Add what was not told before; a statement is told apart by its identifier."""
        known = {statement.get("id") for statement in record.statements}
        record.statements += [statement for statement in statements if statement.get("id") not in known]
        self.changes += 1

    def keep(self, record: Record, name: str, document: Any) -> None:
        """Keep a document of the state."""
        record.state[name] = document
        self.changes += 1
