"""A key set that hangs blocks two threads at most: everybody else gets an answer at once, and other schools come in."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
import requests
from sqlalchemy import select, update

from lti_tool.database import now
from lti_tool.lti.errors import KeySetUnavailable
from lti_tool.lti.launch.platform_keys import PlatformKeys
from lti_tool.lti.network.outbound import Outbound
from lti_tool.platforms.cleanup import clean_up
from lti_tool.platforms.keys.key_sets import StoredKeySets, fetch_due_keys
from lti_tool.platforms.models import PlatformKeySet, Registration
from tests.fixtures.databases import on_sqlite
from tests.fixtures.school import School
from tests.fixtures.waiting import until
from tests.lti.far_side import Asked, FarSide, Reply, far_side

AT_ONCE = 8


@dataclass
class KeySet:
    """The school's key set behind a line that hangs."""

    school: School
    side: FarSide
    goes_on: threading.Event = field(default_factory=threading.Event)

    def answer(self, _: Asked) -> Reply:
        """The school's keys, when it is time for that."""
        self.goes_on.wait(30)
        return Reply(body=requests.get(f"{self.school.lms.url}/lti/jwks", timeout=10).content)

    def use(self, patience: float = 1, longest: float = 10) -> None:
        """Let the tool know nothing of it, as after a start."""
        parts = self.school.app.parts
        store = StoredKeySets(self.school.database)
        keys = PlatformKeys(self.school.outbound, store=store, patience=patience, longest=longest)
        self.school.app.parts = replace(parts, platform_keys=keys)

    def kept(self) -> PlatformKeySet | None:
        """What the database holds."""
        with self.school.database.transaction(write=False) as session:
            return session.scalars(select(PlatformKeySet)).one_or_none()


@pytest.fixture
def key_set(school: School) -> Iterator[KeySet]:
    """The school, whose registered key set is behind that line."""
    with far_side() as side:
        found = KeySet(school, side)
        side.answer = found.answer
        school.allow(jwks_url=f"{side.url}/keys")
        yield found
        found.goes_on.set()


@on_sqlite
def test_while_a_key_set_hangs_all_but_one_get_an_answer_at_once(key_set: KeySet) -> None:
    key_set.use(patience=0.2, longest=20)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = [pool.submit(launch, key_set.school) for _ in range(AT_ONCE)]
        until(lambda: sum(one.done() for one in waiting) == AT_ONCE - 1, "the answers")
        for answer in (one.result() for one in waiting if one.done()):
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
            assert "Your LMS did not answer" in answer.text
        began = time.monotonic()
        assert launch(key_set.school).status_code == 503
        assert time.monotonic() - began < 5
        assert len(key_set.side.asked) == 1
        key_set.goes_on.set()
        assert sorted(one.result().status_code for one in waiting) == [200, *[503] * (AT_ONCE - 1)]


@on_sqlite
def test_a_whole_class_that_arrives_at_once_waits_for_a_key_set_that_answers(key_set: KeySet) -> None:
    key_set.use(patience=20)
    key_set.goes_on.set()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [one.result() for one in [pool.submit(launch, key_set.school) for _ in range(AT_ONCE)]]
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert len(key_set.side.asked) == 1


@on_sqlite
def test_two_hanging_key_sets_are_as_many_as_are_waited_for(school: School) -> None:
    goes_on = threading.Event()
    with far_side() as side, ThreadPoolExecutor(2) as pool:
        side.answer = lambda _: (goes_on.wait(30), Reply(500))[1]
        keys = PlatformKeys(school.outbound, patience=0.1)
        hanging = [pool.submit(keys.key, f"{side.url}/{number}", "k") for number in range(2)]
        until(lambda: len(side.asked) == 2)
        with pytest.raises(KeySetUnavailable):
            keys.key(f"{side.url}/3", "k")
        assert len(side.asked) == 2
        goes_on.set()
        for one in hanging:
            with pytest.raises(KeySetUnavailable):
                one.result(30)


@pytest.mark.both_databases
def test_the_worker_fetches_keys_before_they_run_out_and_no_launch_waits_for_them(key_set: KeySet) -> None:
    key_set.goes_on.set()
    fetch_due_keys(key_set.school.database, key_set.school.outbound)
    assert len(key_set.side.asked) == 1
    key_set.use()
    key_set.school.walk_in("alice", "journal-j3")
    fetch_due_keys(key_set.school.database, key_set.school.outbound)
    assert len(key_set.side.asked) == 1, "they are fresh"
    let_it_run_out_in(key_set, timedelta(minutes=9))
    fetch_due_keys(key_set.school.database, key_set.school.outbound)
    assert len(key_set.side.asked) == 2
    kept = key_set.kept()
    assert kept is not None
    assert kept.fresh_until is not None
    assert kept.fresh_until > now() + timedelta(minutes=30)


@pytest.mark.both_databases
def test_a_key_set_that_hangs_holds_the_worker_up_for_its_time_and_the_next_one_is_fetched(key_set: KeySet) -> None:
    with key_set.school.database.transaction() as session:
        first = session.scalars(select(Registration)).one()
        other = {name: getattr(first, name) for name in ("client_id", "auth_url", "token_url")}
        session.add(
            Registration(issuer="https://other.example", jwks_url=f"{key_set.school.lms.url}/lti/jwks", **other)
        )
    began = time.monotonic()
    fetch_due_keys(key_set.school.database, key_set.school.outbound, longest=0.3)
    assert time.monotonic() - began < 5
    with key_set.school.database.transaction(write=False) as session:
        kept = session.scalars(select(PlatformKeySet)).all()
    assert {(one.problem, bool(one.document)) for one in kept} == {("timed_out", False), ("", True)}
    fetch_due_keys(key_set.school.database, key_set.school.outbound, longest=0.3)
    assert len(key_set.side.asked) == 1, "it is left alone for some minutes"


@pytest.mark.both_databases
def test_another_process_uses_what_one_has_fetched(key_set: KeySet) -> None:
    key_set.goes_on.set()
    key_set.use()
    key_set.school.walk_in("alice", "journal-j3")
    key_set.use()
    key_set.school.walk_in("bob", "journal-j3")
    assert len(key_set.side.asked) == 1


@on_sqlite
def test_keys_that_were_changed_are_asked_for_also_where_old_ones_are_kept(key_set: KeySet) -> None:
    key_set.goes_on.set()
    key_set.use()
    key_set.school.walk_in("alice", "journal-j3")
    key_set.school.lms.rotate_keys()
    key_set.use()
    key_set.school.walk_in("bob", "journal-j3")
    assert len(key_set.side.asked) == 2
    kept = key_set.kept()
    assert kept is not None
    assert len(json.loads(kept.document)["keys"]) == 1


@on_sqlite
def test_a_key_set_that_no_registration_has_any_more_is_forgotten(key_set: KeySet) -> None:
    key_set.goes_on.set()
    fetch_due_keys(key_set.school.database, key_set.school.outbound)
    clean_up(key_set.school.database)
    assert key_set.kept() is not None
    with key_set.school.database.transaction() as session:
        session.execute(update(PlatformKeySet).values(asked_at=now() - timedelta(days=31)))
    clean_up(key_set.school.database)
    assert key_set.kept() is None


@on_sqlite
def test_a_key_set_that_dribbles_is_given_up(key_set: KeySet) -> None:
    began = time.monotonic()
    keys = PlatformKeys(Outbound(allow_private=True), longest=0.3)
    with pytest.raises(KeySetUnavailable):
        keys.key(f"{key_set.side.url}/keys", "k")
    assert time.monotonic() - began < 5


def launch(school: School) -> requests.Response:
    """Alice opens her journal, in a browser of her own each time."""
    alone = replace(school)
    return alone.try_to_open("/as/alice/launch/journal-j3")


def let_it_run_out_in(key_set: KeySet, left: timedelta) -> None:
    """As some time later."""
    with key_set.school.database.transaction() as session:
        values = {"fresh_until": now() + left, "asked_at": now() - timedelta(hours=1)}
        session.execute(update(PlatformKeySet).values(values))
