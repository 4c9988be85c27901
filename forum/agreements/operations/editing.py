"""Negotiating clauses: editing one side or both, matching them, adding and taking out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from forum.agreements.errors import (
    ClauseIsRequired,
    ClausePresent,
    NoSuchVariant,
    NotInThisInstrument,
    SideEmpty,
    UnknownVariable,
)
from forum.agreements.kinds import Use
from forum.agreements.library import LATEST, OWN, library, place_of, use_of
from forum.agreements.models import AgreementText, Clause, ClauseRevision
from forum.agreements.operations.locking import Hand, clause_as_seen, open_for, remember
from forum.agreements.operations.starting import copy_clause
from forum.agreements.queries import agreement, fingerprint, is_matched
from forum.agreements.rules.variables import unknown, variables
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.core.refusals import Word
from forum.core.text import clean, clean_line


@dataclass(frozen=True, slots=True)
class Wording:
    """Both sides of a clause as somebody wrote them; headings only for the parties' own clauses."""

    en: str
    zh: str
    heading_en: str = ""
    heading_zh: str = ""

    def side(self, language: str) -> str:
        """Return the text in that language, cleaned."""
        return clean(self.zh if language == "zh" else self.en)


def check_variables(text: AgreementText, wording: Wording) -> None:
    """Refuse double braces around a name that isn't a variable."""
    whole = agreement(text)
    for language in LANGUAGES:
        if names := unknown(wording.side(language), variables(whole, language)):
            raise UnknownVariable(field=language, name=names[0])


def edit_clause(
    clause: Clause,
    wording: Wording,
    *,
    seen_version: int,
    party_key: str,
    actor: Actor,
    now: datetime,
    deviation_note: str | None = None,
) -> bool:
    """Write new text into a clause; return whether anything changed.

    A side that changes is out of step until somebody matches it.  Raises ``ClauseChanged`` when somebody else
    changed the clause after ``seen_version``, ``TextIsFrozen`` and ``UnknownVariable``.
    """
    text = clause_as_seen(clause, seen_version)
    check_variables(text, wording)
    changed = write(clause, wording, "edited", Hand(actor, party_key, now))
    if deviation_note is not None and clean_line(deviation_note) != clause.deviation_note:
        clause.deviation_note = clean_line(deviation_note)
    if changed:
        text.revision += 1
    session.flush()
    if changed:
        record(
            actor, "edit_clause", "agreement_text", text.public_id, now=now,
            clause=clause.key, languages=changed, revision=text.revision, party=party_key,
        )  # fmt: skip
    return bool(changed)


def write(clause: Clause, wording: Wording, deed: str, hand: Hand) -> list[str]:
    """Write the sides that differ, with their history; return their languages."""
    changed: list[str] = []
    for language in LANGUAGES:
        before, after = clause.side(language), wording.side(language)
        if before == after:
            continue
        setattr(clause, language, after)
        name = f"revision_{language}"
        setattr(clause, name, getattr(clause, name) + 1)
        remember(clause, language, deed, before=before, hand=hand)
        changed.append(language)
    return changed


def match(clause: Clause, *, seen_version: int, party_key: str, actor: Actor, now: datetime) -> None:
    """Mark both sides as saying the same; raise ``ClauseChanged``, ``SideEmpty`` and ``TextIsFrozen``."""
    text = clause_as_seen(clause, seen_version)
    if not (clause.en.strip() and clause.zh.strip()):
        raise SideEmpty
    if is_matched(clause):
        return
    clause.matched_en, clause.matched_zh = clause.revision_en, clause.revision_zh
    clause.matched_hash = fingerprint(clause.en, clause.zh)
    clause.matched_by, clause.matched_at = actor.reference, now
    session.flush()
    record(
        actor, "match_clause", "agreement_text", text.public_id, now=now,
        clause=clause.key, revision_en=clause.revision_en, revision_zh=clause.revision_zh, party=party_key,
    )  # fmt: skip


def add_clause(
    text: AgreementText, key: str, *, party_key: str, actor: Actor, now: datetime, variant: str = ""
) -> Clause:
    """Add a clause of the library; raise ``NotInThisInstrument``, ``ClausePresent`` and ``TextIsFrozen``."""
    open_for(text)
    source = library().get(key)
    if source is None or use_of(key, text.instrument) in (Use.FORBIDDEN, Use.NOT_OFFERED):
        raise NotInThisInstrument(clause=Word(source.heading_en) if source else "–")
    if session.scalar(select(Clause.id).filter_by(text_id=text.id, key=key)) is not None:
        raise ClausePresent
    clause = copy_clause(text, source, variant, Hand(actor, party_key, now))
    _added(text, clause, party_key, actor, now)
    return clause


def add_own_clause(text: AgreementText, wording: Wording, *, party_key: str, actor: Actor, now: datetime) -> Clause:
    """Add a clause in the parties' own words, out of step until it is matched."""
    open_for(text)
    check_variables(text, wording)
    # The history counts, so that a clause that was taken out never lends its name to another one.
    keys = session.scalars(select(ClauseRevision.clause_key).where(ClauseRevision.text_id == text.id).distinct())
    number = max((int(key.removeprefix(OWN)) for key in keys if key.startswith(OWN)), default=0) + 1
    clause = Clause(
        text_id=text.id,
        key=f"{OWN}{number}",
        order=place_of(OWN) + min(number, 49),
        heading_en=clean_line(wording.heading_en),
        heading_zh=clean_line(wording.heading_zh),
        en=wording.side("en"),
        zh=wording.side("zh"),
        revision_en=1,
        revision_zh=1,
    )
    session.add(clause)
    for language in LANGUAGES:
        remember(clause, language, "added", before="", hand=Hand(actor, party_key, now))
    _added(text, clause, party_key, actor, now)
    return clause


def _added(text: AgreementText, clause: Clause, party_key: str, actor: Actor, now: datetime) -> None:
    text.revision += 1
    session.flush()
    session.expire(text, ["clauses"])
    record(
        actor, "add_clause", "agreement_text", text.public_id, now=now,
        clause=clause.key, revision=text.revision, party=party_key,
    )  # fmt: skip


def take_variant(
    clause: Clause, variant: str, *, seen_version: int, party_key: str, actor: Actor, now: datetime
) -> None:
    """Put another variant of the library into a clause, matched as it stands there.

    Raises ``NoSuchVariant``, ``ClauseChanged`` and ``TextIsFrozen``.
    """
    text = clause_as_seen(clause, seen_version)
    source = library().get(clause.key)
    chosen = source.variant(variant) if source else None
    if chosen is None:
        raise NoSuchVariant
    changed = write(clause, Wording(chosen.en, chosen.zh), "edited", Hand(actor, party_key, now))
    clause.variant, clause.library_version, clause.deviation_note = chosen.name, LATEST, ""
    clause.matched_en, clause.matched_zh = clause.revision_en, clause.revision_zh
    clause.matched_hash = fingerprint(clause.en, clause.zh)
    clause.matched_by, clause.matched_at = "library", now
    if changed:
        text.revision += 1
    session.flush()
    record(
        actor, "take_variant", "agreement_text", text.public_id, now=now,
        clause=clause.key, variant=chosen.name, revision=text.revision, party=party_key,
    )  # fmt: skip


def remove_clause(clause: Clause, *, seen_version: int, party_key: str, actor: Actor, now: datetime) -> None:
    """Take a clause out; its history stays.  Raises ``ClauseIsRequired``, ``ClauseChanged`` and ``TextIsFrozen``."""
    text = clause_as_seen(clause, seen_version)
    if use_of(clause.key, text.instrument) is Use.REQUIRED:
        raise ClauseIsRequired(clause=Word(clause.heading_en))
    hand = Hand(actor, party_key, now)
    for language in LANGUAGES:
        remember(clause, language, "removed", before=clause.side(language), hand=hand)
    if clause.key == "automatic_renewal":
        text.automatic_renewal = False
    key = clause.key
    session.delete(clause)
    text.revision += 1
    session.flush()
    session.expire(text, ["clauses"])
    record(
        actor, "remove_clause", "agreement_text", text.public_id, now=now,
        clause=key, revision=text.revision, party=party_key,
    )  # fmt: skip
