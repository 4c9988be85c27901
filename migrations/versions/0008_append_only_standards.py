"""Make votes, results, posted statements and what others answered append-only, and index the search of standards.

Revision 0008, follows 0007; made on 2026-11-23.
"""

from __future__ import annotations

import re

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SQLITE = (
    """
    CREATE TRIGGER ballot_rule_no_update BEFORE UPDATE ON ballot_rule BEGIN SELECT RAISE(ABORT, 'ballot_rule is
    append-only'); END
    """,
    """
    CREATE TRIGGER ballot_rule_no_delete BEFORE DELETE ON ballot_rule BEGIN SELECT RAISE(ABORT, 'ballot_rule is
    append-only'); END
    """,
    """
    CREATE TRIGGER ballot_terms_no_update BEFORE UPDATE ON ballot_terms BEGIN SELECT RAISE(ABORT, 'ballot_terms
    is append-only'); END
    """,
    """
    CREATE TRIGGER ballot_terms_no_delete BEFORE DELETE ON ballot_terms BEGIN SELECT RAISE(ABORT, 'ballot_terms
    is append-only'); END
    """,
    """
    CREATE TRIGGER liaison_rule_no_update BEFORE UPDATE ON liaison_rule BEGIN SELECT RAISE(ABORT, 'liaison_rule
    is append-only'); END
    """,
    """
    CREATE TRIGGER liaison_rule_no_delete BEFORE DELETE ON liaison_rule BEGIN SELECT RAISE(ABORT, 'liaison_rule
    is append-only'); END
    """,
    """
    CREATE TRIGGER liaison_statement_no_change BEFORE UPDATE OF title_en, title_zh, body_en, body_zh, direction,
    number, register_number, state, deadline_at, deadline_zone, dated_on, from_name, meeting, meeting_place,
    meeting_from, meeting_to, questions_from, questions_to, approval, approved_at, posted_at ON
    liaison_statement WHEN OLD.posted_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a posted statement stays as it
    is'); END
    """,
    """
    CREATE TRIGGER liaison_statement_no_delete BEFORE DELETE ON liaison_statement WHEN OLD.posted_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a posted statement stays as it is'); END
    """,
    """
    CREATE TRIGGER liaison_attachment_no_insert BEFORE INSERT ON liaison_attachment WHEN EXISTS (SELECT 1 FROM
    liaison_statement WHERE id = NEW.statement_id AND posted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a posted
    statement stays as it is'); END
    """,
    """
    CREATE TRIGGER liaison_attachment_no_delete BEFORE DELETE ON liaison_attachment WHEN EXISTS (SELECT 1 FROM
    liaison_statement WHERE id = OLD.statement_id AND posted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a posted
    statement stays as it is'); END
    """,
    """
    CREATE TRIGGER liaison_sending_no_update BEFORE UPDATE ON liaison_sending BEGIN SELECT RAISE(ABORT,
    'liaison_sending is append-only'); END
    """,
    """
    CREATE TRIGGER liaison_sending_no_delete BEFORE DELETE ON liaison_sending BEGIN SELECT RAISE(ABORT,
    'liaison_sending is append-only'); END
    """,
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS standard_search USING fts5(search, tokenize='ascii', detail='none',
    columnsize=0)
    """,
    """
    CREATE TRIGGER liaison_addressee_no_insert BEFORE INSERT ON liaison_addressee WHEN EXISTS (SELECT 1 FROM
    liaison_statement WHERE id = NEW.statement_id AND posted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a posted
    statement stays as it is'); END
    """,
    """
    CREATE TRIGGER liaison_addressee_no_update BEFORE UPDATE ON liaison_addressee WHEN EXISTS (SELECT 1 FROM
    liaison_statement WHERE id = OLD.statement_id AND posted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a posted
    statement stays as it is'); END
    """,
    """
    CREATE TRIGGER liaison_addressee_no_delete BEFORE DELETE ON liaison_addressee WHEN EXISTS (SELECT 1 FROM
    liaison_statement WHERE id = OLD.statement_id AND posted_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'a posted
    statement stays as it is'); END
    """,
    """
    CREATE TRIGGER liaison_relation_review_no_update BEFORE UPDATE ON liaison_relation_review BEGIN SELECT
    RAISE(ABORT, 'liaison_relation_review is append-only'); END
    """,
    """
    CREATE TRIGGER liaison_relation_review_no_delete BEFORE DELETE ON liaison_relation_review BEGIN SELECT
    RAISE(ABORT, 'liaison_relation_review is append-only'); END
    """,
    """
    CREATE TRIGGER ballot_event_no_update BEFORE UPDATE ON ballot_event BEGIN SELECT RAISE(ABORT, 'ballot_event
    is append-only'); END
    """,
    """
    CREATE TRIGGER ballot_event_no_delete BEFORE DELETE ON ballot_event BEGIN SELECT RAISE(ABORT, 'ballot_event
    is append-only'); END
    """,
    """
    CREATE TRIGGER ballot_result_no_update BEFORE UPDATE ON ballot_result BEGIN SELECT RAISE(ABORT,
    'ballot_result is append-only'); END
    """,
    """
    CREATE TRIGGER ballot_result_no_delete BEFORE DELETE ON ballot_result BEGIN SELECT RAISE(ABORT,
    'ballot_result is append-only'); END
    """,
    """
    CREATE TRIGGER ballot_vote_no_update BEFORE UPDATE ON ballot_vote BEGIN SELECT RAISE(ABORT, 'ballot_vote is
    append-only'); END
    """,
    """
    CREATE TRIGGER ballot_vote_no_delete BEFORE DELETE ON ballot_vote BEGIN SELECT RAISE(ABORT, 'ballot_vote is
    append-only'); END
    """,
    """
    CREATE TRIGGER comment_compiled_row_no_update BEFORE UPDATE ON comment_compiled_row BEGIN SELECT
    RAISE(ABORT, 'comment_compiled_row is append-only'); END
    """,
    """
    CREATE TRIGGER comment_compiled_row_no_delete BEFORE DELETE ON comment_compiled_row BEGIN SELECT
    RAISE(ABORT, 'comment_compiled_row is append-only'); END
    """,
)
POSTGRESQL = (
    """
    CREATE OR REPLACE FUNCTION ballot_rule_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE
    EXCEPTION 'ballot_rule is append-only'; END $$
    """,
    """
    CREATE TRIGGER ballot_rule_immutable BEFORE UPDATE OR DELETE ON ballot_rule FOR EACH ROW EXECUTE FUNCTION
    ballot_rule_immutable()
    """,
    """
    CREATE OR REPLACE FUNCTION ballot_terms_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE
    EXCEPTION 'ballot_terms is append-only'; END $$
    """,
    """
    CREATE TRIGGER ballot_terms_immutable BEFORE UPDATE OR DELETE ON ballot_terms FOR EACH ROW EXECUTE FUNCTION
    ballot_terms_immutable()
    """,
    """
    CREATE OR REPLACE FUNCTION liaison_rule_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE
    EXCEPTION 'liaison_rule is append-only'; END $$
    """,
    """
    CREATE TRIGGER liaison_rule_immutable BEFORE UPDATE OR DELETE ON liaison_rule FOR EACH ROW EXECUTE FUNCTION
    liaison_rule_immutable()
    """,
    """
    CREATE OR REPLACE FUNCTION liaison_statement_frozen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE
    EXCEPTION 'a posted statement stays as it is'; END $$
    """,
    """
    CREATE TRIGGER liaison_statement_no_change BEFORE UPDATE OF title_en, title_zh, body_en, body_zh, direction,
    number, register_number, state, deadline_at, deadline_zone, dated_on, from_name, meeting, meeting_place,
    meeting_from, meeting_to, questions_from, questions_to, approval, approved_at, posted_at ON
    liaison_statement FOR EACH ROW WHEN (OLD.posted_at IS NOT NULL) EXECUTE FUNCTION liaison_statement_frozen()
    """,
    """
    CREATE TRIGGER liaison_statement_no_delete BEFORE DELETE ON liaison_statement FOR EACH ROW WHEN
    (OLD.posted_at IS NOT NULL) EXECUTE FUNCTION liaison_statement_frozen()
    """,
    """
    CREATE OR REPLACE FUNCTION liaison_attachment_no_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF
    EXISTS (SELECT 1 FROM liaison_statement WHERE id = NEW.statement_id AND posted_at IS NOT NULL) THEN RAISE
    EXCEPTION 'a posted statement stays as it is'; END IF; RETURN NEW; END $$
    """,
    """
    CREATE TRIGGER liaison_attachment_no_insert BEFORE INSERT ON liaison_attachment FOR EACH ROW EXECUTE
    FUNCTION liaison_attachment_no_insert()
    """,
    """
    CREATE OR REPLACE FUNCTION liaison_attachment_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF
    EXISTS (SELECT 1 FROM liaison_statement WHERE id = OLD.statement_id AND posted_at IS NOT NULL) THEN RAISE
    EXCEPTION 'a posted statement stays as it is'; END IF; RETURN OLD; END $$
    """,
    """
    CREATE TRIGGER liaison_attachment_no_delete BEFORE DELETE ON liaison_attachment FOR EACH ROW EXECUTE
    FUNCTION liaison_attachment_no_delete()
    """,
    """
    CREATE OR REPLACE FUNCTION liaison_sending_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE
    EXCEPTION 'liaison_sending is append-only'; END $$
    """,
    """
    CREATE TRIGGER liaison_sending_immutable BEFORE UPDATE OR DELETE ON liaison_sending FOR EACH ROW EXECUTE
    FUNCTION liaison_sending_immutable()
    """,
    "CREATE INDEX IF NOT EXISTS ix_standard_search ON standard USING gin (to_tsvector('simple', search))",
    """
    CREATE OR REPLACE FUNCTION liaison_addressee_no_insert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF
    EXISTS (SELECT 1 FROM liaison_statement WHERE id = NEW.statement_id AND posted_at IS NOT NULL) THEN RAISE
    EXCEPTION 'a posted statement stays as it is'; END IF; RETURN NEW; END $$
    """,
    """
    CREATE TRIGGER liaison_addressee_no_insert BEFORE INSERT ON liaison_addressee FOR EACH ROW EXECUTE FUNCTION
    liaison_addressee_no_insert()
    """,
    """
    CREATE OR REPLACE FUNCTION liaison_addressee_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF
    EXISTS (SELECT 1 FROM liaison_statement WHERE id = OLD.statement_id AND posted_at IS NOT NULL) THEN RAISE
    EXCEPTION 'a posted statement stays as it is'; END IF; RETURN OLD; END $$
    """,
    """
    CREATE TRIGGER liaison_addressee_no_update BEFORE UPDATE ON liaison_addressee FOR EACH ROW EXECUTE FUNCTION
    liaison_addressee_no_update()
    """,
    """
    CREATE OR REPLACE FUNCTION liaison_addressee_no_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF
    EXISTS (SELECT 1 FROM liaison_statement WHERE id = OLD.statement_id AND posted_at IS NOT NULL) THEN RAISE
    EXCEPTION 'a posted statement stays as it is'; END IF; RETURN OLD; END $$
    """,
    """
    CREATE TRIGGER liaison_addressee_no_delete BEFORE DELETE ON liaison_addressee FOR EACH ROW EXECUTE FUNCTION
    liaison_addressee_no_delete()
    """,
    """
    CREATE OR REPLACE FUNCTION liaison_relation_review_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'liaison_relation_review is append-only'; END $$
    """,
    """
    CREATE TRIGGER liaison_relation_review_immutable BEFORE UPDATE OR DELETE ON liaison_relation_review FOR EACH
    ROW EXECUTE FUNCTION liaison_relation_review_immutable()
    """,
    """
    CREATE OR REPLACE FUNCTION ballot_event_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE
    EXCEPTION 'ballot_event is append-only'; END $$
    """,
    """
    CREATE TRIGGER ballot_event_immutable BEFORE UPDATE OR DELETE ON ballot_event FOR EACH ROW EXECUTE FUNCTION
    ballot_event_immutable()
    """,
    """
    CREATE OR REPLACE FUNCTION ballot_result_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE
    EXCEPTION 'ballot_result is append-only'; END $$
    """,
    """
    CREATE TRIGGER ballot_result_immutable BEFORE UPDATE OR DELETE ON ballot_result FOR EACH ROW EXECUTE
    FUNCTION ballot_result_immutable()
    """,
    """
    CREATE OR REPLACE FUNCTION ballot_vote_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE
    EXCEPTION 'ballot_vote is append-only'; END $$
    """,
    """
    CREATE TRIGGER ballot_vote_immutable BEFORE UPDATE OR DELETE ON ballot_vote FOR EACH ROW EXECUTE FUNCTION
    ballot_vote_immutable()
    """,
    """
    CREATE OR REPLACE FUNCTION comment_compiled_row_immutable() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION 'comment_compiled_row is append-only'; END $$
    """,
    """
    CREATE TRIGGER comment_compiled_row_immutable BEFORE UPDATE OR DELETE ON comment_compiled_row FOR EACH ROW
    EXECUTE FUNCTION comment_compiled_row_immutable()
    """,
)
_MADE = re.compile(
    r"CREATE (?:OR REPLACE )?(VIRTUAL TABLE|TRIGGER|FUNCTION|INDEX) (?:IF NOT EXISTS )?(\w+)(?:.*? ON (\w+))?",
    re.DOTALL,
)


def upgrade() -> None:
    for statement in _statements():
        op.execute(statement)


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in reversed(_statements()):
        found = _MADE.search(statement)
        if found is None:
            continue
        kind, name, table = found.groups()
        if kind == "TRIGGER":
            op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON {table}")
        elif kind == "FUNCTION":
            op.execute(f"DROP FUNCTION {name}()")
        else:
            op.execute(f"DROP {kind.removeprefix('VIRTUAL ')} {name}")


def _statements() -> tuple[str, ...]:
    return SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
