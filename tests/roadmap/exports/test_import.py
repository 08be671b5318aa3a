"""A file with a map is put into an empty map: all of it or nothing, as one change of the person who asked."""

import io
import json
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from lti_tool.people.models import Actor
from lti_tool.roadmap.models import MapChange, MapField, MapReference
from lti_tool.web.application import Application
from tests.fixtures.tool import Arrive, Visitor
from tests.roadmap.conftest import Team, found
from tests.roadmap.exports.plans import ODD
from tests.roadmap.test_example import standing, texts


def put_in(who: Visitor, content: bytes | dict[str, Any], name: str = "map.json") -> TestResponse:
    """Send a file as the page's form does."""
    sent = content if isinstance(content, bytes) else json.dumps(content).encode()
    return who.post("roadmap/import", {"file": (io.BytesIO(sent), name)})


def saved(who: Visitor) -> dict[str, Any]:
    """What was saved with “Save everything”."""
    told: dict[str, Any] = json.loads(who.get("roadmap/files/everything").data)
    return told


@pytest.fixture
def other(visitor: Arrive) -> Team:
    """Carla, alone in another team of the course, with an empty map."""
    carla = visitor("carla")
    found(carla, "Hill School")
    return Team(carla, carla)


@pytest.mark.both_databases
def test_a_saved_map_comes_into_an_empty_one_and_says_the_same(team: Team, other: Team, app: Application) -> None:
    team.alice.post("roadmap/example")
    own = team.add("action", what="Ours — Δικό μας 🎉", priority="", when="2026-03-09", status="under-way")
    team.save(team.bob, f"action.{own}.helps", "one\ntwo")
    content = saved(team.alice)
    assert put_in(other.alice, content).status_code == 303
    here, there = standing(app, team), standing(app, other)
    assert texts(here) == texts(there)
    assert [len(part.rows) for part in here.parts] == [len(part.rows) for part in there.parts]
    assert [row.title for part in here.parts for row in part.rows] == [
        row.title for part in there.parts for row in part.rows
    ]
    again = saved(other.alice)
    assert {**again, "school": "", "sections": ""} == {**content, "school": "", "sections": ""}
    marked = [cell.marked for part in here.parts for cell in part.all_cells]
    assert [cell.marked for part in there.parts for cell in part.all_cells] == marked, "what is the example's stays so"


@pytest.mark.both_databases
def test_putting_in_is_one_change_of_who_asked_for_it(team: Team, other: Team, app: Application) -> None:
    team.alice.post("roadmap/example")
    put_in(other.alice, saved(team.alice))
    with app.parts.database.transaction(write=False) as session:
        change = session.scalars(select(MapChange).order_by(MapChange.id)).all()[-1]
        assert change.what == "imported"
        assert session.get_one(Actor, change.actor_id).user_id == other.alice.user_id
        references = select(func.count()).join(MapField, MapReference.field_id == MapField.id)
        example, put = session.scalars(references.select_from(MapReference).group_by(MapField.road_map_id)).all()
        assert example == put > 0
    assert "Put a file into the empty map" in other.alice.get("roadmap/history").text
    told = other.alice.get("roadmap/changes?since=1&section=p8").json
    assert told
    assert told["fields"]


def test_a_map_in_which_something_stands_is_left_alone(team: Team, app: Application) -> None:
    content = saved(team.alice)
    team.save(team.bob, "p1.voices", "all of us")
    before = texts(standing(app, team))
    assert "a file goes into an empty map only" in team.alice.get("roadmap/take-along").text
    refused = put_in(team.alice, content)
    assert refused.status_code == 409
    assert "Something stands in your map already" in refused.text
    assert texts(standing(app, team)) == before


def test_what_was_taken_out_does_not_count_and_is_used_again(team: Team, other: Team, app: Application) -> None:
    other.alice.post("roadmap/example")
    content = saved(other.alice)
    for _ in range(5):
        assert put_in(team.alice, content).status_code == 303
        assert team.alice.post("roadmap/example/out").status_code == 303
    kept = [len(part.rows) + len(part.removed) for part in standing(app, team).parts]
    assert kept == [len(part.rows) for part in standing(app, other).parts]


def _changed(content: dict[str, Any], **changes: Any) -> bytes:
    return json.dumps({**content, **changes}).encode()


NO_MAPS = {
    "nothing": b"",
    "text": b"Dear parents",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "half a file": b'{"format": "partnerwise-road-map", "version": 1',
    "another format": b'{"format": "something", "version": 1}',
    "a list": b"[1, 2]",
    "a number": b"1",
    "deep": b"[" * 100_000,
    "deep inside": b'{"format": "partnerwise-road-map", "version": 1, "sections": ' + b'{"a":' * 5000 + b"}" * 5001,
    "numbers without end": b'{"format": "partnerwise-road-map", "version": NaN}',
    "a huge number": b'{"format": "partnerwise-road-map", "version": 1' + b"0" * 5000 + b"}",
    "half characters": b'{"format": "partnerwise-road-map", "version": 1, "course": "\\ud800"}',
    "not utf-8": b'{"format": "partnerwise-road-map", "school": "\xff"}',
    "version true": b'{"format": "partnerwise-road-map", "version": true}',
    "version 0": b'{"format": "partnerwise-road-map", "version": 0}',
}


@pytest.mark.parametrize("content", NO_MAPS.values(), ids=NO_MAPS)
def test_a_file_that_is_no_map_is_refused_with_a_sentence(team: Team, app: Application, content: bytes) -> None:
    refused = put_in(team.alice, content)
    assert refused.status_code == 400
    assert "Nothing was " in refused.text
    assert texts(standing(app, team)) == texts(standing(app, team))
    assert standing(app, team).empty


def test_no_file_at_all_is_told_so(team: Team) -> None:
    refused = team.alice.post("roadmap/import", {})
    assert refused.status_code == 400
    assert "There is no file to add" in refused.text


def test_a_newer_file_and_one_of_another_course_are_named_as_such(team: Team) -> None:
    content = saved(team.alice)
    newer = put_in(team.alice, _changed(content, version=2))
    assert (newer.status_code, "comes from a newer Partnerwise" in newer.text) == (400, True)
    foreign = put_in(team.alice, _changed(content, course="another"))
    assert (foreign.status_code, "belongs to another course" in foreign.text) == (400, True)


def section(**told: Any) -> dict[str, Any]:
    return told


DO_NOT_FIT: dict[str, tuple[dict[str, Any], str]] = {
    "a section that is not there": ({"p99": section()}, "p99"),
    "a field that is not there": ({"p1": section(fields={"more": "x"})}, "Our definition"),
    "rows where none are": ({"p1": section(rows=[{"id": "a"}])}, "Our definition"),
    "fields where rows are": ({"p8": section(fields={"what": "x"})}, "Our actions"),
    "a text that is too long": ({"p1": section(fields={"definition": "x" * 281})}, "Our working definition"),
    "no choice": ({"p8": section(rows=[{"id": "a", "fields": {"status": "perhaps"}}])}, "Status"),
    "no day": ({"p5": section(fields={"begins": "2026-02-30"})}, "Our road map begins"),
    "days in the wrong order": ({"p5": section(fields={"begins": "2026-06-30", "ends": "2026-01-01"})}, "develops"),
    "a row that is not there": ({"p8": section(rows=[{"id": "a", "fields": {"priority": "b"}}])}, "Our actions"),
    "a row of another kind": ({"p8": section(rows=[{"id": "a", "fields": {"priority": "a"}}])}, "Our actions"),
    "two rows of one name": ({"p8": section(rows=[{"id": "a"}, {"id": "a"}])}, "Our actions"),
    "a row that waits for one that is not there": (
        {"p8": section(rows=[{"id": "a", "fields": {"after": "a1"}}])},
        "Our actions",
    ),
    "rows that wait for each other": (
        {"p8": section(rows=[{"id": one, "fields": {"after": other}} for one, other in ("ab", "bc", "ca")])},
        "Our actions",
    ),
    "a row that waits for itself": ({"p8": section(rows=[{"id": "a", "fields": {"after": "a"}}])}, "Our actions"),
    "a name of two words": ({"p8": section(rows=[{"id": "a b"}])}, "Our actions"),
    "holidays that end before they begin": (
        {"p5": section(fields={"holidays": "2026-12-24 2026-12-23 Christmas"})},
        "develops",
    ),
    "holidays of ten thousand years": ({"p5": section(fields={"holidays": "0001-01-01 9999-12-31 Long"})}, "develops"),
    "too many rows": ({"p8": section(rows=[{"id": str(number)} for number in range(61)])}, "Our actions"),
}


@pytest.mark.parametrize(("sections", "where"), DO_NOT_FIT.values(), ids=DO_NOT_FIT)
def test_what_does_not_fit_is_named_and_nothing_is_put_in(
    team: Team, app: Application, sections: dict[str, Any], where: str
) -> None:
    good = {"p2": section(rows=[{"id": "a", "fields": {"what": "Lists"}}])}
    refused = put_in(team.alice, _changed(saved(team.alice), sections={**good, **sections}))
    assert refused.status_code == 400
    assert "Something in this file does not fit" in refused.text
    assert (
        f"What does not fit: {where}" in refused.text or where in refused.text.partition("What does not fit:")[2][:200]
    )
    assert standing(app, team).empty
    assert not [row for part in standing(app, team).parts for row in part.rows]


@pytest.mark.parametrize("text", [ODD["markup"], ODD["emoji"], "<script>alert(1)</script>", "=1+1"])
def test_texts_come_in_as_they_were(team: Team, app: Application, text: str) -> None:
    content = _changed(saved(team.alice), sections={"p1": section(fields={"argued": text, "voices": "all"})})
    assert put_in(team.alice, content).status_code == 303
    assert texts(standing(app, team))["argued", text] == 1
    assert "<script>alert(1)" not in team.alice.get("roadmap/whole").text


def test_a_file_that_an_editor_has_saved_again_is_taken(team: Team) -> None:
    again = b"\xef\xbb\xbf" + json.dumps(saved(team.alice), indent=4).replace("\n", "\r\n").encode()
    assert put_in(team.alice, again, "map (1).JSON").status_code == 303


def test_a_file_larger_than_any_request_is_refused(team: Team, app: Application) -> None:
    # Made by hand: the test client would make a file of its own for it, and leave that open.
    begins = b'--x\r\nContent-Disposition: form-data; name="file"; filename="map.json"\r\n\r\n'
    body = begins + b" " * 3_000_000 + b"\r\n--x--\r\n"
    refused = team.alice.post("roadmap/import", body, content_type="multipart/form-data; boundary=x")  # type: ignore[arg-type]
    assert refused.status_code == 413
    assert "That is more than fits" in refused.text
    assert standing(app, team).empty


def test_only_the_team_itself_puts_in_a_file(team: Team, visitor: Arrive) -> None:
    content = saved(team.alice)
    for who in ("tina", "adam", "observer"):
        assert put_in(visitor(who), content).status_code == 403
    assert put_in(visitor("carla"), content).status_code == 403, "nobody without a team"
