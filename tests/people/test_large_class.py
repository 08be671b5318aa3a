"""A class of ten thousand: its roster is read in the memory that one of a thousand takes, and a second time, too."""

import gc
import json
import tracemalloc
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import func, select, update

from lti_tool.lti.services.members import LARGEST_PAGE
from lti_tool.people.models import Context, Membership, User
from tests.fixtures.school import School
from tests.lti.far_side import Asked, FarSide, Reply, far_side

pytestmark = pytest.mark.slow

SMALL, LARGE = 1_000, 10_000
MOST_GROWTH = 3
"""Times the memory of the small class: garbage waits to be collected. What grows with the class would be ten."""


@pytest.fixture(autouse=True)
def garbage_collected_often() -> Iterator[None]:
    """As in a process of its own; a test run looks for garbage more seldom."""
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def serve_class(side: FarSide, size: int) -> None:
    """Let the far side be a roster of this many, and grant tokens."""

    def answer(asked: Asked) -> Reply:
        side.asked.clear()  # what this side remembers is not the tool's
        if asked.path == "/token":
            return Reply(body=b'{"access_token": "t", "expires_in": 3600}')
        query = dict(parse_qsl(urlsplit(asked.path).query))
        start = int(query.get("from", 0))
        end = min(start + int(query["limit"]), size)
        members = [
            {
                "user_id": f"person-{number}",
                "name": f"Person {number} of the class",
                "email": f"person-{number}@example.com",
                "roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
                "status": "Active",
            }
            for number in range(start, end)
        ]
        following = f'<{side.url}/members?limit=100&from={end}>; rel="next"'
        return Reply(200, {"Link": following} if end < size else {}, json.dumps({"members": members}).encode())

    side.answer = answer


def peak_of_reading(school: School, side: FarSide) -> int:
    """Read the roster; gives the most memory that Python held meanwhile, in bytes."""
    school.let_time_pass()
    side.asked.clear()
    tracemalloc.start()
    school.read_rosters()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert school.context().roster_problem == ""
    return peak


def count(school: School) -> tuple[int, int]:
    """How many members there are, and how many of them have left."""
    with school.database.transaction(write=False) as session:
        left = select(func.count()).select_from(Membership).where(Membership.left_at.is_not(None))
        return session.scalar(select(func.count()).select_from(Membership)) or 0, session.scalar(left) or 0


def test_a_class_of_ten_thousand_is_read_in_constant_memory(school: School) -> None:
    school.walk_in("tina", "desk")
    with far_side() as side:
        with school.database.transaction() as session:
            session.execute(update(Context).values(roster_url=f"{side.url}/members"))
        school.allow(token_url=f"{side.url}/token")
        serve_class(side, SMALL)
        peak_of_reading(school, side)  # once, so that what is only ever loaded once does not count
        small = peak_of_reading(school, side)
        serve_class(side, LARGE)
        large = peak_of_reading(school, side)
        assert count(school) == (LARGE + 1, 0)
        assert large < small * MOST_GROWTH, f"{small:,} bytes for {SMALL:,}, {large:,} for {LARGE:,}"
        serve_class(side, SMALL)
        peak_of_reading(school, side)
        assert count(school) == (LARGE + 1, LARGE - SMALL)
    with school.database.transaction(write=False) as session:
        assert session.scalar(select(func.count()).select_from(User)) == LARGE + 1
    print(f"A class of {LARGE:,}: {large / 2**20:.1f} MiB at most; one of {SMALL:,}: {small / 2**20:.1f} MiB.")


@pytest.mark.thorough
def test_a_class_of_ten_thousand_comes_also_from_a_platform_that_knows_no_pages(school: School) -> None:
    school.walk_in("tina", "desk")
    everybody = json.dumps({"id": "roster", "members": [described(number) for number in range(LARGE)]}).encode()
    with far_side() as side:
        with school.database.transaction() as session:
            session.execute(update(Context).values(roster_url=f"{side.url}/members"))
        school.allow(token_url=f"{side.url}/token")
        token = b'{"access_token": "t", "expires_in": 3600}'
        side.answer = lambda asked: Reply(body=token if asked.path == "/token" else everybody)
        peak = peak_of_reading(school, side)
    assert count(school) == (LARGE + 1, 0)
    assert len(everybody) < LARGEST_PAGE / 2, "twice as much is taken, too"
    print(f"{LARGE:,} in one answer of {len(everybody) / 2**20:.1f} MiB: {peak / 2**20:.1f} MiB at most.")


def described(number: int) -> dict[str, object]:
    """Somebody as a platform says it that says all it may."""
    return {
        "status": "Active",
        "user_id": f"0f5c3a52-9e1b-4b57-8c33-{number:012}",
        "lti11_legacy_user_id": f"{number:040x}",
        "lis_person_sourcedid": f"school.example.edu:{number}",
        "name": f"Person {number} of the class",
        "given_name": f"Person {number}",
        "family_name": "of the class",
        "email": f"person-{number}@students.school.example.edu",
        "picture": f"https://lms.school.example.edu/pluginfile.php/{number}/user/icon/boost/f1?rev={number}",
        "roles": [
            "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner",
            "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student",
        ],
    }
