"""Every release of a grade is kept, and can be undone for a while."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0027"
down_revision = "0026"

KEEP = """
INSERT INTO grade_release (grade_id, trainer_id, levels, comment, maximum, released_at, undo_until)
SELECT grade.id, feedback.trainer_id, feedback.levels, feedback.comment, feedback.maximum, feedback.given_at,
    feedback.given_at
FROM feedback JOIN grade ON grade.submission_id = feedback.submission_id
WHERE feedback.verdict = 'graded'
ORDER BY feedback.id
"""
"""What writers see now is the newest release of each grade; earlier ones were not kept."""


def upgrade() -> None:
    """Make the table, with what writers see now."""
    op.create_table(
        "grade_release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("grade_id", sa.Integer(), nullable=False),
        sa.Column("trainer_id", sa.Integer(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("maximum", sa.Integer(), nullable=False),
        sa.Column("released_at", UtcDateTime(), nullable=False),
        sa.Column("undo_until", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["grade_id"], ["grade.id"], name="fk_grade_release_grade_id_grade"),
        sa.ForeignKeyConstraint(["trainer_id"], ["user_account.id"], name="fk_grade_release_trainer_id_user_account"),
        sa.ForeignKeyConstraint(["delivery_id"], ["delivery.id"], name="fk_grade_release_delivery_id_delivery"),
        sa.PrimaryKeyConstraint("id", name="pk_grade_release"),
    )
    for name in ("grade_id", "trainer_id", "delivery_id"):
        op.create_index(f"ix_grade_release_{name}", "grade_release", [name])
    op.execute(KEEP)


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("grade_release")
