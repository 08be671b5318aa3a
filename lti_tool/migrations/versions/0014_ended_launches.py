"""Which launches are of one browser, when somebody last did something in them, and why they ended before their time."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the columns; on pages that are open now the idle time begins now."""
    with op.batch_alter_table("launch") as batch_op:
        batch_op.add_column(sa.Column("computer_hash", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("seen_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("ending", sa.String(length=20), nullable=True))
    launch = sa.table(
        "launch", sa.column("computer_hash"), sa.column("browser_hash"), sa.column("seen_at", UtcDateTime())
    )
    op.execute(launch.update().values(computer_hash=launch.c.browser_hash, seen_at=datetime.now(UTC)))
    with op.batch_alter_table("launch") as batch_op:
        batch_op.alter_column("computer_hash", existing_type=sa.String(length=64), nullable=False)
        batch_op.alter_column("seen_at", existing_type=UtcDateTime(), nullable=False)
        batch_op.create_index("ix_launch_computer_hash", ["computer_hash"])


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("launch") as batch_op:
        batch_op.drop_index("ix_launch_computer_hash")
        batch_op.drop_column("ending")
        batch_op.drop_column("seen_at")
        batch_op.drop_column("computer_hash")
