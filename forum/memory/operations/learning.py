"""Learning from reviewed text: the segments of one field of one record, as the last review left them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete as delete_rows
from sqlalchemy import func, select

from forum.core.actor import Actor
from forum.core.database import session
from forum.core.text import clean
from forum.memory.models import (
    QUALITY,
    MemorySegment,
    SegmentOrigin,
    SegmentRemoval,
    SegmentSource,
    key_of,
    source_key_of,
)
from forum.memory.operations.revising import next_revision
from forum.memory.rules.normalising import normalised
from forum.memory.rules.scope import is_learnt
from forum.memory.rules.segmenting import pairs
from forum.translation.neighbours import Reviewed

LONGEST = 20_000  # characters of one side; what is longer is no segment that comes again


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of one review: segments that came, that were there already, and that went."""

    new: int = 0
    known: int = 0
    gone: int = 0


def learn(reviewed: Reviewed, *, actor: Actor, now: datetime) -> Learnt:
    """Learn a reviewed text in place of what was learnt from the same field of the same record before.

    Texts of internal work and of persons aren't learnt (see ``rules.scope``).  Called by the room that keeps reviews,
    in its transaction.  Both sides are cut into segments; where they don't
    belong together the whole is one segment.  The context is the kind of record and the field.
    """
    if not is_learnt(reviewed.entity):
        return Learnt()
    source, target = clean(reviewed.source), clean(reviewed.text)
    languages = reviewed.source_lang, reviewed.language
    origin = SegmentOrigin.MACHINE if reviewed.by_machine else SegmentOrigin.HUMAN
    found = pairs(source, target) if max(len(source), len(target)) <= LONGEST else ()
    revision = next_revision()
    context = f"{reviewed.entity}.{reviewed.field}"
    kept: dict[int, bool] = {}
    for each in dict.fromkeys(found):
        if not normalised(each[0]):
            continue
        segment, is_new = _kept(each, languages, context, origin, revision, actor=actor, now=now)
        kept[segment.id] = is_new
        _source(segment, reviewed)
    gone = _let_go(reviewed, kept, revision, actor=actor, now=now)
    return Learnt(sum(kept.values()), len(kept) - sum(kept.values()), gone)


def _kept(
    pair: tuple[str, str],
    languages: tuple[str, str],
    context: str,
    origin: SegmentOrigin,
    revision: int,
    *,
    actor: Actor,
    now: datetime,
) -> tuple[MemorySegment, bool]:
    """Return the segment of this pair: the one that is there, made sure of by this review, or a new one."""
    norm = normalised(pair[0])
    key = key_of(*languages, norm, context)
    others = session.scalars(select(MemorySegment).where(MemorySegment.key == key)).all()
    same = next((each for each in others if each.tgt == pair[1]), None)
    if same is not None:
        if same.quality < QUALITY[origin]:
            same.origin, same.quality = origin, QUALITY[origin]
        same.src, same.by, same.at, same.revision = pair[0], actor.reference, now, revision
        session.flush()
        return same, False
    segment = MemorySegment(
        src_lang=languages[0],
        tgt_lang=languages[1],
        src=pair[0],
        tgt=pair[1],
        src_norm=norm,
        context=context,
        key=key,
        source_key=source_key_of(*languages, norm),
        variant=next_variant(others),
        origin=origin,
        quality=QUALITY[origin],
        by=actor.reference,
        at=now,
        revision=revision,
    )
    session.add(segment)
    session.flush()
    return segment, True


def next_variant(others: Iterable[MemorySegment]) -> int:
    """Return the number of one more translation beside these."""
    return max((each.variant for each in others), default=-1) + 1


def _text(reviewed: Reviewed) -> dict[str, str]:
    return {"entity": reviewed.entity, "entity_id": reviewed.entity_id, "field": reviewed.field}


def _source(segment: MemorySegment, reviewed: Reviewed) -> None:
    known = select(SegmentSource.id).filter_by(segment_id=segment.id, **_text(reviewed))
    if session.scalar(known) is None:
        session.add(SegmentSource(segment_id=segment.id, **_text(reviewed)))
        session.flush()


def _let_go(reviewed: Reviewed, kept: Iterable[int], revision: int, *, actor: Actor, now: datetime) -> int:
    """Take away what this field taught before; a segment that stands nowhere else any more goes."""
    mine = (
        select(MemorySegment)
        .join(SegmentSource)
        .filter_by(**_text(reviewed))
        .where(
            MemorySegment.src_lang == reviewed.source_lang,
            MemorySegment.tgt_lang == reviewed.language,
            MemorySegment.id.not_in(list(kept)),
        )
    )
    former = session.scalars(mine).all()
    if not former:
        return 0
    session.execute(
        delete_rows(SegmentSource)
        .filter_by(**_text(reviewed))
        .where(SegmentSource.segment_id.in_([each.id for each in former])),
        execution_options={"synchronize_session": False},
    )
    alone = [each for each in former if not _stands(each) and each.origin != SegmentOrigin.IMPORTED]
    remove(alone, "", revision, actor=actor, now=now)
    return len(alone)


def _stands(segment: MemorySegment) -> bool:
    count = select(func.count()).select_from(SegmentSource).where(SegmentSource.segment_id == segment.id)
    return bool(session.scalar(count))


def remove(segments: Sequence[MemorySegment], reason: str, revision: int, *, actor: Actor, now: datetime) -> None:
    """Take segments out and keep that they went; caches read it."""
    for each in segments:
        session.add(
            SegmentRemoval(
                segment_id=each.id,
                segment_public_id=each.public_id,
                reason=reason,
                by=actor.reference,
                at=now,
                revision=revision,
            )
        )
        session.delete(each)
    session.flush()
