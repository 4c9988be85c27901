"""One writer at a time: the row of the text is locked before anything about it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from forum.agreements.errors import NotAParty, TextIsFrozen
from forum.agreements.models import AgreementText, Clause, ClauseRevision
from forum.agreements.queries import current, fingerprint
from forum.core.actor import Actor
from forum.core.database import session


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changes the text, for which party, and when."""

    actor: Actor
    party_key: str
    now: datetime


def lock(text: AgreementText) -> AgreementText:
    """Lock the text until the commit and read its row again."""
    session.refresh(text, with_for_update=True)
    return text


def open_for(text: AgreementText) -> AgreementText:
    """Lock a text that is going to change; raise ``TextIsFrozen``."""
    if lock(text).is_frozen:
        raise TextIsFrozen
    return text


def clause_as_seen(clause: Clause, seen_version: int) -> AgreementText:
    """Lock the clause's text and make sure that nobody changed the clause meanwhile; return the text."""
    text = open_for(clause.agreement)
    session.refresh(clause)
    current(clause, seen_version)
    return text


def party_of(text: AgreementText, party_key: str) -> str:
    """Return the key if it belongs to a party; raise ``NotAParty``."""
    if party_key not in {party.key for party in text.party_list}:
        raise NotAParty
    return party_key


def remember(clause: Clause, language: str, deed: str, *, before: str, hand: Hand) -> None:
    """Add one change of one side to the history that only grows."""
    wording = "" if deed == "removed" else clause.side(language)
    session.add(
        ClauseRevision(
            text_id=clause.text_id,
            clause_key=clause.key,
            language=language,
            revision=clause.revision_zh if language == "zh" else clause.revision_en,
            deed=deed,
            actor=hand.actor.reference,
            party_key=hand.party_key,
            before_hash=fingerprint(before, "") if before else "",
            after_hash=fingerprint(wording, "") if wording else "",
            wording=wording,
            at=hand.now,
        )
    )
