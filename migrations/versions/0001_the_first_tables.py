"""The first tables.

Revision: 0001, after

Migrations go both ways. Ask before you merge: does it lock a large table, does the code of the
release before still run while it is applied, and is every new table named in the house test?
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# What the database itself refuses: changes of final rows, and intervals that overlap.
TRIGGERS = {
    "sqlite": [
        'CREATE TRIGGER audit_entry_no_update BEFORE UPDATE OF "id", "at", "actor_id", '
        '"act", "subject", "sentence" ON audit_entry BEGIN SELECT RAISE(ABORT, \'rows of '
        "audit_entry are final'); END",
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT "
        "RAISE(ABORT, 'rows of audit_entry are final'); END",
        'CREATE TRIGGER version_no_update BEFORE UPDATE OF "id", "module_id", "number", '
        '"title", "minutes", "document", "digest", "published_at", "published_by" ON '
        "version BEGIN SELECT RAISE(ABORT, 'rows of version are final'); END",
        "CREATE TRIGGER version_no_delete BEFORE DELETE ON version BEGIN SELECT "
        "RAISE(ABORT, 'rows of version are final'); END",
        'CREATE TRIGGER completion_no_update BEFORE UPDATE OF "id", "key", "person_id", '
        '"module_id", "version_id", "completed_on", "recorded_at", "unit_id", "unit_name" '
        "ON completion BEGIN SELECT RAISE(ABORT, 'rows of completion are final'); END",
        "CREATE TRIGGER completion_no_delete BEFORE DELETE ON completion BEGIN SELECT "
        "RAISE(ABORT, 'rows of completion are final'); END",
        'CREATE TRIGGER attempt_no_update BEFORE UPDATE OF "id", "learner_id", '
        '"module_id", "version_id", "seed", "started_at" ON attempt BEGIN SELECT '
        "RAISE(ABORT, 'rows of attempt are final'); END",
        "CREATE TRIGGER attempt_no_delete BEFORE DELETE ON attempt BEGIN SELECT "
        "RAISE(ABORT, 'rows of attempt are final'); END",
        'CREATE TRIGGER answer_no_update BEFORE UPDATE OF "attempt_id", "item_id", "look", '
        '"response", "credit", "scheme", "committed_at" ON answer BEGIN SELECT '
        "RAISE(ABORT, 'rows of answer are final'); END",
        "CREATE TRIGGER answer_no_delete BEFORE DELETE ON answer BEGIN SELECT RAISE(ABORT, "
        "'rows of answer are final'); END",
        'CREATE TRIGGER facilitated_session_no_update BEFORE UPDATE OF "id", "version_id", '
        '"held_on", "recorded_at", "recorded_by", "attended" ON facilitated_session BEGIN '
        "SELECT RAISE(ABORT, 'rows of facilitated_session are final'); END",
        "CREATE TRIGGER facilitated_session_no_delete BEFORE DELETE ON facilitated_session "
        "BEGIN SELECT RAISE(ABORT, 'rows of facilitated_session are final'); END",
        'CREATE TRIGGER assignment_no_update BEFORE UPDATE OF "id", "module_id", '
        '"unit_id", "due_on", "earlier", "key", "assigned_at", "assigned_by" ON assignment '
        "BEGIN SELECT RAISE(ABORT, 'rows of assignment are final'); END",
        "CREATE TRIGGER assignment_no_delete BEFORE DELETE ON assignment BEGIN SELECT "
        "RAISE(ABORT, 'rows of assignment are final'); END",
        'CREATE TRIGGER occurrence_no_update BEFORE UPDATE OF "id", "assignment_id", '
        '"person_id", "module_id", "due_on", "asked_at" ON occurrence BEGIN SELECT '
        "RAISE(ABORT, 'rows of occurrence are final'); END",
        "CREATE TRIGGER occurrence_no_delete BEFORE DELETE ON occurrence BEGIN SELECT "
        "RAISE(ABORT, 'rows of occurrence are final'); END",
        "CREATE TRIGGER membership_no_overlap_insert BEFORE INSERT ON membership BEGIN "
        "SELECT RAISE(ABORT, 'intervals of membership overlap') WHERE EXISTS (SELECT 1 "
        "FROM membership other WHERE other.person_id = NEW.person_id AND other.from_on < "
        "coalesce(NEW.until_on, '9999-12-31') AND coalesce(other.until_on, '9999-12-31') > "
        "NEW.from_on); END",
        "CREATE TRIGGER membership_no_overlap_update BEFORE UPDATE OF person_id, from_on, "
        "until_on ON membership BEGIN SELECT RAISE(ABORT, 'intervals of membership "
        "overlap') WHERE EXISTS (SELECT 1 FROM membership other WHERE other.person_id = "
        "NEW.person_id AND other.from_on < coalesce(NEW.until_on, '9999-12-31') AND "
        "coalesce(other.until_on, '9999-12-31') > NEW.from_on AND other.rowid <> "
        "OLD.rowid); END",
        "CREATE TRIGGER unit_parent_no_overlap_insert BEFORE INSERT ON unit_parent BEGIN "
        "SELECT RAISE(ABORT, 'intervals of unit_parent overlap') WHERE EXISTS (SELECT 1 "
        "FROM unit_parent other WHERE other.unit_id = NEW.unit_id AND other.from_on < "
        "coalesce(NEW.until_on, '9999-12-31') AND coalesce(other.until_on, '9999-12-31') > "
        "NEW.from_on); END",
        "CREATE TRIGGER unit_parent_no_overlap_update BEFORE UPDATE OF unit_id, from_on, "
        "until_on ON unit_parent BEGIN SELECT RAISE(ABORT, 'intervals of unit_parent "
        "overlap') WHERE EXISTS (SELECT 1 FROM unit_parent other WHERE other.unit_id = "
        "NEW.unit_id AND other.from_on < coalesce(NEW.until_on, '9999-12-31') AND "
        "coalesce(other.until_on, '9999-12-31') > NEW.from_on AND other.rowid <> "
        "OLD.rowid); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION audit_entry_final() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of audit_entry are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER audit_entry_no_update BEFORE UPDATE OF "id", "at", "actor_id", '
        '"act", "subject", "sentence" ON audit_entry FOR EACH ROW EXECUTE FUNCTION '
        "audit_entry_final()",
        "CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry FOR EACH "
        "ROW EXECUTE FUNCTION audit_entry_final()",
        "CREATE OR REPLACE FUNCTION version_final() RETURNS trigger AS $$ BEGIN RAISE "
        "EXCEPTION 'rows of version are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER version_no_update BEFORE UPDATE OF "id", "module_id", '
        '"number", "title", "minutes", "document", "digest", "published_at", '
        '"published_by" ON version FOR EACH ROW EXECUTE FUNCTION version_final()',
        "CREATE TRIGGER version_no_delete BEFORE DELETE ON version FOR EACH ROW "
        "EXECUTE FUNCTION version_final()",
        "CREATE OR REPLACE FUNCTION completion_final() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of completion are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER completion_no_update BEFORE UPDATE OF "id", "key", '
        '"person_id", "module_id", "version_id", "completed_on", "recorded_at", '
        '"unit_id", "unit_name" ON completion FOR EACH ROW EXECUTE FUNCTION '
        "completion_final()",
        "CREATE TRIGGER completion_no_delete BEFORE DELETE ON completion FOR EACH ROW "
        "EXECUTE FUNCTION completion_final()",
        "CREATE OR REPLACE FUNCTION attempt_final() RETURNS trigger AS $$ BEGIN RAISE "
        "EXCEPTION 'rows of attempt are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER attempt_no_update BEFORE UPDATE OF "id", "learner_id", '
        '"module_id", "version_id", "seed", "started_at" ON attempt FOR EACH ROW '
        "EXECUTE FUNCTION attempt_final()",
        "CREATE TRIGGER attempt_no_delete BEFORE DELETE ON attempt FOR EACH ROW "
        "EXECUTE FUNCTION attempt_final()",
        "CREATE OR REPLACE FUNCTION answer_final() RETURNS trigger AS $$ BEGIN RAISE "
        "EXCEPTION 'rows of answer are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER answer_no_update BEFORE UPDATE OF "attempt_id", "item_id", '
        '"look", "response", "credit", "scheme", "committed_at" ON answer FOR EACH ROW '
        "EXECUTE FUNCTION answer_final()",
        "CREATE TRIGGER answer_no_delete BEFORE DELETE ON answer FOR EACH ROW EXECUTE "
        "FUNCTION answer_final()",
        "CREATE OR REPLACE FUNCTION facilitated_session_final() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION 'rows of facilitated_session are final'; END $$ "
        "LANGUAGE plpgsql",
        'CREATE TRIGGER facilitated_session_no_update BEFORE UPDATE OF "id", '
        '"version_id", "held_on", "recorded_at", "recorded_by", "attended" ON '
        "facilitated_session FOR EACH ROW EXECUTE FUNCTION facilitated_session_final()",
        "CREATE TRIGGER facilitated_session_no_delete BEFORE DELETE ON "
        "facilitated_session FOR EACH ROW EXECUTE FUNCTION facilitated_session_final()",
        "CREATE OR REPLACE FUNCTION assignment_final() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of assignment are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER assignment_no_update BEFORE UPDATE OF "id", "module_id", '
        '"unit_id", "due_on", "earlier", "key", "assigned_at", "assigned_by" ON '
        "assignment FOR EACH ROW EXECUTE FUNCTION assignment_final()",
        "CREATE TRIGGER assignment_no_delete BEFORE DELETE ON assignment FOR EACH ROW "
        "EXECUTE FUNCTION assignment_final()",
        "CREATE OR REPLACE FUNCTION occurrence_final() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'rows of occurrence are final'; END $$ LANGUAGE plpgsql",
        'CREATE TRIGGER occurrence_no_update BEFORE UPDATE OF "id", "assignment_id", '
        '"person_id", "module_id", "due_on", "asked_at" ON occurrence FOR EACH ROW '
        "EXECUTE FUNCTION occurrence_final()",
        "CREATE TRIGGER occurrence_no_delete BEFORE DELETE ON occurrence FOR EACH ROW "
        "EXECUTE FUNCTION occurrence_final()",
        "CREATE OR REPLACE FUNCTION membership_overlap() RETURNS trigger AS $$ BEGIN "
        "IF EXISTS (SELECT 1 FROM membership other WHERE other.person_id = "
        "NEW.person_id AND other.from_on < coalesce(NEW.until_on, '9999-12-31') AND "
        "coalesce(other.until_on, '9999-12-31') > NEW.from_on AND NOT (TG_OP = "
        "'UPDATE' AND other.person_id = OLD.person_id AND other.from_on = "
        "OLD.from_on)) THEN RAISE EXCEPTION 'intervals of membership overlap'; END IF; "
        "RETURN NEW; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER membership_no_overlap_insert BEFORE INSERT ON membership FOR "
        "EACH ROW EXECUTE FUNCTION membership_overlap()",
        "CREATE TRIGGER membership_no_overlap_update BEFORE UPDATE OF person_id, "
        "from_on, until_on ON membership FOR EACH ROW EXECUTE FUNCTION "
        "membership_overlap()",
        "CREATE OR REPLACE FUNCTION unit_parent_overlap() RETURNS trigger AS $$ BEGIN "
        "IF EXISTS (SELECT 1 FROM unit_parent other WHERE other.unit_id = NEW.unit_id "
        "AND other.from_on < coalesce(NEW.until_on, '9999-12-31') AND "
        "coalesce(other.until_on, '9999-12-31') > NEW.from_on AND NOT (TG_OP = "
        "'UPDATE' AND other.unit_id = OLD.unit_id AND other.from_on = OLD.from_on)) "
        "THEN RAISE EXCEPTION 'intervals of unit_parent overlap'; END IF; RETURN NEW; "
        "END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER unit_parent_no_overlap_insert BEFORE INSERT ON unit_parent FOR "
        "EACH ROW EXECUTE FUNCTION unit_parent_overlap()",
        "CREATE TRIGGER unit_parent_no_overlap_update BEFORE UPDATE OF unit_id, "
        "from_on, until_on ON unit_parent FOR EACH ROW EXECUTE FUNCTION "
        "unit_parent_overlap()",
    ],
}
FUNCTIONS = [
    "audit_entry_final",
    "version_final",
    "completion_final",
    "attempt_final",
    "answer_final",
    "facilitated_session_final",
    "assignment_final",
    "occurrence_final",
    "membership_overlap",
    "unit_parent_overlap",
]


def upgrade() -> None:
    """Go up."""
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "outgoing_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "recovery", name="mailkind", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sent",
                "nobody",
                "given_up",
                name="mailstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("sealed_address", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.String(length=200), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'waiting') = (sealed_address IS NOT NULL)",
            name=op.f("ck_outgoing_mail_keeps_the_address_only_while_waiting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_mail")),
    )
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index("ix_outgoing_mail_due", ["state", "next_try_at"], unique=False)

    op.create_table(
        "sign_in_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_digest", sa.String(length=64), nullable=False),
        sa.Column("address_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempt_account", ["account_digest", "at"], unique=False)
        batch_op.create_index("ix_sign_in_attempt_address", ["address_digest", "at"], unique=False)
        batch_op.create_index("ix_sign_in_attempt_at", ["at"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "force",
                "department",
                "team",
                name="unitkind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'force') = (force_id IS NULL)", name=op.f("ck_unit_only_a_force_is_a_root")
        ),
        sa.ForeignKeyConstraint(["force_id"], ["unit.id"], name=op.f("fk_unit_force_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("force_id", "name", name=op.f("uq_unit_force_id_name")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_unit_path", ["path"], unique=False, postgresql_ops={"path": "text_pattern_ops"}
        )
        batch_op.create_index(
            "uq_unit_force_name",
            ["name"],
            unique=True,
            sqlite_where=sa.text("force_id IS NULL"),
            postgresql_where=sa.text("force_id IS NULL"),
        )

    op.create_table(
        "module",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["unit.id"], name=op.f("fk_module_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_module")),
        sa.UniqueConstraint("slug", name=op.f("uq_module_slug")),
    )
    with op.batch_alter_table("module", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_module_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("personnel_number", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deactivated_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_is_lower_case")),
        sa.ForeignKeyConstraint(["force_id"], ["unit.id"], name=op.f("fk_person_force_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint(
            "force_id", "personnel_number", name=op.f("uq_person_force_id_personnel_number")
        ),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_name", ["name", "id"], unique=False)

    op.create_table(
        "unit_parent",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on > from_on",
            name=op.f("ck_unit_parent_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_parent_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_parent_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "from_on", name=op.f("pk_unit_parent")),
    )
    with op.batch_alter_table("unit_parent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_parent_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            "uq_unit_parent_current",
            ["unit_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "earlier",
            sa.Enum(
                "counts",
                "again",
                name="earlier",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawal_reason IS NULL)",
            name=op.f("ck_assignment_withdrawn_with_a_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["person.id"], name=op.f("fk_assignment_assigned_by")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_assignment_module_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_assignment_unit_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_assignment_withdrawn_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("key", name=op.f("uq_assignment_key")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assignment_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignment_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_audit_entry_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_subject"), ["subject"], unique=False)

    op.create_table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on > from_on",
            name=op.f("ck_membership_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_membership_unit_id")),
        sa.PrimaryKeyConstraint("person_id", "from_on", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(
            "ix_membership_unit_current", ["unit_id", "until_on", "person_id"], unique=False
        )
        batch_op.create_index(
            "uq_membership_current",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )

    op.create_table(
        "password_link",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "first",
                "recovery",
                name="linkpurpose",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_password_link_issued_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_password_link_person_id")
        ),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_password_link")),
    )
    with op.batch_alter_table("password_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_password_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "people_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("force_id", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("deactivate_missing", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("plan_digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("difference", sa.LargeBinary(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["force_id"], ["unit.id"], name=op.f("fk_people_import_force_id")),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["person.id"], name=op.f("fk_people_import_uploaded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_import")),
    )
    with op.batch_alter_table("people_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_import_force_id"), ["force_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_people_import_uploaded_at"), ["uploaded_at"], unique=False
        )

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "trainer",
                "manager",
                "administrator",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_role_grant_ended_by")),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["person.id"], name=op.f("fk_role_grant_granted_by")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_grant_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            "uq_role_grant_current",
            ["person_id", "role", "unit_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "sign_in",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("browser", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("token_digest", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)

    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("number >= 1", name=op.f("ck_version_numbers_begin_at_one")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_version_module_id")),
        sa.ForeignKeyConstraint(
            ["published_by"], ["person.id"], name=op.f("fk_version_published_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("module_id", "number", name=op.f("uq_version_module_id_number")),
    )
    op.create_table(
        "completion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("unit_name", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_completion_module_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_completion_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_completion_unit_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_completion_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
        sa.UniqueConstraint("key", name=op.f("uq_completion_key")),
    )
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_completion_module_id"), ["module_id"], unique=False)
        batch_op.create_index(
            "ix_completion_person_module", ["person_id", "module_id"], unique=False
        )

    op.create_table(
        "facilitated_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_facilitated_session_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_facilitated_session_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facilitated_session")),
    )
    with op.batch_alter_table("facilitated_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_facilitated_session_recorded_by"), ["recorded_by"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_facilitated_session_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active_seconds", sa.Integer(), nullable=False),
        sa.Column("completion_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["completion.id"], name=op.f("fk_attempt_completion_id")
        ),
        sa.ForeignKeyConstraint(["learner_id"], ["person.id"], name=op.f("fk_attempt_learner_id")),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_attempt_module_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_attempt_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("completion_id", name=op.f("uq_attempt_completion_id")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_learner", ["learner_id", "started_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempt_module_id"), ["module_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attempt_version_id"), ["version_id"], unique=False)
        batch_op.create_index(
            "uq_attempt_open",
            ["learner_id", "module_id"],
            unique=True,
            sqlite_where=sa.text("completion_id IS NULL"),
            postgresql_where=sa.text("completion_id IS NULL"),
        )

    op.create_table(
        "occurrence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completion_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "completion_id IS NULL OR withdrawn_at IS NULL",
            name=op.f("ck_occurrence_completed_stays_completed"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_occurrence_assignment_id")
        ),
        sa.ForeignKeyConstraint(
            ["completion_id"], ["completion.id"], name=op.f("fk_occurrence_completion_id")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_occurrence_module_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_occurrence_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint(
            "assignment_id", "person_id", name=op.f("uq_occurrence_assignment_id_person_id")
        ),
    )
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_occurrence_completion_id"), ["completion_id"], unique=False
        )
        batch_op.create_index(
            "ix_occurrence_module_person", ["module_id", "person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_occurrence_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "uq_occurrence_open",
            ["person_id", "module_id"],
            unique=True,
            sqlite_where=sa.text("completion_id IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("completion_id IS NULL AND withdrawn_at IS NULL"),
        )

    op.create_table(
        "answer",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=80), nullable=False),
        sa.Column(
            "look",
            sa.Enum(
                "first", "again", name="look", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("response", sa.Text(), nullable=False),
        sa.Column("credit", sa.String(length=20), nullable=False),
        sa.Column("scheme", sa.String(length=200), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_answer_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", "item_id", "look", name=op.f("pk_answer")),
    )
    op.create_table(
        "commitment",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_commitment_attempt_id")
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_commitment")),
    )
    op.create_table(
        "draft",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=80), nullable=False),
        sa.Column(
            "look",
            sa.Enum(
                "first", "again", name="look", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_draft_attempt_id")),
        sa.PrimaryKeyConstraint("attempt_id", "item_id", "look", name=op.f("pk_draft")),
    )
    op.create_table(
        "reflection",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "written",
                "skipped",
                name="reflectionstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("points", sa.LargeBinary(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("points_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_reflection_attempt_id")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "item_id", name=op.f("pk_reflection")),
    )
    # ### end Alembic commands ###
    dialect = op.get_bind().dialect.name
    for statement in TRIGGERS[dialect]:
        op.execute(sa.text(statement.replace(":", "\\:")))


def downgrade() -> None:
    """Go down."""
    # ### commands auto generated by Alembic - please adjust! ###
    op.drop_table("reflection")
    op.drop_table("draft")
    op.drop_table("commitment")
    op.drop_table("answer")
    with op.batch_alter_table("occurrence", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_occurrence_open",
            sqlite_where=sa.text("completion_id IS NULL AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("completion_id IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_occurrence_person_id"))
        batch_op.drop_index("ix_occurrence_module_person")
        batch_op.drop_index(batch_op.f("ix_occurrence_completion_id"))

    op.drop_table("occurrence")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_attempt_open",
            sqlite_where=sa.text("completion_id IS NULL"),
            postgresql_where=sa.text("completion_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_attempt_version_id"))
        batch_op.drop_index(batch_op.f("ix_attempt_module_id"))
        batch_op.drop_index("ix_attempt_learner")

    op.drop_table("attempt")
    with op.batch_alter_table("facilitated_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_facilitated_session_version_id"))
        batch_op.drop_index(batch_op.f("ix_facilitated_session_recorded_by"))

    op.drop_table("facilitated_session")
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.drop_index("ix_completion_person_module")
        batch_op.drop_index(batch_op.f("ix_completion_module_id"))

    op.drop_table("completion")
    op.drop_table("version")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_grant_current",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_role_grant_unit_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("people_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_import_uploaded_at"))
        batch_op.drop_index(batch_op.f("ix_people_import_force_id"))

    op.drop_table("people_import")
    with op.batch_alter_table("password_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_password_link_person_id"))

    op.drop_table("password_link")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_membership_current",
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )
        batch_op.drop_index("ix_membership_unit_current")

    op.drop_table("membership")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_subject"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_actor_id"))

    op.drop_table("audit_entry")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignment_unit_id"))
        batch_op.drop_index(batch_op.f("ix_assignment_module_id"))

    op.drop_table("assignment")
    with op.batch_alter_table("unit_parent", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_unit_parent_current",
            sqlite_where=sa.text("until_on IS NULL"),
            postgresql_where=sa.text("until_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_unit_parent_parent_id"))

    op.drop_table("unit_parent")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_name")

    op.drop_table("person")
    with op.batch_alter_table("module", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_module_owner_id"))

    op.drop_table("module")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_unit_force_name",
            sqlite_where=sa.text("force_id IS NULL"),
            postgresql_where=sa.text("force_id IS NULL"),
        )
        batch_op.drop_index("ix_unit_path", postgresql_ops={"path": "text_pattern_ops"})

    op.drop_table("unit")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempt_at")
        batch_op.drop_index("ix_sign_in_attempt_address")
        batch_op.drop_index("ix_sign_in_attempt_account")

    op.drop_table("sign_in_attempt")
    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_mail_due")

    op.drop_table("outgoing_mail")
    # ### end Alembic commands ###
    if op.get_bind().dialect.name == "postgresql":
        for name in FUNCTIONS:
            op.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
