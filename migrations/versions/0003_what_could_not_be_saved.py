"""What somebody typed into a part of a draft and could not save.

Revision: 0003, after 0002

Migrations go both ways. Ask before you merge: does it lock a large table, does the code of the
release before still run while it is applied, and is every new table named in the house test?
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "kept_part",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["module_draft.id"], name=op.f("fk_kept_part_draft_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_kept_part_person_id")),
        sa.PrimaryKeyConstraint(
            "draft_id", "part", "person_id", "base", name=op.f("pk_kept_part")
        ),
    )
    with op.batch_alter_table("kept_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_part_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("kept_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_part_person_id"))

    op.drop_table("kept_part")
