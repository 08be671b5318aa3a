"""Submission Review: the gradebook opens one person's work, for those who may see it."""

import pytest
import requests
from sqlalchemy import delete, select

from lti_tool.course.models import UnitProgress
from lti_tool.demo import submission_review
from lti_tool.demo.models import LineItem as Column
from lti_tool.scores.models import LineItem
from tests.fixtures.school import School
from tests.scores.marking import hand_in, release

COLUMN = 1
PROGRESS = {"v": 1, "includes": [""], "status": "incomplete", "score": None, "seconds": 1}


def test_a_trainer_comes_from_the_gradebook_straight_to_the_piece(school: School) -> None:
    hand_in(school)
    hand_in(school, "bob")
    tina = school.review("tina", COLUMN, "bob")
    assert "Bob Brown" in tina.get("desk/2").text
    answer = school.try_to_open(f"/as/tina/review/{COLUMN}/bob")
    assert "/desk/2" in answer.url


@pytest.mark.both_databases
def test_the_newest_submission_opens(school: School) -> None:
    alice = hand_in(school)
    tina = school.walk_in("tina", "desk")
    tina.post("desk/1", {"comment": "Go on.", "version": 0, "do": "return"})
    version = alice.put("journal/j3/text", {"text": "<p>Again.</p>", "version": 1}).json()["version"]
    alice.post("journal/j3", {"do": "submit", "version": version})
    assert school.try_to_open(f"/as/tina/review/{COLUMN}/alice").url.endswith("/desk/2")


@pytest.mark.parametrize("known", [True, False])
def test_who_has_handed_in_nothing_is_said_to_have_handed_in_nothing(school: School, known: bool) -> None:
    if known:
        school.walk_in("carla", "journal-j3")
    answer = school.try_to_open(f"/as/tina/review/{COLUMN}/carla")
    assert answer.status_code == 200
    assert "Nothing was handed in yet" in answer.text


def test_a_trainee_sees_the_own_work(school: School) -> None:
    hand_in(school)
    answer = school.try_to_open(f"/as/alice/review/{COLUMN}/alice")
    assert answer.url.endswith("/journal/j3")
    assert "A moment at the gate" in answer.text


def test_a_trainee_sees_nobody_elses_work_whatever_the_platform_says(school: School) -> None:
    hand_in(school)
    with school.lms.demo.store.transaction() as session:
        fields = submission_review.begin_review(
            session, school.lms.config, school.lms.person("bob"), COLUMN, school.lms.person("alice")
        )
    answer = school.go_on(fields)
    assert answer.status_code == 403
    assert "A moment at the gate" not in answer.text


def test_a_column_that_we_made_leads_to_its_activity(school: School) -> None:
    school.lms.drop_column()
    hand_in(school)
    release(school)
    school.deliver()
    (column,) = school.lms.columns()
    assert column.link_id is None
    assert school.try_to_open(f"/as/tina/review/{column.id}/alice").url.endswith("/desk/1")


def test_a_review_whose_address_says_nothing_is_of_the_columns_activity(school: School) -> None:
    hand_in(school)
    with school.lms.demo.store.transaction() as session:
        session.merge(school.lms.columns()[0]).review_url = f"{school.tool_url}/lti/launch"
    assert school.try_to_open(f"/as/tina/review/{COLUMN}/alice").url.endswith("/desk/1")


def test_a_review_of_a_column_that_nobody_knows_opens_the_course(school: School) -> None:
    hand_in(school)
    with school.database.transaction() as session:
        session.execute(delete(LineItem))
    with school.lms.demo.store.transaction() as session:
        session.merge(school.lms.columns()[0]).review_url = f"{school.tool_url}/lti/launch"
    assert school.try_to_open(f"/as/tina/review/{COLUMN}/alice").url.endswith("/course/")


def test_the_gradebook_offers_it_to_staff(school: School) -> None:
    hand_in(school)
    release(school)
    school.deliver()
    page = requests.get(f"{school.lms.url}/as/tina/grades", timeout=20).text
    assert f"/as/tina/review/{COLUMN}/alice" in page
    assert f'/as/tina/review/{COLUMN}"' in page
    assert f"/as/tina/review/{COLUMN}/carla" in page, "also of who has no grade yet"
    assert "/review/" not in requests.get(f"{school.lms.url}/as/alice/grades", timeout=20).text


def column(school: School) -> requests.Response:
    """What a trainer sees who opens the gradebook's column, and nobody's cell."""
    answer = school.try_to_open(f"/as/tina/review/{COLUMN}")
    answer.raise_for_status()
    return answer


def test_a_column_that_is_opened_for_nobody_shows_the_trainer_everybody(school: School) -> None:
    assert "waits to be marked" in column(school).text
    hand_in(school)
    answer = column(school)
    assert answer.url.endswith("/desk/?prompt=j3&state=waiting")
    assert "Alice Adams" in answer.text


def test_a_column_that_is_opened_for_nobody_shows_what_there_is_and_what_waits_before_all(school: School) -> None:
    hand_in(school)
    tina = school.walk_in("tina", "desk")
    tina.post("desk/1", {"comment": "Go on.", "version": 0, "do": "return"})
    assert "Alice Adams" in column(school).text, "given back"
    hand_in(school, "bob")
    release(school, 2)
    assert "Bob Brown" in column(school).text, "released"
    hand_in(school, "carla")
    assert "Carla Costa" in column(school).text, "waiting"


def test_what_a_trainer_tried_out_does_not_stand_before_trainees_grades(school: School) -> None:
    hand_in(school)
    release(school)
    school.lms.switch_role("tina")
    hand_in(school, "tina")
    school.lms.switch_role("tina")
    answer = column(school)
    assert answer.url.endswith("state=released")
    assert "Alice Adams" in answer.text


def test_who_has_marked_all_is_led_to_what_was_released(school: School) -> None:
    hand_in(school)
    release(school)
    page = school.walk_in("tina", "desk").get("desk/").text
    assert "Nothing waits to be marked" in page
    assert "Look at what was released" in page


def test_a_units_column_that_is_opened_for_nobody_shows_how_far_everybody_is(school: School) -> None:
    item = unit_column(school)
    school.walk_in("alice", "unit-m1u1").put("course/units/m1u1/progress", {**PROGRESS, "seen": ["welcome"]})
    answer = school.try_to_open(f"/as/tina/review/{item}")
    assert answer.url.endswith("/course/units/m1u1/trainees")
    assert "Alice Adams" in answer.text


def test_a_units_cell_shows_the_trainees_progress_and_saves_nothing_for_the_trainer(school: School) -> None:
    item = unit_column(school)
    pages = [page.id for page in school.app.parts.course.unit("m1u1").pages]
    answered = school.app.parts.course.unit("m1u1").activities[0].id
    saved = {**PROGRESS, "seen": pages[:2], "page": pages[2], "answers": {answered: {"given": 1}, "unknown": {}}}
    assert school.walk_in("alice", "unit-m1u1").put("course/units/m1u1/progress", saved).status_code == 200
    before = progress_rows(school)
    answer = school.try_to_open(f"/as/tina/review/{item}/alice")
    assert "/course/units/m1u1/trainees/" in answer.url
    assert "Alice Adams" in answer.text
    assert f"2 of {len(pages)}" in answer.text
    assert answer.text.count(">Seen<") == 2 or answer.text.count("Seen</span>") == 2
    assert "Left here" in answer.text
    assert "1 of " in answer.text
    assert "data-learner" not in answer.text, "no player that could save"
    assert progress_rows(school) == before


def test_a_units_cell_of_somebody_who_never_came_says_so(school: School) -> None:
    item = unit_column(school)
    answer = school.try_to_open(f"/as/tina/review/{item}/carla")
    assert answer.status_code == 200
    assert "has not opened this unit yet" in answer.text


def test_nobody_sees_the_progress_of_another_course_or_as_a_trainee(school: School) -> None:
    alice = school.walk_in("alice", "unit-m1u1")
    assert alice.get("course/units/m1u1/trainees/1").status_code == 403
    tina = school.walk_in("tina", "desk")
    assert tina.get("course/units/m1u1/trainees/999").status_code == 404
    assert tina.get("course/units/m9u9/trainees/1").status_code == 404


def test_a_released_piece_that_a_gradebook_leads_to_is_counted_among_the_released(school: School) -> None:
    for person in ("alice", "bob", "carla"):
        hand_in(school, person)
    release(school, 1)
    release(school, 3)
    page = school.try_to_open(f"/as/tina/review/{COLUMN}/carla").text
    assert "2 of 2" in page


def unit_column(school: School) -> int:
    """Let the unit's link be graded; gives the column's number."""
    with school.lms.demo.store.transaction() as session:
        column = Column(label="Unit", score_maximum=50, link_id="1", coupled=True)
        session.add(column)
        session.flush()
        return column.id


def progress_rows(school: School) -> list[tuple[int, str, object]]:
    with school.database.transaction(write=False) as session:
        rows = session.scalars(select(UnitProgress).order_by(UnitProgress.id)).all()
        return [(row.user_id, row.unit, row.saved) for row in rows]
