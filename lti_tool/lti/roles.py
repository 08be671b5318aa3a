"""What a person is in this tool, from the roles that the platform gives them (LTI 1.3 Core, 5.3.7 and A.2).

Roles in the context beat those in the institution or the system. Of those two only Administrator counts: a
teacher of the school (Faculty, Instructor) is a trainee of this course unless the course itself says
otherwise. Some platforms send institution roles where they mean the course; for them these count where no role
in the context is named at all.

Whoever has no role that is known, or none at all, is an observer. Such launches must be let in, and an
observer can do least: reads the course and keeps a place in it, sees nobody's work, has no line in the
gradebook. Being a trainee would give a stranger all of that, being refused would break launches that the
specification calls valid.

pylti1p3's role parsing is not used: it forgets the principal role of a sub-role (Learner of
Learner#GuestLearner) and takes names of unknown vocabularies for context roles.
"""

import re
from collections.abc import Iterable
from typing import Final, Literal

RoleName = Literal["trainer", "administrator", "trainee", "observer"]

# A sub-role is written principal#sub-role, and its holder has the principal role (A.2.3.1).
_FULL_NAME: Final = re.compile(
    r"http://purl\.imsglobal\.org/vocab/lis/v2/"
    r"(?P<where>membership|institution/person|system/person)(?:/(?P<principal>\w+))?#(?P<name>\w+)"
)

_IN_CONTEXT: Final[dict[str, RoleName]] = {
    "Instructor": "trainer",
    "TeachingAssistant": "trainer",
    "ContentDeveloper": "trainer",
    "Administrator": "administrator",
    "Learner": "trainee",
    "Mentor": "observer",
}
_ADMINISTRATORS: Final = frozenset({"Administrator", "SysAdmin", "AccountAdmin"})
_CONTEXT, _INSTITUTION, _SYSTEM = "membership", "institution/person", "system/person"
_OUTSIDE: Final[dict[tuple[str, str], RoleName]] = {
    (_INSTITUTION, "Instructor"): "trainer",
    (_INSTITUTION, "Faculty"): "trainer",
    (_INSTITUTION, "Learner"): "trainee",
    (_INSTITUTION, "Student"): "trainee",
    (_INSTITUTION, "Mentor"): "observer",
    **{(where, name): "administrator" for where in (_INSTITUTION, _SYSTEM) for name in _ADMINISTRATORS},
}
"""Roles outside the context, which stand in for one in it."""
_TEST_USER: Final = re.compile(r"http://purl\.imsglobal\.org/vocab/(lti|lis/v2)/system/person#TestUser")

_STRONGEST_FIRST: Final[tuple[RoleName, ...]] = ("trainer", "administrator", "trainee", "observer")


def role_of(roles: Iterable[str], *, by_institution: bool = False) -> RoleName:
    """The one role that these roles amount to, in the context of the launch; short names are context roles.

    `by_institution` lets institution roles stand in where no role in the context is named, known or not.
    """
    parsed = [_parse(role) for role in roles]
    found = _strongest(_IN_CONTEXT[name] for where, name in parsed if where == _CONTEXT and name in _IN_CONTEXT)
    if found is None:
        elsewhere = {_OUTSIDE[one] for one in parsed if one in _OUTSIDE}
        may_stand_in = by_institution and not any(where == _CONTEXT for where, _ in parsed)
        found = _strongest(elsewhere if may_stand_in else elsewhere & {"administrator"})
    return found or "observer"


def _strongest(roles: Iterable[RoleName]) -> RoleName | None:
    given = set(roles)
    return next((role for role in _STRONGEST_FIRST if role in given), None)


def administers(roles: Iterable[str]) -> bool:
    """Whether an administrator role of any place is among these; a trainer of the course may have one beside."""
    return any(name in _ADMINISTRATORS for _, name in map(_parse, roles))


def is_test_user(roles: Iterable[str]) -> bool:
    """Whether this is nobody: the student that a trainer becomes to see a course as students do (A.2.1)."""
    return any(_TEST_USER.fullmatch(role) for role in roles)


def _parse(role: str) -> tuple[str, str]:
    """Where the role holds, and its principal name; nowhere for names of other vocabularies."""
    full = _FULL_NAME.fullmatch(role)
    if full is None:
        return (_CONTEXT if role.isalpha() else ""), role
    return full["where"], full["principal"] or full["name"]
