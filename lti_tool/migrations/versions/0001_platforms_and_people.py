"""Registrations, launches, people and their courses."""

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _registration()
    _deployment()
    _tool_key()
    _login_attempt()
    _context()
    _resource_link()
    _user_account()
    _membership()
    _school_team()
    _team_member()
    _launch()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("launch")
    op.drop_table("team_member")
    op.drop_table("school_team")
    op.drop_table("membership")
    op.drop_table("user_account")
    op.drop_table("resource_link")
    op.drop_table("context")
    op.drop_table("login_attempt")
    op.drop_table("tool_key")
    op.drop_table("deployment")
    op.drop_table("registration")


def _registration() -> None:
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("client_id", sa.String(length=255), nullable=False),
        sa.Column("auth_url", sa.String(length=2000), nullable=False),
        sa.Column("token_url", sa.String(length=2000), nullable=False),
        sa.Column("jwks_url", sa.String(length=2000), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_registration"),
        sa.UniqueConstraint("issuer", "client_id", name="uq_registration_issuer_client_id"),
    )


def _deployment() -> None:
    op.create_table(
        "deployment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_deployment_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deployment"),
        sa.UniqueConstraint("registration_id", "deployment_id", name="uq_deployment_registration_id_deployment_id"),
    )


def _tool_key() -> None:
    op.create_table(
        "tool_key",
        sa.Column("kid", sa.String(length=100), nullable=False),
        sa.Column("encrypted_pem", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("kid", name="pk_tool_key"),
    )


def _login_attempt() -> None:
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
    op.create_index("ix_login_attempt_expires_at", "login_attempt", ["expires_at"], unique=False)


def _context() -> None:
    op.create_table(
        "context",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("lti_id", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name="fk_context_deployment_id_deployment"),
        sa.PrimaryKeyConstraint("id", name="pk_context"),
        sa.UniqueConstraint("deployment_id", "lti_id", name="uq_context_deployment_id_lti_id"),
    )


def _resource_link() -> None:
    op.create_table(
        "resource_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("lti_id", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("activity", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_resource_link_context_id_context"),
        sa.PrimaryKeyConstraint("id", name="pk_resource_link"),
        sa.UniqueConstraint("context_id", "lti_id", name="uq_resource_link_context_id_lti_id"),
    )


def _user_account() -> None:
    op.create_table(
        "user_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_user_account_registration_id_registration"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_user_account"),
        sa.UniqueConstraint("registration_id", "subject", name="uq_user_account_registration_id_subject"),
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("trainer", "trainee", "administrator", "observer", name="role", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_membership_context_id_context"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_membership_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
        sa.UniqueConstraint("context_id", "user_id", name="uq_membership_context_id_user_id"),
    )


def _school_team() -> None:
    op.create_table(
        "school_team",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_school_team_context_id_context"),
        sa.PrimaryKeyConstraint("id", name="pk_school_team"),
        sa.UniqueConstraint("context_id", "name", name="uq_school_team_context_id_name"),
    )


def _team_member() -> None:
    op.create_table(
        "team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_team_member_context_id_context"),
        sa.ForeignKeyConstraint(["team_id"], ["school_team.id"], name="fk_team_member_team_id_school_team"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_team_member_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_team_member"),
        sa.UniqueConstraint("context_id", "user_id", name="uq_team_member_context_id_user_id"),
    )


def _launch() -> None:
    op.create_table(
        "launch",
        sa.Column("id", sa.String(length=43), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("resource_link_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("trainer", "trainee", "administrator", "observer", name="role", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("administers", sa.Boolean(), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("return_url", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_launch_context_id_context"),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name="fk_launch_deployment_id_deployment"),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name="fk_launch_registration_id_registration"
        ),
        sa.ForeignKeyConstraint(
            ["resource_link_id"], ["resource_link.id"], name="fk_launch_resource_link_id_resource_link"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_launch_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_launch"),
    )
    op.create_index("ix_launch_expires_at", "launch", ["expires_at"], unique=False)
