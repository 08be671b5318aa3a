"""Adding activities with the tool's picker, and copies of the course."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lti_tool.demo import added, deep_linking, storage
from lti_tool.demo.course import COURSE_ID
from lti_tool.demo.errors import AnswerRefused, NotHere
from lti_tool.demo.people import Person
from lti_tool.demo.state import demo
from lti_tool.demo.views.people_in_addresses import person_of

adding = Blueprint("adding", __name__, url_prefix="/as/<person_key>")


@adding.get("/add")
def add(person_key: str) -> str:
    """The tool's picker, in a frame."""
    person = _staff(person_key)
    with demo().store.transaction() as session:
        target = storage.storage_target(session)
    return render_template("demo/add.html", person=person, storage_target=target)


@adding.get("/add/launch")
def launch(person_key: str) -> str:
    """Open the tool's login address with a form that submits itself."""
    person = _staff(person_key)
    with demo().store.transaction() as session:
        fields = deep_linking.begin_picking(session, demo().config, person)
    return render_template("demo/submit.html", action=demo().config.login_url, fields=fields)


@adding.post("/add/return")
def back(person_key: str) -> str | Response:
    """Take the tool's answer (Deep Linking 2.0, 4.5); it comes in the frame."""
    person = _staff(person_key)
    claims = deep_linking.read_answer(demo().config, request.form.get("JWT", ""))
    with demo().store.transaction() as session:
        links = deep_linking.take_answer(session, person, request.args.get("token", ""), claims)
        titles = [str(link.item.get("title", "")) for link in links]
    return render_template("demo/added.html", person=person, titles=titles)


@adding.post("/copy")
def copy(person_key: str) -> AnyResponse:
    """Copy the course with what was added to it."""
    person = _staff(person_key)
    with demo().store.transaction() as session:
        copied = added.course_id_of(added.copy_course(session, COURSE_ID))
    return redirect(url_for("adding.copied", person_key=person.key, course_id=copied), 303)


@adding.get("/courses/<course_id>/")
def copied(person_key: str, course_id: str) -> str:
    """A copied course: the links that came along."""
    person = person_of(person_key)
    with demo().store.transaction() as session:
        found = added.find_course(session, course_id)
        activities = added.added_activities(session, course_id)
    if found is None:
        raise NotHere("There is no such course.")
    return render_template("demo/copied.html", person=person, title=found.title, activities=activities)


@adding.errorhandler(AnswerRefused)
def _refuse_answer(refusal: AnswerRefused) -> tuple[str, int]:
    return render_template("demo/problems/not_here.html", sentence=str(refusal)), 400


def _staff(person_key: str) -> Person:
    person = person_of(person_key)
    if not person.is_staff:
        raise NotHere("Only trainers and administrators can change the course page.")
    return person
