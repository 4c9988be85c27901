"""The demonstration's comments."""

from __future__ import annotations

from forum.ballots.models import CaseState
from forum.comments.queries.desk import handed_in
from forum.comments.queries.settings import terms_on
from forum.comments.rules.likeness import Said, near_duplicates
from forum.comments.states import CommentState
from forum.core.text import has_han
from forum.site.demonstration.loading import comments
from tests.comments.bench import Bench
from tests.conftest import START


def test_seven_comments_two_nearly_the_same_three_in_chinese(bench: Bench) -> None:
    bench.other.state = CaseState.CLOSED
    assert comments.write(now=START) == 7
    rows = handed_in(bench.ballot_id)
    assert sum(has_han(row.text_zh) for row in rows) == 3
    said = [Said(row.id, row.clause, str(row.kind), (row.text_en, row.text_zh)) for row in rows]

    assert len(near_duplicates(said, terms_on(START.date()).similarity)) == 1
    assert {row.state for row in rows} == {CommentState.SUBMITTED, CommentState.KEPT}


def test_without_a_draft_in_enquiry_there_are_none(bench: Bench) -> None:
    bench.ballot.state = bench.other.state = CaseState.CLOSED
    assert comments.write(now=START) == 0
