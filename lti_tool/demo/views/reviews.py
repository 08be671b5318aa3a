"""Opens one person's work in the tool, or a whole column, from the gradebook."""

from flask import Blueprint, render_template

from lti_tool.demo import submission_review
from lti_tool.demo.errors import NotHere, ServiceRefused
from lti_tool.demo.state import demo
from lti_tool.demo.views.people_in_addresses import person_of

reviews = Blueprint("reviews", __name__)


@reviews.get("/as/<person_key>/review/<int:item_id>")
@reviews.get("/as/<person_key>/review/<int:item_id>/<whose>")
def review(person_key: str, item_id: int, whose: str = "") -> str:
    """Open the tool's login address with a form that submits itself; people without staff's rights see their own."""
    person, owner = person_of(person_key), person_of(whose) if whose else None
    if not person.is_staff and person != owner:
        raise NotHere("This work is somebody else's.")
    try:
        with demo().store.transaction() as session:
            fields = submission_review.begin_review(session, demo().config, person, item_id, owner)
    except ServiceRefused:
        raise NotHere("This column is no longer in the gradebook.") from None
    return render_template("demo/submit.html", action=demo().config.login_url, fields=fields)
