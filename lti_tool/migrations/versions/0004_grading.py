"""Grades."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    _grade()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("grade")


def _grade() -> None:
    op.create_table(
        "grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("grader_id", sa.Integer(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.Enum("draft", "released", name="gradestate", native_enum=False, length=20), nullable=False
        ),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["grader_id"], ["user_account.id"], name="fk_grade_grader_id_user_account"),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name="fk_grade_submission_id_submission"),
        sa.PrimaryKeyConstraint("id", name="pk_grade"),
        sa.UniqueConstraint("submission_id", name="uq_grade_submission_id"),
    )
