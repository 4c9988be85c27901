"""Triggers that keep a posted statement as it was posted, on both engines."""

from __future__ import annotations

from sqlalchemy import DDL

TEXT = (
    "title_en",
    "title_zh",
    "body_en",
    "body_zh",
    "direction",
    "number",
    "register_number",
    "state",
    "deadline_at",
    "deadline_zone",
    "dated_on",
    "from_name",
    "meeting",
    "meeting_place",
    "meeting_from",
    "meeting_to",
    "questions_from",
    "questions_to",
    "approval",
    "approved_at",
    "posted_at",
)
_SAYS = "a posted statement stays as it is"


def frozen_once_posted() -> list[DDL]:
    """Return the DDL by which the text of a posted statement refuses UPDATE, and its row DELETE."""
    columns = ", ".join(TEXT)
    table = "liaison_statement"
    return [
        DDL(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OF {columns} ON {table} WHEN OLD.posted_at IS NOT NULL "
            f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
        ).execute_if(dialect="sqlite"),
        DDL(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN OLD.posted_at IS NOT NULL "
            f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
        ).execute_if(dialect="sqlite"),
        DDL(
            f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
        ).execute_if(dialect="postgresql"),
        DDL(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OF {columns} ON {table} FOR EACH ROW "
            f"WHEN (OLD.posted_at IS NOT NULL) EXECUTE FUNCTION {table}_frozen()"
        ).execute_if(dialect="postgresql"),
        DDL(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW "
            f"WHEN (OLD.posted_at IS NOT NULL) EXECUTE FUNCTION {table}_frozen()"
        ).execute_if(dialect="postgresql"),
    ]


def frozen_with_statement(table: str, *, adding_only: bool = False) -> list[DDL]:
    """Return the DDL by which rows of a posted statement refuse to be added, changed or removed.

    ``adding_only``: a row may still be marked, such as a file that was taken out, but none is added or removed.
    """
    steps = ("INSERT", "DELETE") if adding_only else ("INSERT", "UPDATE", "DELETE")
    found: list[DDL] = []
    for step in steps:
        row = "NEW" if step == "INSERT" else "OLD"
        posted = f"EXISTS (SELECT 1 FROM liaison_statement WHERE id = {row}.statement_id AND posted_at IS NOT NULL)"  # noqa: S608
        name = f"{table}_no_{step.lower()}"
        found += [
            DDL(
                f"CREATE TRIGGER {name} BEFORE {step} ON {table} WHEN {posted} "
                f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
            ).execute_if(dialect="sqlite"),
            DDL(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF {posted} THEN RAISE EXCEPTION '{_SAYS}'; END IF; RETURN {row}; END $$"
            ).execute_if(dialect="postgresql"),
            DDL(f"CREATE TRIGGER {name} BEFORE {step} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()").execute_if(
                dialect="postgresql"
            ),
        ]
    return found
