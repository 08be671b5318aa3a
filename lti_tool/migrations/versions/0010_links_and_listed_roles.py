"""Which link a piece and a column belong to, and what rosters said: roles, and what the last reading found."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the columns; whoever never came has the role that the roster gave."""
    with op.batch_alter_table("registration") as batch_op:
        batch_op.add_column(sa.Column("institution_roles", sa.Boolean(), nullable=True))
    with op.batch_alter_table("context") as batch_op:
        batch_op.add_column(sa.Column("roster_found", sa.JSON(), nullable=True))
    with op.batch_alter_table("membership") as batch_op:
        batch_op.add_column(sa.Column("listed_role", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("tries_out", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute("UPDATE membership SET listed_role = role WHERE listed_at IS NOT NULL AND seen_at IS NULL")
    with op.batch_alter_table("submission") as batch_op:
        batch_op.add_column(sa.Column("link", sa.String(length=255), server_default="", nullable=False))
        batch_op.add_column(sa.Column("is_trial", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("line_item") as batch_op:
        batch_op.add_column(sa.Column("link", sa.String(length=255), server_default="", nullable=False))
        batch_op.add_column(sa.Column("is_doubted", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("looked_at", UtcDateTime(), nullable=True))
        batch_op.drop_constraint("uq_line_item_context_id_activity", type_="unique")
        batch_op.create_unique_constraint("uq_line_item_context_id_activity_link", ["context_id", "activity", "link"])


def downgrade() -> None:
    """Take them away again; of several columns of one activity the oldest is kept."""
    older = "SELECT min(id) FROM line_item GROUP BY context_id, activity"
    op.execute(f"DELETE FROM delivery WHERE line_item_id NOT IN ({older})")  # noqa: S608 (no input)
    op.execute(f"DELETE FROM line_item WHERE id NOT IN ({older})")  # noqa: S608
    with op.batch_alter_table("line_item") as batch_op:
        batch_op.drop_constraint("uq_line_item_context_id_activity_link", type_="unique")
        batch_op.create_unique_constraint("uq_line_item_context_id_activity", ["context_id", "activity"])
        batch_op.drop_column("looked_at")
        batch_op.drop_column("is_doubted")
        batch_op.drop_column("link")
    with op.batch_alter_table("submission") as batch_op:
        batch_op.drop_column("is_trial")
        batch_op.drop_column("link")
    with op.batch_alter_table("membership") as batch_op:
        batch_op.drop_column("tries_out")
        batch_op.drop_column("listed_role")
    with op.batch_alter_table("context") as batch_op:
        batch_op.drop_column("roster_found")
    with op.batch_alter_table("registration") as batch_op:
        batch_op.drop_column("institution_roles")
