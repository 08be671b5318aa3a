"""The cast of the demo LMS: five invented people to be, nine more to meet, and what each may do."""

from dataclasses import dataclass
from enum import StrEnum

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership#"
INSTITUTION = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#"
SYSTEM = "http://purl.imsglobal.org/vocab/lis/v2/system/person#"


class Role(StrEnum):
    """What a person is in the one course that there is."""

    TRAINER = "trainer"
    TRAINEE = "trainee"
    ADMINISTRATOR = "administrator"


CLAIMED_ROLES = {
    Role.TRAINEE: [f"{MEMBERSHIP}Learner"],
    Role.TRAINER: [f"{MEMBERSHIP}Instructor"],
    # Moodle sends an administrator who is not enrolled as a teacher too.
    Role.ADMINISTRATOR: [
        f"{INSTITUTION}Administrator",
        f"{MEMBERSHIP}Instructor",
        f"{SYSTEM}Administrator",
    ],
}


@dataclass(frozen=True)
class Person:
    """`key` stands in this LMS's addresses; `id` is what the tool gets to see."""

    key: str
    id: str
    given_name: str
    family_name: str
    role: Role

    @property
    def name(self) -> str:
        """The whole name, as shown."""
        return f"{self.given_name} {self.family_name}"

    @property
    def initials(self) -> str:
        """Two letters for the round badge beside the name."""
        return self.given_name[0] + self.family_name[0]

    @property
    def email(self) -> str:
        """An address in a domain that can never receive post (RFC 2606)."""
        return f"{self.key}@example.com"

    @property
    def sourced_id(self) -> str:
        """The number that a school's own records would give; an administrator has none."""
        return "" if self.role is Role.ADMINISTRATOR else f"SIS-{self.key}"

    @property
    def is_staff(self) -> bool:
        """Trainers and administrators see everybody's work."""
        return self.role is not Role.TRAINEE


PEOPLE = (
    Person("tina", "3", "Tina", "Trainer", Role.TRAINER),
    Person("alice", "4", "Alice", "Adams", Role.TRAINEE),
    Person("bob", "5", "Bob", "Brown", Role.TRAINEE),
    Person("carla", "6", "Carla", "Costa", Role.TRAINEE),
    Person("adam", "2", "Adam", "Admin", Role.ADMINISTRATOR),
)
CLASSMATES = tuple(
    Person(given.lower(), str(number), given, family, Role.TRAINEE)
    for number, (given, family) in enumerate(
        (
            ("Dora", "Dimou"),
            ("Elias", "Evans"),
            ("Fatima", "Farouk"),
            ("Goran", "Gruber"),
            ("Hana", "Horvat"),
            ("Ivo", "Ivanov"),
            ("Jana", "Jansen"),
            ("Kofi", "Koffi"),
            ("Lena", "Larsen"),
        ),
        start=11,
    )
)
"""The rest of a class of twelve, whose work is there before anybody comes (`class_work.py`)."""
BY_KEY = {person.key: person for person in (*PEOPLE, *CLASSMATES)}
BY_ID = {person.id: person for person in (*PEOPLE, *CLASSMATES)}
THREE = tuple(person for person in PEOPLE if person.role is Role.TRAINEE)


def trainees(*, with_class: bool) -> tuple[Person, ...]:
    """The trainees of the course: three to be, and with the class nine more."""
    return (*THREE, *CLASSMATES) if with_class else THREE


def members(*, with_class: bool) -> tuple[Person, ...]:
    """Who is enrolled, in Moodle's order: the administrator looks in from outside."""
    return (*trainees(with_class=with_class), BY_KEY["tina"])
