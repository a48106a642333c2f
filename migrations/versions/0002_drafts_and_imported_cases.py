"""Drafts, imported cases, and what was decided with a version.

Revision: 0002, after 0001

Migrations go both ways. Ask before you merge: does it lock a large table, does the code of the
release before still run while it is applied, and is every new table named in the house test?
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What the database itself refuses: changes of final rows.
TRIGGERS = {
    "sqlite": [
        'CREATE TRIGGER case_review_no_update BEFORE UPDATE OF "case_id", "number", '
        '"saved_by", "saved_at", "what", "packed" ON case_review BEGIN SELECT RAISE(ABORT, '
        "'rows of case_review are final'); END",
        "CREATE TRIGGER case_review_no_delete BEFORE DELETE ON case_review BEGIN SELECT "
        "RAISE(ABORT, 'rows of case_review are final'); END",
        'CREATE TRIGGER draft_revision_no_update BEFORE UPDATE OF "draft_id", "number", '
        '"parent", "saved_by", "saved_at", "what", "part", "title", "packed", "digest" ON '
        "draft_revision BEGIN SELECT RAISE(ABORT, 'rows of draft_revision are final'); END",
        "CREATE TRIGGER draft_revision_no_delete BEFORE DELETE ON draft_revision BEGIN "
        "SELECT RAISE(ABORT, 'rows of draft_revision are final'); END",
        'CREATE TRIGGER sign_off_no_update BEFORE UPDATE OF "id", "draft_id", "revision", '
        '"digest", "signed_by", "signed_at", "approved", "note" ON sign_off BEGIN SELECT '
        "RAISE(ABORT, 'rows of sign_off are final'); END",
        "CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off BEGIN SELECT "
        "RAISE(ABORT, 'rows of sign_off are final'); END",
        'CREATE TRIGGER draft_comment_no_update BEFORE UPDATE OF "id", "draft_id", '
        '"revision", "part", "written_by", "written_at", "text" ON draft_comment BEGIN '
        "SELECT RAISE(ABORT, 'rows of draft_comment are final'); END",
        "CREATE TRIGGER draft_comment_no_delete BEFORE DELETE ON draft_comment BEGIN "
        "SELECT RAISE(ABORT, 'rows of draft_comment are final'); END",
        'CREATE TRIGGER published_change_no_update BEFORE UPDATE OF "version_id", '
        '"change", "draft_id", "revision", "approved_by", "ask_again_from", "decided_by", '
        '"decided_at" ON published_change BEGIN SELECT RAISE(ABORT, \'rows of '
        "published_change are final'); END",
        "CREATE TRIGGER published_change_no_delete BEFORE DELETE ON published_change BEGIN "
        "SELECT RAISE(ABORT, 'rows of published_change are final'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION case_review_final() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of case_review are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER case_review_no_update BEFORE UPDATE OF "case_id", "number", '
        '"saved_by", "saved_at", "what", "packed" ON case_review FOR EACH ROW EXECUTE '
        "FUNCTION case_review_final()",
        "CREATE TRIGGER case_review_no_delete BEFORE DELETE ON case_review FOR EACH "
        "ROW EXECUTE FUNCTION case_review_final()",
        "CREATE OR REPLACE FUNCTION draft_revision_final() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of draft_revision are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER draft_revision_no_update BEFORE UPDATE OF "draft_id", '
        '"number", "parent", "saved_by", "saved_at", "what", "part", "title", '
        '"packed", "digest" ON draft_revision FOR EACH ROW EXECUTE FUNCTION '
        "draft_revision_final()",
        "CREATE TRIGGER draft_revision_no_delete BEFORE DELETE ON draft_revision FOR "
        "EACH ROW EXECUTE FUNCTION draft_revision_final()",
        "CREATE OR REPLACE FUNCTION sign_off_final() RETURNS trigger AS $$ BEGIN RAISE "
        "EXCEPTION 'rows of sign_off are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER sign_off_no_update BEFORE UPDATE OF "id", "draft_id", '
        '"revision", "digest", "signed_by", "signed_at", "approved", "note" ON '
        "sign_off FOR EACH ROW EXECUTE FUNCTION sign_off_final()",
        "CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off FOR EACH ROW "
        "EXECUTE FUNCTION sign_off_final()",
        "CREATE OR REPLACE FUNCTION draft_comment_final() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of draft_comment are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER draft_comment_no_update BEFORE UPDATE OF "id", "draft_id", '
        '"revision", "part", "written_by", "written_at", "text" ON draft_comment FOR '
        "EACH ROW EXECUTE FUNCTION draft_comment_final()",
        "CREATE TRIGGER draft_comment_no_delete BEFORE DELETE ON draft_comment FOR "
        "EACH ROW EXECUTE FUNCTION draft_comment_final()",
        "CREATE OR REPLACE FUNCTION published_change_final() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'rows of published_change are final'; END $$ LANGUAGE "
        "plpgsql",
        'CREATE TRIGGER published_change_no_update BEFORE UPDATE OF "version_id", '
        '"change", "draft_id", "revision", "approved_by", "ask_again_from", '
        '"decided_by", "decided_at" ON published_change FOR EACH ROW EXECUTE FUNCTION '
        "published_change_final()",
        "CREATE TRIGGER published_change_no_delete BEFORE DELETE ON published_change "
        "FOR EACH ROW EXECUTE FUNCTION published_change_final()",
    ],
}
FUNCTIONS = (
    "case_review_final",
    "draft_revision_final",
    "sign_off_final",
    "draft_comment_final",
    "published_change_final",
)

# Numbers of saves, by which an older tab is known.
SAVES = (("reflection", "points_sequence"), ("commitment", "sequence"))


def upgrade() -> None:
    """Go up."""
    # ### commands auto generated by Alembic - please adjust! ###
    for table, column in SAVES:
        op.add_column(
            table, sa.Column(column, sa.Integer(), nullable=False, server_default="0")
        )
    op.create_table(
        "imported_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["force_id"], ["unit.id"], name=op.f("fk_imported_case_force_id")),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["person.id"], name=op.f("fk_imported_case_imported_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_case")),
    )
    with op.batch_alter_table("imported_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_case_force_id"), ["force_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_case_sha256"), ["sha256"], unique=False)

    op.create_table(
        "case_review",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["imported_case.id"], name=op.f("fk_case_review_case_id")
        ),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_case_review_saved_by")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_review")),
    )
    op.create_table(
        "module_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_revision", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_module_draft_asked_by")),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["version.id"], name=op.f("fk_module_draft_based_on_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_module_draft_created_by")
        ),
        sa.ForeignKeyConstraint(["force_id"], ["unit.id"], name=op.f("fk_module_draft_force_id")),
        sa.ForeignKeyConstraint(
            ["module_id"], ["module.id"], name=op.f("fk_module_draft_module_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_module_draft_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module_draft")),
        sa.UniqueConstraint("version_id", name=op.f("uq_module_draft_version_id")),
    )
    with op.batch_alter_table("module_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_draft_force_id"), ["force_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_module_draft_module_id"), ["module_id"], unique=False)

    op.create_table(
        "draft_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["module_draft.id"], name=op.f("fk_draft_comment_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["person.id"], name=op.f("fk_draft_comment_settled_by")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_draft_comment_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_comment")),
    )
    with op.batch_alter_table("draft_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_comment_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_draft_comment_written_by"), ["written_by"], unique=False
        )

    op.create_table(
        "draft_revision",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=True),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("part", sa.String(length=120), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["module_draft.id"], name=op.f("fk_draft_revision_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"], ["person.id"], name=op.f("fk_draft_revision_saved_by")
        ),
        sa.PrimaryKeyConstraint("draft_id", "number", name=op.f("pk_draft_revision")),
    )
    with op.batch_alter_table("draft_revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_revision_saved_by"), ["saved_by"], unique=False)

    op.create_table(
        "made_from",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("review", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["imported_case.id"], name=op.f("fk_made_from_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["module_draft.id"], name=op.f("fk_made_from_draft_id")
        ),
        sa.PrimaryKeyConstraint("draft_id", "case_id", name=op.f("pk_made_from")),
    )
    op.create_table(
        "published_change",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "cosmetic",
                "wording",
                "scoring",
                "structure",
                name="change",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("ask_again_from", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_published_change_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_published_change_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["module_draft.id"], name=op.f("fk_published_change_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_published_change_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_published_change")),
    )
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["module_draft.id"], name=op.f("fk_sign_off_draft_id")
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name=op.f("fk_sign_off_signed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
    )
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_off_draft_id"), ["draft_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_off_signed_by"), ["signed_by"], unique=False)

    # ### end Alembic commands ###
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    """Go down."""
    # ### commands auto generated by Alembic - please adjust! ###
    with op.batch_alter_table("sign_off", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_off_signed_by"))
        batch_op.drop_index(batch_op.f("ix_sign_off_draft_id"))

    op.drop_table("sign_off")
    op.drop_table("published_change")
    op.drop_table("made_from")
    with op.batch_alter_table("draft_revision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_revision_saved_by"))

    op.drop_table("draft_revision")
    with op.batch_alter_table("draft_comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_comment_written_by"))
        batch_op.drop_index(batch_op.f("ix_draft_comment_draft_id"))

    op.drop_table("draft_comment")
    with op.batch_alter_table("module_draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_module_draft_module_id"))
        batch_op.drop_index(batch_op.f("ix_module_draft_force_id"))

    op.drop_table("module_draft")
    op.drop_table("case_review")
    with op.batch_alter_table("imported_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_case_sha256"))
        batch_op.drop_index(batch_op.f("ix_imported_case_force_id"))

    op.drop_table("imported_case")
    for table, column in SAVES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
    # ### end Alembic commands ###
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
