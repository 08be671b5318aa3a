"""Courses that the platform copied: prompts and settings come along, people's work does not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lti_tool.course.models import PlacedActivity, WrittenPrompt
from lti_tool.journal.models import Entry
from lti_tool.people.models import Context
from lti_tool.platforms.models import Deployment
from lti_tool.web.application import Application
from tests.course.conftest import Pick
from tests.course.picking import open_link
from tests.fixtures.platform import Platform, StartPlatform
from tests.fixtures.tool import ADDRESS
from tests.platforms.conftest import register

COPY = {"id": "next-year", "title": "The same, next year"}
SOON = datetime.now(UTC).replace(microsecond=0) + timedelta(days=30)
PROMPT = {
    "title": "A letter to a parent",
    "question": "Write it.\n\nThen read it aloud.",
    "rubric": "reflective-writing",
}


@pytest.fixture
def links(pick: Pick) -> dict[str, str]:
    """The addresses of what was placed in the first course: a prompt of the course and one of the trainer's own."""
    picker = pick()
    chosen = picker.post("prompts/new", **PROMPT, chosen="journal/j3").headers["Location"]
    own = "journal/own-" + chosen.partition("own-")[2]
    items = picker.add("journal/j3", own, **{"title-1": "Ours", "due-1": SOON.isoformat(), "points-1": "30"}).items
    return {"j3": items[0]["url"], "own": items[1]["url"]}


@pytest.fixture
def other_platform(app: Application, running_platform: StartPlatform) -> Platform:
    """Another school's LMS."""
    started = running_platform(ADDRESS)
    register(app, started)
    return started


def contexts(app: Application) -> dict[str, Context]:
    with app.parts.database.transaction(write=False) as session:
        return {found.lti_id: found for found in session.scalars(select(Context))}


def placed(app: Application, context: Context) -> dict[str, PlacedActivity]:
    with app.parts.database.transaction(write=False) as session:
        wanted = select(PlacedActivity).where(PlacedActivity.context_id == context.id)
        return {found.activity: found for found in session.scalars(wanted)}


def written(app: Application, context: Context) -> list[WrittenPrompt]:
    with app.parts.database.transaction(write=False) as session:
        return list(session.scalars(select(WrittenPrompt).where(WrittenPrompt.context_id == context.id)))


def follow(platform: Platform, client: FlaskClient, person: str, url: str, **changed: Any) -> str:
    """Open a link as somebody; gives the page."""
    launched = open_link(platform, client, person, url, **changed)
    assert launched.status_code == 303, launched.text
    return client.get(launched.headers["Location"], base_url=ADDRESS).text


@pytest.mark.both_databases
def test_the_key_in_a_links_address_brings_all_of_the_first_courses_settings(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str]
) -> None:
    page = follow(platform, client, "alice", links["own"], context=COPY)
    assert "A letter to a parent" in page
    assert "Then read it aloud." in page
    there = contexts(app)
    copy = placed(app, there["next-year"])
    assert set(copy) == set(placed(app, there["2"]))
    assert (copy["journal/j3"].title, copy["journal/j3"].points, copy["journal/j3"].due_at) == ("Ours", 30, SOON)
    assert there["next-year"].copied_from_id == there["2"].id
    assert [one.title for one in written(app, there["next-year"])] == ["A letter to a parent"]


def test_a_key_that_came_by_the_custom_parameters_does_as_well(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str]
) -> None:
    url, _, key = links["own"].partition("?placement=")
    follow(platform, client, "tina", url, context=COPY, custom={"placement": key})
    assert written(app, contexts(app)["next-year"])


@pytest.mark.parametrize(
    "custom",
    [
        {"context_history": "unknown%2C1,2"},
        {"Context.id.history": " 2 ,77"},
        {"context_id_history": "2", "resource_link_history": ""},
    ],
    ids=str,
)
def test_a_history_of_the_course_does_without_a_key(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str], custom: dict[str, str]
) -> None:
    url = links["own"].partition("?")[0]
    assert "A letter to a parent" in follow(platform, client, "alice", url, context=COPY, custom=custom)
    assert contexts(app)["next-year"].copied_from_id == contexts(app)["2"].id


def test_a_history_of_the_link_does_too(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str]
) -> None:
    follow(platform, client, "tina", links["j3"], resource_link={"id": "old link/1"})
    custom = {"context_history": "$Context.id.history", "resource_link_id_history": "old%20link%2F1,older"}
    follow(platform, client, "tina", links["own"].partition("?")[0], context=COPY, custom=custom)
    assert written(app, contexts(app)["next-year"])


def test_without_a_word_of_where_it_comes_from_a_course_is_new(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str]
) -> None:
    custom = {"context_history": "$Context.id.history", "resource_link_history": ""}
    follow(platform, client, "tina", links["j3"].partition("?")[0], context=COPY, custom=custom)
    assert placed(app, contexts(app)["next-year"]) == {}
    launched = open_link(platform, client, "alice", links["own"].partition("?")[0], context=COPY)
    assert launched.status_code == 404


@pytest.mark.both_databases
def test_nobodys_work_comes_along(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str]
) -> None:
    page = open_link(platform, client, "alice", links["own"]).headers["Location"]
    token = client.get(page, base_url=ADDRESS).text.partition('name="csrf-token" content="')[2].partition('"')[0]
    text = {"text": "<p>My own words.</p>", "version": 0}
    saved = client.put(f"{page}/text", json=text, base_url=ADDRESS, headers={"X-CSRFToken": token})
    assert saved.status_code == 200
    assert "My own words" not in follow(platform, client, "alice", links["own"], context=COPY)
    with app.parts.database.transaction(write=False) as session:
        assert len(session.scalars(select(Entry)).all()) == 1


def test_what_was_changed_in_the_copy_is_never_overwritten(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str], pick: Pick
) -> None:
    follow(platform, client, "tina", links["j3"], context=COPY)
    pick(context=COPY).add("journal/j3", **{"title-1": "Theirs", "due-1": ""})
    follow(platform, client, "alice", links["j3"], context=COPY)
    there = contexts(app)
    assert placed(app, there["next-year"])["journal/j3"].title == "Theirs"
    assert placed(app, there["2"])["journal/j3"].title == "Ours"
    assert len(written(app, there["next-year"])) == 1


def test_times_that_are_over_do_not_close_the_copy(
    app: Application, platform: Platform, client: FlaskClient, pick: Pick
) -> None:
    past = {"opens-1": "2025-01-01T08:00", "due-1": "2025-02-01T08:00", "closes-1": "2025-02-02T08:00"}
    (item,) = pick().add("journal/j3", **past).items
    assert "The time to hand it in is over" in follow(platform, client, "alice", item["url"])
    assert "The time to hand it in is over" not in follow(platform, client, "alice", item["url"], context=COPY)


def test_a_single_link_of_a_third_course_brings_itself_and_nothing_else(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str], pick: Pick
) -> None:
    third = pick(context={"id": "third"})
    chosen = third.post("prompts/new", title="Of the third", question="What?").headers["Location"]
    (item,) = third.add("journal/own-" + chosen.partition("own-")[2]).items
    third.add("unit/m1u1")
    follow(platform, client, "tina", links["own"], context=COPY)
    assert "Of the third" in follow(platform, client, "alice", item["url"], context=COPY)
    there = contexts(app)
    assert there["next-year"].copied_from_id == there["2"].id
    assert "unit/m1u1" not in placed(app, there["next-year"])


def test_a_copy_of_a_copy_is_a_copy(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str]
) -> None:
    follow(platform, client, "tina", links["own"], context=COPY)
    again = {"id": "in-two-years"}
    custom = {"context_history": "next-year,2"}
    assert "A letter to a parent" in follow(
        platform, client, "alice", links["own"].partition("?")[0], context=again, custom=custom
    )
    there = contexts(app)
    assert there["in-two-years"].copied_from_id == there["next-year"].id


@pytest.mark.both_databases
def test_a_restore_that_gives_the_tool_a_new_deployment_id_finds_what_it_had(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str]
) -> None:
    with app.parts.database.transaction() as session:
        registration = session.scalars(select(Deployment)).one().registration_id
        session.add(Deployment(registration_id=registration, deployment_id="restored"))
    page = follow(platform, client, "alice", links["own"], context=COPY, deployment_id="restored")
    assert "A letter to a parent" in page
    assert "Ours" in {one.title for one in placed(app, contexts(app)["next-year"]).values()}


def test_a_key_or_a_history_of_another_platform_opens_nothing(
    app: Application, other_platform: Platform, client: FlaskClient, links: dict[str, str]
) -> None:
    foreign = {"id": "foreign", "title": "At another school"}
    hints = {"context_history": "2", "placement": links["own"].partition("?placement=")[2]}
    launched = open_link(other_platform, client, "tina", links["own"], context=foreign, custom=hints)
    assert launched.status_code == 404, "the prompt is not theirs"
    follow(other_platform, client, "tina", links["j3"], context=foreign, custom=hints)
    there = contexts(app)["foreign"]
    assert there.copied_from_id is None
    assert placed(app, there) == {}
    assert written(app, there) == []


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "custom",
    [
        {"placement": "x" * 5000},
        {"placement": "'; DROP TABLE context; --"},
        {"context_history": "," * 5000},
        {"context_history": "%00,%ff,%"},
        {"context_history": "2" * 5000},
        {"placement": 7, "context_history": ["2"]},
    ],
    ids=lambda value: str(value)[:40],
)
def test_nonsense_in_keys_and_histories_lets_the_launch_in_and_copies_nothing(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str], custom: dict[str, Any]
) -> None:
    for query in ("", "?placement=&placement=%00", "?placement=" + "y" * 900):
        url = links["j3"].partition("?")[0] + query
        assert "Think piece" in follow(platform, client, "alice", url, context=COPY, custom=custom)
    assert placed(app, contexts(app)["next-year"]) == {}


def test_links_of_courses_without_a_name_bring_only_themselves(
    app: Application, platform: Platform, client: FlaskClient, links: dict[str, str]
) -> None:
    follow(platform, client, "tina", links["j3"], context=None)
    (nameless,) = (found for name, found in contexts(app).items() if name.startswith("link:"))
    assert set(placed(app, nameless)) == {"journal/j3"}
    assert written(app, nameless) == []
