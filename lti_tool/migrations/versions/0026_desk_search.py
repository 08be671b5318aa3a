"""The names of people as they are searched; how each trainer wants the desk."""

import sqlalchemy as sa
from alembic import op

from lti_tool.search_text import folded

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the column and fill it; make the table."""
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.add_column(sa.Column("search_name", sa.Text(), nullable=True))
    user = sa.table("user_account", sa.column("id"), sa.column("name"), sa.column("search_name"))
    connection = op.get_bind()
    for user_id, name in connection.execute(sa.select(user.c.id, user.c.name)).all():
        connection.execute(user.update().where(user.c.id == user_id).values(search_name=folded(name)))
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.alter_column("search_name", existing_type=sa.Text(), nullable=False)
    op.create_table(
        "desk_setting",
        sa.Column("context_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("hides_names", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["context_id"], ["context.id"], name="fk_desk_setting_context_id_context"),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_desk_setting_user_id_user_account"),
        sa.PrimaryKeyConstraint("context_id", "user_id", name="pk_desk_setting"),
    )
    op.create_index("ix_desk_setting_user_id", "desk_setting", ["user_id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_desk_setting_user_id", "desk_setting")
    op.drop_table("desk_setting")
    with op.batch_alter_table("user_account") as batch_op:
        batch_op.drop_column("search_name")
