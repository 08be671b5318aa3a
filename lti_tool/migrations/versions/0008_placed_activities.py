"""What trainers place in a course, and columns of our own making."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add columns and tables."""
    _launch()
    _picking_request()
    _placed_activity()
    _written_prompt()
    _line_item()
    _delivery()


def downgrade() -> None:
    """Take them away again."""
    _without_delivery()
    _without_line_item()
    op.drop_table("written_prompt")
    op.drop_table("placed_activity")
    op.drop_table("picking_request")
    _without_launch()


def _launch() -> None:
    with op.batch_alter_table("launch") as batch_op:
        batch_op.add_column(sa.Column("activity", sa.String(length=200), server_default="course", nullable=False))
        batch_op.add_column(sa.Column("about_user_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("storage_target", sa.String(length=255), server_default="", nullable=False))
        batch_op.alter_column("resource_link_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_foreign_key("fk_launch_about_user_id_user_account", "user_account", ["about_user_id"], ["id"])
    op.execute(
        "UPDATE launch SET activity = "
        "(SELECT resource_link.activity FROM resource_link WHERE resource_link.id = launch.resource_link_id)"
    )


def _picking_request() -> None:
    op.create_table(
        "picking_request",
        sa.Column("launch_id", sa.String(length=43), nullable=False),
        sa.Column("return_url", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["launch_id"], ["launch.id"], name="fk_picking_request_launch_id_launch", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("launch_id", name="pk_picking_request"),
    )


def _placed_activity() -> None:
    op.create_table(
        "placed_activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=43), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("points", sa.Double(), nullable=True),
        sa.Column("opens_at", UtcDateTime(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("placed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_placed_activity_context_id_context"),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["placed_activity.id"], name="fk_placed_activity_origin_id_placed_activity"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_placed_activity"),
        sa.UniqueConstraint("context_id", "activity", name="uq_placed_activity_context_id_activity"),
        sa.UniqueConstraint("key", name="uq_placed_activity_key"),
    )


def _written_prompt() -> None:
    op.create_table(
        "written_prompt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("words_min", sa.Integer(), nullable=False),
        sa.Column("words_max", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("rubric", sa.String(length=50), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_written_prompt_context_id_context"),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["written_prompt.id"], name="fk_written_prompt_origin_id_written_prompt"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_written_prompt"),
        sa.UniqueConstraint("context_id", "name", name="uq_written_prompt_context_id_name"),
    )


def _line_item() -> None:
    with op.batch_alter_table("line_item") as batch_op:
        batch_op.add_column(sa.Column("label", sa.String(length=500), server_default="", nullable=False))
        batch_op.add_column(sa.Column("maximum", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("claim", sa.String(length=32), server_default="", nullable=False))
        batch_op.add_column(sa.Column("claimed_until", UtcDateTime(), nullable=True))


def _delivery() -> None:
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(
            sa.Column("activity_progress", sa.String(length=20), server_default="Completed", nullable=False)
        )
        batch_op.add_column(
            sa.Column("grading_progress", sa.String(length=20), server_default="FullyGraded", nullable=False)
        )
        batch_op.add_column(sa.Column("started_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("submitted_at", UtcDateTime(), nullable=True))
        batch_op.alter_column("points", existing_type=sa.Double(), nullable=True)


def _without_delivery() -> None:
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.alter_column("points", existing_type=sa.Double(), nullable=False)
        batch_op.drop_column("submitted_at")
        batch_op.drop_column("started_at")
        batch_op.drop_column("grading_progress")
        batch_op.drop_column("activity_progress")


def _without_line_item() -> None:
    with op.batch_alter_table("line_item") as batch_op:
        batch_op.drop_column("claimed_until")
        batch_op.drop_column("claim")
        batch_op.drop_column("maximum")
        batch_op.drop_column("label")


def _without_launch() -> None:
    with op.batch_alter_table("launch") as batch_op:
        batch_op.drop_constraint("fk_launch_about_user_id_user_account", type_="foreignkey")
        batch_op.alter_column("resource_link_id", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_column("storage_target")
        batch_op.drop_column("about_user_id")
        batch_op.drop_column("activity")
