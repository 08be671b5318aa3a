"""Files with a piece: its writer adds them, looks at them and takes them out."""

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lti_tool.errors import BadInput, NotPossibleNow, TryLater
from lti_tool.files.errors import NoFileChosen
from lti_tool.files.storage import check_upload, keep_file, require_room, reserve_blob
from lti_tool.journal.attachments import (
    TAKEN,
    add_attachment,
    clean_description,
    find_own,
    hold_attachable,
    remove_attachment,
    require_attachable,
)
from lti_tool.journal.errors import EntryNotOpen
from lti_tool.journal.views.entries import RefusedFile, entry_page
from lti_tool.journal.views.shared import blueprint, find_prompt_here, whose_piece
from lti_tool.web.application import db, own_transactions, parts, transaction
from lti_tool.web.bodies import takes_file
from lti_tool.web.downloads import send_file_of
from scorm_builder.course_format.journal import Prompt


@blueprint.post("/<prompt_id>/files")
@takes_file
@own_transactions
def attach(prompt_id: str) -> ResponseReturnValue:
    """Add a file; where it is not taken, the page says why and keeps what was written beside it."""
    with transaction(write=False):
        prompt, mine = find_prompt_here(prompt_id), whose_piece()
        require_attachable(db(), **mine, prompt=prompt)
    try:
        name = _attach(prompt, mine)
    except EntryNotOpen:
        raise  # it was handed in meanwhile, and its page has no place for a file any more
    except (BadInput, NotPossibleNow, TryLater) as refusal:
        with transaction(write=False):
            refused = RefusedFile(refusal, request.form.get("description", ""))
            return entry_page(prompt, refused=refused), refusal.status
    flash(_("“%(name)s” is added.", name=name), "good")
    return redirect(url_for("journal.entry", prompt_id=prompt.id, _anchor="files"))


def _attach(prompt: Prompt, mine: dict[str, int]) -> str:
    """Look at the file, clean it and put it into the store outside any transaction; then it is the piece's."""
    storage, sent = parts().files, request.files.get("file")
    owner = {"context_id": mine["context_id"], "owner_id": mine["user_id"]}
    with transaction(write=False):
        require_room(db(), storage, **owner)
    if sent is None or not sent.filename:
        raise NoFileChosen("form")
    upload = check_upload(storage, sent.filename, sent.read(), TAKEN)
    description = clean_description(request.form.get("description", ""), upload.kind)
    with transaction():
        # Again, since its size is known: what is refused only at the end lies in the store until it is swept away.
        require_room(db(), storage, **owner, size=len(upload.content))
        reserved = reserve_blob(db(), upload)
    if not reserved.is_stored:
        storage.store.put(reserved.key, upload.content)
    with transaction():
        entry = hold_attachable(db(), **mine, prompt=prompt)
        file = keep_file(db(), storage, upload, reserved, **owner)
        add_attachment(db(), entry, file, description)
    return file.name


@blueprint.get("/<prompt_id>/files/<int:attachment_id>")
@own_transactions
def attachment(prompt_id: str, attachment_id: int) -> Response:
    """One file of one's own piece."""
    with transaction(write=False):
        found = find_own(db(), **whose_piece(), prompt=find_prompt_here(prompt_id), attachment_id=attachment_id)
    return send_file_of(found.file)


@blueprint.post("/<prompt_id>/files/<int:attachment_id>/remove")
def remove(prompt_id: str, attachment_id: int) -> ResponseReturnValue:
    """Take a file out of the text that is being written."""
    prompt = find_prompt_here(prompt_id)
    remove_attachment(db(), **whose_piece(), prompt=prompt, attachment_id=attachment_id)
    flash(_("The file is taken out."), "good")
    return redirect(url_for("journal.entry", prompt_id=prompt.id, _anchor="files"))
