"""The journal's pages: the overview, a piece with its editor, its earlier versions."""

from dataclasses import dataclass
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.course.extensions import more_time
from lti_tool.course.placed_activities import find_placed, offered_in
from lti_tool.course.prompts import is_asked_for, prompt_activity, prompts_in
from lti_tool.errors import BadInput, NotFound, Refusal
from lti_tool.files.storage import bytes_used
from lti_tool.journal.attachments import MOST, attachments_of
from lti_tool.journal.entry_status import Piece, handed_in_before, next_piece, pieces_of
from lti_tool.journal.errors import NoteTooLong
from lti_tool.journal.html_cleaning import as_html, clean, count_words, plain_text
from lti_tool.journal.models import Entry, Submission
from lti_tool.journal.questions import AnsweredQuestion, Question, answer_newest, answered_question, question_of
from lti_tool.journal.revisions import has_revisions, revisions_of
from lti_tool.journal.views.handing_in import hand_in, say_shorter
from lti_tool.journal.views.shared import blueprint, find_prompt_here, whose_piece
from lti_tool.journal.withdrawing import can_withdraw
from lti_tool.journal.writing import OPEN, Cleaned, clean_text, find_entry, hold_open_entry, save_text, take_back
from lti_tool.web.application import db, own_transactions, parts, transaction
from lti_tool.web.course_language import course_language
from lti_tool.web.request_checks import number_in_query, number_sent
from lti_tool.web.session import visit
from scorm_builder.course_format.journal import Prompt


@dataclass(frozen=True)
class FileRoom:
    """What is said of files before one is chosen; all but `most` in bytes."""

    largest: int
    most: int
    """Files of one piece."""
    mine: int
    my_quota: int
    course: int
    course_quota: int


@dataclass(frozen=True)
class RefusedFile:
    """Why a file was not taken, and what was written beside it."""

    refusal: Refusal
    description: str


@blueprint.get("/")
def overview() -> ResponseReturnValue:
    """My pieces, and what to do next."""
    if visit().judges:
        return redirect(url_for("grading.queue"))
    course = parts().course
    prompts = prompts_in(db(), course, visit().context.id, course_language())
    pieces = pieces_of(db(), **whose_piece(), prompts=prompts)
    return render_template("journal/overview.html", pieces=pieces, following=next_piece(pieces), course=course)


@blueprint.get("/<prompt_id>")
def entry(prompt_id: str) -> ResponseReturnValue:
    """One piece: to write, to wait for, or to read with what the trainer said."""
    prompt = find_prompt_here(prompt_id)
    if visit().judges:
        return redirect(url_for("grading.queue", prompt=prompt.id))
    return entry_page(prompt)


@blueprint.put("/<prompt_id>/text")
@own_transactions
def save(prompt_id: str) -> ResponseReturnValue:
    """Save what the editor holds; 409 with the other text where another window had saved meanwhile."""
    with transaction(write=False):
        prompt, mine = find_prompt_here(prompt_id), whose_piece()
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("text"), str):
        raise BadInput("no text")
    version, cleaned = number_sent(sent.get("version")), clean_text(prompt, sent["text"])
    with transaction():
        question = _question(prompt)
        saved = save_text(db(), **mine, prompt=prompt, question=question, cleaned=cleaned, version=version)
    answer = _as_json(saved.entry)
    return (jsonify(error="Stale", current=answer), 409) if saved.conflict else jsonify(answer)


@blueprint.post("/<prompt_id>")
@own_transactions
def send(prompt_id: str) -> ResponseReturnValue:
    """The form: hand in what was saved or, where the page has no script, save what it holds and look it over first."""
    form, version = request.form, number_sent(request.form.get("version"))
    with transaction(write=False):
        prompt, mine = find_prompt_here(prompt_id), whose_piece()
        found = find_entry(db(), **mine, prompt_id=prompt.id)
    cleaned = _typed_plainly(prompt, found, form["text"]) if "text" in form else None
    with transaction():
        if cleaned is not None:
            saved = save_text(db(), **mine, prompt=prompt, cleaned=cleaned, version=version, question=_question(prompt))
            if saved.conflict:
                return entry_page(prompt, typed=form["text"]), 409
            version = saved.entry.version
        if form.get("do") == "look-over":
            return redirect(url_for("journal.before_handing_in", prompt_id=prompt.id))
        if form.get("do") == "submit":
            try:
                hand_in(prompt, version)
            except NoteTooLong as refusal:
                return say_shorter(prompt, refusal)
        else:
            flash(_("Saved."), "good")
    return redirect(url_for("journal.entry", prompt_id=prompt.id))


@blueprint.post("/<prompt_id>/question")
def take_question(prompt_id: str) -> ResponseReturnValue:
    """From now on the text answers what the prompt asks now."""
    prompt = find_prompt_here(prompt_id)
    answer_newest(hold_open_entry(db(), **whose_piece(), prompt_id=prompt.id), _question(prompt))
    flash(_("Your text now answers the new question."), "good")
    return redirect(url_for("journal.entry", prompt_id=prompt.id))


@blueprint.get("/<prompt_id>/versions")
def versions(prompt_id: str) -> ResponseReturnValue:
    """What the piece was before."""
    prompt = find_prompt_here(prompt_id)
    found = find_entry(db(), **whose_piece(), prompt_id=prompt.id)
    if found is None:
        raise NotFound("entry")
    kept, place = revisions_of(db(), found, number_in_query("page", 1))
    return render_template(
        "journal/versions.html", prompt=prompt, entry=found, revisions=kept, place=place, words=count_words
    )


@blueprint.post("/<prompt_id>/versions/<int(max=2147483647):revision_id>")
def restore(prompt_id: str, revision_id: int) -> ResponseReturnValue:
    """Let an earlier version be the text again."""
    prompt = find_prompt_here(prompt_id)
    version = number_sent(request.form.get("version"))
    take_back(db(), **whose_piece(), prompt=prompt, revision_id=revision_id, version=version)
    flash(_("That version is your text again. The one before it was kept too."), "good")
    return redirect(url_for("journal.entry", prompt_id=prompt.id))


def entry_page(prompt: Prompt, typed: str | None = None, refused: RefusedFile | None = None) -> str:
    """The page of a piece; with `typed` that was not taken, or a file that was not."""
    found = find_entry(db(), **whose_piece(), prompt_id=prompt.id)
    course = parts().course
    here, activity = whose_piece(), prompt_activity(prompt.id)
    placed = find_placed(db(), here["context_id"], activity)
    until = more_time(db(), here["context_id"], [here["user_id"]]).get((here["user_id"], activity))
    asked_for = is_asked_for(prompt, offered_in(db(), here["context_id"]))
    return render_template(
        "journal/entry.html",
        prompt=prompt,
        entry=found,
        answered=_answered(prompt, found),
        piece=Piece(prompt, found, placed, until, asked_for or bool(found and handed_in_before(db(), [found]))),
        rubric=course.rubric(prompt.rubric, course_language()) if prompt.rubric else None,
        has_versions=bool(found and has_revisions(db(), found)),
        typed=typed,
        files=attachments_of(db(), found) if found else [],
        file_room=_file_room(),
        refused=refused,
        withdrawable=bool(found and can_withdraw(found)),
    )


def _file_room() -> FileRoom:
    mine, storage = whose_piece(), parts().files
    return FileRoom(
        largest=storage.largest,
        most=MOST,
        mine=bytes_used(db(), mine["context_id"], mine["user_id"]),
        my_quota=storage.owner_quota,
        course=bytes_used(db(), mine["context_id"]),
        course_quota=storage.course_quota,
    )


def _typed_plainly(prompt: Prompt, found: Entry | None, typed: str) -> Cleaned:
    text = as_html(typed)
    if found and clean(as_html(plain_text(found.text))) == clean(text):
        # Nothing was changed, so bold and lists, which a plain form cannot show, stay.
        text = found.text
    return clean_text(prompt, text)


def _question(prompt: Prompt) -> Question:
    return question_of(parts().course, prompt, course_language())


def _answered(prompt: Prompt, found: Entry | None) -> AnsweredQuestion:
    """What the text answers that the page shows: the one to write on, or the one that was handed in."""
    kept: Entry | Submission | None = found if found and found.text else None  # what was all deleted is begun anew
    if found and found.state not in OPEN:
        kept = found.submissions[-1]
    return answered_question(db(), parts().course, visit().context.id, kept, (prompt, course_language()))


def _as_json(entry: Entry) -> dict[str, Any]:
    at = entry.saved_at.isoformat()
    return {
        "version": entry.version,
        "saved_at": at,
        "at": at,
        "who": _("You, in another window"),
        "text": entry.text,
        "words": count_words(entry.text),
    }
