"""What gives way to what: progress to scores, old scores to new ones, our column to the platform's."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update

from lti_tool.course.placed_activities import Placing, place
from lti_tool.demo.errors import ServiceRefused
from lti_tool.lti.services.line_items import LineItem as Made
from lti_tool.scores import columns, line_items
from lti_tool.scores.models import Delivery, DeliveryState, LineItem
from tests.fixtures.databases import on_postgresql
from tests.fixtures.school import School
from tests.scores.conftest import Outbox
from tests.scores.marking import FORM, POINTS, hand_in, release


def test_a_404_for_one_person_makes_no_second_column(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some platforms say it of a person whom the course no longer has; the column is there all the same."""
    hand_in(school)
    release(school)
    monkeypatch.setattr("lti_tool.demo.grades.post_score", refuse_the_person)
    school.deliver()
    newest = school.deliveries()[-1]
    assert (newest.state, newest.problem) == (DeliveryState.REFUSED, "http_404")
    assert len(school.lms.columns()) == 1


def refuse_the_person(*_: object) -> None:
    """As a platform does that knows the column and not the person."""
    raise ServiceRefused(404, "no such person")


def test_news_of_progress_that_cannot_be_sent_holds_up_no_grade(school: School) -> None:
    """Where results may not be read, whether a grade stands cannot be known, for days."""
    school.lms.become(product="desire2learn")
    hand_in(school)
    school.lms.faults("results", "500")
    school.deliver()
    release(school)
    school.deliver()
    assert school.lms.results() == {"alice": POINTS}
    school.let_time_pass()
    school.deliver()
    assert [one.state for one in school.deliveries()] == [DeliveryState.OVERTAKEN, DeliveryState.SENT]
    assert len([score for score in school.lms.scores() if score["status"] == 200]) == 1


@pytest.mark.both_databases
def test_an_old_score_that_is_sent_again_takes_no_new_ones_place(outbox: Outbox) -> None:
    outbox.put(3)
    with outbox.database.transaction() as session:
        session.execute(update(Delivery).values(state=DeliveryState.REFUSED))
    outbox.put(12, source="submission/2")
    outbox.work()
    outbox.let_time_pass()
    with outbox.database.transaction() as session:
        first = outbox.deliveries()[0].id
        session.execute(update(Delivery).where(Delivery.id == first).values(state=DeliveryState.WAITING))
    outbox.work()
    assert [one.state for one in outbox.deliveries()] == [DeliveryState.OVERTAKEN, DeliveryState.SENT]
    assert len(outbox.platform.scores()) == 1


@pytest.mark.both_databases
@pytest.mark.parametrize("made_by", ["a launch", "another worker"])
def test_a_column_that_came_meanwhile_gets_the_score(
    school: School, monkeypatch: pytest.MonkeyPatch, made_by: str
) -> None:
    school.lms.drop_column()
    hand_in(school)
    release(school)
    url = f"{school.lms.url}/theirs"

    def meanwhile(find_or_make: Callable[..., Made | None]) -> Callable[..., Made | None]:
        def call(*arguments: object) -> Made | None:
            made = find_or_make(*arguments)
            with school.database.transaction() as session:
                session.execute(update(LineItem).values(url=url, claim="", claimed_until=None))
            return made

        return call

    name = "create_line_item" if made_by == "a launch" else "find_line_item"
    monkeypatch.setattr(columns, name, meanwhile(getattr(columns, name)))
    school.deliver()
    assert [one.state for one in school.deliveries()] == [DeliveryState.WAITING]
    assert len(school.lms.columns()) == (1 if made_by == "a launch" else 0)
    assert school.lms.scores() == []


@on_postgresql
def test_a_column_of_the_platforms_that_a_launch_brings_during_a_release_keeps_its_maximum(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(school)
    tina = school.walk_in("tina", "desk")
    let_the_column_be_worth(school, 60)
    with school.database.transaction() as session:
        session.execute(update(LineItem).values(url=""))  # forgotten, as one that was deleted
    look = line_items.find_line_item

    def look_before_bob_comes(*arguments: Any) -> LineItem | None:
        found = look(*arguments)
        monkeypatch.setattr(line_items, "find_line_item", look)
        school.walk_in("bob", "journal-j3")
        return found

    monkeypatch.setattr(line_items, "find_line_item", look_before_bob_comes)
    assert tina.post("desk/1", {**FORM, "version": 0, "do": "release"}).status_code == 200
    school.deliver()
    assert maximum_after_a_piece_of_thirty_points(school) == 60, "it is the platform's, and not ours"
    assert school.lms.results() == {"alice": POINTS * 4, "bob": POINTS * 4}


@pytest.mark.both_databases
def test_a_column_of_the_platforms_that_a_launch_brings_while_ours_is_changed_keeps_its_maximum(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(school)
    release(school)
    let_the_column_be_worth(school, 60)
    with school.database.transaction() as session:
        session.execute(update(LineItem).values(url=f"{school.lms.url}/former", maximum=30))
    with monkeypatch.context() as patch:
        patch.setattr(columns, "change_line_item", lambda *_, **__: school.walk_in("bob", "journal-j3"))
        school.deliver()
    school.let_time_pass()
    assert maximum_after_a_piece_of_thirty_points(school) == 60, "it is the platform's, and not ours"


def maximum_after_a_piece_of_thirty_points(school: School) -> float:
    """What the column is worth after a piece was judged out of another number of points than the one before."""
    hand_in(school, "bob")
    with school.database.transaction() as session:
        place(session, school.context().id, Placing("journal/j3", points=30))
    release(school, 2)
    school.deliver()
    (column,) = school.lms.columns()
    return column.score_maximum


def let_the_column_be_worth(school: School, maximum: float) -> None:
    """Change its highest score, as a trainer does in the gradebook."""
    with school.lms.demo.store.transaction() as session:
        session.merge(school.lms.columns()[0]).score_maximum = maximum
