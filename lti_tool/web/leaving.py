"""How people leave, as a shared computer wants it: the button "I am done here", and the idle time that closes pages."""

import hashlib
from contextlib import suppress
from datetime import timedelta

from flask import Blueprint, Response, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from lti_tool.database import now
from lti_tool.platforms.launches.ending import end_of_person, note_seen
from lti_tool.platforms.launches.open_launches import seen_before
from lti_tool.web.application import db, own_transactions, parts
from lti_tool.web.session import proven_launch

AWAY = "X-Partnerwise-Away"
"""The header in which a script says for how many seconds nobody has touched its page: pages ask by themselves, too."""
LONGEST_AWAY = 7 * 24 * 3600
OFTEN = timedelta(minutes=1)
"""How exactly it is written down when somebody was there; every request would else be a write."""

blueprint = Blueprint("leaving", __name__)


@blueprint.post("/l/<launch_id>/done")
def finish() -> ResponseReturnValue:
    """Close what this person has open in this browser."""
    launch = proven_launch()
    end_of_person(db(), launch.user_id, launch.computer_hash)
    return redirect(url_for("leaving.finished"), 303)


@blueprint.get("/done")
@own_transactions
def finished() -> ResponseReturnValue:
    """What has happened, and what to do at a computer that others use too."""
    return render_template("frame/done.html")


@blueprint.get("/l/<launch_id>/session")
def session() -> ResponseReturnValue:
    """How many seconds are left until pages are closed in which nothing is done, and of how many."""
    unused = min(_away(), now() - seen_before(db(), proven_launch()))
    limit = parts().lifetimes.idle
    return jsonify(seconds=max(0, round((limit - unused).total_seconds())), limit=round(limit.total_seconds()))


def draft_key() -> str:
    """The key to what this page's person has typed and the server has not confirmed yet."""
    return parts().draft_keys.of_person(proven_launch().user_id)


def name_for_browser() -> str:
    """What the player keeps begins with this: the same for all of a person's launches, and says nothing of them."""
    return hashlib.sha256(f"{parts().base_url}:{proven_launch().user_id}".encode()).hexdigest()[:16]


def note_activity(response: Response) -> Response:
    """Write down that somebody was there, after the answer's own transaction."""
    launch = g.get("proven_launch")
    seen = now() - _away()
    if launch is not None and seen > launch.seen_at + OFTEN:
        # The answer is made; that somebody was there is noted by the next request just as well.
        with suppress(DBAPIError), parts().database.transaction() as writing:
            note_seen(writing, launch.id, seen)
    return response


def _away() -> timedelta:
    said = request.headers.get(AWAY, "")
    if not (said.isascii() and said.isdigit()):
        return timedelta()
    return timedelta(seconds=min(int(said[:9]), LONGEST_AWAY))
