"""Writing, deciding, numbering, sending, answers, and the way from stage to stage."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from forum.ballots.models import CaseState
from forum.ballots.neighbours import neighbours
from forum.comments import errors, exports, imports, own_data
from forum.comments.facts import facts_of
from forum.comments.models import Comment, CommentKind, CompiledRow, SentTable, TablePurpose, Translation
from forum.comments.operations import deciding, following, numbering, sending, taking_in, writing
from forum.comments.operations.writing import Wording
from forum.comments.queries import desk
from forum.comments.queries.following import mine, to_raise_again
from forum.comments.rules.dispositions import InNext
from forum.comments.rules.findings import is_rejected
from forum.comments.rules.template import CommentTable
from forum.comments.states import LIFE, CommentState
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.workflow import UnlawfulAction
from forum.ports.files.models import StoredFile
from forum.ports.mail.models import OutboxMail
from tests.comments.bench import (
    AUDITOR,
    CHAIR,
    COLLEAGUE,
    EXPERT,
    GUEST,
    NEAR,
    SECRETARY,
    Bench,
    later,
    position,
)
from tests.conftest import START


def mails(kind: str) -> list[str]:
    return list(session.scalars(select(OutboxMail.recipient).where(OutboxMail.kind == kind).order_by(OutboxMail.id)))


def test_a_draft_is_its_authors_alone_until_it_is_handed_in(bench: Bench) -> None:
    row = writing.write(bench.ballot, Wording(CommentKind.TECHNICAL, text_zh="范围太宽"), **bench.as_(EXPERT))
    other = bench.cast.accounts[COLLEAGUE]
    assert desk.one(bench.ballot_id, row.public_id, other) is None
    assert desk.page_of(bench.ballot_id, other, desk.Wanted()).total == 0
    writing.hand_in(row, **bench.as_(EXPERT))
    assert desk.one(bench.ballot_id, row.public_id, other) is not None
    assert row.unit == "街道研究院 / Institute of Streets"
    assert (row.state, row.late, row.translation) == (CommentState.SUBMITTED, False, Translation.NONE)


def test_a_comment_says_something_and_its_english_is_english(bench: Bench) -> None:
    with pytest.raises(errors.CommentEmpty):
        writing.write(bench.ballot, Wording(CommentKind.TECHNICAL, clause="3.1"), **bench.as_(EXPERT))
    with pytest.raises(errors.ChineseInEnglish):
        writing.write(bench.ballot, Wording(CommentKind.GENERAL, text_en="The 范围."), **bench.as_(EXPERT))


def test_comments_are_taken_while_the_enquiry_runs_and_late_ones_are_marked(bench: Bench) -> None:
    bench.ballot.state = CaseState.CONSOLIDATING
    assert bench.say("The scope is too wide.").late
    bench.ballot.state = CaseState.POSITION_DRAFT
    with pytest.raises(errors.NotInEnquiry):
        bench.say("Too late.")
    assert bench.say("Forgotten by us.", SECRETARY).late
    bench.ballot.state = CaseState.CLOSED
    with pytest.raises(errors.NotInEnquiry):
        bench.say("Over.", SECRETARY)


def test_a_colleague_supports_once_and_nobody_their_own(bench: Bench) -> None:
    row = bench.say("The scope is too wide.")
    writing.support(row, **bench.as_(COLLEAGUE))
    with pytest.raises(errors.SupportedAlready):
        writing.support(row, **bench.as_(COLLEAGUE))
    with pytest.raises(errors.OwnComment):
        writing.support(row, **bench.as_(EXPERT))
    writing.support(row, **bench.as_(GUEST))
    assert [each.unit for each in row.supports][1] == "Hangzhou office"
    writing.end_support(row, **bench.as_(GUEST))
    assert len(row.supports) == 1


def test_nobody_but_who_decides_decides(bench: Bench) -> None:
    row = bench.say("The scope is too wide.")
    for who in (EXPERT, COLLEAGUE, AUDITOR, GUEST):
        with pytest.raises(UnlawfulAction):
            deciding.keep(row, **bench.as_(who))
    with pytest.raises(NotFound):
        deciding.translate(row, "x", "", reviewed=True, **bench.as_(EXPERT))
    with pytest.raises(NotFound):
        writing.rewrite(row, Wording(CommentKind.GENERAL, text_en="x"), **bench.as_(COLLEAGUE))
    deciding.keep(row, **bench.as_(CHAIR))
    assert row.state is CommentState.KEPT


def test_a_dropped_comment_carries_its_reason_to_its_author(bench: Bench) -> None:
    row = bench.say("The scope is too wide.")
    with pytest.raises(errors.ReasonNeeded):
        deciding.drop(row, "  ", **bench.as_(SECRETARY))
    deciding.drop(row, "Out of the scope of this edition.", **bench.as_(SECRETARY))
    assert (row.state, row.reason) == (CommentState.DROPPED, "Out of the scope of this edition.")
    assert mails("comment_dropped") == ["delegate@forum.test"]
    deciding.keep(row, **bench.as_(SECRETARY))
    assert row.reason == ""


def test_two_who_decide_at_once_are_told(bench: Bench) -> None:
    row = bench.say("The scope is too wide.")
    seen = row.version
    deciding.keep(row, seen=seen, **bench.as_(SECRETARY))
    with pytest.raises(errors.ChangedMeanwhile):
        deciding.drop(row, "No.", seen=seen, **bench.as_(CHAIR))


def test_merging_three_keeps_every_voice_and_unmerging_brings_them_back(bench: Bench) -> None:
    one, two = bench.say(NEAR[0]), bench.say(NEAR[1], COLLEAGUE)
    three = bench.say("The definition of city information models does not say what is shared.", GUEST)
    writing.support(two, **bench.as_("door"))
    deciding.merge(three, two, **bench.as_(SECRETARY))
    deciding.merge(two, one, **bench.as_(SECRETARY))
    session.expire_all()
    people = {account for account, _unit in deciding.contributors(one)}
    assert people == {bench.cast.accounts[who] for who in (EXPERT, COLLEAGUE, GUEST, "door")}
    assert {each.id for each in one.merged} == {two.id, three.id}
    assert mails("comment_merged") == ["stranger@forum.test", "focal@forum.test"]
    deciding.unmerge(two, **bench.as_(SECRETARY))
    session.expire_all()
    assert two.state is CommentState.IN_REVIEW
    assert {account for account, _unit in deciding.contributors(two)} == {
        bench.cast.accounts[COLLEAGUE],
        bench.cast.accounts["door"],
    }
    assert {account for account, _unit in deciding.contributors(one)} == {
        bench.cast.accounts[EXPERT],
        bench.cast.accounts[GUEST],
    }


def test_a_merger_stays_inside_one_ballot_and_one_member_body(bench: Bench) -> None:
    row, other = bench.say(NEAR[0]), bench.say(NEAR[1], COLLEAGUE)
    with pytest.raises(errors.MergeIntoItself):
        deciding.merge(row, row, **bench.as_(SECRETARY))
    other.member_body = "FR"
    with pytest.raises(errors.OtherMemberBody):
        deciding.merge(row, other, **bench.as_(SECRETARY))
    deciding.drop(other, "No.", **bench.as_(SECRETARY))
    with pytest.raises(errors.MergeIntoItself):
        deciding.merge(row, other, **bench.as_(SECRETARY))


def test_dropping_the_one_that_stays_opens_what_was_merged_into_it(bench: Bench) -> None:
    row, other = bench.say(NEAR[0]), bench.say(NEAR[1], COLLEAGUE)
    deciding.merge(other, row, **bench.as_(SECRETARY))
    deciding.drop(row, "No.", **bench.as_(SECRETARY))
    session.expire_all()
    assert other.state is CommentState.IN_REVIEW
    assert other.merged_into_id is None


def test_english_is_reviewed_by_a_person_and_a_changed_text_is_read_again(bench: Bench) -> None:
    row = bench.say("范围太宽")
    with pytest.raises(errors.EnglishNeeded) as refused:
        deciding.translate(row, "The scope is too wide.", "", reviewed=True, **bench.as_(SECRETARY))
    assert refused.value.field == "change_en"
    with pytest.raises(errors.ChineseInEnglish):
        deciding.translate(row, "The 范围", "Narrow it.", reviewed=False, **bench.as_(SECRETARY))
    bench.english(row)
    assert row.translation is Translation.REVIEWED
    assert row.reviewed_by_id == bench.cast.accounts[SECRETARY]
    changed = Wording(CommentKind.TECHNICAL, "3.1", text_zh="范围过宽", text_en=row.text_en, change_en=row.change_en)
    writing.rewrite(row, changed, **bench.as_(EXPERT))
    assert str(row.translation) == "machine"


def test_numbers_wait_for_every_decision_and_are_contiguous_and_never_reused(bench: Bench) -> None:
    rows = [
        bench.say(f"Comment number {place} is about its own matter {place * 77}.", clause=clause)
        for place, clause in enumerate(("4.1", "3.2", "3.10", ""))
    ]
    with pytest.raises(errors.NotAllDecided) as refused:
        numbering.freeze(bench.ballot, **bench.as_(SECRETARY))
    assert refused.value.facts == {"open": 4}
    for row in rows:
        bench.keep(row)
    assert numbering.freeze(bench.ballot, **bench.as_(SECRETARY)) == 4
    assert [row.code for row in rows] == ["CN-004", "CN-002", "CN-003", "CN-001"]
    with pytest.raises(errors.NothingToNumber):
        numbering.freeze(bench.ballot, **bench.as_(SECRETARY))
    assert numbering.freeze(bench.ballot, **bench.as_(SECRETARY), quiet=True) == 0
    with pytest.raises(errors.NumberedAlready):
        deciding.drop(rows[0], "No.", **bench.as_(SECRETARY))
    added = bench.keep(bench.say("Forgotten.", clause="1"))
    numbering.freeze(bench.ballot, **bench.as_(SECRETARY))
    assert added.code == "CN-005"


def test_what_leaves_is_english_and_passes_the_check(bench: Bench) -> None:
    chinese = bench.keep(bench.say("范围太宽", clause="3.2"))
    bench.keep(bench.say("The scope is too wide."))
    numbering.freeze(bench.ballot, **bench.as_(SECRETARY))
    assert is_rejected(sending.checked(bench.ballot, START))
    with pytest.raises(errors.WouldBeRejected):
        sending.send(bench.ballot, **bench.as_(SECRETARY))
    bench.english(chinese, "The limits are unclear.", "Say which.")
    assert sending.checked(bench.ballot, START) == []
    table = sending.table_of(bench.ballot, "en", START)
    assert [row[0] for row in table.rows] == ["CN-001", "CN-002"]
    for file_format in ("docx", "xlsx", "csv"):
        assert imports.read(exports.table_as(table, file_format), f"x.{file_format}").table == table
    assert "范围太宽" in sending.table_of(bench.ballot, "zh", START).rows[1]
    assert sending.send(bench.ballot, **bench.as_(SECRETARY)) == 2
    assert chinese.state is CommentState.EXPORTED
    assert sending.send(bench.ballot, **bench.as_(SECRETARY)) == 0


def test_what_has_no_number_isnt_sent(bench: Bench) -> None:
    bench.keep(bench.say("The scope is too wide."))
    with pytest.raises(errors.NotNumbered):
        sending.send(bench.ballot, **bench.as_(SECRETARY))


def test_the_position_and_the_comments_are_compared(bench: Bench) -> None:
    bench.keep(bench.say("The scope is too wide.", kind="ed"))
    numbering.freeze(bench.ballot, **bench.as_(SECRETARY))
    assert sending.checked(bench.ballot, START) == []
    position(bench, "disapprove")
    assert [each.rule for each in sending.checked(bench.ballot, START)] == ["PF-16"]


def test_the_guard_of_the_ballot_reads_numbers_alone(bench: Bench) -> None:
    bench.keep(bench.say("The scope is too wide.", must_change=True))
    bench.keep(bench.say("A typing error.", kind="ed", clause="9.9"))
    bench.say("Not decided yet.")
    facts = facts_of(bench.ballot)
    assert (facts.kept, facts.technical_kept, facts.must_change, facts.undecided) == (2, 1, 1, 1)
    assert facts.unknown_clauses == ("9.9",)
    assert not facts.frozen
    assert neighbours.comments is facts_of, "the ballots ask this room"
    assert neighbours.comments(bench.ballot) == facts


def test_the_ballots_have_the_numbers_given_when_the_position_begins(bench: Bench) -> None:
    row = bench.keep(bench.say("The scope is too wide."))
    neighbours.freeze_comments(bench.ballot, bench.as_(SECRETARY)["actor"], START)
    assert row.number == 1
    assert facts_of(bench.ballot).frozen
    neighbours.freeze_comments(bench.other, bench.as_(SECRETARY)["actor"], START)


def compiled(bench: Bench, *answers: tuple[str, str, str]) -> CommentTable:
    """The table that comes back: code, comment, answer; the rest as it was sent."""
    sent = {row[0]: row for row in sending.table_of(bench.ballot, "en", START).rows}
    rows = []
    for code, comment, answer in answers:
        before = sent.get(code, (code, "", "3.1", "", "te", comment, "Change.", ""))
        rows.append((*before[:5], comment or before[5], before[6], answer))
    return CommentTable("2027-06-01", "ISO/DIS 99801", "ISO/TC 268", tuple(rows))


def upload(
    bench: Bench, table: CommentTable, purpose: TablePurpose = TablePurpose.COMPILED, who: str = SECRETARY
) -> SentTable:
    stream = io.BytesIO(exports.table_as(table, "docx"))
    return taking_in.upload(bench.ballot, purpose, stream, "compiled.docx", **bench.as_(who))


def test_a_compiled_table_is_matched_by_number_and_foreign_rows_are_read_only(bench: Bench) -> None:
    one, two = bench.sent("The scope is too wide.", "The list is too short.")
    table = compiled(
        bench,
        ("FR-001", "Le domaine est large.", "Noted"),
        ("CN-002", "", "Partially accepted. See 4.2."),
        ("CN-001", "The scope is much too wide now.", "Not accepted: decided in 2025."),
        ("**", "Editing", ""),
    )
    sent = upload(bench, table)
    rows = taking_in.matched(bench.ballot, table, START)
    assert [(each.member_body, each.ours is not None, each.drift) for each in rows] == [
        ("FR", False, False),
        ("CN", True, False),
        ("CN", True, True),
        ("**", False, False),
    ]
    with pytest.raises(errors.UnknownDisposition):
        taking_in.take_in_compiled(sent, rows, {"CN-002": "partly"}, **bench.as_(SECRETARY))
    session.expire(sent)
    session.execute(text("UPDATE comment_table SET taken_in_at = NULL"))
    decided = {"CN-001": "rejected", "CN-002": "partly"}
    assert taking_in.take_in_compiled(sent, rows, decided, **bench.as_(SECRETARY)) == 2
    assert (one.state, one.disposition) == (CommentState.ANSWERED, "rejected")
    assert two.observation == "Partially accepted. See 4.2."
    assert mails("comment_answered") == ["delegate@forum.test"], "one mail, however many comments"
    with pytest.raises(errors.TakenInAlready):
        taking_in.take_in_compiled(sent, rows, decided, **bench.as_(SECRETARY))
    kept = desk.compiled(bench.ballot_id)
    assert [(row.code, row.ours_id is None) for row in kept] == [
        ("FR-001", True),
        ("CN-002", False),
        ("CN-001", False),
        ("**", True),
    ]
    with pytest.raises(DatabaseError, match="append-only"), session.begin_nested():
        session.query(CompiledRow).filter_by(code="FR-001").update({"comment": "changed"})


def test_only_acceptance_stands_without_a_reason(bench: Bench) -> None:
    bench.sent("The scope is too wide.")
    table = compiled(bench, ("CN-001", "", ""))
    rows = taking_in.matched(bench.ballot, table, START)
    sent = upload(bench, table)
    with pytest.raises(errors.DispositionReasonNeeded), session.begin_nested():
        taking_in.take_in_compiled(sent, rows, {"CN-001": "noted"}, **bench.as_(SECRETARY))
    assert taking_in.take_in_compiled(sent, rows, {"CN-001": "accepted"}, **bench.as_(SECRETARY)) == 1


def test_a_table_without_ours_is_refused(bench: Bench) -> None:
    bench.sent("The scope is too wide.")
    table = compiled(bench, ("FR-001", "Bien.", "Noted"), ("CN-009", "What we never sent.", "Accepted"))
    with pytest.raises(errors.NothingOfOurs):
        taking_in.take_in_compiled(
            upload(bench, table),
            taking_in.matched(bench.ballot, table, START),
            {},
            **bench.as_(SECRETARY),
        )


def test_a_table_of_our_own_is_taken_in_once_each_language_on_its_side(bench: Bench) -> None:
    rows = (("", "", "3.1", "", "技术", "范围太宽", "改窄", ""), ("", "7", "4", "", "ge", "Well done.", "", ""))
    table = CommentTable("", "", "", rows)
    sent = upload(bench, table, TablePurpose.COMMENTS, EXPERT)
    made = taking_in.take_in_comments(bench.ballot, table, [], sent=sent, **bench.as_(EXPERT))
    assert [(row.text_zh, row.text_en, str(row.kind)) for row in made] == [
        ("范围太宽", "", "te"),
        ("", "Well done.", "ge"),
    ]
    assert {row.state for row in made} == {CommentState.SUBMITTED}
    with pytest.raises(errors.TakenInAlready):
        taking_in.take_in_comments(bench.ballot, table, [], sent=sent, **bench.as_(EXPERT))


def test_the_national_summary_names_the_unit_and_what_was_decided(bench: Bench) -> None:
    row = bench.say("范围太宽", clause="3.1")
    deciding.drop(row, "超出范围", **bench.as_(SECRETARY))
    summary = sending.summary_of(bench.ballot, START)
    assert summary.rows == (
        (
            "1",
            "3.1",
            "范围太宽\n修改建议：增加一句话。",
            "街道研究院 / Institute of Streets",
            "不采纳：超出范围",
            "技术",
        ),
    )
    back = imports.read(exports.summary_as(summary, "docx"), "x.docx")
    made = taking_in.take_in_comments(bench.ballot, back.table, [], units=True, **bench.as_(SECRETARY))
    assert [(each.unit, each.text_zh, each.change_zh, str(each.kind)) for each in made] == [
        ("街道研究院 / Institute of Streets", "范围太宽", "增加一句话。", "te")
    ]


def answered(bench: Bench, disposition: str) -> Comment:
    row = bench.sent("The scope is too wide.")[0]
    table = compiled(bench, ("CN-001", "", "Not accepted: decided in 2025."))
    rows = taking_in.matched(bench.ballot, table, START)
    taking_in.take_in_compiled(upload(bench, table), rows, {"CN-001": disposition}, **bench.as_(SECRETARY))
    return row


def test_a_rejected_comment_comes_back_with_its_ancestor_and_a_warning(bench: Bench) -> None:
    row = answered(bench, "rejected")
    with pytest.raises(errors.AnotherBallotNeeded):
        following.raise_again(row, bench.other, **bench.as_(EXPERT))
    bench.ballot.state = CaseState.DISPOSITIONED
    ballot = later(bench)
    assert [each.id for each in to_raise_again(ballot)] == [row.id]
    with pytest.raises(NotFound):
        following.raise_again(row, ballot, **bench.as_(COLLEAGUE))
    made = following.raise_again(row, ballot, **bench.as_(EXPERT))
    assert (made.ancestor_id, made.state, row.state) == (row.id, CommentState.DRAFT, CommentState.RE_RAISED)
    assert to_raise_again(ballot) == []
    writing.hand_in(made, **bench.as_(EXPERT))
    bench.keep(made)
    assert facts_of(ballot).repeated == (made.clause,)
    made.argument = "New measurements show it."
    assert facts_of(ballot).repeated == ()
    with pytest.raises(errors.RaisedAlready):
        following.raise_again(row, ballot, **bench.as_(EXPERT))


def test_the_fate_goes_on_into_the_next_draft(bench: Bench) -> None:
    row = answered(bench, "partly")
    following.verify(row, InNext.NO, **bench.as_(SECRETARY))
    assert (row.state, row.in_next) == (CommentState.VERIFIED, "no")
    following.finish(row, **bench.as_(SECRETARY))
    assert row.state is CommentState.DONE
    assert [each.id for each in mine(bench.cast.accounts[EXPERT])] == [row.id]


def test_no_walk_leaves_the_table_of_a_comments_life() -> None:
    reached = {"draft"}
    while True:
        more = {row.target for row in LIFE.rows if set(row.sources) & reached} - reached
        if not more:
            break
        reached |= more
    assert reached == set(CommentState)
    assert LIFE.final("withdrawn")
    assert LIFE.final("re_raised")


def test_a_draft_goes_with_its_author(bench: Bench) -> None:
    row = writing.write(bench.ballot, Wording(CommentKind.GENERAL, text_en="Unfinished."), **bench.as_(EXPERT))
    writing.attach(row, io.BytesIO(b"%PDF-1.7\n%%EOF\n"), "notes.pdf", **bench.as_(EXPERT))
    own_data.erase_for(bench.cast.accounts[EXPERT], START)
    session.expire_all()
    assert session.query(Comment).count() == 0
    assert session.query(StoredFile).count() == 0


def test_somebody_who_leaves_is_forgotten_and_their_words_stay(bench: Bench) -> None:
    row = bench.say("The scope is too wide.")
    writing.support(row, **bench.as_(COLLEAGUE))
    told = own_data.sections(bench.cast.accounts[EXPERT], START)
    assert ("Comment in English", "The scope is too wide.") in told[0]["entries"]
    own_data.erase_for(bench.cast.accounts[EXPERT], START)
    own_data.erase_for(bench.cast.accounts[COLLEAGUE], START)
    session.expire_all()
    assert (row.author_id, row.supports[0].account_id) == (None, None)
    assert row.text_en == "The scope is too wide."
