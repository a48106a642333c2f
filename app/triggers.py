"""What the database itself refuses: changes of final rows, and intervals that overlap."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import event


def _register(table: sa.Table, triggers: dict[str, list[str]]) -> None:
    """Let databases that tests create from the models carry what the migration writes."""
    for dialect, statements in triggers.items():
        for statement in statements:
            ddl = sa.DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


def final_rows(table: sa.Table, *, may_change: tuple[str, ...] = ()) -> None:
    """Let the database itself refuse to delete rows of `table` or to change any column of them.

    Columns in `may_change` stay free. The migration holds the same statements; this
    registers them for databases that tests create from the models.
    """
    _register(table, final_row_triggers(table, may_change))


def final_row_triggers(table: sa.Table, may_change: tuple[str, ...]) -> dict[str, list[str]]:
    """Return, by dialect, the statements that make rows of `table` final."""
    name, said = table.name, f"rows of {table.name} are final"
    held = [column.name for column in table.columns if column.name not in may_change]
    columns = ", ".join(f'"{column}"' for column in held)
    function = (
        f"CREATE OR REPLACE FUNCTION {name}_final() RETURNS trigger AS $$ BEGIN "
        f"RAISE EXCEPTION '{said}'; END $$ LANGUAGE plpgsql"
    )
    return {
        "sqlite": [
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE OF {columns} ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END",
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END",
        ],
        "postgresql": [
            function,
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE OF {columns} ON {name} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_final()",
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_final()",
        ],
    }


def no_overlap(table: sa.Table, key: str) -> None:
    """Let the database itself refuse intervals of one `key` that share a day.

    An interval runs from `from_on` up to, not including, `until_on`; empty means it still holds.
    """
    _register(table, no_overlap_triggers(table, key))


def no_overlap_triggers(table: sa.Table, key: str) -> dict[str, list[str]]:
    """Return, by dialect, the statements that keep the intervals of one `key` apart."""
    name, said = table.name, f"intervals of {table.name} overlap"
    shared = (
        f"SELECT 1 FROM {name} other WHERE other.{key} = NEW.{key} "  # noqa: S608 our own names
        "AND other.from_on < coalesce(NEW.until_on, '9999-12-31') "
        "AND coalesce(other.until_on, '9999-12-31') > NEW.from_on"
    )
    moments = {"insert": "INSERT", "update": f"UPDATE OF {key}, from_on, until_on"}
    function = (
        f"CREATE OR REPLACE FUNCTION {name}_overlap() RETURNS trigger AS $$ BEGIN "
        f"IF EXISTS ({shared} AND NOT (TG_OP = 'UPDATE' AND other.{key} = OLD.{key} "
        "AND other.from_on = OLD.from_on)) "
        f"THEN RAISE EXCEPTION '{said}'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql"
    )
    itself = {"insert": "", "update": " AND other.rowid <> OLD.rowid"}
    return {
        "sqlite": [
            f"CREATE TRIGGER {name}_no_overlap_{when} BEFORE {moment} ON {name} BEGIN "
            f"SELECT RAISE(ABORT, '{said}') WHERE EXISTS ({shared}{itself[when]}); END"
            for when, moment in moments.items()
        ],
        "postgresql": [
            function,
            *(
                f"CREATE TRIGGER {name}_no_overlap_{when} BEFORE {moment} ON {name} "
                f"FOR EACH ROW EXECUTE FUNCTION {name}_overlap()"
                for when, moment in moments.items()
            ),
        ],
    }
