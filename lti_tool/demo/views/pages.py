"""The pages a person sees; the address says who that is, so that two windows can be two people."""

from flask import Blueprint, render_template, request

from lti_tool.demo import course, launching, people
from lti_tool.demo.errors import NotHere
from lti_tool.demo.state import demo

pages = Blueprint("pages", __name__)


@pages.get("/")
def choose() -> str:
    """Choose who you are."""
    return render_template("demo/choose.html", people=people.PEOPLE)


@pages.get("/as/<person_key>/launch/<activity_key>")
def launch(person_key: str, activity_key: str) -> str:
    """Open the tool's login address with a form that submits itself."""
    person, activity = person_of(person_key), _activity_for(person_key, activity_key)
    target = "window" if request.args.get("in") == "window" else "iframe"
    with demo().store.transaction() as session:
        fields = launching.begin_launch(session, demo().config, person, activity, target)
    return render_template("demo/submit.html", action=demo().config.login_url, fields=fields)


def person_of(person_key: str) -> people.Person:
    """The person that an address names. Raises NotHere."""
    person = people.BY_KEY.get(person_key)
    if person is None:
        raise NotHere("Nobody of that name is in this school.")
    return person


def _activity_for(person_key: str, activity_key: str) -> course.Activity:
    activity = course.BY_KEY.get(activity_key)
    if activity is None or not activity.is_shown_to(person_of(person_key)):
        raise NotHere("This activity does not exist, or it is not open to you.")
    return activity
