"""What platforms offer and ask: dynamic registration, rosters, groups, shared access tokens."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add columns and tables."""
    _registration()
    _invitation()
    _access_token()
    _tool_key()
    _used_login()
    _context()
    _user_account()
    _membership()
    _school_team()


def downgrade() -> None:
    """Take them away again."""
    _without_school_team()
    _without_membership()
    _without_user_account()
    _without_context()
    _without_used_login()
    _without_tool_key()
    op.drop_table("access_token")
    op.drop_table("invitation")
    _without_registration()


def _registration() -> None:
    with op.batch_alter_table("registration") as batch_op:
        batch_op.add_column(sa.Column("token_audience", sa.String(length=2000), server_default="", nullable=False))
        batch_op.add_column(sa.Column("product", sa.String(length=50), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("accepts_new_deployments", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("allows_anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("trusted_audiences", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("frame_ancestors", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("quiet_until", UtcDateTime(), nullable=True))


def _invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_invitation_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("secret_hash", name="uq_invitation_secret_hash"),
    )


def _access_token() -> None:
    op.create_table(
        "access_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("scopes_hash", sa.String(length=64), nullable=False),
        sa.Column("encrypted_token", sa.Text(), nullable=False),
        sa.Column("renew_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_access_token_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_access_token"),
        sa.UniqueConstraint("registration_id", "scopes_hash", name="uq_access_token_registration_id_scopes_hash"),
    )


def _tool_key() -> None:
    with op.batch_alter_table("tool_key") as batch_op:
        batch_op.add_column(sa.Column("signs_from", UtcDateTime(), nullable=True))
    op.execute("UPDATE tool_key SET signs_from = created_at")
    with op.batch_alter_table("tool_key") as batch_op:
        batch_op.alter_column("signs_from", existing_type=UtcDateTime(), nullable=False)


def _used_login() -> None:
    op.drop_table("login_attempt")
    op.create_table(
        "used_login",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name="pk_used_login"),
    )
    op.create_index("ix_used_login_expires_at", "used_login", ["expires_at"])


def _context() -> None:
    with op.batch_alter_table("context") as batch_op:
        batch_op.add_column(sa.Column("lineitems_url", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("grade_scopes", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("roster_url", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("roster_read_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("roster_problem", sa.String(length=100), server_default="", nullable=False))
        batch_op.add_column(sa.Column("roster_due_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("roster_claimed_until", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("roster_query", sa.String(length=300), server_default="", nullable=False))
        batch_op.create_index("ix_context_roster_due_at", ["roster_due_at"])
        batch_op.add_column(sa.Column("groups_url", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("copied_from_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key("fk_context_copied_from_id_context", "context", ["copied_from_id"], ["id"])


def _user_account() -> None:
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.add_column(sa.Column("is_anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))


def _membership() -> None:
    with op.batch_alter_table("membership") as batch_op:
        batch_op.add_column(sa.Column("is_test", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("listed_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("left_at", UtcDateTime(), nullable=True))
        batch_op.alter_column("seen_at", existing_type=UtcDateTime(), nullable=True)


def _school_team() -> None:
    with op.batch_alter_table("school_team") as batch_op:
        batch_op.add_column(sa.Column("group_id", sa.String(length=255), nullable=True))
        batch_op.create_unique_constraint("uq_school_team_context_id_group_id", ["context_id", "group_id"])


def _without_school_team() -> None:
    with op.batch_alter_table("school_team") as batch_op:
        batch_op.drop_constraint("uq_school_team_context_id_group_id", type_="unique")
        batch_op.drop_column("group_id")


def _without_membership() -> None:
    with op.batch_alter_table("membership") as batch_op:
        batch_op.alter_column("seen_at", existing_type=UtcDateTime(), nullable=False)
        batch_op.drop_column("left_at")
        batch_op.drop_column("listed_at")
        batch_op.drop_column("is_test")


def _without_user_account() -> None:
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.drop_column("is_anonymous")


def _without_context() -> None:
    with op.batch_alter_table("context") as batch_op:
        batch_op.drop_constraint("fk_context_copied_from_id_context", type_="foreignkey")
        batch_op.drop_column("copied_from_id")
        batch_op.drop_column("groups_url")
        batch_op.drop_index("ix_context_roster_due_at")
        batch_op.drop_column("roster_query")
        batch_op.drop_column("roster_claimed_until")
        batch_op.drop_column("roster_due_at")
        batch_op.drop_column("roster_problem")
        batch_op.drop_column("roster_read_at")
        batch_op.drop_column("roster_url")
        batch_op.drop_column("grade_scopes")
        batch_op.drop_column("lineitems_url")


def _without_used_login() -> None:
    op.drop_table("used_login")
    op.create_table(
        "login_attempt",
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("target_link_uri", sa.Text(), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("consumed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_login_attempt_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("state_hash", name="pk_login_attempt"),
    )
    op.create_index("ix_login_attempt_expires_at", "login_attempt", ["expires_at"])


def _without_tool_key() -> None:
    with op.batch_alter_table("tool_key") as batch_op:
        batch_op.drop_column("signs_from")


def _without_registration() -> None:
    with op.batch_alter_table("registration") as batch_op:
        batch_op.drop_column("quiet_until")
        batch_op.drop_column("frame_ancestors")
        batch_op.drop_column("trusted_audiences")
        batch_op.drop_column("allows_anonymous")
        batch_op.drop_column("accepts_new_deployments")
        batch_op.drop_column("product")
        batch_op.drop_column("token_audience")
