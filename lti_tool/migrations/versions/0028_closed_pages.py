"""Pages may be closed for one person alone: from another of their browsers, or by an administrator."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

BEFORE = ("done", "next_person", "idle", "rights", "switched_off")
NOW = (*BEFORE, "closed")
CONSTRAINT = "ck_launch_ending"


def upgrade() -> None:
    """Add the word."""
    _allow(NOW)


def downgrade() -> None:
    """Take it away again; what was closed stays closed, without its reason."""
    launch = sa.table("launch", sa.column("ending"))
    op.execute(launch.update().where(launch.c.ending == "closed").values(ending=None))
    _allow(BEFORE)


def _allow(words: tuple[str, ...]) -> None:
    with op.batch_alter_table("launch") as batch_op:
        batch_op.drop_constraint(op.f(CONSTRAINT), type_="check")
        batch_op.create_check_constraint(op.f(CONSTRAINT), sa.column("ending").in_(words))
