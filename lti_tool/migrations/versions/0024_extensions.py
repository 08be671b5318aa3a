"""More time for one person or one school team."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the table; nobody has been given more time yet."""
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placed_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(user_id IS NULL) <> (team_id IS NULL)", name=op.f("ck_extension_whose")),
        sa.ForeignKeyConstraint(
            ["placed_id"], ["placed_activity.id"], name=op.f("fk_extension_placed_id_placed_activity")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_extension_user_id_user_account")),
        sa.ForeignKeyConstraint(["team_id"], ["school_team.id"], name=op.f("fk_extension_team_id_school_team")),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["user_account.id"], name=op.f("fk_extension_given_by_id_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint("placed_id", "user_id", name=op.f("uq_extension_placed_id_user_id")),
        sa.UniqueConstraint("placed_id", "team_id", name=op.f("uq_extension_placed_id_team_id")),
    )
    for name in ("user_id", "team_id", "given_by_id"):
        op.create_index(f"ix_extension_{name}", "extension", [name])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("extension")
