"""The coherence guard: each rule objects to its case, and not to the one beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forum.ballots.models import BallotKind
from forum.ballots.rules.coherence import (
    Answer,
    CommentFacts,
    ExpertFacts,
    Guarded,
    Level,
    UseFacts,
    findings,
    say,
    standing,
)

CALM = Guarded(BallotKind.DIS, mandatory=True, answer=Answer.APPROVE, reason=False)
NP = replace(CALM, kind=BallotKind.NP)
NO = replace(CALM, answer=Answer.DISAPPROVE)


@pytest.mark.parametrize(
    ("code", "level", "wrong", "right"),
    [
        ("VG-01", "block", NO, replace(NO, comments=CommentFacts(technical_kept=1))),
        ("VG-01", "block", NO, replace(NO, reason=True)),
        ("VG-02", "warn", replace(CALM, comments=CommentFacts(must_change=1)), CALM),
        (
            "VG-03",
            "block",
            replace(CALM, answer=Answer.APPROVE_WITH_COMMENTS),
            replace(CALM, answer=Answer.APPROVE_WITH_COMMENTS, comments=CommentFacts(kept=1)),
        ),
        ("VG-04", "warn", replace(CALM, before=Answer.DISAPPROVE), replace(CALM, before=Answer.APPROVE)),
        ("VG-04", "warn", replace(CALM, before=Answer.ABSTAIN), replace(CALM, before=Answer.ABSTAIN, reason=True)),
        ("VG-05", "block", replace(NP, commits=True), replace(NP, commits=True, experts=ExpertFacts(1, 1))),
        ("VG-05", "block", replace(NP, commits=True, experts=ExpertFacts(2, 1)), NP),
        (
            "VG-06",
            "block",
            replace(NP, answer=Answer.DISAPPROVE),
            replace(NP, answer=Answer.DISAPPROVE, reason=True),
        ),
        (
            "VG-07",
            "warn",
            replace(CALM, answer=Answer.ABSTAIN),
            replace(CALM, answer=Answer.ABSTAIN, mandatory=False),
        ),
        (
            "VG-08",
            "warn",
            replace(CALM, kind=BallotKind.FDIS, comments=CommentFacts(technical_kept=1)),
            replace(CALM, comments=CommentFacts(technical_kept=1)),
        ),
        (
            "VG-09",
            "warn",
            replace(CALM, kind=BallotKind.SR, answer=Answer.CONFIRM, not_used=True, use=UseFacts(in_force=1)),
            replace(CALM, kind=BallotKind.SR, answer=Answer.CONFIRM, not_used=True),
        ),
        ("VG-10", "warn", replace(CALM, comments=CommentFacts(unknown_clauses=("9.9",))), CALM),
        ("VG-11", "warn", replace(CALM, comments=CommentFacts(repeated=("CN-003",))), CALM),
        (
            "VG-12",
            "warn",
            replace(CALM, units={"disapprove": 2, "approve": 1}),
            replace(CALM, units={"disapprove": 1, "approve": 1}),
        ),
        ("VG-13", "info", replace(CALM, opposite=("ISO/DIS 1",)), CALM),
    ],
)  # fmt: skip
def test_the_guard_objects_to_each_case_and_not_to_its_neighbour(
    code: str, level: str, wrong: Guarded, right: Guarded
) -> None:
    assert {one.code: str(one.level) for one in findings(wrong)}.get(code) == level
    assert code not in {one.code for one in findings(right)}


def test_a_block_stands_whatever_is_signed_and_information_never_stands_in_the_way() -> None:
    found = findings(replace(NO, comments=CommentFacts(unknown_clauses=("9",)), opposite=("ISO 1",)))
    assert {one.level for one in found} == {Level.BLOCK, Level.WARN, Level.INFO}
    assert [one.code for one in standing(found, ())] == ["VG-01", "VG-10"]
    assert [one.code for one in standing(found, ("VG-01", "VG-10", "VG-13"))] == ["VG-01"]


def test_an_objection_is_a_sentence_with_its_facts() -> None:
    (found,) = findings(replace(CALM, before=Answer.DISAPPROVE))
    assert "“Disapprove”" in say(found, str)
    assert findings(CALM) == ()
