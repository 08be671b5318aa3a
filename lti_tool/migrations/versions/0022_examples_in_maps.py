"""Fields that came with the course's example, and the two changes that put it into a map and take it out."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

BEFORE = (
    "changed",
    "put_back",
    "added",
    "moved",
    "removed",
    "restored",
    "joined",
    "left",
    "code_set",
    "code_taken",
)
NEW = ("example_loaded", "example_taken")


def upgrade() -> None:
    """Nothing that stands in a map is an example's yet."""
    with op.batch_alter_table("map_field") as batch_op:
        batch_op.add_column(sa.Column("from_example", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("map_field") as batch_op:
        batch_op.alter_column("from_example", existing_type=sa.Boolean(), server_default=None)
    _allow((*BEFORE, *NEW))


def downgrade() -> None:
    """What came from the example stays, as if it had been typed; the former log has no words for how it came."""
    change = sa.table("map_change", sa.column("what"))
    op.execute(change.delete().where(change.c.what.in_(NEW)))
    _allow(BEFORE)
    with op.batch_alter_table("map_field") as batch_op:
        batch_op.drop_column("from_example")


def _allow(kinds: tuple[str, ...]) -> None:
    constraint = op.f("ck_map_change_what")
    words = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("map_change") as batch_op:
        batch_op.drop_constraint(constraint, type_="check")
        batch_op.create_check_constraint(constraint, f"what IN ({words})")
