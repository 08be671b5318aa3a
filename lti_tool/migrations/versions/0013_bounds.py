"""Turns of registrations at the worker, platforms' key sets for all processes, and who founded a team."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Make the tables, which fill by themselves; who founded the teams that are there is not known any more."""
    with op.batch_alter_table("school_team") as batch_op:
        batch_op.add_column(sa.Column("founded_by_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            "fk_school_team_founded_by_id_user_account", "user_account", ["founded_by_id"], ["id"]
        )
    op.create_table(
        "platform_turn",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("job", sa.String(length=50), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("held_until", UtcDateTime(), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_platform_turn_registration_id_registration"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", "job", name=op.f("pk_platform_turn")),
    )
    op.create_table(
        "platform_key_set",
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=True),
        sa.Column("fresh_until", UtcDateTime(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("problem", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_platform_key_set")),
    )


def downgrade() -> None:
    """Take the tables away."""
    op.drop_table("platform_key_set")
    op.drop_table("platform_turn")
    with op.batch_alter_table("school_team") as batch_op:
        batch_op.drop_constraint("fk_school_team_founded_by_id_user_account", type_="foreignkey")
        batch_op.drop_column("founded_by_id")
