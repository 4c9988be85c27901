"""The head of a text: titles, term, notice, references, authentic languages, parties."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from forum.agreements.errors import NoLanguage, TermsChanged
from forum.agreements.kinds import Party, Rank
from forum.agreements.models import AgreementText
from forum.agreements.operations.locking import open_for
from forum.agreements.operations.starting import stored
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.core.text import clean_line


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the clauses; ``ranks`` are those of the signatories, by party."""

    title_en: str
    title_zh: str
    term_months: int | None
    ends_on: date | None
    notice_months: int | None
    budget_reference: str = ""
    licence_reference: str = ""
    authentic: tuple[str, ...] = LANGUAGES
    prevailing: str | None = None
    ranks: tuple[tuple[str, Rank | None], ...] = ()


def head_of(text: AgreementText) -> Head:
    """Return the head as it stands."""
    return Head(
        title_en=text.title_en or "",
        title_zh=text.title_zh or "",
        term_months=text.term_months,
        ends_on=text.ends_on,
        notice_months=text.notice_months,
        budget_reference=text.budget_reference,
        licence_reference=text.licence_reference,
        authentic=tuple(text.authentic),
        prevailing=text.prevailing,
        ranks=tuple((party.key, party.rank) for party in text.party_list),
    )


def head_mark(text: AgreementText) -> str:
    """Return what a form carries to notice that somebody else changed the head meanwhile."""
    head = head_of(text)
    parts = [str(getattr(head, name)) for name in Head.__dataclass_fields__]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def change_head(
    text: AgreementText, head: Head, *, seen_mark: str, party_key: str, actor: Actor, now: datetime
) -> None:
    """Change what stands above the clauses; raise ``TermsChanged``, ``NoLanguage`` and ``TextIsFrozen``."""
    open_for(text)
    if head_mark(text) != seen_mark:
        raise TermsChanged
    authentic: list[str] = [language for language in LANGUAGES if language in head.authentic]
    if not authentic or (head.prevailing and head.prevailing not in authentic):
        raise NoLanguage
    ranks = dict(head.ranks)
    before = head_of(text)
    text.title_en, text.title_zh = clean_line(head.title_en), clean_line(head.title_zh)
    text.term_months, text.ends_on, text.notice_months = head.term_months, head.ends_on, head.notice_months
    text.budget_reference = clean_line(head.budget_reference)
    text.licence_reference = clean_line(head.licence_reference)
    text.authentic, text.prevailing = authentic, head.prevailing or None
    text.parties = [
        each | {"rank": str(rank) if (rank := ranks.get(each["key"])) else None} if each["key"] in ranks else each
        for each in text.parties
    ]
    if head_of(text) == before:
        return
    text.revision += 1
    session.flush()
    record(actor, "change_terms", "agreement_text", text.public_id, now=now, revision=text.revision, party=party_key)


def change_parties(text: AgreementText, parties: Sequence[Party], *, actor: Actor, now: datetime) -> None:
    """Exchange the parties or their names; raise ``BadParties`` and ``TextIsFrozen``."""
    open_for(text)
    text.parties = stored(parties)
    text.revision += 1
    session.flush()
    record(
        actor, "change_parties", "agreement_text", text.public_id, now=now,
        revision=text.revision, parties=[party.key for party in parties],
    )  # fmt: skip
