"""Files that people bring, the contents that they share, and the files of journal pieces."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the tables; there are no files yet."""
    _make_files()
    _make_attachments()


def _make_files() -> None:
    op.create_table(
        "blob",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_stored", sa.Boolean(), nullable=False),
        sa.Column("wanted_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_blob")),
        sa.UniqueConstraint("key", name=op.f("uq_blob_key")),
    )
    op.create_index("ix_blob_wanted_at", "blob", ["wanted_at"])
    op.create_table(
        "discarded_blob",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_discarded_blob")),
    )
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name=op.f("fk_stored_file_context_id_context")),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_stored_file_owner_id_user_account")),
        sa.ForeignKeyConstraint(["digest"], ["blob.digest"], name=op.f("fk_stored_file_digest_blob")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    for name in ("context_id", "owner_id", "digest"):
        op.create_index(f"ix_stored_file_{name}", "stored_file", [name])


def _make_attachments() -> None:
    op.create_table(
        "journal_attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=500), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal_entry.id"], name=op.f("fk_journal_attachment_entry_id_journal_entry")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_journal_attachment_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_attachment")),
    )
    for name in ("entry_id", "file_id"):
        op.create_index(f"ix_journal_attachment_{name}", "journal_attachment", [name])
    op.create_table(
        "submission_attachment",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_attachment_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["journal_attachment.id"],
            name=op.f("fk_submission_attachment_attachment_id_journal_attachment"),
        ),
        sa.PrimaryKeyConstraint("submission_id", "attachment_id", name=op.f("pk_submission_attachment")),
    )
    op.create_index("ix_submission_attachment_attachment_id", "submission_attachment", ["attachment_id"])


def downgrade() -> None:
    """Take the tables away; the contents stay in the store."""
    for table in ("submission_attachment", "journal_attachment", "stored_file", "discarded_blob", "blob"):
        op.drop_table(table)
