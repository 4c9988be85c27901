"""Confirming: a party says that exactly this text is what it agrees to."""

from __future__ import annotations

from datetime import datetime

from forum.agreements.errors import TextChangedMeanwhile
from forum.agreements.models import AgreementText, Confirmation
from forum.agreements.operations.locking import lock, party_of
from forum.agreements.queries import fresh_seal, standing_confirmations
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session


def confirm(
    text: AgreementText, party_key: str, *, seen_revision: int, seen_hash: str, actor: Actor, now: datetime
) -> Confirmation:
    """Confirm the text that was read: revision and hash as the page showed them.

    A second confirmation of the same party for the same text is the first one.  Raises ``NotAParty`` and
    ``TextChangedMeanwhile``.
    """
    lock(text)
    party_of(text, party_key)
    if text.revision != seen_revision or fresh_seal(text).both != seen_hash:
        raise TextChangedMeanwhile
    known = standing_confirmations(text).get(party_key)
    if known is not None:
        return known
    confirmation = Confirmation(
        text_id=text.id,
        party_key=party_key,
        revision=text.revision,
        hash_both=seen_hash,
        account_id=actor.account_id,
        actor=actor.reference,
        at=now,
    )
    session.add(confirmation)
    session.flush()
    record(
        actor, "confirm", "agreement_text", text.public_id, now=now,
        party=party_key, revision=text.revision, hash=seen_hash,
    )  # fmt: skip
    return confirmation


def take_back(text: AgreementText, party_key: str, *, actor: Actor, now: datetime) -> None:
    """Take back a confirmation that still holds, while the text is being negotiated; nothing happens without one."""
    lock(text)
    known = standing_confirmations(text).get(party_of(text, party_key))
    if known is None:
        return
    session.delete(known)
    session.flush()
    record(actor, "take_back", "agreement_text", text.public_id, now=now, party=party_key, revision=text.revision)
