"""When somebody last opened something of a course, so that courses that nobody needs can be erased."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Add the column: the last visit that is known, and now where none is, so that nothing goes too early."""
    with op.batch_alter_table("context") as batch_op:
        batch_op.add_column(sa.Column("opened_at", UtcDateTime(), nullable=True))
    context = sa.table("context", sa.column("id"), sa.column("opened_at", UtcDateTime()))
    membership = sa.table("membership", sa.column("context_id"), sa.column("seen_at", UtcDateTime()))
    seen = sa.select(sa.func.max(membership.c.seen_at)).where(membership.c.context_id == context.c.id)
    op.execute(context.update().values(opened_at=sa.func.coalesce(seen.scalar_subquery(), _now())))
    with op.batch_alter_table("context") as batch_op:
        batch_op.alter_column("opened_at", existing_type=UtcDateTime(), nullable=False)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("context") as batch_op:
        batch_op.drop_column("opened_at")


def _now() -> sa.ColumnElement[datetime]:
    return sa.literal(datetime.now(UTC), UtcDateTime())
