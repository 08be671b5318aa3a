"""The names of school teams as they are searched, for lists that are paged by the database."""

import sqlalchemy as sa
from alembic import op

from lti_tool.search_text import folded

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the column and fill it."""
    with op.batch_alter_table("school_team") as batch_op:
        batch_op.add_column(sa.Column("search_name", sa.Text(), nullable=True))
    team = sa.table("school_team", sa.column("id"), sa.column("name"), sa.column("search_name"))
    connection = op.get_bind()
    for team_id, name in connection.execute(sa.select(team.c.id, team.c.name)).all():
        connection.execute(team.update().where(team.c.id == team_id).values(search_name=folded(name)))
    with op.batch_alter_table("school_team") as batch_op:
        batch_op.alter_column("search_name", existing_type=sa.Text(), nullable=False)
        batch_op.create_index("ix_school_team_search_name", ["context_id", "search_name"])


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("school_team") as batch_op:
        batch_op.drop_index("ix_school_team_search_name")
        batch_op.drop_column("search_name")
