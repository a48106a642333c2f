"""Which version a draft followed from which of its revisions on.

Revision: 0004, after 0003

Migrations go both ways. Ask before you merge: does it lock a large table, does the code of the
release before still run while it is applied, and is every new table named in the house test?
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# What the database itself refuses: changes of final rows.
TRIGGERS = {
    "sqlite": [
        'CREATE TRIGGER draft_base_no_update BEFORE UPDATE OF "draft_id", "revision", '
        '"version_id" ON draft_base BEGIN SELECT RAISE(ABORT, '
        "'rows of draft_base are final'); END",
        "CREATE TRIGGER draft_base_no_delete BEFORE DELETE ON draft_base BEGIN SELECT "
        "RAISE(ABORT, 'rows of draft_base are final'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION draft_base_final() RETURNS trigger AS $$ BEGIN RAISE "
        "EXCEPTION 'rows of draft_base are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER draft_base_no_update BEFORE UPDATE OF "draft_id", "revision", '
        '"version_id" ON draft_base FOR EACH ROW EXECUTE FUNCTION draft_base_final()',
        "CREATE TRIGGER draft_base_no_delete BEFORE DELETE ON draft_base FOR EACH ROW "
        "EXECUTE FUNCTION draft_base_final()",
    ],
}


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "draft_base",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["module_draft.id"], name=op.f("fk_draft_base_draft_id")
        ),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_draft_base_version_id")),
        sa.PrimaryKeyConstraint("draft_id", "revision", name=op.f("pk_draft_base")),
    )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    """Go down."""
    op.drop_table("draft_base")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION IF EXISTS draft_base_final() CASCADE")
