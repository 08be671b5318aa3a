"""Rate limits and platforms that are down: nothing is tried before a pause is over, and other platforms go on."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.database import now
from lti_tool.people.models import User
from lti_tool.platforms.models import Registration
from lti_tool.scores.models import Delivery, LineItem
from tests.scores.conftest import Outbox


def quiet_until(outbox: Outbox) -> datetime | None:
    """When the platform may be called again."""
    with outbox.database.transaction(write=False) as session:
        return session.scalars(select(Registration).order_by(Registration.id)).first().quiet_until  # type: ignore[union-attr]


def make_all_due(outbox: Outbox) -> None:
    """Let the deliveries be due, while the platform's pause goes on."""
    with outbox.database.transaction() as session:
        session.execute(update(Delivery).values(next_try_at=now()))


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("kind", "seconds", "pause"), [("429", 300, 300), ("429", 7200, 7200), ("canvas_limit", None, 60)]
)
def test_a_platform_that_asks_for_a_pause_gets_it_for_everything(
    outbox: Outbox, kind: str, seconds: float | None, pause: float
) -> None:
    outbox.put(9)
    outbox.put(5, source="submission/2", user_id=add_bob(outbox))
    outbox.platform.faults("scores", kind, seconds=seconds)
    again = outbox.work()
    assert outbox.platform.scores() == []
    until = quiet_until(outbox)
    assert until is not None
    assert timedelta(seconds=pause - 20) < until - now() <= timedelta(seconds=pause)
    assert again == until, "not a moment earlier, though the second score is due"
    make_all_due(outbox)
    outbox.work()
    assert outbox.platform.scores() == []
    outbox.let_time_pass()
    outbox.work()
    assert outbox.platform.results() == {"alice": 9, "bob": 5}


def test_the_desk_says_that_the_lms_is_busy(outbox: Outbox) -> None:
    outbox.put(9)
    outbox.platform.faults("scores", "canvas_limit")
    outbox.work()
    assert outbox.state() == ("waiting", "rate_limited")


def test_a_pause_asked_for_at_the_token_address_counts_too(outbox: Outbox) -> None:
    outbox.put(9)
    outbox.platform.faults("token", "429", seconds=120)
    outbox.work()
    assert quiet_until(outbox) is not None


@pytest.mark.both_databases
def test_another_platform_goes_on_meanwhile(outbox: Outbox) -> None:
    other = second_registration(outbox)
    outbox.put(9)
    with outbox.database.transaction() as session:
        session.execute(
            update(Registration).where(Registration.id != other).values(quiet_until=now() + timedelta(hours=1))
        )
    with outbox.database.transaction() as session:
        session.execute(update(LineItem).values(registration_id=other))
    outbox.work()
    assert outbox.platform.results() == {"alice": 9}


def test_a_platform_that_does_not_answer_is_left_alone_for_some_seconds(outbox: Outbox) -> None:
    outbox.put(9)
    outbox.put(5, source="submission/2", user_id=add_bob(outbox))
    outbox.platform.faults("scores", "drop", times=2)
    outbox.work()
    assert [delivery.tries for delivery in outbox.deliveries()] == [1, 0], "the second waits, too"
    outbox.let_time_pass()
    outbox.work()
    outbox.let_time_pass()
    outbox.work()
    assert outbox.platform.results() == {"alice": 9, "bob": 5}


def test_nothing_is_sent_to_a_platform_that_was_switched_off(outbox: Outbox) -> None:
    outbox.put(9)
    with outbox.database.transaction() as session:
        session.execute(update(Registration).values(enabled=False))
    assert outbox.work() is None
    assert outbox.platform.scores() == []


def add_bob(outbox: Outbox) -> int:
    """Bob, known to the platform."""
    with outbox.database.transaction() as session:
        bob = User(registration_id=1, subject=outbox.platform.person("bob").id, name="Bob Brown")
        session.add(bob)
        session.flush()
        return bob.id


def second_registration(outbox: Outbox) -> int:
    """The same platform once more, as if it were another one."""
    with outbox.database.transaction() as session:
        first = session.scalars(select(Registration)).one()
        values = {name: getattr(first, name) for name in ("client_id", "auth_url", "token_url", "jwks_url")}
        other = Registration(issuer="https://other.school.example", **values)
        session.add(other)
        session.flush()
        return other.id
