"""Trainers mark the course's sample pieces and compare their levels with the agreed ones."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Make the tables of rounds and of marks."""
    op.create_table(
        "calibration_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_calibration_round_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_calibration_round"),
        sa.UniqueConstraint("user_id", "number", name="uq_calibration_round_user_id_number"),
    )
    op.create_table(
        "calibration_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("sample", sa.String(length=50), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("compared_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["calibration_round.id"], name="fk_calibration_mark_round_id_calibration_round"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calibration_mark"),
        sa.UniqueConstraint("round_id", "sample", name="uq_calibration_mark_round_id_sample"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("calibration_mark")
    op.drop_table("calibration_round")
