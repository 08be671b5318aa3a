"""Progress through units."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _unit_progress()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("unit_progress")


def _unit_progress() -> None:
    op.create_table(
        "unit_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=50), nullable=False),
        sa.Column("saved", sa.JSON(), nullable=False),
        sa.Column("pages_seen", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_unit_progress_context_id_context"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_unit_progress_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_unit_progress"),
        sa.UniqueConstraint("context_id", "user_id", "unit", name="uq_unit_progress_context_id_user_id_unit"),
    )
