"""What liaison work holds about somebody: what they owe, whom they represent, and where they are named as a contact."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Account
from forum.committees.models import LiaisonRelation
from forum.core.actor import SYSTEM
from forum.core.database import session
from forum.core.refusals import N_, Word
from forum.liaisons.models import CONTACT_ROLES, Contact, Obligation, Representative, Statement
from forum.liaisons.operations.answering import pass_on
from forum.liaisons.queries.mirrors import today
from forum.liaisons.queries.reminding import partner_name
from forum.liaisons.states import OBLIGATION_STATES

Section = dict[str, Any]


def sections(account_id: int, now: datetime) -> list[Section]:  # noqa: ARG001 - what every room is asked
    """Return the answers, terms and contacts of an account; contacts are found by its mail address."""
    found = [_obligation(row) for row in _obligations(account_id)]
    found += [_term(row) for row in _terms(account_id)]
    found += [_contact(row) for row in _contacts(account_id)]
    drafted = session.scalars(select(Statement).where(Statement.drafted_by_id == account_id).order_by(Statement.id))
    entries: list[tuple[str, Any]] = [(N_("Statement that you drafted or recorded"), _named(row)) for row in drafted]
    return [*found, *([{"title": N_("Liaison statements"), "entries": entries}] if entries else [])]


def _named(row: Statement) -> str:
    return " ".join(part for part in (row.cited_number, row.text("title").joined()) if part)


def _obligation(row: Obligation) -> Section:
    entries: list[tuple[str, Any]] = [
        (N_("Liaison statement"), _named(row.statement)),
        (N_("Deadline"), row.due_at.isoformat()),
        (N_("State"), Word(OBLIGATION_STATES[row.state])),
        (N_("Answered on"), row.answered_at.isoformat() if row.answered_at else ""),
        (N_("Reason given"), row.reason),
    ]
    return {"title": N_("Answer owed by you"), "entries": [entry for entry in entries if entry[1]]}


def _term(row: Representative) -> Section:
    entries: list[tuple[str, Any]] = [
        (N_("Liaison"), f"{row.relation.committee.reference} – {partner_name(row.relation)}"),
        (N_("Organisation"), row.organisation),
        (N_("From"), row.starts_on.isoformat()),
        (N_("Until"), row.ends_on.isoformat() if row.ends_on else ""),
    ]
    return {"title": N_("Representative in a liaison"), "entries": [entry for entry in entries if entry[1]]}


def _contact(row: Contact) -> Section:
    entries: list[tuple[str, Any]] = [
        (N_("Liaison statement"), _named(row.statement)),
        (N_("Contact"), Word(CONTACT_ROLES[row.role])),
        (N_("Name"), row.name),
        (N_("Organisation"), row.organisation),
        (N_("Mail address"), row.email),
    ]
    return {"title": N_("Named as a contact"), "entries": [entry for entry in entries if entry[1]]}


def _obligations(account_id: int) -> Sequence[Obligation]:
    return (
        session.scalars(
            select(Obligation)
            .where(Obligation.owner_id == account_id)
            .options(joinedload(Obligation.statement).selectinload(Statement.addressees))
            .order_by(Obligation.id)
        )
        .unique()
        .all()
    )


def _terms(account_id: int) -> Sequence[Representative]:
    relation = joinedload(Representative.relation)
    return session.scalars(
        select(Representative)
        .where(Representative.account_id == account_id)
        .options(relation.joinedload(LiaisonRelation.committee), relation.joinedload(LiaisonRelation.partner))
        .order_by(Representative.id)
    ).all()


def _contacts(account_id: int) -> Sequence[Contact]:
    address = select(Account.email).where(Account.id == account_id).scalar_subquery()
    return session.scalars(
        select(Contact)
        .where(Contact.email != "", func.lower(Contact.email) == address)
        .options(joinedload(Contact.statement))
        .order_by(Contact.id)
    ).all()


def erase_for(account_id: int, now: datetime) -> None:
    """Take name and address off every contact, end the terms, and give the answers that are owed to another owner.

    What was posted, approved and answered stays: it is the record of the committees, and the account has no name
    any more.
    """
    for contact in _contacts(account_id):
        contact.name = contact.email = ""
    day = today(now)
    running = or_(Representative.ends_on.is_(None), Representative.ends_on > day)
    for term in session.scalars(select(Representative).where(Representative.account_id == account_id, running)):
        term.ends_on = max(day, term.starts_on)
    for row in _obligations(account_id):
        if row.is_owed:
            pass_on(row, actor=SYSTEM, now=now)
    session.flush()
