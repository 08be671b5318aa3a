"""When a worker last ran its jobs."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0017"
down_revision = "0014"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "worker_heartbeat",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_worker_heartbeat"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("worker_heartbeat")
