"""Relations stay directional; they are proposed, reviewed, renewed and ended, and somebody represents them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from forum.committees.models import LiaisonRelation, RelationCategory, RelationState
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.liaisons import errors
from forum.liaisons.operations import relations as keeping
from forum.liaisons.operations.relations import Proposal, Term
from forum.liaisons.queries import relations as reading
from forum.liaisons.queries import reminding
from forum.liaisons.rules.terms import Terms
from tests.conftest import START
from tests.liaisons.committees import Desk

TODAY = START.date()


def proposed(desk: Desk, who: str = "agenda", partner: str = "ITU-T SG20") -> LiaisonRelation:
    proposal = Proposal("ISO/TC 268", partner, RelationCategory.A, "They define the data")
    return keeping.propose(proposal, **desk.as_(who))


def step(desk: Desk, row: LiaisonRelation, action: str, who: str, reason: str = "", due: date | None = None) -> None:
    keeping.move(row, action, reason, due, seen=row.version, **desk.as_(who))


def test_a_relation_is_listed_in_its_own_direction_alone(desk: Desk) -> None:
    row = proposed(desk)
    step(desk, row, "accept", "viewer")
    rows, count = reading.page(TODAY, offset=0, limit=10)
    assert [(one.committee.reference, one.partner.reference) for one in rows if one.partner] == [
        ("ISO/TC 268", "ITU-T SG20")
    ]
    assert count == 1
    assert not reading.listed_back(row)


def test_an_organisation_outside_keeps_its_name(desk: Desk) -> None:
    row = proposed(desk, partner="UNEP")
    assert (row.partner_id, row.external_name) == (None, "UNEP")
    with pytest.raises(errors.RelationThere):
        proposed(desk, partner="UNEP")


def test_a_relation_goes_its_way(desk: Desk) -> None:
    row = proposed(desk, "focal")
    with pytest.raises(UnlawfulAction):
        step(desk, row, "accept", "focal")
    step(desk, row, "accept", "viewer")
    assert row.review_due_on == TODAY.replace(year=TODAY.year + 2)
    step(desk, row, "open_review", "focal")
    with pytest.raises(ReasonNeeded):
        step(desk, row, "renew", "viewer")
    with pytest.raises(errors.NextReviewNeeded):
        step(desk, row, "renew", "viewer", "Useful", TODAY)
    step(desk, row, "renew", "viewer", "Useful")
    assert (row.state, row.review_due_on) == (RelationState.ACTIVE, date(2031, 3, 1))
    step(desk, row, "end", "viewer", "Done")
    assert (row.state, row.ends_on) == (RelationState.ENDED, TODAY)
    assert [one.action for one in reading.reviews_of(row.id)] == ["end", "renew", "open_review", "accept", "propose"]
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(text("UPDATE liaison_relation_review SET reason = 'x'"))


@pytest.mark.parametrize("who", ["door", "protocol", "stranger"])
def test_nobody_else_proposes(desk: Desk, who: str) -> None:
    with pytest.raises(Refusal):
        proposed(desk, who)


def test_a_representative_has_a_term_that_no_other_one_meets(desk: Desk) -> None:
    row = proposed(desk)
    made = keeping.represent(row, Term(TODAY, TODAY + timedelta(days=9), name="Wu Min"), **desk.as_("agenda"))
    with pytest.raises(errors.TermOverlaps):
        keeping.represent(row, Term(TODAY + timedelta(days=9), name="Li Na"), **desk.as_("agenda"))
    with pytest.raises(errors.TermReversed):
        keeping.represent(row, Term(TODAY, TODAY - timedelta(days=1), name="Li Na"), **desk.as_("agenda"))
    with pytest.raises(errors.RepresentativeNeeded):
        keeping.represent(row, Term(TODAY + timedelta(days=20)), **desk.as_("agenda"))
    keeping.represent(row, Term(TODAY + timedelta(days=10), account=desk.account("focal")), **desk.as_("agenda"))
    assert reading.representatives_on([row.id], TODAY) == {row.id: made}
    keeping.end_term(row, made, **desk.as_("agenda"))
    assert made.ends_on == TODAY


def test_a_review_is_announced_half_a_year_before_to_officers_and_the_representative(desk: Desk) -> None:
    row = proposed(desk)
    step(desk, row, "accept", "viewer", due=TODAY + timedelta(days=185))
    keeping.represent(row, Term(TODAY, account=desk.account("focal")), **desk.as_("agenda"))
    dues = [due for due in reminding.dues(START) if due.kind == reminding.REVIEW]
    assert {due.account_id for due in dues} == {desk.cast.accounts["agenda"], desk.cast.accounts["focal"]}
    assert {due.offsets for due in dues} == {(-180, -90, -30)}
    step(desk, row, "end", "viewer", "Done")
    assert [due for due in reminding.dues(START) if due.kind == reminding.REVIEW] == []


def test_other_numbers_hold_from_their_day(desk: Desk) -> None:
    terms = replace(Terms(), review_years=3, reminder_days=(10, 5, 0))
    later = TODAY + timedelta(days=10)
    keeping.set_rule(terms, later, seen=0, **desk.as_("viewer"))
    assert reading.terms_on(TODAY) == Terms()
    assert reading.terms_on(later) == terms
    with pytest.raises(errors.RuleMeanwhile):
        keeping.set_rule(terms, later, seen=0, **desk.as_("viewer"))
    with pytest.raises(errors.RuleOutside):
        keeping.set_rule(replace(terms, review_years=0), later, seen=1, **desk.as_("viewer"))
    with pytest.raises(errors.DaysUnreadable):
        keeping.set_rule(replace(terms, reminder_days=()), later, seen=1, **desk.as_("viewer"))
    with pytest.raises(Refusal):
        keeping.set_rule(terms, later, seen=1, **desk.as_("agenda"))
