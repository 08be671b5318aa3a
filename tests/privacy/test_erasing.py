"""One person is erased: what is theirs goes everywhere, what is others' stays and names nobody."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from lti_tool.files.cleanup import sweep_files
from lti_tool.journal.models import Entry
from lti_tool.people.launch_upserts import Arrival, arrive
from lti_tool.people.models import Membership, Role, User
from lti_tool.platforms.audit_trail import OPERATOR
from lti_tool.platforms.models import AuditRecord, Launch
from lti_tool.privacy.erasure import erase_leftovers, erase_person
from lti_tool.web.application import Application
from tests.commands.test_partnerwise import Operator, sentence
from tests.fixtures.browser import axe_problems, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive
from tests.fixtures.waiting import until
from tests.fixtures.window import OpenWindow
from tests.privacy.conftest import SECRET, Class, MakeClass
from tests.privacy.rows import all_rows, holds

NAME = "Alice Adams"


def others(app: Application, there: Class) -> dict[str, list[dict[str, object]]]:
    """Rows in which nobody's work but Alice's may change."""
    rows = all_rows(app.parts.database)
    bobs = {"journal_entry": "user_id", "membership": "user_id", "launch": "user_id", "unit_progress": "user_id"}
    return {table: [row for row in rows[table] if row[column] != there.alice.user_id] for table, column in bobs.items()}


@pytest.mark.both_databases
def test_the_operator_erases_all_that_is_a_persons_and_nothing_that_is_others(
    app: Application, make_class: MakeClass, operator: Operator
) -> None:
    there, elsewhere = make_class(), make_class("c2")
    other_school = make_class(issuer="https://other.school.example")
    before, kept = others(app, there), all_rows(app.parts.database)
    number = str(there.alice.user_id)
    dry = operator.types("people", "erase", number, "--dry-run").output
    assert "     4  Pieces of writing, drafts among them: is erased" in dry
    assert "     4  Changes of road maps: stays, without the name" in dry
    assert "     1  Name and id, as the LMS tells them: is erased" in dry
    assert all_rows(app.parts.database) == kept, "nothing was changed"
    said = operator.types("people", "erase", number, "--yes")
    assert said.exit_code == 0, said.output
    assert "The LMS keeps what is its own" in said.output
    after = all_rows(app.parts.database)
    assert others(app, there) == before
    alices = [row for row in after["user_account"] if row["name"] == NAME]
    assert [row["id"] for row in alices] == [other_school.alice.user_id], "the other school's Alice is somebody else"
    (left,) = [row for row in after["user_account"] if row["id"] == there.alice.user_id]
    assert left["subject"].startswith("erased:")
    for table, column in (
        ("journal_entry", "user_id"),
        ("stored_file", "owner_id"),
        ("delivery", "user_id"),
        ("membership", "user_id"),
        ("team_member", "user_id"),
        ("unit_progress", "user_id"),
        ("extension", "user_id"),
    ):
        assert not [row for row in after[table] if row[column] == there.alice.user_id], table
        assert [row for row in after[table] if row[column] == other_school.alice.user_id], table
    for table in ("feedback", "grade", "grade_release", "submission"):
        assert len(after[table]) == len(kept[table]) - 2, table
    assert after["map_change"] == kept["map_change"], "the team's"
    for who in (there.alice, elsewhere.alice):
        answer = who.get("course/")
        assert answer.status_code == 401
        assert "What was kept about you was erased" in answer.text
    assert {one.get("course/").status_code for one in (there.bob, there.tina, other_school.alice)} == {200}


@on_sqlite
def test_the_operator_is_asked_first(app: Application, make_class: MakeClass, operator: Operator) -> None:
    number = str(make_class().alice.user_id)
    assert operator.types("people", "erase", number).exit_code == 1
    assert holds(all_rows(app.parts.database), SECRET)
    assert "Nobody has the number 999." in sentence(operator.types("people", "erase", "999", "--yes"))


@on_sqlite
def test_what_the_team_wrote_stays_under_a_former_member(make_class: MakeClass, operator: Operator) -> None:
    there = make_class()
    assert there.bob.post("roadmap/teams/1/join").status_code == 303
    assert NAME in there.bob.get("roadmap/history").text
    operator.types("people", "erase", str(there.alice.user_id), "--yes")
    for path in ("roadmap/history", "roadmap/whole", "roadmap/"):
        page = there.bob.get(path).text
        assert NAME not in page
        assert "We listen." in page or path == "roadmap/"
    assert "a former member" in there.bob.get("roadmap/history").text
    stale = there.bob.put("roadmap/fields/p1.definition", {"value": "x", "version": 0})
    assert stale.get_json()["current"]["who"] == "a former member"


@on_sqlite
def test_contents_of_files_go_with_the_next_sweep(
    app: Application, make_class: MakeClass, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from lti_tool.files import cleanup

    there = make_class()
    monkeypatch.setattr(cleanup, "KEPT", timedelta(0))
    store = app.parts.files.store
    (key,) = [row["key"] for row in all_rows(app.parts.database)["blob"]]
    assert store.get(key)
    operator.types("people", "erase", str(there.alice.user_id), "--yes")
    sweep_files(app.parts.database, store)
    assert all_rows(app.parts.database)["blob"] == []


@pytest.mark.both_databases
def test_an_administrator_erases_in_their_own_course_alone(app: Application, make_class: MakeClass) -> None:
    here, elsewhere = make_class(), make_class("c2")
    page = here.adam.get(f"privacy/people/{here.alice.user_id}/erase").text
    assert "This person is in other courses of your LMS, too." in page
    done = here.adam.post(f"privacy/people/{here.alice.user_id}/erase", {"sure": "yes"}, follow_redirects=True)
    assert "is erased" in done.text
    assert NAME not in done.text
    assert "What was kept about you was erased" in here.alice.get("course/").text
    assert SECRET in elsewhere.alice.get("journal/j3").text
    assert NAME in elsewhere.tina.get("members/").text
    history = here.tina.get("roadmap/teams/1/history").text
    assert "a former member" in history
    assert NAME not in history
    assert NAME in elsewhere.tina.get("roadmap/teams/2/history").text
    after = all_rows(app.parts.database)
    for table in ("journal_entry", "submission", "stored_file"):
        assert not [
            row
            for row in after[table]
            if row["context_id"] == here.alice.context_id
            and row.get("user_id", row.get("owner_id")) == here.alice.user_id
        ]
    # The last course is the whole.
    page = elsewhere.adam.get(f"privacy/people/{here.alice.user_id}/erase").text
    assert "so their name goes, too" in page
    elsewhere.adam.post(f"privacy/people/{here.alice.user_id}/erase", {"sure": "yes"})
    rows = all_rows(app.parts.database)
    assert not holds(rows, NAME)
    assert not holds(rows, SECRET)


@on_sqlite
def test_nothing_is_erased_before_it_was_said_that_it_is_meant(app: Application, make_class: MakeClass) -> None:
    there = make_class()
    address = f"privacy/people/{there.alice.user_id}/erase"
    for form in ({}, {"sure": "no"}):
        answer = there.adam.post(address, form)
        assert answer.status_code == 422
        assert "Nothing was erased" in answer.text
    assert there.adam.post(f"privacy/people/{there.adam.user_id}/erase", {"sure": "yes"}).status_code == 409
    assert there.tina.post(address, {"sure": "yes"}).status_code == 403
    assert holds(all_rows(app.parts.database), SECRET)


@on_sqlite
def test_a_trainers_judgements_stay_with_the_pieces_that_they_are_of(make_class: MakeClass, operator: Operator) -> None:
    there = make_class()
    assert "Tina Trainer" in there.alice.get("journal/j3").text
    operator.types("people", "erase", str(there.tina.user_id), "--yes")
    page = there.alice.get("journal/j3").text
    assert "Well seen, Alice." in page
    assert "Tina Trainer" not in page


@pytest.mark.both_databases
def test_who_comes_back_begins_as_somebody_new(app: Application, make_class: MakeClass, visitor: Arrive) -> None:
    there = make_class()
    with app.parts.database.transaction() as session:
        erase_person(session, session.get_one(User, there.alice.user_id), by=OPERATOR)
    again = visitor("alice", activity="journal/j3")
    assert again.user_id != there.alice.user_id
    assert SECRET not in again.get("journal/j3").text
    assert again.put("journal/j3/text", {"text": "<p>Anew.</p>", "version": 0}).status_code == 200
    with app.parts.database.transaction() as session:
        erase_leftovers(session)
    assert "Anew." in again.get("journal/j3").text


@pytest.mark.both_databases
@pytest.mark.parametrize("in_course", [False, True])
def test_what_a_request_wrote_that_was_under_way_goes_a_minute_later(
    app: Application, make_class: MakeClass, in_course: bool
) -> None:
    there, elsewhere = make_class(), make_class("c2")
    context_id = there.alice.context_id
    with app.parts.database.transaction() as session:
        person = session.get_one(User, there.alice.user_id)
        erase_person(session, person, by=OPERATOR, context_id=context_id if in_course else None)
    with app.parts.database.transaction() as session:
        session.add(Entry(context_id=context_id, user_id=there.alice.user_id, prompt="j9", text="Written late."))
    with app.parts.database.transaction() as session:
        erase_leftovers(session)
    rows = all_rows(app.parts.database)
    assert not holds(rows, "Written late.")
    assert holds(rows, SECRET) is in_course, "the other course's stays"
    assert elsewhere.bob.get("course/").status_code == 200


@on_sqlite
def test_who_has_come_into_the_course_again_loses_nothing_of_what_they_write_now(
    app: Application, make_class: MakeClass, visitor: Arrive
) -> None:
    there = make_class()
    make_class("c2")
    with app.parts.database.transaction() as session:
        erase_person(
            session, session.get_one(User, there.alice.user_id), by=OPERATOR, context_id=there.alice.context_id
        )
    again = visitor("alice", activity="journal/j3")
    assert again.user_id == there.alice.user_id, "known from the other course"
    again.put("journal/j3/text", {"text": "<p>Anew.</p>", "version": 0})
    with app.parts.database.transaction() as session:
        erase_leftovers(session)
    assert "Anew." in again.get("journal/j3").text


@on_sqlite
def test_the_same_twice_is_once(app: Application, make_class: MakeClass) -> None:
    there = make_class()
    for _ in range(2):
        with app.parts.database.transaction() as session:
            erase_person(session, session.get_one(User, there.alice.user_id), by=OPERATOR)
    with app.parts.database.transaction(write=False) as session:
        assert len(session.scalars(select(AuditRecord).where(AuditRecord.what == "person_erased")).all()) == 2


@on_sqlite
def test_a_review_of_the_persons_work_names_them_no_more(app: Application, make_class: MakeClass) -> None:
    there = make_class()
    make_class("c2")
    with app.parts.database.transaction() as session:
        opened = update(Launch).where(Launch.id == there.tina.launch_id)
        session.execute(opened.values(about_user_id=there.alice.user_id))
        erase_person(
            session, session.get_one(User, there.alice.user_id), by=OPERATOR, context_id=there.alice.context_id
        )
    with app.parts.database.transaction(write=False) as session:
        about = session.get_one(Launch, there.tina.launch_id).about_user_id
        assert about != there.alice.user_id
        assert session.get_one(User, about).shown_name == "a former member"


@on_sqlite
def test_the_pages_before_and_after(make_class: MakeClass, window: OpenWindow, app: Application) -> None:
    there = make_class()
    assert there.bob.post("roadmap/teams/1/join").status_code == 303
    page = window(there.adam, f"privacy/people/{there.alice.user_id}")
    page.get_by_role("link", name="Erase what is kept…").click()
    page.get_by_role("heading", name="What this does not do").wait_for()
    assert axe_problems(page) == []
    take_pictures(page, "privacy-erasing")
    page.get_by_role("button", name="Erase it").click()
    assert page.url.endswith("/erase"), "the browser asks for the tick first"
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Erase it").click()
    page.get_by_text("is erased.").wait_for()
    take_pictures(page, "privacy-erased")
    page = window(there.bob, "roadmap/history")
    page.get_by_text("a former member").first.wait_for()
    take_pictures(page, "privacy-former-member")


@on_sqlite
def test_an_open_page_says_so_and_forgets_what_was_typed(app: Application, visitor: Arrive, window: OpenWindow) -> None:
    alice = visitor("alice", activity="journal/j3")
    page = window(alice, "journal/j3")
    page.route("**/journal/j3/text", lambda route: route.abort())  # what is typed stays in the browser
    page.locator(".ProseMirror").click()
    page.locator(".ProseMirror").press_sequentially("Only typed.")
    kept = "Object.keys(localStorage).filter((name) => name.startsWith('partnerwise:draft:')).length"
    until(lambda: page.evaluate(kept) == 1, "the draft is kept")
    with app.parts.database.transaction() as session:
        erase_person(session, session.get_one(User, alice.user_id), by=OPERATOR)
    page.evaluate("() => document.dispatchEvent(new Event('pw:ended'))")  # as a refused save tells it
    page.get_by_role("heading", name="What was kept about you was erased").wait_for()
    assert page.evaluate(kept) == 0


@on_sqlite
def test_membership_of_the_roster_is_begun_anew(app: Application, make_class: MakeClass) -> None:
    there = make_class()
    with app.parts.database.transaction() as session:
        registration = session.get_one(User, there.alice.user_id).registration_id
        deployment = session.get_one(Launch, there.bob.launch_id).deployment_id
        erase_person(session, session.get_one(User, there.alice.user_id), by=OPERATOR)
        coming = Arrival("alice", NAME, Role.TRAINEE, "c1", "", "", "", "course")
        arrived = arrive(session, registration, deployment, replace(coming, context_title="Parents as partners"))
        found = select(Membership).where(Membership.user_id == arrived.user_id)
        assert session.scalars(found).one().role is Role.TRAINEE
