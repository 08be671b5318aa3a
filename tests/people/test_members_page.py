"""The members page as people see it: usable at every width, with nothing for axe to find."""

from sqlalchemy import update

from lti_tool.database import now
from lti_tool.people.models import Context, Membership, SchoolTeam
from lti_tool.web.application import Application
from tests.fixtures.browser import axe_problems, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.fixtures.window import OpenWindow


@on_sqlite
def test_the_people_of_a_course_and_a_piece_that_is_not_there(
    visitor: Arrive, window: OpenWindow, app: Application
) -> None:
    visitor("alice")
    bob, carla, tina = visitor("bob"), visitor("carla"), visitor("tina")
    with app.parts.database.transaction() as session:
        read = {"roster_url": "https://lms.school.example/members", "roster_read_at": now()}
        session.execute(update(Context).values(**read, roster_problem="http_500"))
        session.add(SchoolTeam(context_id=tina.context_id, name="Hill School"))
        session.execute(update(Membership).where(Membership.user_id == bob.user_id).values(left_at=now()))
        session.execute(update(Membership).where(Membership.user_id == carla.user_id).values(seen_at=None))
    page = window(tina, "members/")
    assert axe_problems(page) == []
    take_pictures(page, "people-members")
    page = window(tina, f"desk/pieces/j3/{bob.user_id}")
    assert axe_problems(page) == []
    take_pictures(page, "desk-nothing-yet")
    assert bob.put("course/units/m1u1/progress", {"v": 1, "includes": [""], "seen": ["welcome"]}).status_code == 200
    for path, name in (
        (f"course/units/m1u1/trainees/{bob.user_id}", "course-trainee"),
        (f"course/units/m1u1/trainees/{carla.user_id}", "course-trainee-not-begun"),
        ("not-shown", "not-shown"),
    ):
        page = window(tina, path)
        assert axe_problems(page) == []
        take_pictures(page, name)


@on_sqlite
def test_what_the_lms_answers_shows_by_itself(visitor: Arrive, window: OpenWindow, app: Application) -> None:
    tina = visitor("tina")
    with app.parts.database.transaction() as session:
        session.execute(update(Context).values(roster_url="https://lms.school.example/members", roster_due_at=now()))
    page = window(tina, "members/")
    page.get_by_text("Your LMS is being asked at the moment.").wait_for()
    visitor("alice")
    with app.parts.database.transaction() as session:
        found = {"trainer": 1, "trainee": 1, "left": 0}
        session.execute(update(Context).values(roster_due_at=None, roster_read_at=now(), roster_found=found))
    page.get_by_text("It named 1 trainer, 1 trainee.").wait_for()
    page.get_by_role("rowheader", name="Alice Adams").wait_for()
    assert page.locator("[hx-get]").count() == 0
