"""Road maps, their rows, fields and contributions."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables."""
    _road_map()
    _map_row()
    _map_field()
    _contribution()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("contribution")
    op.drop_table("map_field")
    op.drop_table("map_row")
    op.drop_table("road_map")


def _road_map() -> None:
    op.create_table(
        "road_map",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["school_team.id"], name="fk_road_map_team_id_school_team"),
        sa.PrimaryKeyConstraint("id", name="pk_road_map"),
        sa.UniqueConstraint("team_id", name="uq_road_map_team_id"),
    )


def _map_row() -> None:
    op.create_table(
        "map_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("road_map_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["road_map_id"], ["road_map.id"], name="fk_map_row_road_map_id_road_map"),
        sa.PrimaryKeyConstraint("id", name="pk_map_row"),
    )
    op.create_index("ix_map_row_road_map_id", "map_row", ["road_map_id"], unique=False)


def _map_field() -> None:
    op.create_table(
        "map_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("road_map_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["user_account.id"], name="fk_map_field_changed_by_id_user_account"),
        sa.ForeignKeyConstraint(["road_map_id"], ["road_map.id"], name="fk_map_field_road_map_id_road_map"),
        sa.ForeignKeyConstraint(["row_id"], ["map_row.id"], name="fk_map_field_row_id_map_row"),
        sa.PrimaryKeyConstraint("id", name="pk_map_field"),
        sa.UniqueConstraint("road_map_id", "name", name="uq_map_field_road_map_id_name"),
    )
    op.create_index("ix_map_field_row_id", "map_field", ["row_id"], unique=False)


def _contribution() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("road_map_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["road_map_id"], ["road_map.id"], name="fk_contribution_road_map_id_road_map"),
        sa.ForeignKeyConstraint(["row_id"], ["map_row.id"], name="fk_contribution_row_id_map_row"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_contribution_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_contribution"),
        sa.UniqueConstraint("road_map_id", "revision", name="uq_contribution_road_map_id_revision"),
    )
