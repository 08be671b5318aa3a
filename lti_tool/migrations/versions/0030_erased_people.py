"""People of whom nothing is kept any more, and why their pages have ended."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0030"
down_revision = "0029"

BEFORE = ("done", "next_person", "idle", "rights", "switched_off", "closed")
NOW = (*BEFORE, "erased")
CONSTRAINT = "ck_launch_ending"


def upgrade() -> None:
    """Nobody has been erased yet."""
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.add_column(sa.Column("erased_at", UtcDateTime(), nullable=True))
    _allow(NOW)


def downgrade() -> None:
    """Whoever was erased stays nameless."""
    launch = sa.table("launch", sa.column("ending"))
    op.execute(launch.update().where(launch.c.ending == "erased").values(ending=None))
    _allow(BEFORE)
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.drop_column("erased_at")


def _allow(words: tuple[str, ...]) -> None:
    with op.batch_alter_table("launch") as batch_op:
        batch_op.drop_constraint(op.f(CONSTRAINT), type_="check")
        batch_op.create_check_constraint(op.f(CONSTRAINT), sa.column("ending").in_(words))
