"""Addresses of deliverables: the number alone for the current edition, the year for older ones, and none ever lost."""

from __future__ import annotations

from sqlalchemy import func, select

from forum.core.database import session
from forum.standards.models import FormerSlug, Standard, Standing
from forum.standards.references import dated_slug, folded, parse, slug

LONGEST = 110  # characters; a number may follow


def settle_addresses(family: str) -> None:
    """Give the current edition of a family its address, and the others theirs with the year.

    Current is the newest published edition that isn't withdrawn; without one, the newest of all.
    """
    editions = [
        row
        for row in session.scalars(select(Standard).where(Standard.slug.like(f"{family}%")).order_by(Standard.id))
        if slug(row.reference) == family
    ]
    if not editions:
        return
    current = max(editions, key=_rank)
    wanted = {row.id: family if row is current else dated_slug(row.reference) for row in editions}
    moving = [row for row in editions if row.slug != wanted[row.id]]
    for row in moving:  # first out of each other's way: two editions may change places
        _keep(row)
        row.slug = f"moving-{row.public_id}"
    session.flush()
    for row in moving:
        row.slug = free(wanted[row.id])
        session.flush()


def _rank(row: Standard) -> tuple[bool, bool, str, int]:
    published = row.published_on.isoformat() if row.published_on else ""
    return (
        row.standing in {Standing.PUBLISHED, Standing.UNDER_REVIEW},
        row.standing is not Standing.WITHDRAWN and row.standing is not Standing.DELETED,
        published,
        row.edition or 0,
    )


def _keep(row: Standard) -> None:
    """Let the address that a deliverable leaves lead on to it, unless another one lives there."""
    if row.slug.startswith("moving-"):
        return
    if session.scalar(select(FormerSlug.id).where(FormerSlug.slug == row.slug)) is None:
        session.add(FormerSlug(standard_id=row.id, slug=row.slug))


def free(wanted: str) -> str:
    """Return an address that nobody has, with a number behind it where it is taken."""
    taken = session.scalar(select(func.count()).select_from(Standard).where(Standard.slug == wanted))
    number = 1
    candidate = wanted
    while taken:
        number += 1
        candidate = f"{wanted[:LONGEST]}-{number}"
        taken = session.scalar(select(func.count()).select_from(Standard).where(Standard.slug == candidate))
    return candidate


def describe(standard: Standard) -> None:
    """Fill in what follows from a reference: its number, and the keys by which it is found and sorted."""
    known = parse(standard.reference)
    standard.number = known.number if known is not None else ""
    standard.folded_reference = folded(standard.reference)
    standard.sort_key = _sort_key(standard.reference)


def _sort_key(reference: str) -> str:
    """Return a key that puts numbers in order; the publisher and kind come first."""
    return "".join(part.zfill(7) if part.isdigit() else part for part in _parts(reference))[:160]


def _parts(reference: str) -> list[str]:
    made: list[str] = []
    for sign in reference:
        if made and sign.isdigit() == made[-1][-1].isdigit():
            made[-1] += sign
        else:
            made.append(sign)
    return made
