"""When a worker last ran its jobs, and how far platforms' clocks are off."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the table and the column."""
    op.create_table(
        "worker_heartbeat",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_worker_heartbeat"),
    )
    with op.batch_alter_table("platform_key_set") as batch_op:
        batch_op.add_column(sa.Column("clock_ahead", sa.Double(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("platform_key_set") as batch_op:
        batch_op.drop_column("clock_ahead")
    op.drop_table("worker_heartbeat")
