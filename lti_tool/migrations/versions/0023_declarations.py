"""What writers say when they hand in, and pieces that were taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

BEFORE = ("waiting", "draft", "released", "returned", "replaced")
NOW = (*BEFORE, "withdrawn")
CONSTRAINT = "ck_submission_status"
COLUMNS = (("help_used", sa.JSON(), "[]"), ("help_note", sa.Text(), ""), ("unticked", sa.JSON(), "[]"))


def upgrade() -> None:
    """Add the columns, empty where nothing was asked, and the new word; who takes back has no number any more."""
    with op.batch_alter_table("submission") as batch_op:
        for name, kind, empty in COLUMNS:
            batch_op.add_column(sa.Column(name, kind, nullable=False, server_default=empty))
        batch_op.alter_column("number", existing_type=sa.Integer(), nullable=True)
        batch_op.drop_constraint(op.f(CONSTRAINT), type_="check")
        batch_op.create_check_constraint(op.f(CONSTRAINT), sa.column("status").in_(NOW))
    with op.batch_alter_table("submission") as batch_op:
        for name, kind, _ in COLUMNS:
            batch_op.alter_column(name, existing_type=kind, server_default=None)


def downgrade() -> None:
    """Take them away again, and what was taken back, which no trainer may see: its text is kept as a version."""
    taken_back = "(SELECT id FROM submission WHERE number IS NULL)"
    for table in ("submission_attachment", "grade", "feedback"):
        op.execute(f"DELETE FROM {table} WHERE submission_id IN {taken_back}")  # noqa: S608 (our own words)
    op.execute("DELETE FROM submission WHERE number IS NULL")
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_constraint(op.f(CONSTRAINT), type_="check")
        batch_op.create_check_constraint(op.f(CONSTRAINT), sa.column("status").in_(BEFORE))
        batch_op.alter_column("number", existing_type=sa.Integer(), nullable=False)
        for name, _, _ in reversed(COLUMNS):
            batch_op.drop_column(name)
