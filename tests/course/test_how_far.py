"""How far everybody is: counted on the course page, by name and stage on a page of its own, whatever a class's size."""

import re

import pytest
from playwright.sync_api import expect

from lti_tool.course.models import UnitProgress
from lti_tool.people.models import Membership, Role, User
from lti_tool.web.application import Application
from tests.fixtures.browser import WIDTHS, axe_problems, take_pictures
from tests.fixtures.databases import on_sqlite
from tests.fixtures.tool import Arrive, Visitor
from tests.fixtures.window import OpenWindow

TRAINEES = "course/units/m1u1/trainees"
STATUSES = ("passed", "completed", "failed", "incomplete")


@pytest.fixture
def tina(visitor: Arrive) -> Visitor:
    return visitor("tina")


def save(somebody: Visitor, status: str, raw: float = 80) -> None:
    """As the player does."""
    score = {"raw": raw, "min": 0, "max": 100, "scaled": raw / 100}
    sent = {"v": 1, "includes": [""], "seen": ["welcome"], "status": status, "score": score, "seconds": 1}
    assert somebody.put("course/units/m1u1/progress", sent).status_code == 200


@pytest.fixture
def a_large_class(app: Application, tina: Visitor) -> int:
    """So many more trainees, of whom every fifth has not begun, and the others are at each stage in turn."""
    many = 250
    with app.parts.database.transaction() as session:
        context_id = session.query(Membership.context_id).limit(1).scalar()
        for number in range(many):
            user = User(registration_id=1, subject=f"many {number}", name=f"Person {number:03}")
            session.add(Membership(context_id=context_id, user=user, role=Role.TRAINEE))
            session.flush()
            if number % 5:
                status = STATUSES[number % 5 - 1]
                session.add(UnitProgress(context_id=context_id, user_id=user.id, unit="m1u1", status=status))
    return many


def counted(tina: Visitor, unit: str = "m1u1") -> list[int]:
    """The numbers of the unit's line on the course page: not begun, begun, check not passed, passed."""
    [line] = re.findall(
        rf'<tr role="row">(?:(?!</tr>).)*/units/{unit}/trainees.*?</tr>', tina.get("course/").text, re.DOTALL
    )
    return [int(found) for found in re.findall(r'class="pw-number">(\d+)<', line)]


def listed(page: str) -> list[str]:
    """The names on the page of one unit."""
    return re.findall(r"</span><span><bdi>([^<]+)</bdi></span></span></th>", page)


@pytest.mark.both_databases
def test_a_trainer_sees_how_many_are_how_far_and_who(tina: Visitor, visitor: Arrive) -> None:
    save(visitor("alice"), "passed")
    visitor("bob")
    save(visitor("carla", course="c2"), "passed")
    assert counted(tina) == [1, 0, 0, 1]
    assert counted(tina, "m3u3") == [2, 0, 0, 0]
    page = tina.get(TRAINEES).text
    assert listed(page) == ["Alice Adams", "Bob Brown"]
    assert "80 %" in page
    assert "1 of" in page


def test_each_stage_has_its_list(tina: Visitor, a_large_class: int) -> None:
    share = a_large_class // 5
    assert counted(tina) == [share, share, share, 2 * share]
    for stage, first, count in (
        ("not_begun", 0, share),
        ("begun", 4, share),
        ("failed", 3, share),
        ("passed", 1, 2 * share),
    ):
        page = tina.get(f"{TRAINEES}?stage={stage}").text
        assert listed(page)[0] == f"Person {first:03}"
        assert f"<caption>{count} people</caption>" in page


@pytest.mark.both_databases
def test_a_large_class_comes_page_by_page_and_the_course_page_stays_small(tina: Visitor, a_large_class: int) -> None:
    pages = [listed(tina.get(f"{TRAINEES}?page={number}").text) for number in (1, 2, 3)]
    assert [len(names) for names in pages] == [100, 100, 50]
    assert len({name for names in pages for name in names}) == a_large_class
    assert listed(tina.get(f"{TRAINEES}?page=99").text) == pages[2]
    assert "Person 0" not in tina.get("course/").text
    onward = re.search(r'href="([^"]*page=2[^"]*)"', tina.get(f"{TRAINEES}?stage=passed").text)
    assert onward is None, "exactly a hundred"
    assert "Page 1 of 3" in tina.get(TRAINEES).text


def test_a_stage_that_is_none_shows_all_and_an_empty_one_says_so(tina: Visitor, visitor: Arrive) -> None:
    visitor("alice")
    assert listed(tina.get(f"{TRAINEES}?stage=<script>&page=x").text) == ["Alice Adams"]
    assert "Nobody is in this list" in tina.get(f"{TRAINEES}?stage=passed").text
    assert tina.get("course/units/m9u9/trainees").status_code == 404


def test_where_nobody_has_come_the_page_says_so(tina: Visitor) -> None:
    assert "Nobody has come yet" in tina.get("course/").text
    assert "Nobody has come yet" in tina.get(TRAINEES).text


@pytest.mark.both_databases
def test_who_has_left_and_test_students_are_not_counted(tina: Visitor, visitor: Arrive, app: Application) -> None:
    save(visitor("alice"), "passed")
    save(visitor("bob"), "failed")
    with app.parts.database.transaction() as session:
        by_name = {one.user.name: one for one in session.query(Membership)}
        by_name["Alice Adams"].is_test = True
        by_name["Bob Brown"].left_at = by_name["Bob Brown"].seen_at
    assert "Nobody has come yet" in tina.get("course/").text
    assert listed(tina.get(TRAINEES).text) == []


def test_a_trainee_sees_only_the_own_progress(visitor: Arrive) -> None:
    alice, bob = visitor("alice"), visitor("bob")
    save(alice, "passed")
    assert "80 %" in alice.get("course/").text
    page = bob.get("course/").text
    assert "Alice Adams" not in page
    assert "80 %" not in page
    assert "How far everybody is" not in page
    assert bob.get(TRAINEES).status_code == 403


@pytest.mark.journey
@on_sqlite
def test_both_pages_are_readable_at_every_width(
    tina: Visitor, visitor: Arrive, window: OpenWindow, a_large_class: int
) -> None:
    save(visitor("alice"), "passed", 87.5)
    page = window(tina, "course/#everybody")
    page.locator("#everybody").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How far everybody is")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        assert axe_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    take_pictures(page, "trainees")
    page.get_by_role("link", name="Check not passed yet").click()
    expect(page.locator("caption")).to_have_text("50 people")
    page.get_by_role("link", name="Course", exact=True).first.click()
    take_pictures(page, "course-for-trainers")
