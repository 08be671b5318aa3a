"""What a person sees of themself: what is kept, a copy of it, and where they have pages open."""

import tempfile
from collections.abc import Iterator
from os import SEEK_END
from threading import BoundedSemaphore
from typing import IO

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from lti_tool.held_data import Scope
from lti_tool.people.models import User
from lti_tool.platforms.audit_trail import by_person, write_down
from lti_tool.platforms.launches.ending import end_of_user, open_browsers
from lti_tool.privacy.errors import OthersExport
from lti_tool.privacy.export import export_person
from lti_tool.privacy.holdings import holdings
from lti_tool.privacy.views.shared import blueprint
from lti_tool.security_log import Event
from lti_tool.web.application import db, own_transactions, parts, transaction
from lti_tool.web.session import proven_launch

AT_ONCE = 2
"""Copies that one process makes at the same time."""
PLACES = BoundedSemaphore(AT_ONCE)
IN_MEMORY = 1024 * 1024
"""Bytes of a copy; what is more goes to the disk until it is sent."""


@blueprint.get("/")
def mine() -> ResponseReturnValue:
    """What is kept about me."""
    launch = proven_launch()
    idle = parts().lifetimes.idle
    return render_template(
        "privacy/mine.html",
        held=[one for one in holdings(db(), Scope(launch.user_id)) if one.is_told],
        keep=parts().keep,
        browsers=open_browsers(db(), launch.user_id, idle, launch.computer_hash),
    )


@blueprint.get("/copy")
@own_transactions
def copy() -> Response:
    """All of it as a ZIP. A GET, so that also a tab that holds its proof can save it; each is in the audit trail."""
    if not PLACES.acquire(blocking=False):
        raise OthersExport("no place")
    try:
        target = _make_copy()
    finally:
        PLACES.release()
    answer = _sent(target)
    answer.headers["Content-Disposition"] = "attachment; filename=partnerwise.zip"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sent(target: IO[bytes]) -> Response:
    """What is small is in memory anyway; what is large is read from the disk as it is sent."""
    size = target.seek(0, SEEK_END)
    target.seek(0)
    if size <= IN_MEMORY:
        with target:
            return Response(target.read(), mimetype="application/zip")
    answer = Response(_pieces(target), mimetype="application/zip")
    answer.content_length = size
    answer.call_on_close(target.close)
    return answer


def _pieces(target: IO[bytes]) -> Iterator[bytes]:
    with target:
        while piece := target.read(IN_MEMORY):
            yield piece


def _make_copy() -> IO[bytes]:
    """The copy, to be closed by whoever sends it."""
    with transaction():
        launch = proven_launch()
        write_down(
            db(),
            Event.PERSON_EXPORTED,
            by=by_person(launch.user_id),
            registration=launch.registration_id,
            course=launch.context_id,
            person=launch.user_id,
        )
    target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (as above)
    try:
        export_person(parts().database, parts().files.store, launch.user_id, target, gettext)
    except BaseException:
        target.close()
        raise
    return target


@blueprint.post("/close-elsewhere")
def close_elsewhere() -> ResponseReturnValue:
    """Close what this person has open in any other browser."""
    launch = proven_launch()
    person = db().get_one(User, launch.user_id)
    ended = end_of_user(db(), person, by=by_person(person.id), course=launch.context_id, besides=launch.computer_hash)
    flash(ngettext("%(num)d page was closed elsewhere.", "%(num)d pages were closed elsewhere.", ended), "good")
    return redirect(url_for("privacy.mine", _anchor="browsers"), 303)
