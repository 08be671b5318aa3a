"""The pages a person sees; the address says who that is, so that two windows can be two people."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lti_tool.demo import (
    added,
    course,
    gradebook_page,
    launching,
    messages,
    package_order,
    packages,
    people,
    storage,
    switched_roles,
    tracking,
)
from lti_tool.demo.errors import NotHere
from lti_tool.demo.state import demo
from lti_tool.demo.views.people_in_addresses import person_of

pages = Blueprint("pages", __name__)


@pages.get("/")
def choose() -> str:
    """Choose who you are."""
    classmates = people.CLASSMATES if demo().config.with_class else ()
    return render_template("demo/choose.html", people=people.PEOPLE, classmates=classmates)


@pages.get("/as/<person_key>/")
def course_page(person_key: str) -> str:
    """The course: its sections and activities, with what this person has reached.

    `?units_in=el` chooses a language; else it is that of the unit in which this person was last.
    """
    person = person_of(person_key)
    found, problems = packages.find_packages(demo().config.packages)
    with demo().store.transaction() as session:
        reached, switched = gradebook_page.reached_by(session, person), switched_roles.has_switched(session, person)
        links, copies = added.added_activities(session), added.copies(session)
        last = tracking.last_package(session, person)
    wanted = request.args.get("units_in") or package_order.language_of(last)
    units = package_order.sort_packages(found, course.MODULES, wanted)
    return render_template(
        "demo/course.html",
        person=person,
        sections=course.sections_for(person),
        units=units,
        names={language: package_order.language_name(language) for language in units.languages},
        problems=problems,
        reached=reached,
        added=links,
        copies=copies,
        switched=switched,
    )


@pages.post("/as/<person_key>/switch-role")
def switch_role(person_key: str) -> Response:
    """Let one of the staff see the course as a student, or as before."""
    person = person_of(person_key)
    if not person.is_staff:
        raise NotHere("Only trainers and administrators can switch their role.")
    with demo().store.transaction() as session:
        switched_roles.switch(session, person)
    return redirect(url_for("pages.course_page", person_key=person.key), 303)


@pages.get("/as/<person_key>/activities/<activity_key>")
def activity(person_key: str, activity_key: str) -> str:
    """One activity of the tool, in a frame."""
    person = person_of(person_key)
    chosen = _activity_for(person, activity_key)
    with demo().store.transaction() as session:
        target = storage.storage_target(session)
    return render_template("demo/activity.html", person=person, activity=chosen, storage_target=target)


@pages.get("/as/<person_key>/launch/<activity_key>")
def launch(person_key: str, activity_key: str) -> str:
    """Open the tool's login address with a form that submits itself."""
    person = person_of(person_key)
    chosen = _activity_for(person, activity_key)
    target = "window" if request.args.get("in") == "window" else "iframe"
    with demo().store.transaction() as session:
        fields = launching.begin_launch(session, demo().config, person, chosen, target)
    return render_template("demo/submit.html", action=demo().config.login_url, fields=fields)


@pages.get("/as/<person_key>/return")
def back(person_key: str) -> str:
    """Where the tool sends people back to, with its message if it has one (LTI Core 5.4.4).

    In a frame of another site browsers keep Moodle's session cookie to themselves, so that it asks people to log in.
    """
    if request.headers.get("Sec-Fetch-Dest") in {"iframe", "frame"}:
        return render_template("demo/log_in.html")
    said = {name: request.args.get(name, "") for name in ("lti_msg", "lti_errormsg")}
    return render_template("demo/return.html", person=person_of(person_key), said=said)


@pages.get("/as/<person_key>/grades")
def grades(person_key: str) -> str:
    """The gradebook; a small script keeps it fresh."""
    person = person_of(person_key)
    with demo().store.transaction() as session:
        columns = gradebook_page.gradebook(session, person, with_class=demo().config.with_class)
    return render_template("demo/grades.html", person=person, columns=columns)


@pages.get("/as/<person_key>/grades/table")
def grades_table(person_key: str) -> str:
    """The gradebook's tables alone, for that script."""
    person = person_of(person_key)
    with demo().store.transaction() as session:
        columns = gradebook_page.gradebook(session, person, with_class=demo().config.with_class)
    return render_template("demo/_grades_table.html", person=person, columns=columns)


@pages.get("/as/<person_key>/members")
def members(person_key: str) -> str:
    """Who takes part in the course."""
    return render_template(
        "demo/members.html", person=person_of(person_key), members=people.members(with_class=demo().config.with_class)
    )


@pages.get("/as/<person_key>/messages")
def last_messages(person_key: str) -> str:
    """For the curious: what platform and tool said to each other, newest first."""
    with demo().store.transaction() as session:
        latest = messages.latest(session)
        target = storage.storage_target(session)
    return render_template(
        "demo/messages.html",
        person=person_of(person_key),
        messages=latest,
        storage_target=target,
        choices=storage.CHOICES,
    )


def _activity_for(person: people.Person, activity_key: str) -> course.Activity:
    with demo().store.transaction() as session:
        chosen = added.find_activity(session, activity_key)
    if chosen is None or not chosen.is_shown_to(person):
        raise NotHere("This activity does not exist, or it is not open to you.")
    return chosen
