"""Files with a piece: added and taken out while it is being written, and handed in with it.

What was handed in keeps its files, whatever its writer adds or takes out afterwards.
"""

from collections.abc import Sequence

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from lti_tool.course.placed_activities import require_open
from lti_tool.course.prompts import prompt_activity
from lti_tool.database import now
from lti_tool.errors import NotFound, TooLong
from lti_tool.files.kinds import DOCUMENTS, PICTURES, Kind
from lti_tool.files.models import StoredFile
from lti_tool.files.storage import discard_file
from lti_tool.journal.errors import DescriptionNeeded, EntryNotOpen, TooManyAttachments
from lti_tool.journal.models import Attachment, Entry, Submission, SubmissionAttachment
from lti_tool.journal.writing import OPEN, begin_entry, find_entry, lock_entry
from lti_tool.plain_text import in_one_line
from scorm_builder.course_format.journal import Prompt

TAKEN = PICTURES | DOCUMENTS
"""Which kinds of file a piece may have."""
MOST = 10
"""Files of one piece."""
LONGEST_DESCRIPTION = 300
"""Characters."""


def attachments_of(session: Session, entry: Entry) -> Sequence[Attachment]:
    """The files of the text as it stands, in the order in which they were added."""
    wanted = select(Attachment).where(Attachment.entry_id == entry.id, Attachment.removed_at.is_(None))
    return session.scalars(wanted.order_by(Attachment.id)).all()


def clean_description(description: str, kind: Kind | None = None) -> str:
    """What a file shows, in one line; raises TooLong, and DescriptionNeeded where a picture has none."""
    cleaned = in_one_line(description)
    if len(cleaned) > LONGEST_DESCRIPTION:
        raise TooLong("description")
    if not cleaned and kind is not None and kind.is_picture:
        raise DescriptionNeeded("description")
    return cleaned


def require_attachable(session: Session, *, context_id: int, user_id: int, prompt: Prompt) -> None:
    """Raises NotOpenYet, EntryNotOpen, TooManyAttachments where no file can be added to this piece."""
    require_open(session, context_id, prompt_activity(prompt.id))
    entry = find_entry(session, context_id, user_id, prompt.id)
    if entry is not None:
        _require_place(session, entry)


def hold_attachable(session: Session, *, context_id: int, user_id: int, prompt: Prompt) -> Entry:
    """The piece, begun now if it was not, and held, with a place for one more file; raises as `require_attachable`."""
    require_open(session, context_id, prompt_activity(prompt.id))
    entry = begin_entry(session, context_id, user_id, prompt.id)
    _require_place(session, entry)
    return entry


def add_attachment(session: Session, entry: Entry, file: StoredFile, description: str) -> Attachment:
    """Add this file to a piece that is held."""
    attachment = Attachment(entry_id=entry.id, file_id=file.id, description=description)
    session.add(attachment)
    session.flush()
    return attachment


def remove_attachment(session: Session, *, context_id: int, user_id: int, prompt: Prompt, attachment_id: int) -> None:
    """Take a file out of the text that is being written; where it was handed in before, it stays with that.

    Raises NotFound, EntryNotOpen. The same twice is once: a button may be pressed twice.
    """
    found = find_entry(session, context_id, user_id, prompt.id)
    if found is None:
        raise NotFound("attachment")
    entry = lock_entry(session, found.id)
    # Looked for once the piece is held: whoever held it before may have taken the file out.
    attachment = session.get(Attachment, attachment_id)
    if attachment is None:
        return
    if attachment.entry_id != entry.id:
        raise NotFound("attachment")
    if entry.state not in OPEN:
        raise EntryNotOpen(entry.state)
    if session.scalar(select(exists().where(SubmissionAttachment.attachment_id == attachment.id))):
        attachment.removed_at = attachment.removed_at or now()
        session.flush()
        return
    session.delete(attachment)
    session.flush()
    discard_file(session, attachment.file)


def hand_in_attachments(session: Session, entry: Entry, submission: Submission) -> None:
    """Let the submission have the files that the text has now."""
    session.add_all(
        SubmissionAttachment(submission_id=submission.id, attachment_id=one.id)
        for one in attachments_of(session, entry)
    )
    session.flush()


def withdraw_attachments(session: Session, submission: Submission) -> None:
    """Let the files be the writer's alone again, to be taken out for good."""
    session.execute(delete(SubmissionAttachment).where(SubmissionAttachment.submission_id == submission.id))


def find_own(session: Session, *, context_id: int, user_id: int, prompt: Prompt, attachment_id: int) -> Attachment:
    """A file of this person's own piece, also one that was taken out after it was handed in; raises NotFound."""
    entry = find_entry(session, context_id, user_id, prompt.id)
    attachment = session.get(Attachment, attachment_id)
    if entry is None or attachment is None or attachment.entry_id != entry.id:
        raise NotFound("attachment")
    return attachment


def find_handed_in(session: Session, submission: Submission, attachment_id: int) -> Attachment:
    """A file that was handed in with this submission; raises NotFound for any other, a draft's also."""
    handed_in = session.get(SubmissionAttachment, (submission.id, attachment_id))
    if handed_in is None:
        raise NotFound("attachment")
    return session.get_one(Attachment, attachment_id)


def _require_place(session: Session, entry: Entry) -> None:
    if entry.state not in OPEN:
        raise EntryNotOpen(entry.state)
    wanted = select(func.count()).where(Attachment.entry_id == entry.id, Attachment.removed_at.is_(None))
    if (session.scalar(wanted) or 0) >= MOST:
        raise TooManyAttachments(str(MOST))
