"""How often a score was sent so that it may have arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column; of scores that are under way every try may have arrived."""
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(sa.Column("posted", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE delivery SET posted = tries WHERE state IN ('waiting', 'sending')")


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_column("posted")
