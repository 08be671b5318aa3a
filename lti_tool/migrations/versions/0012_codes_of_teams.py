"""School teams may ask for a code before somebody joins."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns: teams stay open to everybody of their course."""
    with op.batch_alter_table("school_team") as batch_op:
        batch_op.add_column(sa.Column("code", sa.String(length=20), server_default="", nullable=False))
    with op.batch_alter_table("context") as batch_op:
        batch_op.add_column(sa.Column("teams_by_code", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("context") as batch_op:
        batch_op.drop_column("teams_by_code")
    with op.batch_alter_table("school_team") as batch_op:
        batch_op.drop_column("code")
