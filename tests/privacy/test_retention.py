"""Courses that nobody opens are erased after the days that the operator has set, and none before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lti_tool.database import now
from lti_tool.people.launch_upserts import Arrival, arrive
from lti_tool.people.models import Context, Role
from lti_tool.platforms.registrations.records import all_registrations
from lti_tool.privacy.retention import erase_course, erase_what_is_over
from lti_tool.settings import Settings, SettingsWrong, read_settings
from lti_tool.web.application import Application
from tests.commands.test_partnerwise import Operator
from tests.fixtures.databases import on_sqlite
from tests.fixtures.house import House
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.waiting import until
from tests.privacy.conftest import SECRET, MakeClass
from tests.privacy.rows import all_rows, holds

KEEP = timedelta(days=365)
OLD = {"PARTNERWISE_KEEP_DAYS": "365"}


def last_opened(app: Application, who: Visitor, days: int) -> None:
    with app.parts.database.transaction() as session:
        course = update(Context).where(Context.id == who.context_id)
        session.execute(course.values(opened_at=now() - timedelta(days=days)))


@pytest.mark.both_databases
def test_a_course_that_nobody_opens_goes_with_all_that_is_in_it(app: Application, make_class: MakeClass) -> None:
    old, used = make_class(), make_class("c2")
    other = make_class(issuer="https://other.school.example")
    with app.parts.database.transaction() as session:
        session.execute(
            update(Context).where(Context.id == used.bob.context_id).values(copied_from_id=old.bob.context_id)
        )
    last_opened(app, old.bob, 366)
    last_opened(app, other.bob, 366)
    last_opened(app, used.bob, 364)
    before = all_rows(app.parts.database)
    erase_what_is_over(app.parts.database, KEEP)
    after = all_rows(app.parts.database)
    assert [row["id"] for row in after["context"]] == [used.bob.context_id]
    for table, rows in after.items():
        if rows and "context_id" in rows[0]:
            assert {row["context_id"] for row in rows} <= {used.bob.context_id}, table
    for table in ("journal_entry", "submission", "feedback", "grade", "map_change", "map_field", "road_map"):
        assert len(after[table]) * 3 == len(before[table]), table
    assert SECRET in used.alice.get("journal/j3").text
    assert [row["name"] for row in after["user_account"] if row["name"]] == [
        "Alice Adams",
        "Bob Brown",
        "Tina Trainer",
        "Adam Admin",
    ], "those of the other school are in no course any more"


@pytest.mark.both_databases
def test_whoever_opens_it_at_that_moment_keeps_it(app: Application, make_class: MakeClass, visitor: Arrive) -> None:
    there = make_class()
    last_opened(app, there.bob, 366)
    visitor("bob")
    with app.parts.database.transaction() as session:
        assert not erase_course(session, there.bob.context_id, KEEP)
    assert SECRET in there.alice.get("journal/j3").text


@on_sqlite
def test_without_the_setting_everything_stays(app: Application, make_class: MakeClass) -> None:
    last_opened(app, make_class().bob, 30_000)
    before = all_rows(app.parts.database)
    erase_what_is_over(app.parts.database, None)
    assert all_rows(app.parts.database) == before
    assert Settings.model_fields["keep_days"].default == 0


@on_sqlite
def test_the_operator_sees_what_would_go(app: Application, make_class: MakeClass, operator: Operator) -> None:
    there = make_class()
    last_opened(app, there.bob, 360)
    before = all_rows(app.parts.database)
    said = operator.types("courses", "unused", **OLD).output
    assert said == "0 course(s) have not been opened for 365 days.\n"
    said = operator.types("courses", "unused", "--days", "351", **OLD).output
    assert "School LMS: Parents as partners" in said
    assert "The worker erases what was not opened for 365 days." in said
    assert "PARTNERWISE_KEEP_DAYS is 0, so they stay." in operator.types("courses", "unused", "--days", "300").output
    assert "Say --days NUMBER" in operator.types("courses", "unused").output
    assert all_rows(app.parts.database) == before
    told = operator.types("doctor", **OLD).output
    assert "A course is erased when nobody has opened it for 365 days." in told
    assert "1 course(s) are erased within 14 days" in told
    assert "`partnerwise courses unused --days 351` names them." in told
    assert "kept until somebody erases it" in operator.types("doctor").output


@pytest.mark.parametrize("days", ["1", "29", "-1", "40000", "soon"])
def test_a_time_that_would_take_courses_by_mistake_is_refused(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    monkeypatch.setenv("PARTNERWISE_SECRET_KEY", "a secret for tests, long enough to be one")
    monkeypatch.setenv("PARTNERWISE_KEEP_DAYS", days)
    with pytest.raises(SettingsWrong, match="PARTNERWISE_KEEP_DAYS"):
        read_settings()


@on_sqlite
def test_people_are_told_how_long_it_is_kept(app: Application, visitor: Arrive) -> None:
    alice = visitor("alice")
    assert "It is kept until somebody erases it." in alice.get("privacy/").text
    app.parts = replace(app.parts, keep=KEEP)
    assert "A course that nobody opens for 365 days is erased here" in alice.get("privacy/").text


@on_sqlite
def test_each_arrival_counts_as_an_opening(app: Application, visitor: Arrive) -> None:
    bob = visitor("bob")
    last_opened(app, bob, 300)
    visitor("alice")
    with app.parts.database.transaction(write=False) as session:
        assert session.scalars(select(Context.opened_at)).one() > now() - timedelta(minutes=5)


@on_sqlite
def test_the_worker_does_it_by_the_setting(building: House, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = House.settings.fget  # type: ignore[attr-defined]
    monkeypatch.setattr(House, "settings", property(lambda self: usual(self).model_copy(update={"keep_days": 30})))
    database = building.database()
    with database.transaction() as session:
        registration = all_registrations(session)[0]
        deployment = registration.deployments[0].id
        for course, days in (("old", 31), ("used", 29)):
            coming = Arrival("alice", "Alice Adams", Role.TRAINEE, course, course, "", "", "course")
            arrived = arrive(session, registration.id, deployment, coming)
            arrived.context.opened_at = now() - timedelta(days=days)

    def courses() -> list[str]:
        with database.transaction(write=False) as session:
            return list(session.scalars(select(Context.title)).all())

    building.start_process("worker")
    until(lambda: courses() == ["used"], "the old course is gone")
    database.close()


def test_nothing_of_a_course_that_went_is_left(app: Application, make_class: MakeClass) -> None:
    last_opened(app, make_class().bob, 366)
    erase_what_is_over(app.parts.database, KEEP)
    rows = all_rows(app.parts.database)
    for words in (SECRET, "Alice", "Bob", "Tina", "Parents as partners", "We listen."):
        assert not holds(rows, words), words
