"""What Alembic runs: the given connection, the tool's tables."""

from alembic import context

from lti_tool.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
