"""A launch as somebody makes it, and what must come of it; `tests/lti/cases.py` has those that change a token alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import requests

from tests.conformance.stage import LINK, Stage
from tests.lti.cases import Case, Change, beyond_certification, certification, drop

Play = Callable[[Stage], requests.Response]


@dataclass(frozen=True)
class Attempt:
    """One row of the table: exactly one of `gets_in_as` and `refused_for` is given."""

    group: str
    name: str
    play: Play
    gets_in_as: str = ""
    """The role in which the tool must take the person."""
    opens: str = ""
    """What must be opened, where it is not the journal entry of the usual launch."""
    refused_for: str = ""
    """The reason that the tool's log must give."""
    status: int = 400
    """What a refusal must be answered with."""
    registration: Mapping[str, object] = field(default_factory=dict)
    """What the operator has set meanwhile, such as `allows_anonymous`."""

    @property
    def must(self) -> str:
        """What must come of it, for the table."""
        return f"in as {self.gets_in_as}" if self.gets_in_as else self.refused_for

    def __str__(self) -> str:
        return f"{self.group}: {self.name}"


def change(
    group: str,
    name: str,
    *changes: Change,
    gets_in_as: str = "",
    refused_for: str = "",
    person: str = "alice",
    kind: str = LINK,
    opens: str = "",
    by_stranger: bool = False,
    registration: Mapping[str, object] = MappingProxyType({}),
) -> Attempt:
    """A launch whose token is changed."""

    def play(stage: Stage) -> requests.Response:
        def every(claims: dict[str, object], header: dict[str, object]) -> None:
            for one in changes or (drop(),):
                one(claims, header)

        return stage.launch(every, person=person, kind=kind, by_stranger=by_stranger)

    return Attempt(group, name, play, gets_in_as, opens, refused_for, registration=registration)


ROLES_OF_CERTIFICATION = {
    "several roles, as a teacher": "trainer",
    "an unknown role": "observer",
    "an empty list of roles": "observer",
}


def _of(group: str, case: Case) -> Attempt:
    role = "trainer" if case.name.endswith("as a teacher") else "trainee"
    for start, other in ROLES_OF_CERTIFICATION.items():
        role = other if case.name.startswith(start) else role
    reason = case.refusal.code if case.refusal else ""
    return change(
        group,
        case.name,
        case.change,
        gets_in_as="" if reason else role,
        refused_for=reason,
        by_stranger=case.by_stranger,
    )


CERTIFICATION = [_of("certification, valid" if case.is_good else "certification, bad", case) for case in certification]
TOKENS = [_of("tokens beyond certification", case) for case in beyond_certification]
