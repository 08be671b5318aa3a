"""The desk's lists are in the table of submissions; references have an index and enumerations a constraint."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

ROLES = ("trainer", "trainee", "administrator", "observer")
STATUSES = ("waiting", "draft", "released", "returned", "replaced")
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "membership": {"role": ROLES, "listed_role": ROLES},
    "launch": {"role": ROLES, "ending": ("done", "next_person", "idle", "rights", "switched_off")},
    "journal_entry": {"state": ("draft", "submitted", "returned", "graded")},
    "journal_revision": {"kind": ("replaced", "set_aside")},
    "feedback": {"verdict": ("returned", "graded")},
    "grade": {"state": ("draft", "released")},
    "delivery": {
        "state": ("waiting", "sending", "sent", "refused", "overtaken"),
        "activity_progress": ("Initialized", "Started", "InProgress", "Submitted", "Completed"),
        "grading_progress": ("FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"),
    },
    "unit_progress": {"status": ("incomplete", "completed", "passed", "failed")},
    "submission": {"status": STATUSES},
}
"""What each column may hold."""
SEARCHED = {
    "invitation": ("registration_id",),
    "context": ("copied_from_id",),
    "journal_entry": ("user_id",),
    "line_item": ("registration_id",),
    "membership": ("user_id",),
    "placed_activity": ("origin_id",),
    "school_team": ("founded_by_id",),
    "unit_progress": ("user_id",),
    "written_prompt": ("origin_id",),
    "delivery": ("user_id",),
    "launch": ("user_id", "registration_id", "context_id"),
    "team_member": ("user_id", "team_id"),
    "feedback": ("trainer_id",),
    "grade": ("grader_id",),
}
"""References by which rows are searched."""
LISTS = {
    "ix_submission_desk": ["context_id", "status", "submitted_at", "id"],
    "ix_submission_desk_prompt": ["context_id", "prompt", "status", "submitted_at", "id"],
}
FILL = """
UPDATE submission SET
    context_id = (SELECT context_id FROM journal_entry WHERE journal_entry.id = submission.entry_id),
    prompt = (SELECT prompt FROM journal_entry WHERE journal_entry.id = submission.entry_id),
    status = CASE
        WHEN EXISTS (
            SELECT 1 FROM submission AS later
            WHERE later.entry_id = submission.entry_id AND later.number > submission.number
        ) THEN 'replaced'
        WHEN EXISTS (
            SELECT 1 FROM grade WHERE grade.submission_id = submission.id AND grade.state = 'released'
        ) THEN 'released'
        WHEN EXISTS (
            SELECT 1 FROM journal_entry AS entry WHERE entry.id = submission.entry_id AND entry.state = 'returned'
        ) THEN 'returned'
        WHEN EXISTS (
            SELECT 1 FROM grade
            WHERE grade.submission_id = submission.id AND (CAST(grade.levels AS VARCHAR) <> '{}' OR grade.comment <> '')
        ) THEN 'draft'
        ELSE 'waiting'
    END
"""


def upgrade() -> None:
    """Put each submission into the list in which the desk has shown it, then the indices and constraints."""
    with op.batch_alter_table("submission") as batch_op:
        batch_op.add_column(sa.Column("context_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("prompt", sa.String(length=50), nullable=True))
        batch_op.add_column(sa.Column("status", sa.String(length=20), nullable=True))
    op.execute(FILL)
    with op.batch_alter_table("submission") as batch_op:
        batch_op.alter_column("context_id", existing_type=sa.Integer(), nullable=False)
        batch_op.alter_column("prompt", existing_type=sa.String(length=50), nullable=False)
        batch_op.alter_column("status", existing_type=sa.String(length=20), nullable=False)
        batch_op.create_foreign_key("fk_submission_context_id_context", "context", ["context_id"], ["id"])
        for name, columns in LISTS.items():
            batch_op.create_index(name, columns)
    op.create_index("ix_delivery_column_state", "delivery", ["line_item_id", "state"])
    for table, names in SEARCHED.items():
        for name in names:
            op.create_index(f"ix_{table}_{name}", table, [name])
    for table, enumerations in WORDS.items():
        with op.batch_alter_table(table) as batch_op:
            for name, words in enumerations.items():
                batch_op.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.column(name).in_(words))


def downgrade() -> None:
    """Take constraints, indices and columns away again."""
    for table, columns in WORDS.items():
        with op.batch_alter_table(table) as batch_op:
            for name in columns:
                batch_op.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    for table, names in SEARCHED.items():
        for name in names:
            op.drop_index(f"ix_{table}_{name}", table)
    op.drop_index("ix_delivery_column_state", "delivery")
    with op.batch_alter_table("submission") as batch_op:
        for name in LISTS:
            batch_op.drop_index(name)
        batch_op.drop_constraint("fk_submission_context_id_context", type_="foreignkey")
        for column in ("context_id", "prompt", "status"):
            batch_op.drop_column(column)
