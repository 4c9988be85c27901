"""Reading texts: always fresh from the database where a hash depends on it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from forum.agreements.errors import ClauseChanged
from forum.agreements.kinds import Agreement, ClauseText, Instrument, ProposalState, Terms
from forum.agreements.models import (
    AgreementText,
    Clause,
    ClauseRevision,
    Confirmation,
    Freezing,
    Proposal,
    parties_of,
)
from forum.agreements.rules.canonical import Seal, digits, is_same, normal, seal
from forum.agreements.rules.checker import Finding, blockers, findings
from forum.agreements.rules.ordering import Place
from forum.agreements.rules.variables import resolve, variables
from forum.core.bilingual import LANGUAGES, Language
from forum.core.database import session


def fingerprint(english: str, chinese: str) -> str:
    """Return the hash of both wordings of a clause, as it is kept when they are matched."""
    return hashlib.sha256(f"{english}\x1f{chinese}".encode()).hexdigest()


def places(text: AgreementText) -> list[Place]:
    """Return the clauses in the order in which they stand now; one statement."""
    rows = session.execute(
        select(Clause.key, Clause.order).where(Clause.text_id == text.id).order_by(Clause.order, Clause.id)
    )
    return [Place(row.key, row.order) for row in rows]


def by_public_id(public_id: str) -> AgreementText | None:
    """Return a text with its clauses; who may see it is for the room above to say."""
    return session.scalars(
        select(AgreementText).filter_by(public_id=public_id).options(selectinload(AgreementText.clauses))
    ).one_or_none()


def clause_of(text: AgreementText, key: str) -> Clause | None:
    """Return one clause of a text."""
    return session.scalars(select(Clause).filter_by(text_id=text.id, key=key)).one_or_none()


def current(clause: Clause, seen_version: int) -> Clause:
    """Return the clause if it is still the one that was shown; raise ``ClauseChanged`` otherwise."""
    if clause.version != seen_version:
        raise ClauseChanged
    return clause


def agreement(text: AgreementText) -> Agreement:
    """Return the text as a value, read from the database itself: two statements.

    Columns are asked for, not objects, so that what a script wrote past the product is seen as well.
    """
    columns: Any = AgreementText  # the titles are columns that the mixin makes
    head = session.execute(
        select(
            AgreementText.instrument,
            columns.title_en,
            columns.title_zh,
            AgreementText.parties,
            AgreementText.authentic,
            AgreementText.prevailing,
            AgreementText.term_months,
            AgreementText.ends_on,
            AgreementText.notice_months,
            AgreementText.automatic_renewal,
            AgreementText.budget_reference,
            AgreementText.licence_reference,
        ).where(AgreementText.id == text.id)
    ).one()
    rows = session.execute(
        select(
            Clause.key,
            Clause.heading_en,
            Clause.heading_zh,
            Clause.en,
            Clause.zh,
            Clause.revision_en,
            Clause.revision_zh,
            Clause.matched_en,
            Clause.matched_zh,
            Clause.matched_hash,
            Clause.library_version,
            Clause.variant,
        )
        .where(Clause.text_id == text.id)
        .order_by(Clause.order, Clause.id)
    )
    return Agreement(
        instrument=Instrument(head.instrument),
        title_en=head.title_en or "",
        title_zh=head.title_zh or "",
        parties=parties_of(head.parties),
        clauses=tuple(_clause(row) for row in rows),
        terms=Terms(
            term_months=head.term_months,
            ends_on=head.ends_on,
            notice_months=head.notice_months,
            automatic_renewal=bool(head.automatic_renewal),
            budget_reference=head.budget_reference,
            licence_reference=head.licence_reference,
        ),
        authentic=tuple(cast("list[Language]", head.authentic)),
        prevailing=cast("Language | None", head.prevailing),
    )


def _clause(row: Any) -> ClauseText:
    return ClauseText(
        key=row.key,
        heading_en=row.heading_en,
        heading_zh=row.heading_zh,
        en=row.en,
        zh=row.zh,
        matched=_is_matched(row),
        library_version=row.library_version,
        variant=row.variant,
    )


def _is_matched(row: Any) -> bool:
    return bool(
        row.matched_en == row.revision_en
        and row.matched_zh == row.revision_zh
        and row.matched_hash == fingerprint(row.en, row.zh)
    )


def is_matched(clause: Clause) -> bool:
    """Tell whether both sides of a clause were matched as they stand."""
    return _is_matched(clause)


def fresh_seal(text: AgreementText) -> Seal:
    """Return the hashes of the text as it is stored at this moment."""
    return seal(agreement(text))


def verify(text: AgreementText, typed: str) -> bool:
    """Tell whether digits from a copy belong to the text as it is stored at this moment."""
    return is_same(fresh_seal(text), typed)


def unaltered(text: AgreementText) -> bool:
    """Tell whether a frozen text is still the one that was frozen."""
    fresh = fresh_seal(text)
    return text.is_frozen and (fresh.en, fresh.zh, fresh.both) == (text.hash_en, text.hash_zh, text.hash_both)


def all_findings(text: AgreementText, *, today: date) -> tuple[Finding, ...]:
    """Return what the checker finds in the text as it is stored."""
    return findings(agreement(text), today=today)


def blocking(text: AgreementText, *, today: date) -> tuple[Finding, ...]:
    """Return the findings that stop agreement and sign-off."""
    return blockers(agreement(text), today=today)


def all_matched(text: AgreementText) -> bool:
    """Tell whether no clause is out of step."""
    return all(clause.matched for clause in agreement(text).clauses)


def open_proposals(text: AgreementText) -> dict[str, Proposal]:
    """Return the proposals that wait for an answer, by the key of their clause: one statement."""
    rows = session.execute(
        select(Clause.key, Proposal)
        .join(Proposal, Proposal.clause_id == Clause.id)
        .where(Clause.text_id == text.id, Proposal.state == ProposalState.OPEN)
    )
    return {key: proposal for key, proposal in rows}  # noqa: C416 - a row isn't a pair to the type checker


def proposal_of(text: AgreementText, public_id: str) -> Proposal | None:
    """Return one proposal for a clause of this text."""
    return session.scalars(
        select(Proposal).join(Clause).where(Clause.text_id == text.id, Proposal.public_id == public_id)
    ).one_or_none()


def history_of(text: AgreementText, key: str | None = None, limit: int = 200) -> Sequence[ClauseRevision]:
    """Return the changes of a text or of one of its clauses, newest first."""
    found = select(ClauseRevision).where(ClauseRevision.text_id == text.id)
    if key is not None:
        found = found.where(ClauseRevision.clause_key == key)
    return session.scalars(found.order_by(ClauseRevision.id.desc()).limit(limit)).all()


def standing_confirmations(text: AgreementText) -> dict[str, Confirmation]:
    """Return the confirmations that still hold, by party: same revision, and the same hash as the stored text."""
    revision = session.scalars(select(AgreementText.revision).where(AgreementText.id == text.id)).one()
    found = session.scalars(
        select(Confirmation)
        .where(
            Confirmation.text_id == text.id,
            Confirmation.revision == revision,
            Confirmation.hash_both == fresh_seal(text).both,
        )
        .order_by(Confirmation.id)
    )
    return {confirmation.party_key: confirmation for confirmation in found}


def confirmed_by_all(text: AgreementText) -> bool:
    """Tell whether every party confirmed the text as it stands."""
    return {party.key for party in text.party_list} <= standing_confirmations(text).keys()


def freezings_by(typed: str) -> Sequence[Freezing]:
    """Return the freezings with these digits (16 of them, or a complete hash), the current one first."""
    given = digits(typed)
    if len(given) not in (16, 64) or any(c not in "0123456789abcdef" for c in given):
        return ()
    if len(given) == 16:
        match = Freezing.short == given
    else:
        match = (Freezing.hash_both == given) | (Freezing.hash_en == given) | (Freezing.hash_zh == given)
    return session.scalars(
        select(Freezing).where(match).order_by(Freezing.ended_at.is_not(None), Freezing.id.desc()).limit(5)
    ).all()


def agreed_at(text: AgreementText, hash_both: str) -> datetime | None:
    """Return when the parties had all agreed this wording: what every one of them knows.

    Never the day of a later freezing of the same words, which would tell of a return on one side.
    """
    first = (
        select(func.min(Confirmation.at).label("at"))
        .where(Confirmation.text_id == text.id, Confirmation.hash_both == hash_both)
        .group_by(Confirmation.party_key)
        .subquery()
    )
    confirmed: datetime | None = session.scalar(select(func.max(first.c.at)))
    if confirmed is not None:
        return confirmed
    return session.scalar(
        select(func.min(Freezing.frozen_at)).where(Freezing.text_id == text.id, Freezing.hash_both == hash_both)
    )


def drafters(text: AgreementText) -> frozenset[str]:
    """Return who wrote or proposed any wording of a text, by reference: none of them signs it off."""
    wrote = select(ClauseRevision.actor).where(ClauseRevision.text_id == text.id, ClauseRevision.deed != "removed")
    proposed = (
        select(Proposal.actor)
        .join(Clause, Proposal.clause_id == Clause.id)
        .where(Clause.text_id == text.id, Proposal.state == ProposalState.ACCEPTED)
    )
    return frozenset(session.scalars(wrote.union(proposed)))


def clause_hashes(text: AgreementText) -> dict[str, str]:
    """Return the fingerprint of each clause as it reads now, by key: what tells later whether it has changed."""
    whole = agreement(text)
    english, chinese = (variables(whole, language) for language in LANGUAGES)
    return {
        clause.key: fingerprint(normal(resolve(clause.en, english)), normal(resolve(clause.zh, chinese)))
        for clause in whole.clauses
    }
