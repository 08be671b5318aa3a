"""What an administrator sees of the connection: who has come, each of them once."""

import re

from tests.fixtures.school import School
from tests.fixtures.tool import Arrive


def counted(page: str) -> dict[str, int]:
    found = re.findall(r"<dt[^>]*>\s*(Trainers|Trainees|Administrators|Observers)\s*</dt>\s*<dd[^>]*>\s*(\d+)", page)
    return {who: int(number) for who, number in found}


def test_an_administrator_who_looks_is_counted(visitor: Arrive) -> None:
    visitor("alice")
    visitor("tina")
    adam = visitor("adam")
    page = adam.get("connection/").text
    assert counted(page) == {"Trainers": 1, "Trainees": 1, "Administrators": 1, "Observers": 0}


def test_an_administrator_who_teaches_as_well_is_counted_once(school: School) -> None:
    # Moodle sends an administrator who is not enrolled as a teacher too.
    adam = school.walk_in("adam", "desk")
    school.walk_in("adam", "desk")
    assert counted(adam.get("connection/").text)["Administrators"] == 1
    assert counted(adam.get("connection/").text)["Trainers"] == 0
