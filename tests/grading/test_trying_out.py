"""Trainers who try things out as trainees: their pieces can be told from trainees', and no gradebook hears of them."""

from sqlalchemy import update

from lti_tool.demo.models import LineItem
from lti_tool.people.models import Membership
from tests.fixtures.school import School
from tests.scores.marking import hand_in, release
from tests.scores.test_unit_scores import progress

TRIED = "Tried out, not a trainee's"


def queue(school: School, state: str = "waiting") -> str:
    return school.walk_in("tina", "desk").get(f"desk/?state={state}").text


def test_a_piece_of_a_trainer_who_switched_the_role_is_marked_in_the_queue(school: School) -> None:
    school.walk_in("tina", "desk")
    school.lms.switch_role("tina")
    hand_in(school, "tina")
    hand_in(school, "alice")
    school.lms.switch_role("tina")
    page = queue(school)
    assert page.count(TRIED) == 1
    assert page.index("Tina Trainer") < page.index(TRIED) < page.index("Alice Adams")


def test_one_whom_only_the_roster_knows_as_a_trainer_is_marked_too(school: School) -> None:
    school.walk_in("alice", "journal-j3")
    school.read_rosters()
    school.lms.switch_role("tina")
    hand_in(school, "tina")
    school.lms.switch_role("tina")
    assert TRIED in queue(school)


def test_trying_out_goes_the_whole_way_but_for_the_gradebook(school: School) -> None:
    school.walk_in("tina", "desk")
    school.lms.switch_role("tina")
    hand_in(school, "tina")
    school.lms.switch_role("tina")
    release(school)
    school.deliver()
    assert school.deliveries() == []
    page = queue(school, "released")
    assert "Tried out: not for the gradebook" in page
    assert "not in the gradebook</strong>" not in page


def test_units_that_a_trainer_tries_out_send_nothing_and_count_nowhere(school: School) -> None:
    with school.lms.demo.store.transaction() as session:
        session.add(LineItem(label="Unit", score_maximum=50, link_id="1", coupled=True))
    school.walk_in("tina", "desk")
    school.lms.switch_role("tina")
    school.walk_in("tina", "unit-m1u1").put("course/units/m1u1/progress", progress("passed", 80))
    assert school.deliveries() == []
    school.lms.switch_role("tina")
    assert "Tina Trainer" not in school.walk_in("tina", "desk").get("course/units/m1u1/trainees").text


def test_a_former_trainer_whose_role_the_roster_took_away_is_a_trainee(school: School) -> None:
    school.walk_in("tina", "desk")
    school.read_rosters()
    school.lms.demo.non_editing.add("tina")
    school.lms.switch_role("tina")
    school.let_time_pass()
    school.read_rosters()
    hand_in(school, "tina")
    adam = school.walk_in("adam", "desk").get("desk/").text
    assert "Tina Trainer" in adam
    assert TRIED not in adam


def test_a_test_students_piece_is_marked_too(school: School) -> None:
    student = school.walk_in("alice", "journal-j3")
    with school.database.transaction() as session:
        session.execute(update(Membership).values(is_test=True))
    version = student.put("journal/j3/text", {"text": "<p>A try.</p>", "version": 0}).json()["version"]
    assert student.post("journal/j3", {"do": "submit", "version": version}).status_code == 200
    assert TRIED in queue(school)
