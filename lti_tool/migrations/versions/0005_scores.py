"""Line items and deliveries."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _line_item()
    _delivery()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("delivery")
    op.drop_table("line_item")


def _line_item() -> None:
    op.create_table(
        "line_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_line_item_context_id_context"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_line_item_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_line_item"),
        sa.UniqueConstraint("context_id", "activity", name="uq_line_item_context_id_activity"),
    )


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_item_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("points", sa.Double(), nullable=False),
        sa.Column("maximum", sa.Double(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("score_at", UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "sending", "sent", "refused", "overtaken", name="deliverystate", native_enum=False, length=20
            ),
            nullable=False,
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", UtcDateTime(), nullable=False),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("problem", sa.String(length=100), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["line_item_id"], ["line_item.id"], name="fk_delivery_line_item_id_line_item"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_delivery_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("line_item_id", "user_id", "score_at", name="uq_delivery_line_item_id_user_id_score_at"),
    )
    op.create_index("ix_delivery_due", "delivery", ["state", "next_try_at"], unique=False)
    op.create_index("ix_delivery_source", "delivery", ["source"], unique=False)
