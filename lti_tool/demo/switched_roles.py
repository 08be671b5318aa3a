"""Staff who switch their role to see the course as students do: Moodle launches them as learners, as the same `sub`."""

from sqlalchemy.orm import Session

from lti_tool.demo.models import Setting
from lti_tool.demo.people import CLAIMED_ROLES, Person, Role


def has_switched(session: Session, person: Person) -> bool:
    """Whether this person sees the course as a student now."""
    return session.get(Setting, _name(person)) is not None


def switch(session: Session, person: Person) -> None:
    """Become a student for the time being, or oneself again."""
    found = session.get(Setting, _name(person))
    if found is None:
        session.add(Setting(name=_name(person), value="student"))
    else:
        session.delete(found)


def claimed_roles(session: Session, person: Person) -> list[str]:
    """The roles that a launch of this person says."""
    return CLAIMED_ROLES[Role.TRAINEE if has_switched(session, person) else person.role]


def _name(person: Person) -> str:
    return f"role of {person.key}"
