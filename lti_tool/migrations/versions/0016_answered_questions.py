"""The question that a piece answers stays with it, as it was asked."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

import lti_tool

revision = "0016"
down_revision = "0015"

BUILT_COURSE = Path(lti_tool.__file__).parent / "course" / "bundle" / "bundle.json"
TABLES = ("journal_entry", "submission")


def upgrade() -> None:
    """Add the columns; pieces that were begun before answer what their prompts ask now, as far as that is known."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column("question", sa.Text(), nullable=False, server_default=""))
            batch_op.add_column(sa.Column("question_language", sa.String(length=10), nullable=False, server_default=""))
    _keep_questions()
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column("question", existing_type=sa.Text(), server_default=None)
            batch_op.alter_column("question_language", existing_type=sa.String(length=10), server_default=None)


def downgrade() -> None:
    """Forget what was asked."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column("question_language")
            batch_op.drop_column("question")


def _keep_questions() -> None:
    entry, submission, written = _tables()
    own = (
        sa.select(written.c.question)
        .where(written.c.context_id == entry.c.context_id, written.c.name == entry.c.prompt)
        .scalar_subquery()
    )
    op.execute(entry.update().where(entry.c.text != "", own.is_not(None)).values(question=own))
    language, questions = _questions_of_the_course()
    for prompt, question in questions.items():
        begun = entry.update().where(entry.c.text != "", entry.c.prompt == prompt)
        op.execute(begun.values(question=question, question_language=language))
    for column in ("question", "question_language"):
        of_entry = sa.select(entry.c[column]).where(entry.c.id == submission.c.entry_id).scalar_subquery()
        op.execute(submission.update().values({column: of_entry}))


def _tables() -> tuple[sa.TableClause, sa.TableClause, sa.TableClause]:
    names = ("id", "context_id", "prompt", "text", "question", "question_language")
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in names]
    entry = sa.table("journal_entry", *columns)
    submission = sa.table("submission", *[sa.column(name) for name in ("entry_id", "question", "question_language")])
    written = sa.table("written_prompt", *[sa.column(name) for name in ("context_id", "name", "question")])
    return entry, submission, written


def _questions_of_the_course() -> tuple[str, dict[str, str]]:
    """The course's first language, in which all pieces so far were asked, and its prompts' questions.

    Nothing where the built course is not there or of another form: such pieces then show what their prompts ask.
    """
    try:
        course = json.loads(BUILT_COURSE.read_text(encoding="utf-8"))
        language = str(course["languages"][0])
        prompts = course["editions"][language]["data"]["journal"]["prompts"]
        return language, {str(prompt["id"]): str(prompt["question"]) for prompt in prompts}
    except (OSError, ValueError, LookupError, TypeError):
        return "", {}
