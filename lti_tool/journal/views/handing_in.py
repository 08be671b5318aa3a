"""Before handing in: what to look at once more and what helped, in a dialog of the editor where there is script; and
taking back what was handed in.
"""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.course.errors import Closed
from lti_tool.journal.declarations import LONGEST_NOTE, Declaration, read_declaration
from lti_tool.journal.errors import NoteTooLong
from lti_tool.journal.looking_over import look_over
from lti_tool.journal.models import Entry, Help
from lti_tool.journal.submitting import NOTHING_SAID, NotAskedFor, submit
from lti_tool.journal.views.shared import blueprint, find_prompt_here, whose_piece
from lti_tool.journal.withdrawing import withdraw
from lti_tool.journal.writing import OPEN, find_entry
from lti_tool.platforms.launches.open_launches import link_of
from lti_tool.web.application import db, parts
from lti_tool.web.course_language import course_language
from lti_tool.web.request_checks import row_id_in_form
from lti_tool.web.session import visit
from scorm_builder.course_format.journal import Prompt


@blueprint.app_template_global()
def help_names() -> dict[str, str]:
    """Each kind of help in words, for the form and for whoever reads what was said."""
    return {
        Help.NONE: _("nothing and nobody"),
        Help.COLLEAGUE: _("a colleague"),
        Help.TRANSLATION: _("a translation tool"),
        Help.AI: _("an AI tool"),
    }


@blueprint.get("/<prompt_id>/hand-in")
def before_handing_in(prompt_id: str) -> ResponseReturnValue:
    """The page, or with `part` what the dialog shows; the piece's own page where there is nothing to hand in now."""
    prompt = find_prompt_here(prompt_id)
    found = find_entry(db(), **whose_piece(), prompt_id=prompt.id)
    if found is None or not found.text or found.state not in OPEN:
        return redirect(url_for("journal.entry", prompt_id=prompt.id))
    return _look_over_page(prompt, found)


def say_shorter(prompt: Prompt, refusal: NoteTooLong) -> ResponseReturnValue:
    """The page once more, with all that was said in its form; raises the refusal where there is nothing to hand in."""
    found = find_entry(db(), **whose_piece(), prompt_id=prompt.id)
    if found is None or found.state not in OPEN:
        raise refusal
    form = request.form
    said = {"ticked": form.getlist("ticked"), "help_used": form.getlist("help"), "note": form.get("help-note", "")}
    return _look_over_page(prompt, found, **said, is_too_long=True), refusal.status


def _look_over_page(prompt: Prompt, entry: Entry, **said: Any) -> str:
    in_dialog = "part" in request.args
    return render_template(
        "journal/look_over.html" if in_dialog else "journal/hand_in.html",
        prompt=prompt,
        entry=entry,
        over=look_over(db(), entry, prompt),
        checklist=parts().course.checklist(prompt, course_language()),
        longest_note=LONGEST_NOTE,
        in_dialog=in_dialog,
        **said,
    )


@blueprint.post("/<prompt_id>/withdraw")
def take_piece_back(prompt_id: str) -> ResponseReturnValue:
    """The piece is the writer's alone again."""
    prompt = find_prompt_here(prompt_id)
    submission = withdraw(db(), **whose_piece(), prompt=prompt, submission_id=row_id_in_form("submission"))
    for listener in parts().on_withdrawing:
        listener(db(), submission)
    flash(_("Taken back. Only you can see it now. Hand it in again when you are ready."), "good")
    return redirect(url_for("journal.entry", prompt_id=prompt.id))


def hand_in(prompt: Prompt, version: int) -> None:
    """Hand in what was saved, and say what came of it."""
    said = _declaration(prompt)
    link = link_of(db(), visit().launch_id)
    try:
        submission = submit(db(), **whose_piece(), prompt=prompt, version=version, link=link, said=said)
    except Closed:
        # Not a refusal of the whole request: what the form held is saved all the same.
        flash(_("It was not handed in: the time for it is over. What you have written is saved."), "warn")
        return
    except NotAskedFor:
        flash(_("It was not handed in: your trainer has not asked for it. What you have written is saved."), "warn")
        return
    for listener in parts().on_handing_in:
        listener(db(), submission)
    flash(_("Handed in. Your trainer has it now."), "good")
    if said.unticked:
        flash(_("You did not tick: %(points)s", points=" · ".join(said.unticked)), "info")


def _declaration(prompt: Prompt) -> Declaration:
    """What the form says, where it asked; the one of the plain page may have been sent without having asked."""
    form = request.form
    if "asked" not in form:
        return NOTHING_SAID
    return read_declaration(
        parts().course.checklist(prompt, course_language()),
        ticked=form.getlist("ticked"),
        help_used=form.getlist("help"),
        note=form.get("help-note", ""),
    )
