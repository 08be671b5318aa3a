"""The outbox against a platform that fails in every way: each score arrives once, and one bad score stops nothing."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from lti_tool.database import now
from lti_tool.people.models import User
from lti_tool.scores.delivery_claims import claim_next
from lti_tool.scores.models import Delivery, DeliveryState, LineItem
from tests.scores.conftest import Outbox


def test_a_released_score_reaches_the_gradebook_with_its_comment(outbox: Outbox) -> None:
    outbox.put(12, "Well argued. Γεια σου, Alice 🎉")
    assert outbox.work() is None
    grade = outbox.platform.grade("alice")
    assert grade is not None
    assert (grade.score, grade.comment) == (12, "Well argued. Γεια σου, Alice 🎉")
    assert outbox.state() == ("sent", "")


@pytest.mark.both_databases
def test_nothing_is_sent_twice(outbox: Outbox) -> None:
    outbox.put(12)
    outbox.work()
    outbox.let_time_pass()
    outbox.work()
    assert [score["status"] for score in outbox.platform.scores()] == [200]


def test_a_token_that_ended_early_is_renewed_at_once(outbox: Outbox) -> None:
    outbox.platform.faults("scores", "401")
    outbox.put(9)
    assert outbox.work() is None
    assert outbox.platform.results() == {"alice": 9}


@pytest.mark.parametrize("kind", ["500", "429", "drop", "malformed"])
def test_a_platform_that_fails_for_now_gets_the_score_later(outbox: Outbox, kind: str) -> None:
    outbox.platform.faults("scores", kind)
    outbox.put(9)
    again = outbox.work()
    assert again is not None
    assert again > now()
    assert outbox.state()[0] == "waiting"
    outbox.let_time_pass()
    outbox.work()
    assert outbox.platform.results() == {"alice": 9}
    assert outbox.state() == ("sent", "")


@pytest.mark.both_databases
def test_the_platforms_retry_after_is_honoured(outbox: Outbox) -> None:
    outbox.platform.faults("scores", "429", seconds=300)
    outbox.put(9)
    again = outbox.work()
    assert again is not None
    assert timedelta(seconds=250) < again - now() <= timedelta(seconds=301)


def test_a_platform_that_gives_no_token_gets_the_score_later(outbox: Outbox) -> None:
    outbox.platform.faults("token", "500")
    outbox.put(9)
    outbox.work()
    assert outbox.state()[0] == "waiting"
    outbox.let_time_pass()
    outbox.work()
    assert outbox.platform.results() == {"alice": 9}


def test_a_score_whose_receipt_was_lost_is_in_the_gradebook_once(outbox: Outbox) -> None:
    outbox.platform.faults("scores", "accept_then_drop")
    outbox.put(11, "Once")
    outbox.work()
    assert outbox.state()[0] == "waiting", "the answer never came, so nobody may call it sent"
    outbox.let_time_pass()
    outbox.work()
    assert outbox.state() == ("sent", "")
    assert [score["status"] for score in outbox.platform.scores()] == [200, 409]
    assert outbox.platform.results() == {"alice": 11}


@pytest.mark.both_databases
def test_a_worker_that_died_while_sending_leaves_a_lease_and_another_takes_over(outbox: Outbox) -> None:
    outbox.put(10)
    with outbox.database.transaction() as session:
        claimed = claim_next(session)
    assert claimed is not None
    outbox.work()
    assert outbox.platform.scores() == [], "the lease holds"
    outbox.let_time_pass()
    outbox.work()
    assert outbox.platform.results() == {"alice": 10}
    assert outbox.deliveries()[0].tries == 2


@pytest.mark.both_databases
def test_scores_of_one_person_go_out_in_order_with_rising_seconds(outbox: Outbox) -> None:
    for points in (5, 8, 11):
        outbox.put(points)
    outbox.platform.faults("scores", "500")
    outbox.work()
    assert outbox.platform.results() in ({}, {"alice": None}), "the first failed, so the later ones wait for it"
    for _ in range(3):
        outbox.let_time_pass()
        outbox.work()
    sent = [score["scoreGiven"] for score in outbox.platform.scores() if score["status"] == 200]
    assert sent == [5, 8, 11]
    moments = [delivery.score_at for delivery in outbox.deliveries()]
    assert moments == sorted(set(moments))


def test_a_refused_score_says_why_and_stops_no_other(outbox: Outbox) -> None:
    with outbox.database.transaction() as session:
        stranger = User(registration_id=1, subject="99999", name="Carla Costa")
        session.add(stranger)
        session.flush()
        stranger_id = stranger.id
    outbox.put(3, source="submission/2", user_id=stranger_id)
    outbox.put(12)
    outbox.work()
    first, second = outbox.deliveries()
    assert (first.state, first.problem) == (DeliveryState.REFUSED, "http_400")
    assert second.state is DeliveryState.SENT


@pytest.mark.both_databases
def test_a_score_that_the_platform_holds_from_somebody_else_is_sent_with_a_later_time(outbox: Outbox) -> None:
    outbox.put(4)
    outbox.work()
    outbox.put(13)
    with outbox.database.transaction() as session:
        first, second = (delivery.id for delivery in outbox.deliveries())
        session.execute(update(Delivery).where(Delivery.id == first).values(score_at=now() - timedelta(days=1)))
        session.flush()
        same = outbox.platform.scores()[0]["timestamp"]
        session.execute(update(Delivery).where(Delivery.id == second).values(score_at=as_moment(same)))
    for _ in range(3):
        outbox.work()
        outbox.let_time_pass()
    assert outbox.platform.results() == {"alice": 13}


def test_a_deleted_column_is_a_refusal_not_an_endless_try(outbox: Outbox) -> None:
    with outbox.database.transaction() as session:
        gone = outbox.platform.line_item_url("journal-j3").replace("/lineitems/1/", "/lineitems/999/")
        session.execute(update(LineItem).values(url=gone))
    outbox.put(4)
    outbox.work()
    assert outbox.state() == ("refused", "http_404")


def as_moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_score_that_no_platform_could_take_stops_no_other(outbox: Outbox) -> None:
    outbox.put(3, source="submission/2")
    with outbox.database.transaction() as session:
        session.execute(update(Delivery).values(maximum=0))
        other = User(registration_id=1, subject=outbox.platform.person("bob").id, name="Bob Brown")
        session.add(other)
        session.flush()
        other_id = other.id
    outbox.put(12, user_id=other_id)
    outbox.work()
    first, second = outbox.deliveries()
    assert (first.state, first.problem) == (DeliveryState.WAITING, "fault_of_ours")
    assert second.state is DeliveryState.SENT


def test_a_platform_that_could_not_reach_our_keys_gets_the_score_later(outbox: Outbox) -> None:
    here = outbox.platform.config.tool_url
    outbox.platform.use_tool("http://127.0.0.1:9")
    outbox.put(9)
    outbox.work()
    assert outbox.state() == ("waiting", "token_refused")
    outbox.platform.use_tool(here)
    outbox.let_time_pass()
    outbox.work()
    assert outbox.platform.results() == {"alice": 9}
