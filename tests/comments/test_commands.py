"""Tables of comments from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from forum.comments import exports, imports
from forum.comments.commands import NoSuchBallot, export_file, import_file
from forum.comments.errors import NothingToImport
from forum.comments.models import Comment
from forum.comments.operations import deciding, numbering
from forum.comments.rules.template import CommentTable
from forum.core.database import begin_writing, session
from tests.comments.bench import DECIDING, SECRETARY, Bench
from tests.conftest import START

ROWS = (
    ("CN-007", "", "3.1", "", "TE", "The scope is too wide.", "Narrow it.", ""),
    ("", "", "4", "", "ge", "范围不清楚", "", ""),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "comments.docx"
    made.write_bytes(exports.table_as(CommentTable(rows=ROWS), "docx"))
    return made


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(app: Flask, kept: Bench, file: Path) -> None:
    said: list[str] = []
    with app.app_context():
        import_file(file, kept.ballot.public_id, dry_run=True, say=said.append)
        assert session.query(Comment).count() == 0
    assert said[-1] == "2 comments would be taken in."
    assert any("Row 1, column 5" in line for line in said)


def test_what_is_taken_in_goes_out_again(app: Flask, kept: Bench, file: Path, tmp_path: Path) -> None:
    said: list[str] = []
    with app.app_context():
        ballot = kept.ballot.public_id
        import_file(file, ballot, dry_run=False, say=said.append)
        begin_writing()
        rows = session.query(Comment).order_by(Comment.id).all()
        for row in rows:
            deciding.keep(row, actor=DECIDING, now=START)
        numbering.freeze(kept.ballot, **kept.as_(SECRETARY))
        session.commit()
        output = tmp_path / "out.xlsx"
        export_file(ballot, "xlsx", "en", output, say=said.append)
    table = imports.read(output.read_bytes(), "out.xlsx").table
    assert [row[:6] for row in table.rows] == [
        ("CN-001", "", "3.1", "", "te", "The scope is too wide."),
        ("CN-002", "", "4", "", "ge", ""),
    ]
    assert said[-1].startswith("2 comments are in")


def test_a_file_with_faults_and_an_unknown_ballot_are_refused(app: Flask, kept: Bench, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("a,b\n1,2\n")
    with app.app_context():
        with pytest.raises(NothingToImport):
            import_file(broken, kept.ballot.public_id, dry_run=False, say=print)
        with pytest.raises(NoSuchBallot):
            export_file("nobody", "csv", "en", tmp_path / "x.csv", say=print)
