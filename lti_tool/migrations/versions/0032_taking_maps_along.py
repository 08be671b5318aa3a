"""Maps are put in from files, and calendars subscribe to their days."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0032"
down_revision = "0031"

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
    "example_loaded",
    "example_taken",
)
NEW = ("imported", "calendar_opened", "calendar_closed")


def upgrade() -> None:
    """No map has such an address yet."""
    op.create_table(
        "calendar_subscription",
        sa.Column("road_map_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("language", sa.String(20), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["road_map_id"], ["road_map.id"], name="fk_calendar_subscription_road_map_id_road_map"),
        sa.ForeignKeyConstraint(["made_by_id"], ["actor.id"], name="fk_calendar_subscription_made_by_id_actor"),
        sa.PrimaryKeyConstraint("road_map_id", name="pk_calendar_subscription"),
        sa.UniqueConstraint("secret_hash", name="uq_calendar_subscription_secret_hash"),
    )
    op.create_index("ix_calendar_subscription_made_by_id", "calendar_subscription", ["made_by_id"])
    _allow((*BEFORE, *NEW))


def downgrade() -> None:
    """Maps stay as they are; the former log has no words for how they came, and addresses end."""
    change = sa.table("map_change", sa.column("what"))
    op.execute(change.delete().where(change.c.what.in_(NEW)))
    _allow(BEFORE)
    op.drop_table("calendar_subscription")


def _allow(kinds: tuple[str, ...]) -> None:
    constraint = op.f("ck_map_change_what")
    words = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("map_change") as batch_op:
        batch_op.drop_constraint(constraint, type_="check")
        batch_op.create_check_constraint(constraint, f"what IN ({words})")
