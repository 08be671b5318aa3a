"""What this room holds about people and courses, and a person's pieces as pages to read."""

from collections.abc import Iterator

from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from lti_tool.held_data import Document, Fate, Held, HeldData, Say
from lti_tool.journal.models import Attachment, Entry, Feedback, Revision, Submission, SubmissionAttachment
from lti_tool.texts import N_

PAGE = Markup(
    '<!doctype html>\n<html lang="und"><head><meta charset="utf-8"><title>{title}</title></head>\n'
    '<body dir="auto">\n{body}\n</body></html>\n'
)
PART = Markup("<section><h2>{heading}</h2>\n{text}\n</section>")
MOMENT = "%Y-%m-%d %H:%M UTC"


def _pieces(session: Session, person_id: int, say: Say) -> Iterator[Document]:
    wanted = select(Entry.id).where(Entry.user_id == person_id).order_by(Entry.id)
    for number in session.scalars(wanted).all():
        entry = session.get_one(Entry, number, options=[undefer(Entry.question)])
        page = PAGE.format(title=entry.prompt, body=Markup("\n").join(_parts(entry, say)))
        yield Document(f"pieces/{entry.context_id}-{entry.prompt}.html", page.encode())
        session.expunge_all()  # a long journal is never in memory as a whole


def _parts(entry: Entry, say: Say) -> Iterator[Markup]:
    # Texts and questions were cleaned when they came (journal/html_cleaning.py).
    yield PART.format(heading=say(N_("The question")), text=Markup(entry.question))  # noqa: S704
    yield PART.format(heading=say(N_("The text as it stands")), text=Markup(entry.text))  # noqa: S704
    for submission in entry.submissions:
        heading = f"{say(N_('Handed in'))}: {submission.submitted_at:{MOMENT}}"
        yield PART.format(heading=heading, text=Markup(submission.text))  # noqa: S704
        if submission.feedback:
            yield PART.format(heading=say(N_("What the trainer said")), text=_said(submission.feedback))


def _said(feedback: Feedback) -> Markup:
    points = Markup("<p>{} / {}</p>").format(feedback.points, feedback.maximum) if feedback.maximum else Markup()
    return points + Markup("<p>{}</p>").format(escape(feedback.comment))


OF_WRITER = (Submission.entry_id, Entry.user_id)
OF_COURSE = (Submission.entry_id, Entry.context_id)

HELD = HeldData(
    "journal",
    (
        Held(Entry, (Entry.user_id,), (Entry.context_id,), what=N_("Pieces of writing, drafts among them")),
        Held(
            Revision,
            (Revision.entry_id, Entry.user_id),
            (Revision.entry_id, Entry.context_id),
            what=N_("Earlier versions of pieces"),
        ),
        Held(Submission, OF_WRITER, OF_COURSE, what=N_("Pieces that were handed in")),
        Held(
            Attachment,
            (Attachment.entry_id, Entry.user_id),
            (Attachment.entry_id, Entry.context_id),
            what=N_("Descriptions of files with pieces"),
        ),
        Held(
            SubmissionAttachment,
            (SubmissionAttachment.submission_id, *OF_WRITER),
            (SubmissionAttachment.submission_id, *OF_COURSE),
        ),
        Held(
            Feedback,
            (Feedback.submission_id, *OF_WRITER),
            (Feedback.submission_id, *OF_COURSE),
            what=N_("What trainers said of these pieces"),
        ),
        Held(
            Feedback,
            (Feedback.trainer_id,),
            (Feedback.submission_id, *OF_COURSE),
            Fate.KEPT,
            N_("What was said of others' pieces"),
        ),
    ),
    documents=_pieces,
)
