"""Making one concept of two."""

from __future__ import annotations

from datetime import datetime

from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.terms import errors
from forum.terms.models import TermConcept
from forum.terms.operations.settling import settle
from forum.terms.operations.writing import as_seen
from forum.terms.states import Use
from forum.translation import operations as translation


def merge(
    into: TermConcept, taken: TermConcept, *, actor: Actor, now: datetime, seen: int | None = None
) -> TermConcept:
    """Move the words of a concept to another one and let the first go.

    A word that both have stays as it is in the one that stays; a second preferred word of one owner becomes an
    admitted one.  Definition and note go along where the one that stays has none.
    Raises ``SameConcept`` or ``TermChangedMeanwhile``.
    """
    as_seen(into.version, seen)
    if into.id == taken.id:
        raise errors.SameConcept
    known = {(row.lang, row.folded, row.owner) for row in into.renderings}
    led = {(row.lang, row.owner) for row in into.renderings if row.use is Use.PREFERRED}
    moved = 0
    for row in list(taken.renderings):
        if (row.lang, row.folded, row.owner) in known:
            continue
        if row.use is Use.PREFERRED and (row.lang, row.owner) in led:
            row.use = Use.ADMITTED
        taken.renderings.remove(row)
        into.renderings.append(row)
        moved += 1
    changed: dict[tuple[str, str], str] = {
        (field, lang): taken.side(field, lang)
        for field in TermConcept.__bilingual__
        for lang in LANGUAGES
        if not into.side(field, lang) and taken.side(field, lang)
    }
    translation.record(into, TermConcept.__tablename__, changed, actor=actor, now=now)
    if not into.definition_source:
        into.definition_source = taken.definition_source
    if into.key is None:
        into.key, taken.key = taken.key, None
    settle(into)
    session.flush()
    gone = taken.public_id
    session.delete(taken)
    session.flush()
    record(actor, "merge", "term", into.public_id, now=now, taken=gone, words=moved)
    return into
