"""Negotiating: who changes what, what it voids, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from forum.agreements import operations, queries
from forum.agreements.errors import (
    BadParties,
    ClauseChanged,
    ClauseIsRequired,
    ClausePresent,
    NotAParty,
    NothingChanged,
    NotInThisInstrument,
    OwnProposal,
    ProposalDecided,
    ProposalOutdated,
    SideEmpty,
    TermsChanged,
    TextAltered,
    TextChangedMeanwhile,
    TextIsFrozen,
    TextIsOpen,
    TextNotReady,
    UnknownVariable,
)
from forum.agreements.kinds import Instrument, ProposalState, Rank
from forum.agreements.library import required
from forum.agreements.models import AgreementText, Clause, ClauseRevision, Freezing, Proposal
from forum.agreements.operations import Wording
from forum.audit.models import AuditEntry
from forum.core.actor import Actor
from forum.core.database import session
from tests.agreements.texts import HANGZHOU, HERS, HIS, LYON, NOW, TODAY, clause, started

pytestmark = pytest.mark.usefixtures("writing")


def edit(found: Clause, english: str, chinese: str, seen: int | None = None, party: str = "lyon") -> bool:
    version = found.version if seen is None else seen
    wording = Wording(english, chinese)
    return operations.edit_clause(found, wording, seen_version=version, party_key=party, actor=HERS, now=NOW)


def confirm(text: AgreementText, party: str) -> None:
    seal = queries.fresh_seal(text)
    operations.confirm(text, party, seen_revision=text.revision, seen_hash=seal.both, actor=HERS, now=NOW)


@pytest.mark.parametrize("instrument", Instrument)
def test_a_new_text_has_every_required_clause_matched_and_no_blocker(instrument: Instrument) -> None:
    text = started(instrument)
    assert [each.key for each in text.clauses] == [each.key for each in required(instrument)]
    assert {each.library_version for each in text.clauses} == {1}
    assert queries.all_matched(text)
    assert queries.blocking(text, today=TODAY) == ()


def test_an_agreement_needs_two_different_parties_with_both_names() -> None:
    for parties in ((LYON,), (LYON, LYON), (LYON, replace(HANGZHOU, name_zh=" "))):
        with pytest.raises(BadParties):
            operations.start_text(Instrument.INTENT, parties, actor=HERS, now=NOW)


def test_editing_one_side_puts_the_clause_out_of_step_until_somebody_matches_it() -> None:
    text = started()
    scope = clause(text, "scope")
    assert edit(scope, scope.en + "\nPilots run for two years.", scope.zh)
    assert not queries.all_matched(text)
    assert [each.code for each in queries.blocking(text, today=TODAY)] == ["not_matched", "quantities_differ"]
    edit(scope, scope.en, scope.zh + "\n试点为期两年。", party="hangzhou")
    assert not queries.all_matched(text)
    operations.match(scope, seen_version=scope.version, party_key="hangzhou", actor=HIS, now=NOW)
    assert queries.all_matched(text)
    assert scope.matched_by == HIS.reference
    assert queries.blocking(text, today=TODAY) == ()


def test_a_change_past_the_product_is_out_of_step_as_well() -> None:
    text = started()
    session.execute(sql("UPDATE agreement_clause SET zh = zh || '。' WHERE key = 'scope'"))
    assert not queries.all_matched(text)


def test_a_clause_with_an_empty_side_cannot_be_matched() -> None:
    scope = clause(started(), "scope")
    edit(scope, scope.en, " ")
    with pytest.raises(SideEmpty):
        operations.match(scope, seen_version=scope.version, party_key="lyon", actor=HERS, now=NOW)


def test_the_second_of_two_who_edit_one_clause_is_told_and_nothing_is_lost() -> None:
    text = started()
    scope, purpose = clause(text, "scope"), clause(text, "purpose")
    seen, seen_purpose = scope.version, purpose.version
    edit(scope, "The first one wrote this.", scope.zh, seen)
    with pytest.raises(ClauseChanged):
        edit(scope, "The second one wrote that.", scope.zh, seen)
    assert scope.en == "The first one wrote this."
    assert edit(purpose, "Another clause isn't concerned.", purpose.zh, seen_purpose)


def test_every_change_stays_in_a_history_that_nobody_can_alter() -> None:
    text = started()
    scope = clause(text, "scope")
    before = scope.en
    edit(scope, "One.", scope.zh)
    edit(scope, "Two.", scope.zh, party="hangzhou")
    history = queries.history_of(text, "scope")
    assert [(each.deed, each.language, each.wording, each.party_key) for each in history] == [
        ("edited", "en", "Two.", "hangzhou"),
        ("edited", "en", "One.", "lyon"),
        ("added", "zh", scope.zh, "lyon"),
        ("added", "en", before, "lyon"),
    ]
    assert history[0].before_hash == history[1].after_hash != history[0].after_hash
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(sql("UPDATE agreement_clause_revision SET wording = 'x'"))
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(sql("DELETE FROM agreement_clause_revision"))


def test_saving_the_same_words_changes_nothing() -> None:
    text = started()
    scope = clause(text, "scope")
    revision, rows = text.revision, session.scalar(select(func.count(ClauseRevision.id)))
    assert not edit(scope, f"  {scope.en}\r\n", scope.zh)
    assert (text.revision, session.scalar(select(func.count(ClauseRevision.id)))) == (revision, rows)


def test_a_misspelt_variable_is_refused_at_its_language() -> None:
    scope = clause(started(), "scope")
    with pytest.raises(UnknownVariable) as refused:
        edit(scope, scope.en, "{{party_x}}开展合作。")
    assert refused.value.field == "zh"
    assert "party_x" in str(refused.value)
    assert edit(scope, "{{party_a}} cooperates.", "{{party_a}}开展合作。")


def test_clauses_are_added_once_and_only_where_the_instrument_offers_them() -> None:
    text = started(Instrument.INTENT)
    for key in ("automatic_renewal", "continuation", "no such clause"):
        with pytest.raises(NotInThisInstrument):
            operations.add_clause(text, key, party_key="lyon", actor=HERS, now=NOW)
    operations.add_clause(text, "costs", party_key="lyon", actor=HERS, now=NOW, variant="reciprocity")
    assert "reciprocity" in clause(text, "costs").en
    keys = [each.key for each in text.clauses]
    assert keys.index("scope") < keys.index("costs") < keys.index("non_binding")
    with pytest.raises(ClausePresent):
        operations.add_clause(text, "costs", party_key="lyon", actor=HERS, now=NOW)


def test_a_required_clause_stays_and_an_optional_one_goes_with_its_history_kept() -> None:
    text = started(optional=("automatic_renewal",))
    assert queries.agreement(text).terms.automatic_renewal
    with pytest.raises(ClauseIsRequired):
        _remove(clause(text, "scope"))
    _remove(clause(text, "automatic_renewal"))
    assert not queries.agreement(text).terms.automatic_renewal
    assert queries.clause_of(text, "automatic_renewal") is None
    assert [each.deed for each in queries.history_of(text, "automatic_renewal")] == ["removed"] * 2 + ["added"] * 2


def _remove(found: Clause) -> None:
    operations.remove_clause(found, seen_version=found.version, party_key="lyon", actor=HERS, now=NOW)


def test_own_clauses_get_names_of_their_own_and_wait_for_matching() -> None:
    text = started()
    for _ in range(2):
        operations.add_own_clause(
            text, Wording("We will meet.", "双方将会晤。", "Meetings", "会晤"), party_key="lyon", actor=HERS, now=NOW
        )
    assert [each.key for each in text.clauses if each.key.startswith("own_")] == ["own_1", "own_2"]
    assert [each.clause for each in queries.blocking(text, today=TODAY)] == ["own_1", "own_2"]


def test_another_variant_of_the_library_is_matched_as_it_stands() -> None:
    text = started()
    costs = clause(text, "costs")
    operations.take_variant(costs, "reciprocity", seen_version=costs.version, party_key="lyon", actor=HERS, now=NOW)
    assert costs.variant == "reciprocity"
    assert queries.all_findings(text, today=TODAY) == ()


def _propose(found: Clause, english: str, party: str = "lyon") -> Proposal:
    wording = Wording(english, found.zh)
    return operations.propose(
        found, wording, seen_version=found.version, party_key=party, actor=HERS, now=NOW, note="Shorter."
    )


def test_a_proposal_becomes_the_clause_when_the_other_party_accepts_it() -> None:
    text = started()
    scope = clause(text, "scope")
    proposal = _propose(scope, "A shorter scope.")
    assert queries.open_proposals(text) == {"scope": proposal}
    accept: dict[str, Any] = {"seen_version": scope.version, "actor": HIS, "now": NOW}
    with pytest.raises(OwnProposal):
        operations.accept(proposal, party_key="lyon", **accept)
    with pytest.raises(NotAParty):
        operations.accept(proposal, party_key="osaka", **accept)
    assert scope.en != "A shorter scope."
    operations.accept(proposal, party_key="hangzhou", **accept)
    assert scope.en == "A shorter scope."
    assert not queries.is_matched(scope)
    assert queries.history_of(text, "scope")[0].deed == "accepted"
    with pytest.raises(ProposalDecided):
        operations.accept(proposal, party_key="hangzhou", **accept)


def test_a_counter_proposal_replaces_the_open_one_and_names_it() -> None:
    text = started()
    scope = clause(text, "scope")
    first = _propose(scope, "One.")
    second = _propose(scope, "Two.", "hangzhou")
    assert (first.state, second.answers_id) == (ProposalState.REPLACED, first.id)
    operations.withdraw(second, party_key="hangzhou", actor=HIS, now=NOW)
    assert queries.open_proposals(text) == {}
    with pytest.raises(NothingChanged):
        _propose(scope, scope.en)


def test_a_proposal_is_not_accepted_for_a_clause_that_changed_since_it_was_read() -> None:
    text = started()
    scope = clause(text, "scope")
    proposal = _propose(scope, "One.")
    seen = scope.version
    edit(scope, "Something else.", scope.zh)
    with pytest.raises(ProposalOutdated):
        operations.accept(proposal, seen_version=seen, party_key="hangzhou", actor=HIS, now=NOW)
    assert proposal.state is ProposalState.OPEN


def test_a_confirmation_holds_until_anything_changes() -> None:
    text = started()
    confirm(text, "lyon")
    assert not queries.confirmed_by_all(text)
    confirm(text, "hangzhou")
    assert queries.confirmed_by_all(text)
    scope = clause(text, "scope")
    edit(scope, scope.en + " More.", scope.zh)
    assert queries.standing_confirmations(text) == {}


def test_a_confirmation_is_void_after_a_change_and_its_reversal() -> None:
    text = started()
    confirm(text, "lyon")
    scope = clause(text, "scope")
    before = scope.en
    edit(scope, before + " More.", scope.zh)
    edit(scope, before, scope.zh)
    assert queries.standing_confirmations(text) == {}


def test_nobody_confirms_what_they_have_not_read() -> None:
    text = started()
    seal = queries.fresh_seal(text)
    session.execute(sql("UPDATE agreement_clause SET en = en || ' More.' WHERE key = 'scope'"))
    with pytest.raises(TextChangedMeanwhile):
        operations.confirm(text, "lyon", seen_revision=text.revision, seen_hash=seal.both, actor=HERS, now=NOW)
    with pytest.raises(NotAParty):
        confirm(text, "osaka")


def test_a_party_takes_its_confirmation_back() -> None:
    text = started()
    confirm(text, "lyon")
    confirm(text, "lyon")
    operations.take_back(text, "lyon", actor=HERS, now=NOW)
    assert queries.standing_confirmations(text) == {}


def test_a_blocker_stops_the_freezing_and_names_itself_in_the_language_of_who_freezes() -> None:
    text = started()
    scope = clause(text, "scope")
    edit(scope, "Only English changed.", scope.zh)
    with pytest.raises(TextNotReady) as refused:
        operations.freeze(text, today=TODAY, actor=HERS, now=NOW)
    assert "Scope" in str(refused.value)
    assert not text.is_frozen


def test_a_frozen_text_takes_no_change_by_any_door() -> None:
    text = started()
    scope = clause(text, "scope")
    proposal = _propose(scope, "One.")
    operations.freeze(text, today=TODAY, actor=HERS, now=NOW)
    common: dict[str, Any] = {"party_key": "lyon", "actor": HERS, "now": NOW}
    seen: dict[str, Any] = {"seen_version": scope.version, **common}
    head = replace(operations.head_of(text), title_en="Other")
    for change in (
        lambda: operations.edit_clause(scope, Wording("One.", "一。"), **seen),
        lambda: operations.match(scope, **seen),
        lambda: operations.remove_clause(scope, **seen),
        lambda: operations.take_variant(scope, "standard", **seen),
        lambda: operations.propose(scope, Wording("Two.", "二。"), **seen),
        lambda: operations.accept(proposal, **{**seen, "party_key": "hangzhou"}),
        lambda: operations.withdraw(proposal, **common),
        lambda: operations.add_clause(text, "publicity", **common),
        lambda: operations.add_own_clause(text, Wording("One.", "一。"), **common),
        lambda: operations.change_head(text, head, seen_mark=operations.head_mark(text), **common),
        lambda: operations.change_parties(text, (LYON, HANGZHOU), actor=HERS, now=NOW),
    ):
        with pytest.raises(TextIsFrozen):
            change()
    assert queries.unaltered(text)


def test_opening_a_frozen_text_ends_its_seal_and_voids_confirmations() -> None:
    text = started()
    confirm(text, "lyon")
    seal = operations.freeze(text, today=TODAY, actor=HERS, now=NOW)
    assert "lyon" in queries.standing_confirmations(text)
    assert operations.freeze(text, today=TODAY, actor=HIS, now=NOW) == seal
    operations.unfreeze(text, actor=HERS, now=NOW)
    assert queries.standing_confirmations(text) == {}
    (freezing,) = queries.freezings_by(seal.short)
    assert freezing.ended_at == NOW
    with pytest.raises(TextIsOpen):
        operations.unfreeze(text, actor=HERS, now=NOW)
    assert operations.freeze(text, today=TODAY, actor=HERS, now=NOW) == seal  # unchanged words, unchanged seal
    assert session.scalar(select(func.count(Freezing.id))) == 2


def test_an_altered_text_is_noticed_whoever_altered_it() -> None:
    text = started()
    operations.freeze(text, today=TODAY, actor=HERS, now=NOW)
    assert queries.unaltered(text)
    session.execute(sql("UPDATE agreement_clause SET zh = replace(zh, '，', ',') WHERE key = 'scope'"))
    assert not queries.unaltered(text)
    with pytest.raises(TextAltered):
        operations.freeze(text, today=TODAY, actor=HERS, now=NOW)


def test_the_head_changes_once_for_each_look_at_it() -> None:
    text = started()
    mark = operations.head_mark(text)
    common: dict[str, Any] = {"party_key": "lyon", "actor": HERS, "now": NOW}
    head = replace(operations.head_of(text), term_months=36, ranks=(("lyon", Rank.CITY_HEAD),))
    before = queries.fresh_seal(text)
    operations.change_head(text, head, seen_mark=mark, **common)
    assert queries.fresh_seal(text).en != before.en
    assert "three (3) years" not in clause(text, "effect_term").en  # the clause names the term, it doesn't repeat it
    with pytest.raises(TermsChanged):
        operations.change_head(text, head, seen_mark=mark, **common)


def test_a_successor_takes_the_words_along_and_leaves_the_old_text_alone() -> None:
    text = started()
    seal = operations.freeze(text, today=TODAY, actor=HERS, now=NOW)
    successor = operations.succeed(text, actor=HERS, now=NOW)
    assert not successor.is_frozen
    assert queries.fresh_seal(successor) == seal
    scope = clause(successor, "scope")
    edit(scope, "New.", scope.zh)
    assert queries.unaltered(text)


def test_the_audit_holds_no_word_of_the_text() -> None:
    text = started()
    scope = clause(text, "scope")
    edit(scope, "Marker words of a clause.", scope.zh)
    _propose(scope, "Marker words of a proposal.")
    bodies = session.scalars(select(AuditEntry.body)).all()
    assert len(bodies) == 3
    assert not any("Marker" in body or "Lyon" in body for body in bodies)


def test_whoever_wrote_or_proposed_wording_is_known_as_a_drafter() -> None:
    text = started()
    assert queries.drafters(text) == {HERS.reference}
    scope = clause(text, "scope")
    wording = Wording("Other words.", scope.zh)
    third = Actor("account:third")
    common: dict[str, Any] = {"seen_version": scope.version, "now": NOW}
    proposal = operations.propose(scope, wording, party_key="hangzhou", actor=third, **common)
    assert third.reference not in queries.drafters(text)
    operations.accept(proposal, party_key="lyon", actor=HIS, **common)
    assert queries.drafters(text) == {HERS.reference, HIS.reference, third.reference}


def test_a_clause_that_reads_differently_has_another_fingerprint() -> None:
    text = started()
    before = queries.clause_hashes(text)
    scope = clause(text, "scope")
    edit(scope, scope.en, scope.zh + "更多。")
    changed = {key for key, mark in queries.clause_hashes(text).items() if mark != before[key]}
    assert changed == {"scope"}
    head = replace(operations.head_of(text), notice_months=6)
    operations.change_head(text, head, seen_mark=operations.head_mark(text), party_key="lyon", actor=HERS, now=NOW)
    changed = {key for key, mark in queries.clause_hashes(text).items() if mark != before[key]}
    assert changed == {"scope", "continuation"}
