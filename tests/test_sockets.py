"""New kinds of things are added from outside, without a change to what is there: an activity, a product, a format."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from lti_tool.activities import Activities, ActivityKind, Offer, Page, Tab
from lti_tool.demo import grades
from lti_tool.demo.errors import ServiceRefused
from lti_tool.lti import products
from lti_tool.platforms.models import Launch
from lti_tool.web.application import Application
from scorm_builder import exporters
from scorm_builder.__main__ import main
from scorm_builder.course.model import Course
from scorm_builder.exporters.base import Format, Options
from scorm_builder.package import Package
from tests.fixtures.school import School
from tests.fixtures.tool import Arrive
from tests.scores.marking import hand_in, release

COURSE = Path(__file__).parent.parent / "course_packages" / "parental_engagement"


class Members(ActivityKind):
    """An activity that opens the list of people."""

    name = "members"
    trainers_only = "Here trainers see who is in the course."

    def opens(self, session: Session, launch: Launch, identifier: str) -> Page:
        return "people.members", {}

    def offers(self, session: Session, context_id: int, *, is_known: bool) -> tuple[Offer, ...]:
        return (Offer("members", "Who is here", "Everybody in this course."),)


@pytest.fixture
def with_members(app: Application) -> Application:
    there = app.parts.activities
    tab = Tab("health", "people.members", "Everybody", lambda visit: visit.judges)
    app.parts = replace(app.parts, activities=Activities((*there.kinds, Members()), (*there.tabs, tab)))
    return app


def test_a_kind_of_activity_is_opened_offered_and_has_its_tab(with_members: Application, visitor: Arrive) -> None:
    tina = visitor("tina")
    assert ">Everybody</a>" in tina.get("desk/").text
    with with_members.parts.database.transaction(write=False) as session:
        launch = session.get_one(Launch, tina.launch_id)
        session.expunge(launch)
        launch.activity = "members"
        page = with_members.parts.activities.page_of(session, launch, is_review=False)
    assert page == ("people.members", {})
    assert "Everybody" not in visitor("alice").get("course/").text


def test_a_products_quirk_is_one_profile(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """This one says 422 where it has a later score already; everywhere else that is a refusal."""
    quirky = products.Product(codes=("quirky",), conflict_statuses=frozenset({422}))
    monkeypatch.setattr(products, "PRODUCTS", (*products.PRODUCTS, quirky))

    def refuse(*_: object) -> None:
        raise ServiceRefused(422, "a later score is here")

    monkeypatch.setattr(grades, "post_score", refuse)
    school.lms.become(product="quirky")
    hand_in(school)
    release(school)
    school.deliver()
    assert school.deliveries()[-1].problem == "score_conflict"


def test_a_package_format_is_one_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def titles(course: Course, options: Options) -> Iterator[Package]:
        names = "\n".join(units["en"].head.title for units in course.units.values())
        yield Package({"titles.txt": names.encode()}, zip_name="titles.zip")

    monkeypatch.setitem(exporters.FORMATS, "titles", Format("titles", "The units' titles", titles))
    listed = CliRunner().invoke(main, ["list"])
    assert "titles" in listed.output
    built = CliRunner().invoke(main, ["build", str(COURSE), "--format", "titles", "--out", str(tmp_path)])
    assert built.exit_code == 0, built.output
    assert (tmp_path / "titles.zip").is_file()
