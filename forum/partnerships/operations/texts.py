"""Starting a text from the library, taking the pen; writing, matching and confirming one that the version keeps."""

from __future__ import annotations

from datetime import datetime

from forum.agreements.models import AgreementText
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.text import clean
from forum.partnerships import errors
from forum.partnerships.library_text import start
from forum.partnerships.models import AgreementVersion, PartnershipParty
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.hands import note_hand
from forum.partnerships.operations.performing import lock
from forum.partnerships.rules.seeing import Standing, shown_state
from forum.partnerships.states import EDITABLE


def start_text(version: AgreementVersion, *, standing: Standing, actor: Actor, now: datetime) -> AgreementText:
    """Begin the text from the clause library, once there are parties to negotiate it.

    Raises ``NotYours``, ``TextLocked``, ``TextStarted`` and ``ActedAlready``.
    """
    party = take_pen(version, standing=standing, actor=actor)
    session.refresh(version, ["text_id", "text_en", "text_zh"])
    if version.text_id is not None or version.text_en or version.text_zh:
        raise errors.TextStarted
    text = start(version, party.public_id, actor=actor, now=now)
    record(actor, "start_text", "agreement", version.public_id, now=now, text=text.public_id)
    return text


def take_pen(version: AgreementVersion, *, standing: Standing, actor: Actor) -> PartnershipParty:
    """Hold the version while its clauses are changed, and keep who drafts; return the party that this person is for.

    Raises ``NotYours``, ``TextLocked``, and ``ActedAlready`` for a person who decides about the case.
    """
    lock(version)
    _may_edit(version, standing)
    note_hand(version, actor.account_id, "drafter")
    return next(party for party in version.partnership.parties if party.id in standing.liaison_of)


def write_text(
    version: AgreementVersion,
    text: Text,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    seen_hash: str | None = None,
) -> None:
    """Write both sides; what one of them was matched and confirmed with is void.

    Raises ``NotYours``, ``TextLocked``, ``TextMovedMeanwhile`` when somebody else has written since, and
    ``ActedAlready`` for a person who decides about the case.
    """
    lock(version)
    _may_edit(version, standing)
    before = neighbours.text.fresh_hashes(version).both
    if seen_hash is not None and seen_hash != before:
        raise errors.TextMovedMeanwhile
    note_hand(version, actor.account_id, "drafter")
    session.refresh(version, ["text_en", "text_zh"])
    version.text_en, version.text_zh = clean(text.en), clean(text.zh)
    session.flush()
    record(actor, "write_text", "agreement", version.public_id, now=now, before=before, after=hash_of(version))


def match_text(version: AgreementVersion, *, standing: Standing, actor: Actor, now: datetime) -> None:
    """Say that both sides say the same."""
    lock(version)
    _may_edit(version, standing)
    note_hand(version, actor.account_id, "drafter")
    version.matched_hash = hash_of(version)
    session.flush()
    record(actor, "match_text", "agreement", version.public_id, now=now, text=version.matched_hash)


def confirm_text(
    version: AgreementVersion, *, standing: Standing, actor: Actor, now: datetime, seen_hash: str | None = None
) -> None:
    """Confirm the present text for the parties whose liaison this person is."""
    lock(version)
    _may_edit(version, standing)
    if seen_hash is not None and seen_hash != hash_of(version):
        raise errors.TextMovedMeanwhile
    if len(standing.parties) > 1:
        raise errors.ActsForSeveral
    note_hand(version, actor.account_id, "drafter")
    for party in version.partnership.parties:
        if party.id in standing.liaison_of:
            neighbours.text.confirm(version, party, actor=actor, now=now)
    record(actor, "confirm_text", "agreement", version.public_id, now=now, text=hash_of(version))


def hash_of(version: AgreementVersion) -> str:
    """Return the hash of both sides as the database holds them now."""
    return neighbours.text.fresh_hashes(version).both


def _may_edit(version: AgreementVersion, standing: Standing) -> None:
    if not standing.liaison_of:
        raise errors.NotYours
    if version.state not in EDITABLE:
        raise errors.TextLocked(shown_state(version.state, standing))
