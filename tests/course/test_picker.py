"""The picker and its answer over HTTP, with a genuine platform at the other end."""

import re
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from lti_tool.course.models import PlacedActivity
from lti_tool.demo.deep_linking import DL
from lti_tool.platforms.models import PickingRequest
from lti_tool.web.application import Application
from tests.course.conftest import Pick
from tests.course.picking import LTI, Answered, open_link, open_picker
from tests.fixtures.platform import Platform
from tests.fixtures.tool import ADDRESS, Arrive

THINK_PIECE = "Think piece: a moment at the edge"


def test_one_activity_is_picked_and_the_answer_is_signed_with_a_key_that_the_tool_publishes(
    pick: Pick, platform: Platform, client: FlaskClient
) -> None:
    picker = pick()
    assert THINK_PIECE in picker.get().text
    answered = picker.add("journal/j3")
    assert answered.address.startswith(platform.config.issuer + "/as/tina/add/return?token=")
    keys = jwt.PyJWKSet.from_dict(client.get("/lti/jwks", base_url=ADDRESS).get_json())
    kid = jwt.get_unverified_header(answered.token)["kid"]
    claims = jwt.decode(
        answered.token, keys[kid], ["RS256"], audience=platform.config.issuer, issuer=platform.config.client_id
    )
    assert claims[LTI + "message_type"] == "LtiDeepLinkingResponse"
    assert claims[LTI + "version"] == "1.3.0"
    assert claims[LTI + "deployment_id"] == platform.config.deployment_id
    assert answered.address.endswith("token=" + claims[DL + "data"])
    (item,) = claims[DL + "content_items"]
    assert item["title"] == THINK_PIECE
    assert item["lineItem"]["scoreMaximum"] == 15
    assert item["lineItem"]["resourceId"] == "journal/j3"


def test_whoever_picks_has_no_tabs_and_still_a_page_that_says_so(pick: Pick) -> None:
    picker = pick()
    answer = picker.client.get(f"{picker.page}/not-shown", base_url=ADDRESS)
    assert answer.status_code == 200
    assert "To the course" not in answer.text


def test_a_link_names_its_activity_by_its_path_and_says_where_it_was_placed(pick: Pick, app: Application) -> None:
    (item,) = pick().add("journal/j3").items
    with app.parts.database.transaction(write=False) as session:
        placed = session.scalars(select(PlacedActivity)).one()
    assert item["url"] == f"{ADDRESS}/activities/journal/j3?placement={placed.key}"
    assert item["custom"] == {
        "activity": "journal/j3",
        "placement": placed.key,
        "context_history": "$Context.id.history",
        "resource_link_history": "$ResourceLink.id.history",
    }


def test_the_pictures_of_links_are_there_for_everybody(pick: Pick, app: Application) -> None:
    chosen = ["course", "module/m1", "unit/m1u1", "journal/j3", "roadmap", "desk"]
    for item in pick().add(*chosen).items:
        for name, size in (("icon", 64), ("thumbnail", 256)):
            assert item[name]["width"] == item[name]["height"] == size
            with app.test_client().get(item[name]["url"].removeprefix(ADDRESS), base_url=ADDRESS) as picture:
                assert picture.mimetype == "image/png"
    assert app.test_client().get("/pictures/../views/picker.py", base_url=ADDRESS).status_code == 404


@pytest.mark.both_databases
def test_several_activities_are_added_with_names_points_and_times(pick: Pick, app: Application) -> None:
    answered = pick().add(
        "unit/m1u1",
        "journal/j3",
        **{"title-1": "Read   this", "points-1": "", "title-2": "Write this", "points-2": "20,5"},
        **{"due-2": "2026-12-24T16:00:00.000Z", "closes-2": "2026-12-31T22:00:00.000Z"},
    )
    unit, piece = answered.items
    assert unit["title"] == "Read this"
    assert "lineItem" not in unit
    assert piece["lineItem"]["scoreMaximum"] == 20.5
    assert piece["submission"] == {"endDateTime": "2026-12-24T16:00:00Z"}
    with app.parts.database.transaction(write=False) as session:
        placed = session.scalars(select(PlacedActivity).where(PlacedActivity.activity == "journal/j3")).one()
        assert (placed.title, placed.points) == ("Write this", 20.5)
        assert placed.closes_at == datetime(2026, 12, 31, 22, tzinfo=UTC)


def test_every_activity_that_is_offered_opens_when_its_link_is_launched(
    pick: Pick, platform: Platform, client: FlaskClient
) -> None:
    picker = pick()
    offered = re.findall(r'name="chosen" value="([^"]+)"', picker.get().text)
    assert len(offered) > 7
    for item in picker.add(*offered).items:
        for person in ("tina", "alice"):
            launched = open_link(platform, client, person, item["url"])
            assert launched.status_code == 303, item["url"]
            assert client.get(launched.headers["Location"], base_url=ADDRESS).status_code == 200


def test_the_same_activity_placed_twice_keeps_its_key_and_shows_what_was_chosen_before(pick: Pick) -> None:
    first = pick().add("journal/j3", **{"title-1": "First", "due-1": "2026-12-24T16:00"})
    picker = pick()
    assert "in your course already" in picker.get().text
    details = picker.get("picker/details", chosen="journal/j3").text
    assert 'value="First"' in details
    assert 'value="2026-12-24T16:00"' in details
    again = picker.add("journal/j3")
    assert again.items[0]["url"] == first.items[0]["url"]
    assert again.items[0]["title"] == "First"


def test_where_one_activity_is_taken_two_are_refused_with_a_word(pick: Pick) -> None:
    picker = pick(settings={"accept_multiple": False})
    assert 'type="checkbox"' not in picker.get().text
    answer = picker.get("picker/details", chosen=["journal/j3", "unit/m1u1"])
    assert answer.status_code == 400
    assert "This place in your course takes one activity" in answer.text
    assert picker.post("picker/answer", chosen=["journal/j3", "unit/m1u1"]).status_code == 400
    assert len(picker.add("journal/j3").items) == 1


def test_nothing_chosen_is_said_beside_the_choice(pick: Pick) -> None:
    picker = pick()
    for chosen in ([], ["journal/none"], ["../secret"]):
        answer = picker.get("picker/details", chosen=chosen)
        assert answer.status_code == 400
        assert "Nothing is chosen yet" in answer.text


def test_leaving_without_adding_tells_the_platform_that_nothing_was_picked(pick: Pick, app: Application) -> None:
    answered = Answered.of(pick().post("picker/answer", do="cancel"))
    assert answered.items == []
    with app.parts.database.transaction(write=False) as session:
        assert session.scalars(select(PlacedActivity)).all() == []


def test_what_is_wrong_in_the_form_is_said_at_its_field_and_nothing_is_placed(pick: Pick, app: Application) -> None:
    picker = pick()
    for wrong, said in (
        ({"due-1": "2026-12-24T16:00", "closes-1": "2026-12-01T16:00"}, "The times must follow each other"),
        ({"due-1": "?"}, "Write a date and a time"),
        ({"due-1": "0001-01-01T00:00"}, "Write a date and a time"),
        ({"points-1": "-3"}, "A number above 0"),
        ({"points-1": "many"}, "A number above 0"),
        ({"points-1": "nan"}, "A number above 0"),
        ({"title-1": "x" * 300}, "At most 200 characters"),
    ):
        answer = picker.post("picker/answer", chosen="journal/j3", **{"title-1": "x", **wrong})
        assert answer.status_code == 400
        assert said in answer.text, wrong
    with app.parts.database.transaction(write=False) as session:
        assert session.scalars(select(PlacedActivity)).all() == []
        assert session.scalars(select(PickingRequest)).one().answered_at is None


@pytest.mark.both_databases
def test_a_picker_answers_once_but_a_double_click_gets_its_answer(pick: Pick, app: Application) -> None:
    picker = pick()
    picker.add("journal/j3")
    assert len(picker.add("journal/j3").items) == 1
    with app.parts.database.transaction() as session:
        session.execute(update(PickingRequest).values(answered_at=datetime.now(UTC) - timedelta(minutes=1)))
    late = picker.post("picker/answer", chosen="journal/j3")
    assert late.status_code == 409
    assert "added to your course already" in late.text


def test_forms_of_the_answer_go_to_the_platforms_origin_and_nowhere_else(pick: Pick, platform: Platform) -> None:
    picker = pick()
    policy = picker.add("journal/j3").page.headers["Content-Security-Policy"]
    assert f"form-action {platform.config.issuer};" in policy
    assert "form-action 'self';" in picker.get().headers["Content-Security-Policy"]


def test_nothing_in_the_request_breaks_out_of_the_answers_form(pick: Pick) -> None:
    evil = """https://lms.example/"><script>alert(1)</script>&x='onload='1"""
    answered = pick(settings={"deep_link_return_url": evil, "data": '"><img src=x>'}).add("journal/j3")
    assert "<script>alert" not in answered.page.text
    assert len(re.findall(r"<form(?! class=\"pw-done\")", answered.page.text)) == 1
    assert answered.claims[DL + "data"] == '"><img src=x>'


@pytest.mark.parametrize("given", [{"accept_lineitem": False}, {"accept_lineitem": "false"}])
def test_a_platform_that_ignores_columns_is_not_asked_for_points(pick: Pick, given: dict[str, object]) -> None:
    picker = pick(settings=given)
    assert "Highest score in the gradebook" not in picker.get("picker/details", chosen="journal/j3").text
    assert "lineItem" not in picker.add("journal/j3").items[0]


def test_a_link_opens_in_a_tab_of_its_own_where_the_trainer_wants_it(pick: Pick) -> None:
    assert pick().add("journal/j3", opens_in="window").items[0]["window"] == {"targetName": "_blank"}
    framed = pick(settings={"accept_presentation_document_targets": ["iframe"]})
    assert "Where it opens" not in framed.get("picker/details", chosen="journal/j3").text


def test_a_platform_that_names_no_course_gets_links_but_nothing_is_kept_for_it(pick: Pick, app: Application) -> None:
    picker = pick(context=None)
    assert "Write a prompt of your own" not in picker.get().text
    assert "datetime-local" not in picker.get("picker/details", chosen="journal/j3").text
    (item,) = picker.add("journal/j3").items
    assert item["url"] == f"{ADDRESS}/activities/journal/j3"
    assert "placement" not in item["custom"]
    with app.parts.database.transaction(write=False) as session:
        assert session.scalars(select(PlacedActivity)).all() == []


def test_trainers_who_pick_for_courses_without_a_name_do_not_see_each_other(pick: Pick, app: Application) -> None:
    pick(context=None)
    adams = pick("adam", context=None)
    members = adams.client.get(f"{adams.page}/members/", base_url=ADDRESS)
    assert members.status_code == 200
    assert "Adam Admin" in members.text
    assert "Tina Trainer" not in members.text


def test_a_trainee_is_not_let_into_the_picker(platform: Platform, client: FlaskClient) -> None:
    learner = ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"]
    launched = open_picker(platform, client, roles=learner)
    assert client.get(launched.headers["Location"], base_url=ADDRESS).status_code == 403


@pytest.mark.parametrize(
    "asked",
    [
        {"deep_link_return_url": None},
        {"deep_link_return_url": "javascript:alert(1)"},
        {"deep_link_return_url": "http://lms.example/back"},
        {"accept_types": None},
        {"accept_types": ["file"]},
        {"accept_presentation_document_targets": None},
        {"data": {"a": 1}},
    ],
    ids=str,
)
def test_a_request_that_cannot_be_answered_gets_in_nowhere(
    platform: Platform, client: FlaskClient, asked: dict[str, object]
) -> None:
    answer = open_picker(platform, client, settings=asked)
    assert answer.status_code == 400
    assert "What you can do" in answer.text


def test_the_picker_is_not_there_for_launches_that_did_not_ask_for_it(visitor: Arrive) -> None:
    tina = visitor("tina", activity="picker")
    assert tina.get("course/picker").status_code == 404
