"""In which language each person wants to see the course."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Nobody has chosen yet."""
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.add_column(sa.Column("course_language", sa.String(length=10), nullable=False, server_default=""))
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.alter_column("course_language", existing_type=sa.String(length=10), server_default=None)


def downgrade() -> None:
    """Forget what was chosen."""
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.drop_column("course_language")
