"""Where platforms want people back is encrypted: such an address may carry a session key."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import context, op

from lti_tool.platforms.keys.encryption import RETURN_ADDRESSES, Encryption

revision = "0011"
down_revision = "0010"

KEYS = {"launch": "id", "picking_request": "launch_id"}


def upgrade() -> None:
    """Encryption every address that is kept."""
    _rename("return_url", "sealed_return_url")
    _change(_seal().close)


def downgrade() -> None:
    """Open them again."""
    _change(_seal().open)
    _rename("sealed_return_url", "return_url")


def _seal() -> Encryption:
    return Encryption(RETURN_ADDRESSES, context.config.attributes["secret"])


def _rename(old: str, new: str) -> None:
    for table in KEYS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(old, new_column_name=new, existing_type=sa.Text(), existing_nullable=False)


def _change(do: Callable[[str], str]) -> None:
    connection = op.get_bind()
    for name, key in KEYS.items():
        table = sa.table(name, sa.column(key), sa.column("sealed_return_url"))
        kept = table.c.sealed_return_url
        for one, address in connection.execute(sa.select(table.c[key], kept).where(kept != "")).all():
            connection.execute(sa.update(table).where(table.c[key] == one).values(sealed_return_url=do(address)))
