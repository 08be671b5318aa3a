"""The choice whether the demo LMS keeps things for tools, and the hidden frame in which it does."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lti_tool.demo.errors import NotHere
from lti_tool.demo.state import demo
from lti_tool.demo.storage import choose_storage
from lti_tool.demo.views.people_in_addresses import person_of

storage = Blueprint("storage", __name__)


@storage.post("/as/<person_key>/storage")
def choose(person_key: str) -> ResponseReturnValue:
    """Offer platform storage from the next launch on, or no longer."""
    person_of(person_key)
    try:
        with demo().store.transaction() as session:
            choose_storage(session, request.form.get("target", ""))
    except KeyError:
        raise NotHere("There is no such choice.") from None
    return redirect(url_for("pages.last_messages", person_key=person_key), 303)


@storage.get("/storage")
def frame() -> str:
    """The hidden frame; its script answers the tool."""
    return render_template("demo/storage.html")
