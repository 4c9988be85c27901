"""Rewriting history: whatever is altered in the audit behind the product's back is found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from forum.audit import queries
from forum.audit.operations import SITE, record
from forum.commands.safekeeping import _breaks
from forum.core.actor import Actor
from forum.core.database import begin_writing, db, session
from forum.web.viewer import settings
from tests.conftest import START


@pytest.fixture
def written(app: Flask) -> Iterator[None]:
    """Three entries in a chain, in a database whose triggers somebody has dropped."""
    with app.app_context():
        begin_writing()
        for number in range(3):
            record(Actor("account:aaaa"), "change", "thing", f"object{number}", now=START, count=number)
        session.commit()
        yield
        session.rollback()
        session.remove()


def without_triggers(statement: str) -> None:
    """Do what the triggers forbid, as somebody with the database's own password can."""
    with db.engine.execution_options(writing=True).begin() as connection:
        if connection.dialect.name == "sqlite":  # each test has a file of its own
            connection.execute(text("DROP TRIGGER audit_entry_no_update"))
            connection.execute(text("DROP TRIGGER audit_entry_no_delete"))
            connection.execute(text(statement))
        else:
            connection.execute(text("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_immutable"))
            connection.execute(text(statement))
            connection.execute(text("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_immutable"))
    session.rollback()


def problems() -> list[str]:
    return _breaks(settings(), anchors=False)


@pytest.mark.usefixtures("written")
def test_an_untouched_chain_is_whole() -> None:
    assert problems() == []


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor = 'account:bbbb'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_rewrite_the_audit(statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET actor = 'account:bbbb' WHERE seq = 2",
        "UPDATE audit_entry SET action = 'read' WHERE seq = 2",
        "UPDATE audit_entry SET object_id = 'object9' WHERE seq = 2",
        "UPDATE audit_entry SET object_kind = 'other' WHERE seq = 2",
        "UPDATE audit_entry SET at = '2027-01-01 00:00:00.000000' WHERE seq = 2",
        "UPDATE audit_entry SET body = replace(body, 'change', 'read') WHERE seq = 2",
        "UPDATE audit_entry SET body = 'x' WHERE seq = 2",
        "DELETE FROM audit_entry WHERE seq = 2",
        "UPDATE audit_entry SET hash = prev WHERE seq = 2",
    ],
)
def test_an_altered_entry_is_found(change: str) -> None:
    without_triggers(change)
    assert problems() == [f"{SITE}: entry 2 was altered or is missing"]


@pytest.mark.usefixtures("written")
def test_a_cut_tail_is_found() -> None:
    without_triggers("DELETE FROM audit_entry WHERE seq = 3")
    assert problems() == [f"{SITE}: entry 3 was altered or is missing"]


@pytest.mark.usefixtures("written")
def test_a_chain_that_lost_its_head_is_found() -> None:
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text("DELETE FROM audit_head"))
    session.rollback()
    assert queries.headless() == [SITE]
    assert problems() == [f"{SITE}: the head of the chain is gone"]
