"""Starting a text from the clause library, and the successor of an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from forum.agreements.errors import BadParties
from forum.agreements.kinds import INSTRUMENTS, Instrument, Party, Terms, Use
from forum.agreements.library import LATEST, LibraryClause, library, place_of
from forum.agreements.models import AgreementText, Clause
from forum.agreements.operations.locking import Hand, remember
from forum.agreements.queries import fingerprint
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.text import clean_line

DEFAULT_TERMS = Terms(term_months=60, notice_months=3)


def stored(parties: Sequence[Party]) -> list[Any]:
    """Return parties as they are kept; raise ``BadParties``."""
    cleaned = [replace(each, name_en=clean_line(each.name_en), name_zh=clean_line(each.name_zh)) for each in parties]
    keys = {each.key for each in cleaned}
    if len(cleaned) < 2 or len(keys) < len(cleaned) or not all(p.key and p.name_en and p.name_zh for p in cleaned):
        raise BadParties
    return [asdict(each) | {"rank": str(each.rank) if each.rank else None} for each in cleaned]


def start_text(
    instrument: Instrument,
    parties: Sequence[Party],
    *,
    actor: Actor,
    now: datetime,
    party_key: str = "",
    terms: Terms = DEFAULT_TERMS,
    optional: Iterable[str] = (),
) -> AgreementText:
    """Return a new text with every required clause of the library and the optional ones that were asked for.

    Clauses come from the latest version of the library and are matched as they stand there.
    """
    text = AgreementText(
        instrument=instrument,
        title_en=translator("en")(INSTRUMENTS[instrument]),
        title_zh=translator("zh")(INSTRUMENTS[instrument]),
        source_lang="en",
        parties=stored(parties),
        term_months=terms.term_months,
        ends_on=terms.ends_on,
        notice_months=terms.notice_months,
        budget_reference=terms.budget_reference,
        licence_reference=terms.licence_reference,
    )
    session.add(text)
    session.flush()
    wanted = frozenset(optional)
    hand = Hand(actor, party_key, now)
    for clause in library().values():
        use = clause.uses[instrument]
        if use is Use.REQUIRED or (use is Use.OPTIONAL and clause.key in wanted):
            copy_clause(text, clause, "", hand)
    session.flush()
    record(
        actor, "start", "agreement_text", text.public_id, now=now, instrument=str(instrument), library_version=LATEST
    )
    return text


def copy_clause(text: AgreementText, source: LibraryClause, variant: str, hand: Hand) -> Clause:
    """Add a clause of the library to a text, matched as it stands there."""
    wording = source.variant(variant) or source.variants[0]
    clause = Clause(
        text_id=text.id,
        key=source.key,
        order=place_of(source.key),
        heading_en=source.heading_en,
        heading_zh=source.heading_zh,
        en=wording.en,
        zh=wording.zh,
        revision_en=1,
        revision_zh=1,
        matched_en=1,
        matched_zh=1,
        matched_hash=fingerprint(wording.en, wording.zh),
        matched_by="library",
        matched_at=hand.now,
        library_version=LATEST,
        variant=wording.name,
    )
    session.add(clause)
    if source.key == "automatic_renewal":
        text.automatic_renewal = True
    for language in LANGUAGES:
        remember(clause, language, "added", before="", hand=hand)
    return clause


def succeed(text: AgreementText, *, actor: Actor, now: datetime, party_key: str = "") -> AgreementText:
    """Return an open copy of a text for renegotiated terms; the earlier text stays as it is."""
    copied = {
        name: getattr(text, name)
        for name in (
            "instrument", "title_en", "title_zh", "source_lang", "prevailing", "term_months", "ends_on",
            "notice_months", "automatic_renewal", "budget_reference", "licence_reference",
        )
    }  # fmt: skip
    successor = AgreementText(**copied, parties=list(text.parties), authentic=list(text.authentic))
    session.add(successor)
    session.flush()
    hand = Hand(actor, party_key, now)
    for clause in text.clauses:
        copy = Clause(
            text_id=successor.id,
            **{
                column.name: getattr(clause, column.name)
                for column in Clause.__table__.columns
                if column.name not in {"id", "public_id", "text_id", "created_at", "updated_at", "version"}
            },
        )
        session.add(copy)
        for language in LANGUAGES:
            remember(copy, language, "added", before="", hand=hand)
    session.flush()
    record(actor, "succeed", "agreement_text", successor.public_id, now=now, predecessor=text.public_id)
    return successor
