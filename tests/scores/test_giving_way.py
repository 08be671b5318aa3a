"""What gives way to what: progress to scores, old scores to new ones, our column to the platform's."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from lti_tool.demo.errors import ServiceRefused
from lti_tool.lti.line_items import LineItem as Made
from lti_tool.scores import columns
from lti_tool.scores.models import Delivery, DeliveryState, LineItem
from tests.fixtures.school import School
from tests.scores.conftest import Outbox
from tests.scores.marking import POINTS, hand_in, release


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
