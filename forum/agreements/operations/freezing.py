"""Freezing a text at sign-off, and opening it again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from forum.agreements.errors import TextAltered, TextIsOpen, TextNotReady
from forum.agreements.kinds import TextStage
from forum.agreements.models import AgreementText, Freezing
from forum.agreements.operations.locking import lock
from forum.agreements.queries import blocking, fresh_seal, unaltered
from forum.agreements.rules.canonical import Seal
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.catalogue import translator
from forum.core.database import session


def freeze(text: AgreementText, *, today: date, actor: Actor, now: datetime) -> Seal:
    """Freeze the text and keep its seal; raise ``TextNotReady`` while the checker has blockers.

    A text that is frozen already keeps its seal; if it was altered past the product, ``TextAltered``.
    """
    lock(text)
    if text.is_frozen:
        if not unaltered(text):
            raise TextAltered
        return fresh_seal(text)
    found = blocking(text, today=today)
    if found:
        speak = translator(actor.language)
        raise TextNotReady(count=len(found), first=found[0].sentence(speak, actor.language))
    sealed = fresh_seal(text)
    text.stage, text.frozen_at = TextStage.FROZEN, now
    text.hash_en, text.hash_zh, text.hash_both = sealed.en, sealed.zh, sealed.both
    session.add(
        Freezing(
            text_id=text.id,
            short=sealed.both[:16],
            hash_en=sealed.en,
            hash_zh=sealed.zh,
            hash_both=sealed.both,
            revision=text.revision,
            frozen_at=now,
            frozen_by=actor.reference,
        )
    )
    session.flush()
    record(
        actor, "freeze", "agreement_text", text.public_id, now=now,
        revision=text.revision, hash_en=sealed.en, hash_zh=sealed.zh, hash=sealed.both,
    )  # fmt: skip
    return sealed


def unfreeze(text: AgreementText, *, actor: Actor, now: datetime) -> None:
    """Open a frozen text again; earlier confirmations don't count for it any more.  Raises ``TextIsOpen``."""
    lock(text)
    if not text.is_frozen:
        raise TextIsOpen
    running = session.scalars(select(Freezing).where(Freezing.text_id == text.id, Freezing.ended_at.is_(None)))
    for freezing in running:
        freezing.ended_at, freezing.ended_by = now, actor.reference
    text.stage, text.frozen_at = TextStage.OPEN, None
    text.hash_en = text.hash_zh = text.hash_both = None
    text.revision += 1
    session.flush()
    record(actor, "unfreeze", "agreement_text", text.public_id, now=now, revision=text.revision)
