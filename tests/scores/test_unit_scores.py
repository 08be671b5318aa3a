"""Units' own scores: sent when a unit is finished, the best one counts, and a refusal is not the end."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import event, update

from lti_tool.database import now
from lti_tool.demo import grades
from lti_tool.demo.models import LineItem
from lti_tool.people.models import Membership, Role, User
from lti_tool.scores.models import Delivery, DeliveryState
from tests.fixtures.school import School
from tests.fixtures.walking import Walker
from tests.scores.marking import refuse


def states(school: School) -> list[tuple[str, str]]:
    """State and problem of each delivery, oldest first."""
    return [(delivery.state.value, delivery.problem) for delivery in school.deliveries()]


def unit_column(school: School) -> None:
    """Let the course have a column for the unit, as for a link that is graded."""
    with school.lms.demo.store.transaction() as session:
        session.add(LineItem(label="Unit", score_maximum=50, link_id="1", coupled=True))


def progress(status: str, raw: float | None) -> dict[str, object]:
    """What the player saves."""
    score = None if raw is None else {"raw": raw, "min": 0, "max": 100, "scaled": raw / 100}
    return {"v": 1, "includes": [""], "status": status, "score": score, "seconds": 1}


@pytest.mark.parametrize(
    ("status", "raw", "points"),
    [("passed", 80, 40), ("failed", 30, 15), ("completed", None, 50), ("incomplete", 60, None)],
)
def test_a_unit_that_is_finished_sends_its_score_where_it_has_a_column(
    school: School, status: str, raw: float | None, points: float | None
) -> None:
    unit_column(school)
    alice = school.walk_in("alice", "unit-m1u1")
    assert alice.put("course/units/m1u1/progress", progress(status, raw)).status_code == 200
    school.deliver()
    wanted = {} if points is None else {"alice": points}
    assert school.lms.results("unit-m1u1") == wanted


@pytest.mark.both_databases
def test_the_best_score_of_a_unit_counts_and_is_sent_once(school: School) -> None:
    unit_column(school)
    alice = school.walk_in("alice", "unit-m1u1")
    for status, raw in (("failed", 40), ("passed", 80), ("passed", 80), ("failed", 20)):
        alice.put("course/units/m1u1/progress", progress(status, raw))
    for _ in range(3):
        school.deliver()
        school.let_time_pass()
    assert school.lms.results("unit-m1u1") == {"alice": 40}
    assert len(school.deliveries()) == 2


def refused_unit_score(school: School, monkeypatch: pytest.MonkeyPatch) -> Walker:
    """A score of a unit that the LMS refuses once; gives Alice, in the unit."""
    unit_column(school)
    alice = school.walk_in("alice", "unit-m1u1")
    alice.put("course/units/m1u1/progress", progress("passed", 80))
    with monkeypatch.context() as patch:
        patch.setattr(grades, "post_score", refuse)
        school.deliver()
    assert states(school) == [("refused", "http_403")]
    return alice


def test_a_refused_score_of_a_unit_does_not_count_as_its_best(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = refused_unit_score(school, monkeypatch)
    for _ in range(3):
        alice.put("course/units/m1u1/progress", progress("passed", 80))
    assert len(school.deliveries()) == 1, "the player saves every few seconds: that is no reason to ask each time"
    let_an_hour_pass(school)
    for _ in range(2):
        alice.put("course/units/m1u1/progress", progress("passed", 80))
    school.deliver()
    assert school.lms.results("unit-m1u1") == {"alice": 40}
    assert len(school.deliveries()) == 2


def let_an_hour_pass(school: School) -> None:
    """After which a refused score is asked for again."""
    with school.database.transaction() as session:
        session.execute(update(Delivery).values(next_try_at=now() - timedelta(hours=1)))


@pytest.mark.both_databases
@pytest.mark.parametrize("raw", [30, 79.5])
def test_a_better_score_that_was_refused_gives_way_to_no_worse_one(
    school: School, monkeypatch: pytest.MonkeyPatch, raw: float
) -> None:
    alice = refused_unit_score(school, monkeypatch)
    let_an_hour_pass(school)
    alice.put("course/units/m1u1/progress", progress("failed", raw))
    school.deliver()
    assert school.lms.results("unit-m1u1") == {"alice": 40}, "the best of a unit counts, whatever became of it"


def test_a_better_score_of_a_unit_does_not_wait_after_a_refusal(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = refused_unit_score(school, monkeypatch)
    alice.put("course/units/m1u1/progress", progress("passed", 90))
    school.deliver()
    assert school.lms.results("unit-m1u1") == {"alice": 45}
    desk = school.walk_in("tina", "desk")
    assert "not in the gradebook" not in desk.get("desk/").text, "a later score is"


WHERE_TRAINERS_LOOK = (
    "course/",
    "desk/",
    "desk/?prompt=j3",
    "desk/?state=draft",
    "desk/?state=released",
    "desk/?state=returned",
)


def test_a_trainer_sees_wherever_they_look_that_scores_of_units_were_refused(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = refused_unit_score(school, monkeypatch)
    tina = school.walk_in("tina", "desk")
    for path in WHERE_TRAINERS_LOOK:
        page = tina.get(path).text
        assert page.count("1 score of a unit is not in the gradebook") == 1, path
        assert "does not let Partnerwise write into its gradebook" in page
        assert "stands beside it" not in page
    assert "not in the gradebook" not in alice.get("course/").text


@pytest.mark.parametrize("path", ["course/", "desk/?prompt=j3&state=draft"])
def test_a_trainer_sends_refused_scores_of_units_again_and_stays_where_they_were(
    school: School, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    refused_unit_score(school, monkeypatch)
    tina = school.walk_in("tina", "desk")
    action = re.search(r'action="[^"]*/(desk/send-units[^"]*)"', tina.get(path).text)
    assert action
    page = tina.post(unescape(action[1]), {})
    assert page.url == tina.page + path
    assert "1 score is on its way" in page.text
    school.deliver()
    assert school.lms.results("unit-m1u1") == {"alice": 40}
    assert "not in the gradebook" not in tina.get(path).text
    assert "No score had to be sent again" in tina.post(unescape(action[1]), {}).text


def add_refused(school: School, people: int) -> None:
    """As many more people, with the same refused score as the first."""
    (first,) = school.deliveries()
    with school.database.transaction() as session:
        for number in range(people):
            user = User(registration_id=1, subject=f"more {number}", name=f"Person {number}")
            session.add(Membership(context_id=school.context().id, user=user, role=Role.TRAINEE))
            session.flush()
            same = {"line_item_id": first.line_item_id, "source": first.source, "points": 80, "maximum": 100}
            session.add(Delivery(user_id=user.id, state=DeliveryState.REFUSED, score_at=first.score_at, **same))


@pytest.mark.both_databases
def test_a_whole_class_is_told_and_sent_again_by_a_few_statements(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused_unit_score(school, monkeypatch)
    add_refused(school, 40)
    tina = school.walk_in("tina", "desk")
    engine, statements = school.database.engine, []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    assert "41 scores of units are not in the gradebook" in tina.get("course/").text
    assert "41 scores are on their way" in tina.post("desk/send-units", {}).text
    event.remove(engine, "before_cursor_execute", note)
    assert len(statements) < 41
    assert set(states(school)) == {("waiting", "")}


@pytest.mark.both_databases
def test_scores_of_people_who_have_left_are_neither_told_nor_sent_again(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused_unit_score(school, monkeypatch)
    with school.database.transaction() as session:
        session.execute(update(Membership).where(Membership.role == Role.TRAINEE).values(left_at=now()))
    tina = school.walk_in("tina", "desk")
    assert "not in the gradebook" not in tina.get("course/").text
    assert "No score had to be sent again" in tina.post("desk/send-units", {}).text


@pytest.mark.parametrize("person", ["tina", "adam"])
def test_a_unit_that_staff_look_through_sends_nothing(school: School, person: str) -> None:
    unit_column(school)
    somebody = school.walk_in(person, "unit-m1u1")
    somebody.put("course/units/m1u1/progress", progress("passed", 100))
    assert school.deliveries() == []


def test_a_unit_without_a_column_makes_none(school: School) -> None:
    alice = school.walk_in("alice", "unit-m1u1")
    alice.put("course/units/m1u1/progress", progress("passed", 100))
    school.deliver()
    assert [column.label for column in school.lms.columns()] == ["Think piece"]
    assert school.deliveries() == []
