"""Entries, their revisions and submissions."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    _journal_entry()
    _journal_revision()
    _submission()
    _feedback()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("feedback")
    op.drop_table("submission")
    op.drop_table("journal_revision")
    op.drop_table("journal_entry")


def _journal_entry() -> None:
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("prompt", sa.String(length=50), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("draft", "submitted", "returned", "graded", name="entrystate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_journal_entry_context_id_context"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_journal_entry_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_journal_entry"),
        sa.UniqueConstraint("context_id", "user_id", "prompt", name="uq_journal_entry_context_id_user_id_prompt"),
    )


def _journal_revision() -> None:
    op.create_table(
        "journal_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("replaced", "set_aside", name="revisionkind", native_enum=False, length=20), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entry.id"], name="fk_journal_revision_entry_id_journal_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_journal_revision"),
    )
    op.create_index("ix_journal_revision_entry_id", "journal_revision", ["entry_id"], unique=False)


def _submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entry.id"], name="fk_submission_entry_id_journal_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("entry_id", "number", name="uq_submission_entry_id_number"),
    )


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict", sa.Enum("returned", "graded", name="verdict", native_enum=False, length=20), nullable=False
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name="fk_feedback_submission_id_submission"),
        sa.ForeignKeyConstraint(["trainer_id"], ["user_account.id"], name="fk_feedback_trainer_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("submission_id", name="uq_feedback_submission_id"),
    )
