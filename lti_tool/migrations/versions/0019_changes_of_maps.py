"""Actors; fields of maps by row, section and name; references between rows; the change log instead of contributions.

Which kind a field is stands in the course and not here: references are filled for fields named `priority`, as the one
course with references calls them. Nothing is joined: what was kept as many saves stays as many.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from lti_tool.database import UtcDateTime

revision = "0019"
down_revision = "0018"

KINDS = (
    "changed",
    "put_back",
    "added",
    "moved",
    "removed",
    "restored",
    "joined",
    "left",
    "code_set",
    "code_taken",
)
WHAT = "what IN ({})".format(", ".join(f"'{kind}'" for kind in KINDS))
CONTRIBUTION = sa.table(
    "contribution",
    *(sa.column(name) for name in ("road_map_id", "revision", "user_id", "what", "row_id", "name", "before", "after")),
    sa.column("made_at", UtcDateTime()),
)
CHANGE = sa.table(
    "map_change",
    *(
        sa.column(name)
        for name in ("road_map_id", "revision", "actor_id", "what", "row_id", "section", "field", "before", "after")
    ),
    sa.column("began_at", UtcDateTime()),
    sa.column("made_at", UtcDateTime()),
)
FIELD = sa.table(
    "map_field",
    *(sa.column(name) for name in ("id", "road_map_id", "row_id", "name", "section", "field", "value")),
    sa.column("changed_by_id"),
)
ACTOR = sa.table("actor", sa.column("id"), sa.column("user_id"))
ROW = sa.table("map_row", sa.column("id"), sa.column("road_map_id"), sa.column("kind"))
REFERENCE = sa.table("map_reference", sa.column("field_id"), sa.column("row_id"))


def upgrade() -> None:
    """Make the tables and bring over every field, version and line of the log."""
    _actor()
    _map_field()
    _map_reference()
    _map_change()


def downgrade() -> None:
    """Bring everything back; what is new to the log is written down as a change."""
    _contribution()
    op.drop_table("map_reference")
    _named_map_field()
    op.drop_table("actor")


def _actor() -> None:
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name="fk_actor_user_id_user_account"),
        sa.PrimaryKeyConstraint("id", name="pk_actor"),
        sa.UniqueConstraint("user_id", name="uq_actor_user_id"),
    )
    wrote = sa.select(FIELD.c.changed_by_id.label("user_id")).where(FIELD.c.changed_by_id.is_not(None))
    people = sa.union(wrote, sa.select(CONTRIBUTION.c.user_id)).subquery()
    op.execute(ACTOR.insert().from_select(["user_id"], sa.select(people.c.user_id).order_by(people.c.user_id)))


def _map_field() -> None:
    with op.batch_alter_table("map_field") as batch_op:
        batch_op.add_column(sa.Column("section", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("field", sa.String(length=100), nullable=True))
        batch_op.drop_constraint("fk_map_field_changed_by_id_user_account", type_="foreignkey")
    op.execute(FIELD.update().values(**_parts(FIELD)))
    theirs = sa.select(ACTOR.c.id).where(ACTOR.c.user_id == FIELD.c.changed_by_id).scalar_subquery()
    op.execute(FIELD.update().values(changed_by_id=theirs))
    with op.batch_alter_table("map_field") as batch_op:
        batch_op.drop_index("ix_map_field_row_id")
        batch_op.drop_constraint("uq_map_field_road_map_id_name", type_="unique")
        batch_op.drop_column("name")
        batch_op.alter_column("field", existing_type=sa.String(length=100), nullable=False)
        batch_op.create_unique_constraint("uq_map_field_road_map_id_section_field", ["road_map_id", "section", "field"])
        batch_op.create_unique_constraint("uq_map_field_row_id_field", ["row_id", "field"])
        batch_op.create_check_constraint(op.f("ck_map_field_place"), "(row_id IS NULL) <> (section IS NULL)")
        batch_op.create_foreign_key("fk_map_field_changed_by_id_actor", "actor", ["changed_by_id"], ["id"])
        batch_op.create_index("ix_map_field_changed_by_id", ["changed_by_id"])


def _map_reference() -> None:
    op.create_table(
        "map_reference",
        sa.Column("field_id", sa.Integer(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["field_id"], ["map_field.id"], name="fk_map_reference_field_id_map_field"),
        sa.ForeignKeyConstraint(["row_id"], ["map_row.id"], name="fk_map_reference_row_id_map_row"),
        sa.PrimaryKeyConstraint("field_id", "row_id", name="pk_map_reference"),
    )
    op.create_index("ix_map_reference_row_id", "map_reference", ["row_id"])
    same = sa.and_(
        ROW.c.road_map_id == FIELD.c.road_map_id,
        ROW.c.kind == "priority",
        sa.cast(ROW.c.id, sa.String()) == FIELD.c.value,
    )
    found = sa.select(FIELD.c.id, ROW.c.id).join(ROW, same)
    named = found.where(FIELD.c.field == "priority", FIELD.c.row_id.is_not(None))
    op.execute(REFERENCE.insert().from_select(["field_id", "row_id"], named))


def _map_change() -> None:
    op.create_table(
        "map_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("road_map_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=True),
        sa.Column("section", sa.String(length=100), nullable=True),
        sa.Column("field", sa.String(length=100), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(WHAT, name=op.f("ck_map_change_what")),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_map_change_actor_id_actor"),
        sa.ForeignKeyConstraint(["road_map_id"], ["road_map.id"], name="fk_map_change_road_map_id_road_map"),
        sa.ForeignKeyConstraint(["row_id"], ["map_row.id"], name="fk_map_change_row_id_map_row"),
        sa.PrimaryKeyConstraint("id", name="pk_map_change"),
        sa.UniqueConstraint("road_map_id", "revision", name="uq_map_change_road_map_id_revision"),
    )
    op.create_index("ix_map_change_actor_id", "map_change", ["actor_id"])
    op.create_index("ix_map_change_row_id", "map_change", ["row_id", "field"])
    op.create_index("ix_map_change_section", "map_change", ["road_map_id", "section", "field"])
    old, parts = CONTRIBUTION.c, _parts(CONTRIBUTION)
    kept = sa.select(
        *(old.road_map_id, old.revision, ACTOR.c.id, old.what, old.row_id, parts["section"], parts["field"]),
        *(old.before, old.after, old.made_at, old.made_at),
    )
    kept = kept.join(ACTOR, ACTOR.c.user_id == old.user_id).order_by(old.road_map_id, old.revision)
    op.execute(CHANGE.insert().from_select([column.name for column in CHANGE.columns], kept))
    op.drop_table("contribution")


def _parts(table: sa.TableClause) -> dict[str, sa.ColumnElement[Any]]:
    """`p1.definition` as section and field, `action.17.what` as field; a line that is about no field has none."""
    name, has_row = table.c.name, table.c.row_id.is_not(None)
    first, rest = _cut(name)
    _, last = _cut(rest)
    return {
        "section": sa.case((sa.or_(has_row, name == ""), sa.null()), else_=first),
        "field": sa.case((name == "", sa.null()), (has_row, last), else_=rest),
    }


def _cut(text: sa.ColumnElement[Any]) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    """What stands before the first point of a text, and what behind it."""
    find = sa.func.strpos if op.get_bind().dialect.name == "postgresql" else sa.func.instr
    place = find(text, ".")
    return sa.func.substr(text, 1, place - 1), sa.func.substr(text, place + 1)


def _named_map_field() -> None:
    with op.batch_alter_table("map_field") as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(length=100), nullable=True))
        batch_op.drop_constraint("fk_map_field_changed_by_id_actor", type_="foreignkey")
        batch_op.drop_index("ix_map_field_changed_by_id")
    op.execute(FIELD.update().values(name=_name(FIELD)))
    theirs = sa.select(ACTOR.c.user_id).where(ACTOR.c.id == FIELD.c.changed_by_id).scalar_subquery()
    op.execute(FIELD.update().values(changed_by_id=theirs))
    with op.batch_alter_table("map_field") as batch_op:
        batch_op.drop_constraint("uq_map_field_road_map_id_section_field", type_="unique")
        batch_op.drop_constraint("uq_map_field_row_id_field", type_="unique")
        batch_op.drop_constraint(op.f("ck_map_field_place"), type_="check")
        batch_op.drop_column("section")
        batch_op.drop_column("field")
        batch_op.alter_column("name", existing_type=sa.String(length=100), nullable=False)
        batch_op.create_unique_constraint("uq_map_field_road_map_id_name", ["road_map_id", "name"])
        batch_op.create_foreign_key(
            "fk_map_field_changed_by_id_user_account", "user_account", ["changed_by_id"], ["id"]
        )
        batch_op.create_index("ix_map_field_row_id", ["row_id"])


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
    new = CHANGE.c
    what = sa.case((new.what == "put_back", "changed"), else_=new.what)
    name = sa.func.coalesce(_name(CHANGE), "")
    kept = sa.select(
        *(new.road_map_id, new.revision, ACTOR.c.user_id, what, new.row_id, name, new.before, new.after, new.made_at)
    )
    kept = kept.join(ACTOR, ACTOR.c.id == new.actor_id).order_by(new.road_map_id, new.revision)
    op.execute(CONTRIBUTION.insert().from_select([column.name for column in CONTRIBUTION.columns], kept))
    op.drop_table("map_change")


def _name(table: sa.TableClause) -> sa.ColumnElement[Any]:
    """The composed name; NULL where there is no field."""
    row_id = sa.cast(table.c.row_id, sa.String())
    kind = sa.select(ROW.c.kind).where(ROW.c.id == table.c.row_id).scalar_subquery()
    of_row = kind + "." + row_id + "." + table.c.field
    return sa.case((table.c.row_id.is_not(None), of_row), else_=table.c.section + "." + table.c.field)
