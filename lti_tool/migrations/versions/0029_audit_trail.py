"""Who changed registrations, closed pages, gave out or erased what is kept about somebody, and when."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0029"
down_revision = "0028"

WORDS = (
    "registration_changed",
    "invitation_given",
    "pages_closed",
    "person_exported",
    "person_erased",
    "course_erased",
)


def upgrade() -> None:
    """Make the table; what was done before stands in the logs alone."""
    op.create_table(
        "audit_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("actor", sa.String(length=50), nullable=False),
        sa.Column("registration", sa.Integer(), nullable=True),
        sa.Column("course", sa.Integer(), nullable=True),
        sa.Column("person", sa.Integer(), nullable=True),
        sa.Column("change", sa.String(length=20), nullable=False),
        sa.CheckConstraint(sa.column("what").in_(WORDS), name=op.f("ck_audit_record_what")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_record")),
    )
    op.create_index("ix_audit_record_registration", "audit_record", ["registration", "id"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("audit_record")
